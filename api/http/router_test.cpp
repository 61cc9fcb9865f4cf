// From a request to its answer: routes, accounts, parameters, and what is thrown.
#include "api/http/router.hpp"

#include <gtest/gtest.h>

#include "api/http/access_log.hpp"
#include "api/http/limits.hpp"
#include "api/http/problem.hpp"
#include "domain/event_log.hpp"

namespace docket::http {
namespace {

Expected<Response> Echo(const Request& request) {
  Response response;
  response.status = status::kOk;
  response.body = ToText({{"path", request.path.empty() ? "" : request.path.front().value},
                          {"body", request.body},
                          {"actor", request.actor.id.value},
                          {"text", request.Query("text").value_or("")}});
  return response;
}

Router MakeTestRouter() {
  Router router([](std::string_view token, const Origin&) -> Expected<Caller> {
    Caller caller{{ActorId("clerk"), UnitId("unit"), {Role::kIntake}}, {}};
    if (token == "good") return caller;
    if (token == "key") caller.credential = CredentialUse::kApiKey;
    if (token == "key") caller.read_only = true;
    if (token == "new") caller.stage = SessionStage::kPassword;
    if (token == "unsigned") caller.stage = SessionStage::kUndertaking;
    if (token == "single") caller.stage = SessionStage::kSecondFactor;
    if (caller.read_only || caller.stage != SessionStage::kComplete) return caller;
    return Refuse(RejectionKind::kUnauthenticated, {"token_unknown", "无效", "unknown"});
  });
  router.Add({"GET", "/v1/things", Echo, {.parameters = {InQuery("text", AnyText(), {})}}});
  router.Add({"POST", "/v1/things", Echo});
  router.Add({"GET", "/v1/things/{id}", Echo});
  router.Add({"GET", "/v1/session", Echo});
  router.Add({"POST", "/v1/session/password", Echo});
  router.Add({"GET", "/v1/sessions", Echo});
  router.Add({"GET", "/v1/api-keys", Echo});
  router.Add({"GET", "/v1/busy", [](const Request&) -> Expected<Response> { throw Overloaded(); }});
  router.Add({"GET", "/v1/broken",
              [](const Request&) -> Expected<Response> { throw StoreError("disk I/O"); }});
  router.Add({"GET", "/v1/bug", [](const Request&) -> Expected<Response> {
                throw std::runtime_error("张三 13800000000");
              }});
  Route open{"GET", "/v1/open", Echo};
  open.open_to_all = true;
  router.Add(std::move(open));
  return router;
}

struct Sent {
  std::string method = "GET";
  std::string target = "/v1/things";
  std::string token = "Bearer good";
  std::string body = "";
  std::string content_type = "application/json";
};

Answer Send(const Sent& sent) {
  static const Router router = MakeTestRouter();
  Request request;
  request.id = "request-1";
  request.method = sent.method;
  request.target = sent.target;
  if (!sent.token.empty()) request.headers.push_back({"authorization", sent.token});
  request.headers.push_back({"Content-Type", sent.content_type});
  request.body_bytes = sent.body.size();
  return router.Handle(std::move(request),
                       [&](std::size_t) -> Expected<std::string> { return sent.body; });
}

std::string CodeOf(const Answer& answer) {
  return Json::parse(answer.response.body).value("code", "");
}

TEST(Router, BindsThePathAndDecodesIt) {
  const Answer answer = Send({.target = "/v1/things/a%2Fb%20c"});
  EXPECT_EQ(answer.response.status, 200);
  EXPECT_EQ(answer.route, "/v1/things/{id}");
  EXPECT_EQ(answer.account, "clerk");
  EXPECT_EQ(Json::parse(answer.response.body)["path"], "a/b c");
}

TEST(Router, ABodyThatSaysItIsTooLargeIsNotRead) {
  Sent sent{.method = "POST", .target = "/v1/things", .body = std::string(kBodyBytesMax + 1, ' ')};
  EXPECT_EQ(CodeOf(Send(sent)), "body_too_large");
  sent.body.pop_back();
  EXPECT_EQ(Send(sent).response.status, 200);
}

TEST(Router, TakesNothingThatOnlyBeginsLikeJson) {
  const auto status = [](const std::string& type) {
    return Send({.method = "POST", .target = "/v1/things", .content_type = type}).response.status;
  };
  EXPECT_EQ(status("application/json-seq"), 415);
  EXPECT_NE(status("application/json; charset=utf-8"), 415);
}

TEST(Router, AnIncompleteSessionReachesItselfOnly) {
  for (const auto& [token, code] : {std::pair("Bearer new", "password_change_needed"),
                                    std::pair("Bearer unsigned", "undertaking_needed"),
                                    std::pair("Bearer single", "second_factor_enrolment_needed")}) {
    for (const char* target : {"/v1/things", "/v1/sessions", "/v1/api-keys"}) {
      const Answer answer = Send({.target = target, .token = token});
      EXPECT_EQ(answer.response.status, 401);
      EXPECT_EQ(CodeOf(answer), code);
      EXPECT_EQ(answer.account, "clerk");
    }
    EXPECT_EQ(Send({.target = "/v1/session", .token = token}).response.status, 200);
    EXPECT_EQ(
        Send({.method = "POST", .target = "/v1/session/password", .token = token}).response.status,
        200);
  }
}

TEST(Router, AKeyReadsAndManagesNothingOfTheAccount) {
  const auto send = [](const char* method, const char* target) {
    return Send({.method = method, .target = target, .token = "Bearer key"});
  };
  EXPECT_EQ(send("GET", "/v1/things").response.status, 200);
  EXPECT_EQ(send("HEAD", "/v1/things").response.status, 200);
  EXPECT_EQ(CodeOf(send("POST", "/v1/things")), "api_key_read_only");
  EXPECT_EQ(CodeOf(send("GET", "/v1/session")), "api_key_not_for_this");
  EXPECT_EQ(CodeOf(send("GET", "/v1/api-keys")), "api_key_not_for_this");
}

TEST(Router, DecodesTheQuery) {
  const Answer answer = Send({.target = "/v1/things?text=%E6%8A%95+%E8%AF%89"});
  EXPECT_EQ(Json::parse(answer.response.body)["text"], "投 诉");
}

TEST(Router, AnswersHeadWhereItAnswersGet) {
  EXPECT_EQ(Send({.method = "HEAD", .target = "/v1/things"}).response.status, 200);
}

TEST(Router, NamesTheMethodsThatAnAddressTakes) {
  const Answer answer = Send({.method = "DELETE", .target = "/v1/things"});
  EXPECT_EQ(answer.response.status, 405);
  EXPECT_EQ(answer.response.Header("Allow"), "GET, HEAD, POST");
}

TEST(Router, KnowsNothingElse) {
  for (const char* target :
       {"/", "/v1", "/v1/things/", "/v1/things/1/2", "/v2/things", "/V1/things"}) {
    EXPECT_EQ(Send({.target = target}).response.status, 404) << target;
  }
}

TEST(Router, RefusesATargetThatIsNone) {
  for (const char* target : {"", "v1", "/v1/%", "/v1/%4", "/v1/%zz", "/v1/%00", "/v1/%ff",
                             "/v1/things?text=%ff", "/v1/things?a=%"}) {
    EXPECT_EQ(Send({.target = target}).response.status, 400) << target;
  }
}

TEST(Router, AsksForAnAccount) {
  const Answer missing = Send({.target = "/v1/things", .token = ""});
  EXPECT_EQ(missing.response.status, 401);
  EXPECT_EQ(CodeOf(missing), "token_missing");
  EXPECT_TRUE(missing.response.Header("WWW-Authenticate"));
  EXPECT_EQ(CodeOf(Send({.target = "/v1/things", .token = "Basic good"})), "token_missing");
  EXPECT_EQ(CodeOf(Send({.target = "/v1/things", .token = "Bearer bad"})), "token_unknown");
  EXPECT_EQ(Send({.target = "/v1/things", .token = "bearer good"}).response.status, 200);
  EXPECT_EQ(Send({.target = "/v1/open", .token = ""}).response.status, 200);
}

TEST(Router, NamesAnUnknownOrRepeatedParameter) {
  const Answer unknown = Send({.target = "/v1/things?txet=a"});
  EXPECT_EQ(unknown.response.status, 400);
  const Json errors = Json::parse(unknown.response.body)["errors"];
  EXPECT_EQ(errors[0]["pointer"], "/query/txet");
  EXPECT_EQ(errors[0]["code"], "parameter_unknown");
  EXPECT_EQ(Send({.target = "/v1/things?text=a&text=b"}).response.status, 400);
}

TEST(Router, TakesJsonOnly) {
  const Sent form{.method = "POST", .target = "/v1/things", .content_type = "text/plain"};
  EXPECT_EQ(Send(form).response.status, 415);
  const Sent json{.method = "POST", .target = "/v1/things", .body = "{}"};
  EXPECT_EQ(Json::parse(Send(json).response.body)["body"], "{}");
}

TEST(Router, SaysNothingOfWhatWasThrown) {
  EXPECT_EQ(Send({.target = "/v1/busy"}).response.status, 503);
  const Answer broken = Send({.target = "/v1/broken"});
  EXPECT_EQ(broken.response.status, 503);
  EXPECT_EQ(broken.response.Header("Retry-After"), "1");
  EXPECT_EQ(broken.response.body.find("disk"), std::string::npos);
  const Answer bug = Send({.target = "/v1/bug"});
  EXPECT_EQ(bug.response.status, 500);
  EXPECT_EQ(Json::parse(bug.response.body)["request_id"], "request-1");
  EXPECT_EQ((bug.response.body + bug.fault).find("张三"), std::string::npos);
}

TEST(Router, EveryAnswerCarriesTheSecurityHeaders) {
  for (const char* target : {"/v1/things", "/nowhere", "/v1/bug"}) {
    const Response response = Send({.target = target}).response;
    EXPECT_EQ(response.Header("X-Request-Id"), "request-1");
    EXPECT_EQ(response.Header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response.Header("Cache-Control"), "no-store");
    EXPECT_TRUE(response.Header("Content-Security-Policy"));
    EXPECT_EQ(response.Header("Content-Disposition"), R"(attachment; filename="api.json")");
  }
}

Answer SendFrom(const std::string& origin, const std::string& method, const Cors& cors) {
  Router router([](std::string_view, const Origin&) -> Expected<Caller> { return Caller{}; }, cors);
  router.Add({"GET", "/v1/things", Echo});
  Request request;
  request.method = method;
  request.target = "/v1/things";
  request.headers = {{"Authorization", "Bearer good"},
                     {"Origin", origin},
                     {"Access-Control-Request-Method", "GET"}};
  return router.Handle(std::move(request), [](std::size_t) -> Expected<std::string> { return ""; });
}

TEST(Router, PagesOfOtherOriginsAreLetInByNameOnly) {
  const std::string page = "https://office.example.org";
  const auto cors = Cors::Allowing({page});
  ASSERT_TRUE(cors);
  const Answer allowed = SendFrom(page, "GET", *cors);
  EXPECT_EQ(allowed.response.Header("Access-Control-Allow-Origin"), page);
  const Answer preflight = SendFrom(page, "OPTIONS", *cors);
  EXPECT_EQ(preflight.response.status, 204);
  EXPECT_EQ(preflight.response.Header("Access-Control-Allow-Methods"), "GET, HEAD");
  EXPECT_EQ(preflight.response.Header("Access-Control-Allow-Origin"), page);
  EXPECT_FALSE(preflight.response.Header("Access-Control-Allow-Credentials"));
  for (const char* other : {"https://evil.example.org", "null", "https://office.example.org.x"}) {
    EXPECT_FALSE(SendFrom(other, "GET", *cors).response.Header("Access-Control-Allow-Origin"));
    EXPECT_EQ(SendFrom(other, "OPTIONS", *cors).response.status, 405);
  }
  EXPECT_FALSE(SendFrom(page, "GET", {}).response.Header("Access-Control-Allow-Origin"));
  EXPECT_EQ(SendFrom(page, "OPTIONS", {}).response.status, 405);
}

TEST(Router, AnOriginIsASchemeAndAHost) {
  for (const char* bad :
       {"*", "null", "office.example.org", "https://", "https://a/b", "HTTPS://A"}) {
    EXPECT_FALSE(Cors::Allowing({bad})) << bad;
  }
  EXPECT_TRUE(Cors::Allowing({"http://localhost:5173", "https://[::1]:8443"}));
}

TEST(Message, ARequestIdOfTheCallersIsAUuid) {
  EXPECT_TRUE(IsRequestId("01900000-0000-7000-8000-00000000abCD"));
  for (const char* bad :
       {"", "1", "01900000-0000-7000-8000-00000000000", "张三",
        "01900000-0000-7000-8000-00000000000g", "01900000x0000-7000-8000-000000000000"}) {
    EXPECT_FALSE(IsRequestId(bad)) << bad;
  }
}

TEST(AccessLog, HasTheRouteAndNotTheWords) {
  AccessEntry entry{.request_id = "r",
                    .method = "ZHANGSAN",
                    .route = "/v1/things/{id}",
                    .account = "clerk",
                    .correlation = "thing-1",
                    .fault = "",
                    .status = 200,
                    .bytes = 3,
                    .took = std::chrono::microseconds(5)};
  std::vector<Json> lines;
  const ProcessLog log([&](std::string_view line) { lines.push_back(Json::parse(line)); });
  LogAccess(log, entry);
  const Json expected = {{"time", lines.at(0).at("time")},
                         {"level", "info"},
                         {"event", "request"},
                         {"correlation", "thing-1"},
                         {"request_id", "r"},
                         {"method", "other"},
                         {"status", 200},
                         {"route", "/v1/things/{id}"},
                         {"account", "clerk"},
                         {"bytes", 3},
                         {"took_us", 5}};
  EXPECT_EQ(lines.at(0), expected);
  entry.status = 503;
  LogAccess(log, entry);
  entry.fault = "no connection";
  LogAccess(log, entry);
  EXPECT_EQ(lines.at(1).at("level"), "warning");
  EXPECT_EQ(lines.at(2).at("level"), "error");
}

}  // namespace
}  // namespace docket::http
