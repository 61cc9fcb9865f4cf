#include "api/http/openapi.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "api/http/examples.hpp"
#include "api/http/limits.hpp"
#include "api/http/problem.hpp"
#include "api/render/schema.hpp"

namespace docket::http {

namespace {

constexpr auto kApiVersion = "1.0.0";
constexpr std::string_view kJson = "application/json";

std::string Both(const Words& words) { return words.zh + " " + words.en; }

std::string Paragraphs(const Words& words) {
  if (words.zh.empty()) return words.en;
  return words.zh + "\n\n" + words.en;
}

/// Takes the components out of a schema, and leaves references to them.
class Components {
 public:
  Json Gather(Json schema) {
    if (!schema.is_structured()) return schema;
    for (auto& member : schema) member = Gather(std::move(member));
    if (!schema.is_object() || !schema.contains(schema::kComponentMark)) return schema;
    const auto name = schema[schema::kComponentMark].get<std::string>();
    schema.erase(schema::kComponentMark);
    const auto [known, is_new] = schemas_.emplace(name, schema);
    if (!is_new && known->second != schema) {
      throw std::logic_error("two schemas are called " + name);
    }
    return {{"$ref", "#/components/schemas/" + name}};
  }
  Json ToJson() const { return schemas_; }

 private:
  std::map<std::string, Json> schemas_;
};

Json ProblemSchema() {
  using namespace schema;
  Json problem = Object(
      {{"type", Titled("`urn:docket:problem:CODE`", Text())},
       {"title", Titled("中文说明", Text())},
       {"status", Titled("HTTP status", Integer())},
       {"detail", Titled("In English", Text())},
       {"detail_zh", Titled("中文说明", Text())},
       {"code", Titled("Stable word; clients may depend on it", Text())},
       {"request_id", Titled("The answer's X-Request-Id", Text())},
       {"basis?", Titled("依据 Document and article", Text())},
       {"errors?",
        ListOf(Component(
            "FieldError",
            Object({{"pointer", Text()}, {"code", Text()}, {"zh", Text()}, {"en", Text()}})))}});
  problem.erase("additionalProperties");  // RFC 9457, 3.2: a problem may say more.
  return Component("Problem", std::move(problem));
}

using Problems = std::map<int, std::map<std::string, Rejection>>;

void Add(Problems& problems, const std::vector<Rejection>& more) {
  for (const auto& problem : more) problems[StatusOf(problem)].emplace(problem.code, problem);
}

/// The refusals of every request of its kind.
Problems EdgeProblems(const Route& route) {
  Problems problems;
  Add(problems, ProblemsOfEveryRequest());
  if (!route.open_to_all) Add(problems, ProblemsOfAccounts());
  if (route.method == "POST") Add(problems, ProblemsOfBodies());
  return problems;
}

Json HeadersOf(const Route& route, int status) {
  Json headers = {{"X-Request-Id", {{"$ref", "#/components/headers/RequestId"}}}};
  if (!route.open_to_all && status < 300) {
    headers["RateLimit-Limit"] = {{"$ref", "#/components/headers/RateLimit"}};
    headers["RateLimit-Remaining"] = {{"$ref", "#/components/headers/RateLimitRemaining"}};
  }
  if (status == 401) {
    headers["WWW-Authenticate"] = {{"$ref", "#/components/headers/WwwAuthenticate"}};
  }
  if (status == 429 || status == 503) {
    headers["Retry-After"] = {{"$ref", "#/components/headers/RetryAfter"}};
  }
  return headers;
}

Json ProblemResponse(const Route& route, int status,
                     const std::map<std::string, Rejection>& problems) {
  std::string description = problems.size() == 1 ? "" : "One of:\n\n";
  std::vector<std::string> codes;
  for (const auto& [code, problem] : problems) {
    codes.push_back(code);
    const std::string basis = problem.basis.empty() ? "" : "（" + problem.basis + "）";
    description += problems.size() == 1 ? "" : "- ";
    description += "`" + code + "` " + problem.zh + basis + " " + problem.en + "\n";
  }
  description.pop_back();
  const Json schema = {
      {"allOf",
       {{{"$ref", "#/components/schemas/Problem"}},
        {{"properties", {{"status", {{"const", status}}}, {"code", {{"enum", codes}}}}}}}}};
  return {{"description", description},
          {"headers", HeadersOf(route, status)},
          {"content", {{"application/problem+json", {{"schema", schema}}}}}};
}

/// Does the router give its answers a tag? Not where the route says itself what a 304 is.
bool IsTagged(const Route& route) {
  const auto& answers = route.operation.answers;
  return route.method == "GET" &&
         std::any_of(answers.begin(), answers.end(),
                     [](const AnswerText& answer) {
                       return answer.status == status::kOk && answer.media_type == kJson;
                     }) &&
         std::none_of(answers.begin(), answers.end(), [](const AnswerText& answer) {
           return answer.status == status::kNotModified;
         });
}

/// `/v1/cases/{id}/commands/{name}` with the value in place of the last placeholder.
std::string PathOf(const std::string& pattern, const Variant& variant) {
  return pattern.substr(0, pattern.rfind('{')) + variant.value;
}

/// Writes the document, operation after operation.
class Writer {
 public:
  explicit Writer(const std::vector<const Route*>& routes) : routes_(routes) {}

  Json Write() {
    components_.Gather(ProblemSchema());
    for (const auto* route : routes_) {
      AddTag(route->operation.tag);
      if (route->operation.variants.empty()) AddOperation(*route);
      for (const auto& variant : route->operation.variants) AddVariant(*route, variant);
    }
    return {{"openapi", "3.1.0"},
            {"info", Info()},
            {"servers", {{{"url", "/"}, {"description", "本服务器 This server"}}}},
            {"security", {{{"token", Json::array()}}}},
            {"tags", tags_},
            {"paths", paths_},
            {"x-problems", ProblemTable()},
            {"components",
             {{"schemas", components_.ToJson()},
              {"responses", responses_},
              {"headers", Headers()},
              {"parameters", {{"IfNoneMatch", IfNoneMatch()}}},
              {"securitySchemes",
               {{"token",
                 {{"type", "http"},
                  {"scheme", "bearer"},
                  {"description", "账号的访问令牌 The account's token"}}}}}}}};
  }

 private:
  static Json Info() {
    return {{"title", "案卷 Docket"},
            {"version", kApiVersion},
            {"description",
             "公共资源交易监督的案件引擎。时间为 RFC 3339，日期为中国日期，行政区划为 GB/T 2260 "
             "代码；游标分页：`next` 是下一页的 `after`。\n\n"
             "A case engine for the supervision of public resource trading. Instants are RFC 3339, "
             "dates are China dates, regions are GB/T 2260 codes. Pages are cursor pages: `next` "
             "is the `after` of the next page. Refusals are problems (RFC 9457) in Chinese and "
             "English, with their legal source."},
            {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}};
  }

  /// Every refusal of any operation, once.
  Json ProblemTable() const {
    Json table = Json::array();
    for (const auto& [code, problem] : all_problems_) {
      Json row = {
          {"code", code}, {"status", StatusOf(problem)}, {"zh", problem.zh}, {"en", problem.en}};
      if (!problem.basis.empty()) row["basis"] = problem.basis;
      table.push_back(std::move(row));
    }
    return table;
  }

  static Json IfNoneMatch() {
    return {{"name", "If-None-Match"},
            {"in", "header"},
            {"description", "已有副本的 ETag The ETag of the copy at hand"},
            {"schema", schema::Text()}};
  }

  static Json Header(const Words& about, const Json& schema, bool is_always) {
    return {{"description", Both(about)}, {"required", is_always}, {"schema", schema}};
  }

  static Json Headers() {
    const Json count = {{"type", "integer"}, {"minimum", 0}};
    return {
        {"ETag", Header({"内容的标识，用于 If-None-Match", "Names the content, for If-None-Match"},
                        schema::Text(), true)},
        {"RateLimit", Header({"账号一时可发的请求数；不限时没有",
                              "Requests that the account may make at once; absent without a limit"},
                             count, false)},
        {"RateLimitRemaining", Header({"其中尚余", "How many of them are left"}, count, false)},
        {"RequestId",
         Header({"请求编号", "Names this request in the server's log"}, schema::Text(), true)},
        {"RetryAfter", Header({"稍后重试的秒数", "Seconds after which to try again"}, count, true)},
        {"WwwAuthenticate",
         Header({"所需的身份验证", "What the server asks for"}, schema::Text(), true)}};
  }

  void AddTag(const Tag& tag) {
    if (!known_tags_.insert(tag.name).second) return;
    tags_.push_back({{"name", tag.name}, {"description", Both(tag.about)}});
  }

  void AddOperation(const Route& route) {
    const Operation& operation = route.operation;
    paths_[route.pattern][Lower(route.method)] =
        OperationJson(route, {.id = operation.id,
                              .summary = operation.summary,
                              .details = operation.details,
                              .body = operation.body,
                              .body_optional = operation.body_optional});
  }

  void AddVariant(const Route& route, const Variant& variant) {
    paths_[PathOf(route.pattern, variant)][Lower(route.method)] = OperationJson(route, variant);
  }

  Json OperationJson(const Route& route, const Variant& variant) {
    Json json = {{"operationId", variant.id},
                 {"tags", {route.operation.tag.name}},
                 {"summary", Both(variant.summary)},
                 {"responses", ResponsesOf(route, variant)}};
    if (!variant.details.en.empty()) json["description"] = Paragraphs(variant.details);
    if (Json parameters = ParametersOf(route, variant); !parameters.empty()) {
      json["parameters"] = std::move(parameters);
    }
    if (!variant.body.is_null()) json["requestBody"] = BodyOf(variant);
    if (!route.operation.body_types.empty()) json["requestBody"] = BytesOf(route.operation);
    if (route.open_to_all) json["security"] = Json::array();
    return json;
  }

  Json ParametersOf(const Route& route, const Variant& variant) {
    const Operation& operation = route.operation;
    const std::string& last = variant.value.empty() ? variant.value : LastInPath(operation).name;
    Json list = Json::array();
    for (const auto& parameter : operation.parameters) {
      const bool in_path = parameter.place == Place::kPath;
      if (in_path && parameter.name == last) continue;
      Json json = {{"name", parameter.name},
                   {"in", in_path                            ? "path"
                          : parameter.place == Place::kQuery ? "query"
                                                             : "header"},
                   {"description", Both(parameter.about)},
                   {"schema", components_.Gather(parameter.type.schema)}};
      if (in_path) json["required"] = true;
      list.push_back(std::move(json));
    }
    if (IsTagged(route)) list.push_back({{"$ref", "#/components/parameters/IfNoneMatch"}});
    return list;
  }

  static const Parameter& LastInPath(const Operation& operation) {
    const Parameter* last = nullptr;
    for (const auto& parameter : operation.parameters) {
      if (parameter.place == Place::kPath) last = &parameter;
    }
    if (last == nullptr) throw std::logic_error("variants need a parameter in the path");
    return *last;
  }

  static Json BytesOf(const Operation& operation) {
    Json content = Json::object();
    for (const auto& type : operation.body_types) content[type] = Json::object();
    return {{"required", true}, {"content", std::move(content)}};
  }

  Json BodyOf(const Variant& variant) {
    Json content = {{"schema", components_.Gather(variant.body)}};
    if (Json examples = ExamplesOf(variant.id); !examples.empty()) {
      content["examples"] = std::move(examples);
    }
    return {{"required", !variant.body_optional},
            {"content", {{"application/json", std::move(content)}}}};
  }

  Json ResponsesOf(const Route& route, const Variant& variant) {
    Json responses = Json::object();
    for (const auto& answer : route.operation.answers) {
      Json response = {{"description", Both(answer.about)},
                       {"headers", HeadersOf(route, answer.status)}};
      for (const auto& header : answer.headers) {
        response["headers"][header.name] = {
            {"description", Both(header.about)}, {"required", true}, {"schema", header.schema}};
      }
      if (!answer.schema.is_null()) {
        response["content"] = {
            {answer.media_type, {{"schema", components_.Gather(answer.schema)}}}};
      }
      responses[std::to_string(answer.status)] = std::move(response);
    }
    if (IsTagged(route)) {
      responses["304"] = {{"$ref", "#/components/responses/NotModified"}};
      responses["200"]["headers"]["ETag"] = {{"$ref", "#/components/headers/ETag"}};
      responses_["NotModified"] = {{"description", "副本仍有效 The copy is still right"},
                                   {"headers",
                                    {{"X-Request-Id", {{"$ref", "#/components/headers/RequestId"}}},
                                     {"ETag", {{"$ref", "#/components/headers/ETag"}}}}}};
    }
    const Problems edge = EdgeProblems(route);
    Problems all = edge;
    Add(all, route.operation.problems);
    Add(all, variant.problems);
    for (const auto& [status, problems] : all) {
      all_problems_.insert(problems.begin(), problems.end());
      const auto usual = edge.find(status);
      const bool is_usual = usual != edge.end() && usual->second.size() == problems.size();
      responses[std::to_string(status)] = is_usual ? UsualResponse(route, status, problems)
                                                   : ProblemResponse(route, status, problems);
    }
    return responses;
  }

  /// Shared by all operations that add nothing of their own.
  Json UsualResponse(const Route& route, int status,
                     const std::map<std::string, Rejection>& problems) {
    const bool of_body = route.method == "POST" && (status == 400 || status == 413);
    const std::string name = "Problem" + std::to_string(status) + (of_body ? "OfBody" : "");
    responses_[name] = ProblemResponse(route, status, problems);
    return {{"$ref", "#/components/responses/" + name}};
  }

  static std::string Lower(std::string method) {
    for (char& c : method) c = static_cast<char>(c + 32);
    return method;
  }

  const std::vector<const Route*>& routes_;
  Components components_;
  Json paths_ = Json::object();
  Json responses_ = Json::object();
  Json tags_ = Json::array();
  std::set<std::string> known_tags_;
  std::map<std::string, Rejection> all_problems_;
};

Operation OpenApiOperation() {
  return {.id = "getOpenApi",
          .tag = {"contract", {"接口文档", "The documents of this API"}},
          .summary = {"读取本接口文档", "Read this document"},
          .answers = {{.status = status::kOk,
                       .about = {"OpenAPI 3.1 文档", "The OpenAPI 3.1 document"},
                       .schema = schema::AnyObject()}}};
}

}  // namespace

Json OpenApiDocument(const std::vector<const Route*>& routes) { return Writer(routes).Write(); }

void AddOpenApiRoute(Router& router) {
  const auto text = std::make_shared<std::string>();
  router.Add({.method = "GET",
              .pattern = "/v1/openapi.json",
              .handler = [text](const Request&) -> Expected<Response> {
                Response response;
                response.status = status::kOk;
                response.body = *text;
                return response;
              },
              .operation = OpenApiOperation(),
              .open_to_all = true});
  *text = ToText(OpenApiDocument(router.Routes()));
}

}  // namespace docket::http
