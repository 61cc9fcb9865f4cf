/// /v1/intake: what trading systems push, and what they may push.
#include "api/intake/intake.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/intake/definitions.hpp"
#include "api/render/schema.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

const Tag kIntakeTag{"intake", {"数据归集：交易系统推送的消息", "What trading systems push"}};
constexpr Refusal kNoSuchMessage{"message_unknown", "没有此数据类型或者规范版本",
                                 "there is no such message in this version", "FJ18-12"};
constexpr Refusal kBatchSize{"batch_size_invalid", "每批应为 1 至 500 条消息",
                             "expected 1 to 500 messages"};

Expected<Response> ListMessages() {
  Json list = Json::array();
  for (const auto& name : intake::MessageNames()) {
    Json versions = Json::array();
    for (const auto& one : intake::MessageDefinitions()) {
      if (one.name == name) versions.push_back(one.version);
    }
    list.push_back({{"message", name},
                    {"zh", intake::NewestDefinition(name)->zh},
                    {"versions", std::move(versions)}});
  }
  return JsonResponse({{"messages", std::move(list)}});
}

Expected<Response> GetMessage(const Request& request) {
  const auto version = Parameters(request).Text("version");
  const auto* definition = version ? intake::FindDefinition(*version, request.Path("message"))
                                   : intake::NewestDefinition(request.Path("message"));
  if (definition == nullptr) return Refuse(RejectionKind::kNotFound, kNoSuchMessage);
  return JsonResponse({{"message", definition->name},
                       {"zh", definition->zh},
                       {"version", definition->version},
                       {"schema", definition->schema}});
}

Expected<Response> Push(const Services& services, const Request& request) {
  if (intake::NewestDefinition(request.Path("message")) == nullptr) {
    return Refuse(RejectionKind::kNotFound, kNoSuchMessage);
  }
  auto body = ParseJson(request.body);
  if (!body) return tl::unexpected(body.error());
  std::vector<Expected<Json>> messages;
  if (body->is_array()) {
    for (auto& one : *body) messages.emplace_back(std::move(one));
  } else {
    messages.emplace_back(std::move(*body));
  }
  if (messages.empty() || messages.size() > intake::kMessagesMax) {
    return Refuse(RejectionKind::kInvalid, kBatchSize);
  }
  const auto report = services.data_intake.Take({request.actor.id, request.unit}, request.body,
                                                messages, request.Path("message"));
  if (!report) return tl::unexpected(report.error());
  return JsonResponse(intake::ReportJson(*report));
}

/// Of any kind; what a kind asks for besides, its own schema says.
Json AnyMessageSchema() {
  Json schema = intake::MessageDefinitions().front().schema;
  schema["title"] = "消息";
  schema.erase("$schema");
  auto& properties = schema["properties"];
  properties["body"] = {{"title", "内容"}, {"type", "object"}};
  properties["message"].erase("const");
  properties["standard_version"].erase("const");
  for (auto& property : properties) property.erase("x-kind");
  return schema::Component("PushedMessage", std::move(schema));
}

ValueType MessageName() { return OneOf(intake::MessageNames()); }

ValueType StandardVersion() {
  std::vector<std::string> versions;
  for (const auto& one : intake::MessageDefinitions()) {
    if (versions.empty() || versions.back() != one.version) versions.push_back(one.version);
  }
  return OneOf(std::move(versions));
}

Operation ListMessagesOperation() {
  using namespace schema;
  const Json row = Object({{"message", Text()}, {"zh", Text()}, {"versions", ListOf(Text())}});
  return {.id = "listMessages",
          .tag = kIntakeTag,
          .summary = {"可推送的数据类型", "List what may be pushed"},
          .answers = {{.status = status::kOk,
                       .about = {"全部数据类型及其规范版本", "All kinds, with their versions"},
                       .schema = Component("MessageList", Object({{"messages", ListOf(row)}}))}}};
}

Operation GetMessageOperation() {
  using namespace schema;
  return {
      .id = "getMessage",
      .tag = kIntakeTag,
      .summary = {"读取数据规范", "Read the definition of a message"},
      .details = {"不注明版本的，为最新版本。", "Without a version, the newest."},
      .parameters = {InPath("message", MessageName(), {"数据类型", "The kind of message"}),
                     InQuery("version", StandardVersion(), {"规范版本", "Of the standard"})},
      .answers = {{.status = status::kOk,
                   .about = {"JSON Schema", "Its JSON Schema"},
                   .schema = Component("MessageDefinition", Object({{"message", Text()},
                                                                    {"zh", Text()},
                                                                    {"version", Text()},
                                                                    {"schema", AnyObject()}}))}},
      .problems = {Rejection(RejectionKind::kNotFound, kNoSuchMessage)}};
}

Operation PushOperation() {
  const Json message = AnyMessageSchema();
  return {.id = "pushMessages",
          .tag = kIntakeTag,
          .summary = {"推送数据", "Push messages"},
          .details =
              {"一条消息，或者 1 至 500 条的数组。逐条说明结果：其中有不符合规范的，不影响其他；"
               "未归集的反馈为数据校核。同一批次重复推送，效果与推送一次相同。",
               "One message, or a list of 1 to 500. Each is answered by itself: what is wrong with "
               "one keeps no other out, and goes back as a data check. A batch that is sent again "
               "has the effect of one."},
          .parameters = {InPath("message", MessageName(), {"数据类型", "The kind of message"})},
          .body = {{"oneOf",
                    {message,
                     {{"type", "array"},
                      {"items", message},
                      {"minItems", 1},
                      {"maxItems", intake::kMessagesMax}}}}},
          .answers = {{.status = status::kOk,
                       .about = {"逐条的归集结果", "What became of each"},
                       .schema = intake::ReportSchema()}},
          .problems = {Rejection(RejectionKind::kNotFound, kNoSuchMessage),
                       Rejection(RejectionKind::kInvalid, kBatchSize),
                       Rejection(RejectionKind::kOverloaded, kContention)}};
}

}  // namespace

void AddIntakeRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/intake",
              .handler = [](const Request&) { return ListMessages(); },
              .operation = ListMessagesOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/intake/{message}",
              .handler = [](const Request& r) { return GetMessage(r); },
              .operation = GetMessageOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/intake/{message}",
              .handler = [&](const Request& r) { return Push(services, r); },
              .operation = PushOperation()});
}

}  // namespace docket::http
