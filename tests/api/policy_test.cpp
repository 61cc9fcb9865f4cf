// What the policy says is what the server does: every role, command and state of every workflow,
// through the router of a whole application. Allowed acts are not refused as forbidden; all others
// are, and leave nothing in the log.
#include <set>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "api/auth/operations.hpp"
#include "api/auth/policy_matrix.hpp"
#include "persistence/accounts/log_accounts.hpp"
#include "tests/api/complaint_requests.hpp"
#include "tests/support/sample_cases.hpp"

namespace docket::test {
namespace {

/// One account a role, of the units that the sample events name.
const std::map<Role, Actor>& People() {
  static const std::map<Role, Actor> people = [] {
    std::map<Role, Actor> made;
    const auto add = [&](Role role, const char* id, const char* unit) {
      made[role] = {ActorId(id), UnitId(unit), {role}};
    };
    for (const auto& role : EnumTable<Role>::kNames) {
      if (SideOf(role.value) != Side::kSystem) add(role.value, role.name.data(), "bureau");
    }
    add(Role::kHandler, "han", "bureau");
    add(Role::kRespondent, "firm", "public");
    add(Role::kComplainant, "portal", "public");
    add(Role::kDataProvider, "provider", "platform");
    add(Role::kPlatformOperator, "operator", "operations");
    add(Role::kResourceOffice, "office", "operations");
    add(Role::kTenderer, "tenderer", "public");
    add(Role::kTradingCentre, "centre", "centre");
    add(Role::kSecurityManager, "security", "platform");
    add(Role::kAudit, "audit", "audit");
    add(Role::kDiscipline, "discipline", "discipline");
    return made;
  }();
  return people;
}

Actor ActorOf(Role role) {
  if (role == Role::kProcessManager) return ProcessManagerActor();
  return role == Role::kClock ? ClockActor() : People().at(role);
}

Office TheOffice() {
  const auto unit = [](const char* id, const char* region, const Json& industries) {
    return Json{{"id", id}, {"name", id}, {"region", region}, {"industries", industries}};
  };
  Json trades = Json::array();
  for (const auto& trade : EnumTable<Industry>::kNames) trades.push_back(trade.name);
  Json file = {
      {"units",
       {unit("bureau", "330482", trades), unit("platform", "410100", Json::array()),
        unit("operations", "100000", Json::array()), unit("public", "330482", Json::array()),
        unit("centre", "330482", Json::array()), unit("audit", "330482", Json::array()),
        unit("discipline", "330482", Json::array())}},
      {"accounts", Json::array()}};
  for (const auto& [role, actor] : People()) {
    file["accounts"].push_back({{"id", actor.id.value},
                                {"unit", actor.unit.value},
                                {"roles", {NameOf(role)}},
                                {"token", "token-of-" + actor.id.value + "-0123456789"}});
  }
  auto office = Office::Parse(file.dump());
  EXPECT_TRUE(office.has_value());
  return std::move(*office);
}

class Policy : public ::testing::Test {
 protected:
  Policy() {
    ApplicationOptions options;
    options.store_url = StoreUrlIn(folder_.Path());
    options.owner = "a test";
    options.virtual_clock = true;
    options.start_at = Instant::Parse("2024-08-08T09:00:00+08:00");
    application_ = std::move(*Application::Open(options, TheOffice()));
    services_.emplace(application_->HttpServices());
    router_.emplace(http::MakeRouter(*services_));
  }

  /// Status and code of the answer.
  std::pair<int, std::string> Send(const Actor& actor, const std::string& method,
                                   const std::string& target, const std::string& body = "",
                                   const Headers& headers = {}) {
    http::Request request;
    request.id = "request";
    request.method = method;
    request.target = target;
    request.headers = headers;
    request.headers.push_back({"Content-Type", "application/json"});
    request.headers.push_back(
        {"Authorization", "Bearer token-of-" + actor.id.value + "-0123456789"});
    request.body_bytes = body.size();
    const auto answer = router_->Handle(std::move(request),
                                        [&](std::size_t) -> Expected<std::string> { return body; });
    const Json json = Json::parse(answer.response.body, nullptr, false);
    return {answer.response.status, json.is_object() ? json.value("code", "") : ""};
  }

  StreamId Store(const Workflow& workflow, testing::SampleHistory history) {
    const StreamId case_id(std::string(workflow.Name()) + "-" + application_->Ids().NewUuid());
    for (auto& event : history) event.id = EventId(application_->Ids().NewUuid());
    AppendRequest request;
    request.writes.push_back({case_id, ExpectedVersion::NoStream(), std::move(history)});
    application_->Log().Append(std::move(request));
    return case_id;
  }

  Position Head() { return application_->Log().ReadHead(LogId::kCases).position; }

  /// Every role and command, on a case in that state.
  void TryAll(const Description& table, const std::string& state, const StreamId& case_id) {
    const Position head = Head();
    for (const auto& [role, actor] : People()) {
      for (const auto& command : table.commands) {
        const auto here = RolesWith(table, command.name, state);
        const auto ever = RolesWith(table, command.name);
        const bool may = Holds(here, role) && IsNamed(role, actor, case_id);
        // Refused behind the policy: nobody has acted so often.
        const Headers stale = {{"If-Match", "\"999999\""}};
        const auto [status, code] =
            Send(actor, "POST", "/v1/cases/" + case_id.value + "/commands/" + command.name, "{}",
                 may ? stale : Headers());
        const auto where = fmt::format("{} {} {} {}: {} {}", NameOf(role), table.name, state,
                                       command.name, status, code);
        if (may) EXPECT_EQ(status, 412) << where;
        else if (here.empty() && Holds(ever, role)) EXPECT_TRUE(IsNotNow(status, code)) << where;
        else EXPECT_EQ(status, 403) << where;
        ++cells_;
      }
    }
    EXPECT_EQ(Head(), head) << table.name << " " << state;
  }

  /// Whom a case is for: parties that opened it or that it names, officers of the units that work
  /// it, offices of its region; and whoever reads it. What people do with their own account is for
  /// its holder, who is none of these; offices of the unit may read it.
  bool IsNamed(Role role, const Actor& actor, const StreamId& case_id) {
    if (IsAccountCase(case_id)) return SideOf(role) != Side::kParty && role != Role::kDataProvider;
    const auto model = std::move(*application_->Engine().Load(case_id));
    const CaseSummary summary = model->Summary();
    const Unit unit = application_->Accounts().FindUnit(actor.unit).value();
    const auto holds = [](const auto& list, const auto& one) {
      return std::find(list.begin(), list.end(), one) != list.end();
    };
    if (holds(summary.recused, actor.id)) return false;
    const bool opened = model->OpenedBy() == actor.id;
    const bool named = holds(summary.respondents, actor.id);
    const bool of_unit = summary.unit.empty() ? unit.region == summary.region && summary.industry &&
                                                    holds(unit.industries, *summary.industry)
                                              : unit.id == summary.unit;
    const Reading reading =
        ReadingOf(OutlineOf(WorkflowOf(case_id)->Name(), summary, model->OpenedBy()),
                  {actor, unit, application_->LegalClock().Now().ChinaDate()});
    if (reading.access != Access::kNone) return true;
    switch (role) {
      case Role::kComplainant: return opened;
      case Role::kRespondent: return named;
      case Role::kTenderer: return opened || named;
      case Role::kResourceOffice:
      case Role::kAudit:
      case Role::kDiscipline:
      case Role::kTradingCentre:
      case Role::kPlatformOperator: return unit.region.Covers(summary.region);
      case Role::kSystemAdministrator:
      case Role::kSystemOperator:
      case Role::kSystemAuditor: return true;
      default: return of_unit || holds(summary.concerned, unit.id);
    }
  }

  void TryOpening(const Description& table) {
    const Position head = Head();
    for (const auto& [role, actor] : People()) {
      for (const auto& command : table.commands) {
        const Json body = {{"workflow", table.name}, {"name", command.name}};
        const auto [status, code] = Send(actor, "POST", "/v1/cases", body.dump());
        const auto where = fmt::format("{} opens {} by {}: {} {}", NameOf(role), table.name,
                                       command.name, status, code);
        const auto roles = RolesWith(table, command.name, table.initial);
        if (Holds(roles, role)) EXPECT_EQ(status, 422) << where;
        else if (!roles.empty()) EXPECT_EQ(status, 403) << where;
        else EXPECT_GE(status, 400) << where;
        ++cells_;
      }
    }
    EXPECT_EQ(Head(), head) << table.name;
  }

  static bool Holds(const std::vector<Role>& roles, Role role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  }
  /// The role has this act, in another state: then what is wrong is said.
  static bool IsNotNow(int status, const std::string& code) {
    return (status == 409 && code == "command_not_allowed_in_state") ||
           (status == 422 && code == "invalid_fields") ||
           (status == 403 && code == "case_not_readable");
  }

  TemporaryFolder folder_;
  std::unique_ptr<Application> application_;
  std::optional<http::Services> services_;
  std::optional<http::Router> router_;
  std::size_t cells_ = 0;
};

TEST_F(Policy, EveryRoleCommandAndStateIsAnsweredAsTheMatrixSays) {
  for (const Workflow* workflow : AllWorkflows()) {
    const Description& table = workflow->Describe();
    const auto histories = testing::SampleHistories(*workflow, ActorOf);
    for (const auto& state : table.states) {
      const auto history = histories.find(state.name);
      if (history == histories.end()) {
        ADD_FAILURE() << table.name << ": no samples under history/ lead to " << state.name;
        continue;
      }
      if (history->second.empty()) TryOpening(table);
      else TryAll(table, state.name, Store(*workflow, history->second));
    }
  }
  EXPECT_GT(cells_, 10'000u);
}

// Shows A125.
TEST_F(Policy, EveryRouteIsForItsAudience) {
  std::set<std::string> routes;
  for (const http::Route* route : router_->Routes()) {
    const auto rules = OperationRules();
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const OperationRule& known) {
      return known.method == route->method && known.pattern == route->pattern;
    });
    const std::string name = route->method + " " + route->pattern;
    ASSERT_NE(rule, rules.end())
        << name << " has no audience: add it to api/auth/operations.cpp, and have it reviewed";
    routes.insert(name);
    EXPECT_EQ(route->open_to_all, rule->audience == Audience::kEverybody) << name;
    for (const auto& [role, actor] : People()) {
      std::string target = route->pattern;
      for (auto at = target.find('{'); at != std::string::npos; at = target.find('{')) {
        target.replace(at, target.find('}') - at + 1, "x");
      }
      const auto [status, code] = Send(actor, route->method, target, "{}");
      EXPECT_EQ(code == "operation_not_permitted", !IsAmong(rule->audience, {role}))
          << name << " as " << NameOf(role) << ": " << status << " " << code;
    }
  }
  EXPECT_EQ(routes.size(), OperationRules().size()) << "a rule is of no route";
}

class PolicyOverHttp : public ::testing::Test {
 protected:
  TestServer server_;
  ComplaintWalk walk_{server_};
};

// Shows A013.
TEST_F(PolicyOverHttp, OtherRegionsAndUnitsLearnNothing) {
  walk_.ToAccepted();
  const auto head = server_.Head();
  for (const char* account : {"intake-0101", "head-0101", "centre-0001", "provider-0001",
                              "portal-0002", "sysadmin-0001", "auditor-0001"}) {
    for (const char* rest : {"", "/timeline", "/deadlines", "?as_of=1"}) {
      const Reply read = server_.As(account).Get(walk_.Path(rest));
      EXPECT_EQ(read.status, 403) << account << rest;
      EXPECT_EQ(read.Code(), "case_not_readable");
    }
    // Whatever the command, whatever its body: the answer is that of reading.
    std::set<std::string> answers;
    for (const char* command : {"accept", "cancel", "decide", "investigate", "unheard_of"}) {
      Reply reply = server_.As(account).Post(walk_.Path(std::string("/commands/") + command),
                                             {{"data", Json::object()}}, {{"If-Match", "\"1\""}});
      EXPECT_EQ(reply.status, 403) << account << " " << command << reply.text;
      reply.body.erase("request_id");
      answers.insert(reply.body.dump());
    }
    EXPECT_EQ(answers.size(), 1u) << account;
    EXPECT_EQ(server_.As(account).Get("/v1/cases").body["cases"], Json::array());
  }
  const std::string unknown = "/v1/cases/complaint-00000000-0000-7000-8000-000000000000";
  EXPECT_EQ(server_.As("intake-0001").Get(unknown).Code(), "unknown_case");
  EXPECT_EQ(server_.Head(), head);
}

TEST_F(PolicyOverHttp, ARecusedOfficerIsShownNothingMore) {
  walk_.ToAccepted();
  EXPECT_EQ(server_.As("handler-0001").Get(walk_.Path()).status, 200);
  walk_.Act("head-0001", "recuse", {{"officer", "handler-0001"}, {"reason", "与当事人有利害关系"}});
  EXPECT_EQ(server_.As("handler-0001").Get(walk_.Path()).Code(), "case_not_readable");
  const Reply act = server_.As("handler-0001")
                        .Post(walk_.Path("/commands/investigate"), {{"data", Json::object()}});
  EXPECT_EQ(act.Code(), "case_not_readable");
  ASSERT_TRUE(server_.App().CatchUp());
  EXPECT_EQ(server_.As("handler-0001").Get("/v1/cases").body["cases"], Json::array());
  EXPECT_EQ(server_.As("handler-0002").Get("/v1/cases").body["cases"].size(), 1u);
}

TEST_F(PolicyOverHttp, PartiesSeePublicStates) {
  walk_.ToAccepted();
  walk_.Act("handler-0001", "send_reply_notice", {{"parties", {"respondent_1"}}});
  ASSERT_TRUE(server_.App().CatchUp());
  const Client party = server_.As("portal-0001");
  const Reply read = party.Get(walk_.Path());
  EXPECT_EQ(read.body["state"], "accepted");
  EXPECT_EQ(read.body["state_zh"], "待处理");
  EXPECT_EQ(read.body["facts"]["state"], "accepted");
  EXPECT_EQ(read.text.find("reply_notice_sent\""), std::string::npos);
  for (const auto& clock : read.body["clocks"]) EXPECT_EQ(clock["rule"], "procurement_decide");
  EXPECT_EQ(server_.As("handler-0001").Get(walk_.Path()).body["state"], "reply_notice_sent");
  const auto listed = [&](const std::string& state) {
    return party.Get("/v1/cases?state=" + state).body["cases"];
  };
  ASSERT_EQ(listed("accepted").size(), 1u);
  EXPECT_EQ(listed("accepted")[0]["state"], "accepted");
  EXPECT_EQ(listed("reply_notice_sent"), Json::array());
}

}  // namespace
}  // namespace docket::test
