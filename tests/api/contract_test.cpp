// The contract: every route says what it is, the document says it to others, and each answer to a
// request made from the document keeps to the document.
#include <fstream>

#include <gtest/gtest.h>

#include "api/http/examples.hpp"
#include "tests/api/account_walk.hpp"
#include "tests/api/complaint_requests.hpp"
#include "tests/api/contract.hpp"

namespace docket::test {
namespace {

/// A webhook of the world goes to a port that nobody listens on.
TestServer::Options OwnNetwork() {
  TestServer::Options options;
  options.now = "2020-08-08T09:00:00+08:00";
  options.adjust = [](ApplicationOptions& application) {
    application.webhooks.allow_private = true;
  };
  return options;
}

/// Cases and names that the requests go to.
struct World {
  TestServer server{OwnNetwork()};
  Contract contract{server};
  std::map<std::string, std::string> cases;  ///< By workflow.
  std::string webhook;
  std::string erasure;
  std::string document;
  std::string notification;  ///< Of intake-0001: that the complaint was lodged.

  World() {
    server.App().StartNotifying();
    server.App().StartKeepingDocuments();
    EraseOne();
    SendDocument();
    const auto& lodging = http::ExampleWalk().front();
    Json complaint = lodging["body"];
    complaint["data"]["evidence"][0]["digest"] = document;
    const Reply lodged = server.As(lodging["as"]).Post("/v1/cases", complaint);
    cases.emplace("complaint", lodged.body.value("case_id", ""));
    const Reply made =
        server.As("intake-0001").Post("/v1/webhooks", {{"url", "http://127.0.0.1:1/hook"}});
    webhook = made.body.value("id", "");
    notification = FirstNotification();
    // Consents are given, and read, by the head of the unit whose case it is.
    const Reply signed_for =
        server.As("intake-0001")
            .Post("/v1/cases/" + cases["complaint"] + "/commands/sign_for",
                  {{"data", {{"handlers", {"handler-0001", "handler-0002"}}}}});
    EXPECT_EQ(signed_for.status, 200) << signed_for.text;
    const SchemaValues values(contract.Document());
    const auto& opening = contract.Find("openCase").BodySchema();
    for (const auto& body : values.Resolved(opening).value("oneOf", Json::array())) OpenOne(body);
    AccountWalk(server).Request();
  }

  /// A complainant of four years before, whose case need not be kept any longer.
  void EraseOne() {
    Json body = LodgeBody();
    for (const auto& [name, day] :
         {std::pair("filed_on", "2020-08-07"), std::pair("known_on", "2020-07-10"),
          std::pair("challenged_on", "2020-07-12"),
          std::pair("challenge_answered_on", "2020-07-22")}) {
      body["data"][name] = day;
    }
    const Reply lodged = server.As("portal-0001").Post("/v1/cases", body);
    const std::string path = "/v1/cases/" + lodged.body.value("case_id", "") + "/commands/";
    server.As("portal-0001").Post(path + "cancel", {{"data", {{"reason", "不再投诉"}}}});
    server.As("intake-0001").Post(path + "archive", {{"data", {{"archive_no", "2020-1"}}}});
    server.MoveClock("2024-08-08T09:00:00+08:00");
    const Reply erased = server.As("head-0001")
                             .Post("/v1/erasures", {{"person", {{"id_number", kComplainantId}}},
                                                    {"basis", "period_expired"},
                                                    {"asked_by", "controller"},
                                                    {"dry_run", false}});
    EXPECT_EQ(erased.status, 201) << erased.text;
    erasure = erased.body.value("id", "");
    // Until it is receipted: a test counts what its own requests add to the log.
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    Json known;
    while (!known.contains("erased_at") && std::chrono::steady_clock::now() < give_up) {
      known = server.As("head-0001").Get("/v1/erasures/" + erasure).body;
    }
    EXPECT_TRUE(known.contains("erased_at")) << known;
  }

  /// What the example's complaint names.
  void SendDocument() {
    const std::string bytes = "%PDF-1.7\n% 质疑函\n";
    const Reply sent = server.As("portal-0001")
                           .PostText("/v1/documents", bytes, {{"Content-Type", "application/pdf"}});
    EXPECT_EQ(sent.status, 201) << sent.text;
    document = sent.body.value("digest", "");
  }

  std::string FirstNotification() const {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    Json told;
    while (told.empty() && std::chrono::steady_clock::now() < give_up) {
      told = server.As("intake-0001").Get("/v1/notifications").body["notifications"];
    }
    EXPECT_FALSE(told.empty());
    return told.empty() ? "0" : told[0]["id"].dump();
  }

  /// As whichever account may.
  void OpenOne(const Json& schema) {
    const Json body = SchemaValues(contract.Document()).Least(schema);
    for (const char* account : {"portal-0001", "unit-admin-0001", "platform-operator-0001",
                                "provider-0001", "records-0001", "resource-0001"}) {
      const Reply reply = server.As(account).Post("/v1/cases", body);
      if (reply.status != 201) continue;
      cases.emplace(reply.body["workflow"], reply.body["case_id"]);
      return;
    }
  }

  /// A case that knows this command; where none could be opened, one that nobody has.
  std::string CaseFor(const std::string& command) const {
    for (const auto* workflow : AllWorkflows()) {
      if (workflow->Describe().FindCommand(command) == nullptr) continue;
      const auto found = cases.find(std::string(workflow->Name()));
      if (found != cases.end()) return found->second;
    }
    return "complaint-01900000-0000-7000-8000-000000000000";
  }

  /// What stands for each placeholder of the operation's path.
  std::map<std::string, std::string> PathOf(const Documented& operation) const {
    std::map<std::string, std::string> path;
    const std::string last = operation.path.substr(operation.path.rfind('/') + 1);
    for (const auto& parameter : operation.Parameters("path")) {
      const auto name = parameter["name"].get<std::string>();
      const Json& schema = parameter["schema"];
      if (name == "id" && operation.path.starts_with("/v1/cases/")) {
        path[name] = operation.method == "POST" ? CaseFor(last) : CaseFor("lodge");
      } else if (operation.path.starts_with("/v1/webhooks/") && operation.method != "DELETE") {
        path[name] = webhook;
      } else if (name == "account") {
        path[name] = "zhao";
      } else if (name == "digest") {
        path[name] = document;
      } else if (name == "erasure") {
        path[name] = erasure;
      } else if (operation.path.starts_with("/v1/notifications/")) {
        path[name] = notification;
      } else if (operation.id == "getWorkflow") {
        path[name] = "complaint";
      } else {
        const Json value = SchemaValues(contract.Document()).Least(schema);
        path[name] = value.is_string() ? value.get<std::string>() : value.dump();
      }
    }
    return path;
  }
};

TEST(Contract, EveryRouteSaysWhatItIs) {
  const TestServer server;
  std::set<std::string> ids;
  for (const auto* route : server.Routes()) {
    const std::string name = route->method + " " + route->pattern;
    for (const auto& gap : http::GapsOf(route->operation, route->pattern)) {
      ADD_FAILURE() << name << ": " << gap;
    }
    EXPECT_TRUE(ids.insert(route->operation.id).second) << name << ": the id is another's";
    EXPECT_TRUE(route->method != "GET" || route->operation.body.is_null()) << name;
  }
  EXPECT_GT(ids.size(), 10U);
}

TEST(Contract, TheCommittedDocumentIsTheServedOne) {
  const TestServer server;
  std::ifstream file(DOCKET_SOURCE_DIR "/docs/api/openapi.json");
  const Json committed = Json::parse(file, nullptr, false);
  EXPECT_TRUE(committed == Contract(server).Document())
      << "docs/api/openapi.json is stale; run script/docs and commit it";
}

TEST(Contract, EveryCommandOfEveryWorkflowIsAnOperation) {
  const TestServer server;
  const Contract contract(server);
  for (const auto* workflow : AllWorkflows()) {
    const auto& description = workflow->Describe();
    for (const auto& row : description.rows) {
      const bool by_accounts = std::any_of(row.roles.begin(), row.roles.end(),
                                           [](Role role) { return SideOf(role) != Side::kSystem; });
      if (!by_accounts || row.from == description.initial) continue;
      const auto path = "/v1/cases/{id}/commands/" + row.command;
      EXPECT_TRUE(contract.Document()["paths"].contains(path)) << path;
    }
  }
}

TEST(Contract, TheExamplesDoWhatTheySay) {
  TestServer server;
  Contract contract(server);
  std::string case_id;
  for (const auto& step : http::ExampleWalk()) {
    const auto& operation = contract.Find(step["operation"]);
    const SchemaCheck body(operation.BodySchema(), contract.Document());
    EXPECT_EQ(body.Complaints(step["body"]), "") << step["summary"];
    const Reply reply = contract.Send(server.As(step["as"]), operation,
                                      {.path = {{"id", case_id}}, .body = step["body"]});
    EXPECT_LT(reply.status, 300) << step["summary"] << ": " << reply.text;
    case_id = reply.body.value("case_id", case_id);
    const auto& done = step["operation"];
    if (done != "openCase" && done != "actAccept" && done != "actArchive") continue;
    for (const char* reader : {"head-0001", "portal-0001", "discipline-0001"}) {
      const Client client = server.As(reader);
      contract.Send(client, contract.Find("getCase"), {.path = {{"id", case_id}}});
      contract.Send(client, contract.Find("getTimeline"), {.path = {{"id", case_id}}});
      contract.Send(client, contract.Find("getCaseDeadlines"),
                    {.path = {{"id", case_id}}, .query = "?explain=true"});
      contract.Send(client, contract.Find("listCases"), {});
      contract.Send(client, contract.Find("listDeadlines"), {});
      contract.Send(client, contract.Find("readFeed"), {});
    }
  }
  EXPECT_TRUE(contract.Succeeded().contains("actArchive"));
}

/// Right requests to each operation, as several accounts: any answer to them is documented.
TEST(Contract, RightRequestsAreAnsweredAsDocumented) {
  World world;
  const SchemaValues values(world.contract.Document());
  std::set<std::string> walked;
  for (const auto& operation : world.contract.Operations()) {
    walked.insert(operation.id);
    if (operation.IsStream()) continue;
    Sending sending{.path = world.PathOf(operation)};
    for (const char* account : {"intake-0001", "head-0001", "portal-0001", "sysadmin-0001",
                                "operator-0001", "auditor-0001", "unit-admin-0001"}) {
      const Client client = world.server.As(account);
      if (!operation.BodySchema().is_null()) sending.body = values.Least(operation.BodySchema());
      world.contract.Send(client, operation, sending);
      if (!operation.BodySchema().is_null()) sending.body = values.Full(operation.BodySchema());
      for (const auto& parameter : operation.Parameters("query")) {
        const auto value = Encoded(values.Least(parameter["schema"]));
        sending.query = "?" + parameter["name"].get<std::string>() + "=" + value;
        world.contract.Send(client, operation, sending);
      }
      sending.query.clear();
      for (const auto& parameter : operation.Parameters("header")) {
        const Json value = values.Least(parameter["schema"]);
        sending.headers = {{parameter["name"], value.get<std::string>()}};
        world.contract.Send(client, operation, sending);
      }
      sending.headers.clear();
    }
    const bool reads = operation.method == "GET";
    EXPECT_TRUE(!reads || world.contract.Succeeded().contains(operation.id))
        << operation.id << " never succeeded";
  }
  EXPECT_EQ(walked.size(), world.contract.Operations().size());
}

/// The schema and all in it. The validator compiles a pattern for every date that it looks at.
Json WithoutFormats(Json json) {
  if (json.is_object() && json.contains("format") && json["format"].is_string()) {
    json.erase("format");
  }
  if (json.is_structured()) {
    for (auto& member : json) member = WithoutFormats(std::move(member));
  }
  return json;
}

TEST(Contract, EachBrokenConstraintOfABodyIsRefused) {
  World world;
  const Json without_formats = WithoutFormats(world.contract.Document());
  const SchemaValues values(world.contract.Document());
  const std::int64_t head = world.server.Head();
  int sent = 0;
  for (const auto& operation : world.contract.Operations()) {
    if (operation.BodySchema().is_null()) continue;
    const SchemaCheck check(WithoutFormats(operation.BodySchema()), without_formats);
    const Sending to{.path = world.PathOf(operation)};
    for (auto& broken : values.BreakEach(operation.BodySchema())) {
      // Who and when are judged before what: only what is wrong with them themselves is kept.
      for (const std::string name : {"back_entry", "occurred_at"}) {
        const bool whole = broken.value.is_object() && !broken.what.starts_with("/" + name);
        if (whole) broken.value.erase(name);
      }
      const bool is_format = broken.what.ends_with(" format");
      if (!is_format && check.Complaints(broken.value).empty()) continue;  // For an alternative.
      Sending sending = to;
      sending.body = broken.value;
      const Reply reply = world.contract.Send(world.server.As("intake-0001"), operation, sending);
      EXPECT_TRUE(reply.status == 422 || reply.status == 404 || reply.status == 403)
          << operation.id << " " << broken.what << ": " << reply.status << " " << reply.text;
      ++sent;
    }
  }
  EXPECT_GT(sent, 500);
  EXPECT_EQ(world.server.Head(), head);
}

/// Texts that are no value of a parameter's schema.
std::vector<std::string> NotOf(const Json& schema) {
  std::vector<std::string> wrong = {""};
  const std::string type = schema.value("type", "");
  if (type == "integer") {
    wrong.push_back("x");
    wrong.push_back("99999999999999999999");
    wrong.push_back(std::to_string(schema["minimum"].get<std::int64_t>() - 1));
    if (schema.contains("maximum")) {
      wrong.push_back(std::to_string(schema["maximum"].get<std::int64_t>() + 1));
    }
  }
  if (type == "boolean") wrong.push_back("maybe");
  if (schema.contains("enum")) wrong.push_back("no_such_choice");
  if (schema.contains("pattern")) wrong.push_back(" ");
  if (type == "string" && schema.contains("format")) wrong.push_back("2024-02-31");
  if (schema.contains("maxLength")) {
    wrong.emplace_back(std::min<std::size_t>(schema["maxLength"].get<std::size_t>() + 1, 3000),
                       '?');
    if (schema["maxLength"].get<std::size_t>() > 3000) wrong.pop_back();  // No target is so long.
  }
  return wrong;
}

TEST(Contract, EachBrokenConstraintOfAParameterIsRefused) {
  World world;
  int sent = 0;
  for (const auto& operation : world.contract.Operations()) {
    const Client client = world.server.As("intake-0001");
    const auto expect_refused = [&](const Sending& sending, const std::string& pointer) {
      const Reply reply = world.contract.Send(client, operation, sending);
      EXPECT_EQ(reply.status, 400) << operation.id << sending.query << " " << pointer;
      EXPECT_TRUE(!reply.Errors().empty() && reply.Errors()[0].starts_with(pointer + " "))
          << reply.text;
      ++sent;
    };
    Sending sending{.path = world.PathOf(operation)};
    if (operation.method == "POST") sending.body = Json::object();
    sending.query = "?no_such_parameter=x";
    expect_refused(sending, "/query/no_such_parameter");
    for (const auto& parameter : operation.Parameters("query")) {
      const auto name = parameter["name"].get<std::string>();
      for (const auto& wrong : NotOf(parameter["schema"])) {
        sending.query = "?" + name + "=" + Encoded(wrong);
        expect_refused(sending, "/query/" + name);
      }
    }
    sending.query.clear();
    for (const auto& parameter : operation.Parameters("header")) {
      const auto name = parameter["name"].get<std::string>();
      for (const auto& wrong : NotOf(parameter["schema"])) {
        if (name == "If-None-Match" || wrong == " ") continue;
        sending.headers = {{name, wrong}};
        expect_refused(sending, "/header/" + name);
      }
    }
  }
  EXPECT_GT(sent, 200);
}

// Shows A125.
TEST(Contract, NothingIsAnsweredWithoutAnAccount) {
  World world;
  const std::int64_t head = world.server.Head();
  const SchemaValues values(world.contract.Document());
  for (const auto& operation : world.contract.Operations()) {
    Sending sending{.path = world.PathOf(operation)};
    if (!operation.BodySchema().is_null()) sending.body = values.Least(operation.BodySchema());
    for (const char* account : {"", "nobody"}) {
      const Reply reply = world.contract.Send(world.server.As(account), operation, sending);
      if (operation.IsOpen()) EXPECT_LT(reply.status, 500) << operation.id;
      else EXPECT_EQ(reply.status, 401) << operation.id;
    }
  }
  EXPECT_EQ(world.server.Head(), head);
}

}  // namespace
}  // namespace docket::test
