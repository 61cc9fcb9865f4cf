// Bad input over HTTP: each a clear problem that names the place, and nothing written.
#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"

namespace docket::test {
namespace {

/// One request that must be refused.
struct Bad {
  std::string what;
  std::string pointer;  ///< Where in the lodge body a value is set; empty: `text` is sent.
  Json value;
  std::string text;
  int status = 0;
  std::string error;  ///< `pointer code` of a field, or the problem's code.
};

Reply SendBad(const Client& client, const Bad& bad) {
  if (bad.pointer.empty()) return client.PostText("/v1/cases", bad.text);
  Json body = LodgeBody();
  body[Json::json_pointer(bad.pointer)] = bad.value;
  return client.Post("/v1/cases", body);
}

void ExpectRefused(TestServer& server, const std::vector<Bad>& all) {
  const std::int64_t head = server.Head();
  for (const auto& bad : all) {
    const Reply reply = SendBad(server.As("portal-0001"), bad);
    EXPECT_EQ(reply.status, bad.status) << bad.what << ": " << reply.text;
    const auto errors = reply.Errors();
    const bool named = reply.Code() == bad.error ||
                       std::find(errors.begin(), errors.end(), bad.error) != errors.end();
    EXPECT_TRUE(named) << bad.what << ": " << reply.text;
    EXPECT_EQ(reply.headers.at("content-type"), "application/problem+json");
    EXPECT_EQ(server.Head(), head) << bad.what;
  }
}

TEST(BadInput, TextThatIsNoJson) {
  TestServer server;
  const std::string deep(100, '[');
  ExpectRefused(server,
                {
                    {"no JSON", "", {}, "投诉", 400, "json_malformed"},
                    {"cut off", "", {}, "{\"workflow\":", 400, "json_malformed"},
                    {"trailing text", "", {}, "{} {}", 400, "json_malformed"},
                    {"invalid UTF-8", "", {}, "{\"workflow\":\"\xff\xfe\"}", 400, "json_malformed"},
                    {"a name twice",
                     "",
                     {},
                     R"({"workflow":"a","workflow":"b"})",
                     400,
                     "/workflow json_duplicate_name"},
                    {"too deep", "", {}, deep, 400, "json_too_deep"},
                    {"an array", "", {}, "[]", 422, " wrong_type"},
                    {"nothing", "", {}, "", 422, "/workflow field_missing"},
                });
}

TEST(BadInput, FieldsThatAreWrong) {
  TestServer server;
  ExpectRefused(
      server,
      {
          {"unknown member", "/datum", 1, "", 422, "/datum field_unknown"},
          {"unknown field", "/data/colour", "red", "", 422, "/data/colour field_unknown"},
          {"deep unknown field", "/data/complainant/age", 7, "", 422,
           "/data/complainant/age field_unknown"},
          {"wrong type", "/data/project_name", 7, "", 422, "/data/project_name wrong_type"},
          {"null", "/data/project_name", nullptr, "", 422, "/data/project_name wrong_type"},
          {"text for a flag", "/data/is_signed", "yes", "", 422, "/data/is_signed wrong_type"},
          {"object for a list", "/data/evidence", Json::object(), "", 422,
           "/data/evidence wrong_type"},
          {"empty text", "/data/project_name", "  ", "", 422, "/data/project_name text_empty"},
          {"too long", "/data/claims", std::string(20000, 'x'), "", 422,
           "/data/claims text_too_long"},
          {"unknown choice", "/data/profile", "barter", "", 422, "/data/profile unknown_choice"},
          {"31 February", "/data/known_on", "2024-02-31", "", 422, "/data/known_on date_invalid"},
          {"year 0", "/data/known_on", "0000-01-01", "", 422, "/data/known_on date_invalid"},
          {"year 10000", "/data/known_on", "10000-01-01", "", 422, "/data/known_on date_invalid"},
          {"a time for a date", "/data/known_on", "2024-07-10T00:00:00Z", "", 422,
           "/data/known_on date_invalid"},
          {"occurred on 31 February", "/occurred_at", "2024-02-31", "", 422,
           "/occurred_at instant_invalid"},
          {"no time zone", "/occurred_at", "2024-08-08T08:00:00", "", 422,
           "/occurred_at instant_invalid"},
          {"half a back entry",
           "/back_entry",
           {{"actor", "x"}},
           "",
           422,
           "/back_entry/reason field_missing"},
          {"unknown workflow", "/workflow", "barter", "", 404, "unknown_workflow"},
          {"unknown command", "/name", "barter", "", 404, "unknown_command"},
          {"in the future", "/occurred_at", "2024-08-09", "", 409, "occurred_in_future"},
          {"in the past without reason", "/occurred_at", "2024-08-01", "", 409,
           "back_entry_required"},
          {"challenge before knowing", "/data/challenged_on", "2024-07-01", "", 409,
           "dates_out_of_order"},
          {"no such division", "/data/region", "999999", "", 409, "region_unknown"},
      });
}

TEST(BadInput, MissingFieldsAreAllNamed) {
  TestServer server;
  Json body = LodgeBody();
  body["data"].erase("project_name");
  body["data"]["complainant"].erase("name");
  const Reply reply = server.As("portal-0001").Post("/v1/cases", body);
  EXPECT_EQ(reply.status, 422);
  const std::vector<std::string> expected = {"/data/project_name field_missing",
                                             "/data/complainant/name field_missing"};
  EXPECT_EQ(reply.Errors(), expected);
  EXPECT_EQ(server.Head(), 0);
}

TEST(BadInput, WhoMayNotIsRefused) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const std::int64_t head = server.Head();
  const Json handlers = {{"data", {{"handlers", {"handler-0001", "handler-0002"}}}}};
  const std::string sign_for = walk.Path("/commands/sign_for");
  EXPECT_EQ(server.As("").Post(sign_for, handlers).status, 401);
  EXPECT_EQ(server.As("nobody").Post(sign_for, handlers).Code(), "token_unknown");
  const Reply handler = server.As("handler-0001").Post(sign_for, handlers);
  EXPECT_EQ(handler.status, 403);
  EXPECT_EQ(handler.Code(), "role_not_permitted");
  EXPECT_EQ(server.As("portal-0001").Post(sign_for, handlers).status, 403);
  const Reply other_unit = server.As("intake-0101").Post(sign_for, handlers);
  EXPECT_NE(other_unit.status, 200) << other_unit.text;
  EXPECT_EQ(server.As("operator-0001").Post("/v1/cases", LodgeBody()).status, 403);
  EXPECT_EQ(server.Head(), head);
}

TEST(BadInput, UnknownCasesAndCommands) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const std::int64_t head = server.Head();
  const Client intake = server.As("intake-0001");
  const std::string unknown = "/v1/cases/complaint-01900000-0000-7000-8000-000000000000";
  EXPECT_EQ(intake.Get(unknown).Code(), "unknown_case");
  EXPECT_EQ(intake.Get("/v1/cases/nonsense").Code(), "unknown_case");
  EXPECT_EQ(intake.Post(unknown + "/commands/sign_for", Json::object()).status, 404);
  const Reply command = intake.Post(walk.Path("/commands/barter"), Json::object());
  EXPECT_EQ(command.status, 404) << command.text;
  EXPECT_EQ(command.Code(), "unknown_command");
  const Reply state =
      server.As("head-0001").Post(walk.Path("/commands/decide"), {{"data", Json::object()}});
  EXPECT_GE(state.status, 400);
  EXPECT_EQ(server.Head(), head);
}

TEST(BadInput, HeadersThatAreWrong) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const std::int64_t head = server.Head();
  const Client intake = server.As("intake-0001");
  const Json body = {{"data", {{"handlers", {"handler-0001", "handler-0002"}}}}};
  const auto sign_for = [&](const http::NamedValue& header) {
    return intake.Post(walk.Path("/commands/sign_for"), body, {header});
  };
  EXPECT_EQ(sign_for({"If-Match", "\"99\""}).status, 412);
  EXPECT_EQ(sign_for({"If-Match", "7"}).Errors()[0], "/header/If-Match if_match_invalid");
  EXPECT_EQ(sign_for({"Idempotency-Key", std::string(129, 'k')}).status, 400);
  EXPECT_EQ(sign_for({"Content-Type", "text/plain"}).status, 415);
  EXPECT_EQ(sign_for({"Content-Type", ""}).status, 415);
  EXPECT_EQ(server.Head(), head);
}

TEST(BadInput, ListsOfCommandsHaveALength) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const std::int64_t head = server.Head();
  const Client intake = server.As("intake-0001");
  EXPECT_EQ(intake.Post(walk.Path("/commands"), {{"commands", Json::array()}}).status, 422);
  Json many = Json::array();
  for (int i = 0; i < 51; ++i) many.push_back({{"name", "cancel"}, {"data", {{"reason", "x"}}}});
  EXPECT_EQ(intake.Post(walk.Path("/commands"), {{"commands", many}}).status, 422);
  EXPECT_EQ(server.Head(), head);
}

TEST(BadInput, ParametersThatAreWrong) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.Lodge();
  const Client intake = server.As("intake-0001");
  for (const std::string target :
       {"/v1/cases?limit=0", "/v1/cases?limit=201", "/v1/cases?colour=red", "/v1/cases?region=9",
        "/v1/cases?overdue=maybe", "/v1/cases?industry=fishing", "/v1/cases?after=nonsense",
        "/v1/deadlines?due_by=2024-02-31", "/v1/deadlines?after=nonsense",
        "/v1/deadlines?state=late", "/v1/feed?limit=1001", "/v1/feed?after=-1",
        "/v1/cases?state=late", "/v1/cases?workflow=late",
        "/v1/cases?workflow=account&state=decided", "/v1/deadlines?rule=late",
        "/v1/deadlines?case_id=late", "/v1/deadlines?case_id=complaint-"}) {
    const Reply reply = intake.Get(target);
    EXPECT_EQ(reply.status, 400) << target << " " << reply.text;
    EXPECT_FALSE(reply.Errors().empty()) << target;
  }
  const std::string ahead = std::to_string(server.Head() + 1);
  EXPECT_EQ(intake.Get(walk.Path("?as_of=" + ahead)).Errors(),
            std::vector<std::string>{"/query/as_of position_ahead_of_log"});
  EXPECT_EQ(intake.Get(walk.Path("/timeline?as_of=" + ahead)).status, 400);
  EXPECT_EQ(intake.Get(walk.Path("?as_of=" + std::to_string(server.Head()))).status, 200);
  EXPECT_EQ(intake.Get(walk.Path("?as_of=2024-02-31")).status, 400);
  EXPECT_EQ(intake.Get(walk.Path("?as_of=yesterday")).status, 400);
  EXPECT_EQ(intake.Get("/v1/workflows/barter").status, 404);
}

}  // namespace
}  // namespace docket::test
