// Data intake over HTTP and from files: what is in order goes in, whatever else came with it.
#include <algorithm>
#include <fstream>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/cli/import.hpp"
#include "domain/evidence/sha256.hpp"
#include "tests/api/test_server.hpp"
#include "tests/support/message_signer.hpp"

namespace docket::test {
namespace {

using docket::testing::MessageSigner;

const std::string kProject = "A3304820001234567890";
const std::string kSection = "A3304820001234567890001";
const std::string kFirm = "91350100M000100Y43";
constexpr auto kPhone = "0573-88880000";
constexpr auto kContact = "钱联系";

std::string DigestOf(const Json& body) { return "sha256:" + Sha256Hex(CanonicalJson(body)); }

/// What a project gives rise to, in its order.
const std::vector<std::pair<std::string, Json>>& WholeProject() {
  static const std::vector<std::pair<std::string, Json>> messages = [] {
    const auto of = [](Json body) {
      body["project"] = kProject;
      body["section"] = kSection;
      return body;
    };
    const Json project = {{"project", kProject},
                          {"project_name", "平湖市某中学教学楼工程"},
                          {"region", "330482"},
                          {"industry", "construction"},
                          {"trade", "works"},
                          {"owner", "institution"},
                          {"mode", "public_tender"},
                          {"mandatory", true},
                          {"tenderer_name", "平湖市某中学"},
                          {"tenderer", kFirm},
                          {"investment_code", "2408-330482-04-01-000001"},
                          {"estimate_fen", 800'000'000},
                          {"registered_on", "20240801"}};
    const Json bidder = {{"name", "某建设有限公司"},
                         {"credit_code", kFirm},
                         {"contact", kContact},
                         {"phone", kPhone}};
    return std::vector<std::pair<std::string, Json>>{
        {"project", project},
        {"section", of({{"section_name", "一标段"}, {"estimate_fen", 800'000'000}})},
        {"notice", of({{"kind", "tender"},
                       {"title", "招标公告"},
                       {"published_at", "20240802090000"},
                       {"opening_at", "20240802093000"}})},
        {"enrolment", of({{"enrolled_at", "20240803090000"}, {"bidders", {bidder}}})},
        {"draw", of({{"drawn_at", "20240804090000"}, {"experts", 5}})},
        {"opening",
         of({{"opened_at", "20240805090000"}, {"ended_at", "20240805100000"}, {"bids", 3}})},
        {"evaluation", of({{"began_at", "20240805100000"},
                           {"ended_at", "20240805110000"},
                           {"candidates", {kFirm}}})},
        {"publicity", of({{"from", "20240806"}, {"until", "20240807"}})},
        {"award",
         of({{"awarded_at", "20240808080000"}, {"winner", kFirm}, {"amount_fen", 780'000'000}})},
        {"contract", of({{"contract_number", "HT-1"},
                         {"signed_on", "20240808"},
                         {"contractor", kFirm},
                         {"amount_fen", 780'000'000}})},
        {"performance", of({{"kind", "payment"}, {"on", "20240808"}, {"amount_fen", 100}})},
        {"deposit",
         of({{"act", "paid"}, {"on", "20240803"}, {"bidder", kFirm}, {"amount_fen", 1'000'000}})},
        {"media", of({{"step", "opening"},
                      {"from", "20240805090000"},
                      {"until", "20240805100000"},
                      {"media", "sha256:" + std::string(64, 'a')}})},
        {"closing", {{"project", kProject}, {"ending", "completed"}, {"on", "20240808"}}}};
  }();
  return messages;
}
const Json& BodyOf(const std::string& message) {
  const auto& all = WholeProject();
  return std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == message; })
      ->second;
}

/// The platform of the sample office, with a key of its own.
class IntakeOverHttp : public ::testing::Test {
 protected:
  Json Message(const std::string& key, const Json& body) {
    return signer_.Signed({{"message_id", fmt::format("message-{:04}", ++made_)},
                           {"standard_version", "2.0"},
                           {"key", key},
                           {"occurred_at", "20240808085500"},
                           {"digest", DigestOf(body)},
                           {"body", body}});
  }
  Json Message(const std::string& message) { return Message("K-" + message, BodyOf(message)); }

  Reply Act(const std::string& account, const std::string& command, const Json& data) {
    const Reply reply = server_.As(account).Post(
        "/v1/cases/" + connection_ + "/commands/" + command, {{"data", data}});
    EXPECT_EQ(reply.status, 200) << command << ": " << reply.text;
    return reply;
  }
  void Apply() {
    const Reply applied = server_.As("provider-0001")
                              .Post("/v1/cases", {{"workflow", "data_push"},
                                                  {"data",
                                                   {{"provider", "platform-330482"},
                                                    {"provider_name", "平湖市电子交易平台"},
                                                    {"credit_code", kFirm},
                                                    {"region", "330482"},
                                                    {"system", "market_platform"},
                                                    {"industries", {"construction"}}}}});
    ASSERT_EQ(applied.status, 201) << applied.text;
    connection_ = applied.body["case_id"];
  }
  void Admit() {
    Apply();
    const Json paper = {{"digest", "sha256:" + std::string(64, 'b')}, {"name", "材料.pdf"}};
    Act("provider-0001", "submit_certificate",
        {{"number", "C-1"},
         {"issuer", "某检测认证机构"},
         {"scope", {"construction"}},
         {"valid_until", "2025-12-31"},
         {"report", paper}});
    for (const char* subject :
         {"data", "organisation", "maintenance", "standards", "emergency_plan"}) {
      Act("platform-operator-0001", "confirm_subject", {{"subject", subject}, {"evidence", paper}});
    }
    Act("platform-operator-0001", "register_key",
        {{"key", "k1"}, {"public_key", signer_.PublicKey()}});
    Act("resource-0001", "admit",
        {{"standard_version", "2.0"},
         {"frequencies", {{{"message_type", "notice"}, {"every_minutes", 60}}}}});
  }
  Reply Push(const std::string& message, const Json& body) {
    return server_.As("provider-0001").Post("/v1/intake/" + message, body);
  }
  /// One message that is answered like this.
  Json Pushed(const std::string& message, const Json& body, const std::string& outcome) {
    const Reply reply = Push(message, body);
    EXPECT_EQ(reply.status, 200) << reply.text;
    const Json one = reply.body["messages"][0];
    EXPECT_EQ(one["outcome"], outcome) << reply.text;
    return one;
  }
  Json FactsOf(const std::string& case_id) {
    const auto model = server_.App().Engine().Load(StreamId(case_id));
    EXPECT_TRUE(model) << case_id;
    return model ? (*model)->Facts() : Json::object();
  }
  Json Connection() { return FactsOf(connection_); }
  std::int64_t DefectsOf(const std::string& kind) {
    const Json facts = Connection();
    for (const auto& defect : facts["defects"]) {
      if (defect["kind"] == kind) return defect["count"];
    }
    return 0;
  }
  /// The cases of a kind, as the engine has them.
  std::vector<std::string> CasesOf(const std::string& workflow) {
    std::vector<std::string> cases;
    const auto all = server_.App().Log().ReadLog(LogId::kCases, Position(), 10'000);
    for (const auto& event : all) {
      const bool is_first =
          event.version.value == 1 && event.stream.value.starts_with(workflow + "-");
      if (is_first) cases.push_back(event.stream.value);
    }
    return cases;
  }

  TestServer server_;
  MessageSigner signer_;
  std::string connection_;
  int made_ = 0;
};

TEST_F(IntakeOverHttp, EveryDefinitionIsServed) {
  const Reply list = server_.As("provider-0001").Get("/v1/intake");
  ASSERT_EQ(list.status, 200) << list.text;
  EXPECT_EQ(list.body["messages"].size(), 15U);
  for (const auto& one : list.body["messages"]) {
    const Reply definition =
        server_.As("provider-0001").Get("/v1/intake/" + one["message"].get<std::string>());
    EXPECT_EQ(definition.status, 200) << definition.text;
    EXPECT_TRUE(definition.body["schema"]["properties"].contains("body"));
  }
  EXPECT_EQ(server_.As("provider-0001").Get("/v1/intake/rumour").Code(), "message_unknown");
  EXPECT_EQ(Push("rumour", Json::object()).Code(), "message_unknown");
  EXPECT_EQ(Push("notice", Json::array()).Code(), "batch_size_invalid");
  EXPECT_EQ(server_.As("intake-0001").Post("/v1/intake/notice", Json::object()).Code(),
            "operation_not_permitted");
}

// Shows A041, A086, A099.
TEST_F(IntakeOverHttp, AProjectIsTakenInFromItsRegistrationToItsEnd) {
  Admit();
  std::string project;
  for (const auto& [message, body] : WholeProject()) {
    const Json one = Pushed(message, Message(message), "accepted");
    if (project.empty()) project = one["case_id"];
    EXPECT_EQ(one["case_id"], project) << message;
  }
  const Json facts = FactsOf(project);
  EXPECT_EQ(facts["state"], "closed");
  EXPECT_EQ(facts["provider"], "platform-330482");
  EXPECT_EQ(facts["stage"], "performance");
  EXPECT_EQ(facts["steps_seen"].size(), 8U);
  EXPECT_EQ(facts["awards"][0]["amount_fen"], 780'000'000);
  EXPECT_EQ(facts["openings"][0]["opened_at"], "2024-08-05T09:00:00+08:00");
  EXPECT_EQ(Connection()["accepted"], 14);
  EXPECT_EQ(Connection()["rejected"], 0);
  // The department of the place and the trade sees one file with every stage.
  const Reply read = server_.As("head-0101").Get("/v1/cases/" + project);
  EXPECT_EQ(read.status, 200) << read.text;
  EXPECT_EQ(server_.As("head-0001").Get("/v1/cases/" + project).status, 403);
}

TEST_F(IntakeOverHttp, WhoBidsIsSealedAndStillToldApart) {
  Admit();
  Pushed("project", Message("project"), "accepted");
  const std::string project = Pushed("enrolment", Message("enrolment"), "accepted")["case_id"];
  const Json bidder = FactsOf(project)["bidders"][0];
  EXPECT_EQ(bidder["credit_code"], kFirm);
  EXPECT_EQ(bidder["phone_mark"].get<std::string>().size(), 64U);
  for (const auto& event : server_.App().Log().ReadLog(LogId::kCases, Position(), 10'000)) {
    EXPECT_EQ(event.data.find(kPhone), std::string::npos) << event.type;
    EXPECT_EQ(event.data.find(kContact), std::string::npos) << event.type;
  }
}

// Shows A094, A148.
TEST_F(IntakeOverHttp, EverythingThatIsWrongIsSaidAtOnceAndGoesBackAsACheck) {
  Admit();
  Json body = BodyOf("project");
  body["tenderer"] = "91350100M000100Y44";  // Its check character is wrong.
  body["registered_on"] = "20240231";
  body["trade"] = "rumours";
  body["unheard_of"] = 1;
  body.erase("region");
  const Json one = Pushed("project", Message("K-1", body), "rejected");
  std::vector<std::string> wrong;
  for (const auto& error : one["why"]["errors"]) {
    wrong.push_back(error["pointer"].get<std::string>() + " " + error["code"].get<std::string>());
  }
  std::sort(wrong.begin(), wrong.end());
  EXPECT_EQ(wrong, (std::vector<std::string>{
                       "/body/region field_missing", "/body/registered_on instant_invalid",
                       "/body/tenderer credit_code_invalid", "/body/trade field_invalid",
                       "/body/unheard_of field_unknown"}));
  const Json check = FactsOf(one["check_id"]);
  EXPECT_EQ(check["state"], "feedback_sent");
  EXPECT_EQ(check["provider"], "platform-330482");
  EXPECT_EQ(check["record_key"], "K-1");
  EXPECT_EQ(DefectsOf("completeness"), 1);
  EXPECT_EQ(Connection()["rejected"], 1);
  EXPECT_TRUE(CasesOf("project").empty());
  // Of another version than there is, and with an id that no message has.
  Json odd = Message("project");
  odd["standard_version"] = "9.9";
  odd["key"] = "含有姓名的标识";
  const Json unknown = Pushed("project", odd, "rejected");
  EXPECT_FALSE(unknown.contains("key"));
  EXPECT_EQ(DefectsOf("standard"), 1);
  server_.App().Linking().CatchUp();
  std::set<std::string> rules;
  for (const auto& warning : CasesOf("warning")) rules.insert(FactsOf(warning)["rule"]);
  EXPECT_EQ(rules, (std::set<std::string>{"data_defect", "data_standard"}));
}

TEST_F(IntakeOverHttp, WhatIsNotSignedByTheProviderIsNotTakenIn) {
  Admit();
  const Json right = Message("project");
  const auto refused_for = [&](Json message, const char* code) {
    const Json one = Pushed("project", message, "rejected");
    EXPECT_EQ(one["why"]["code"], code);
    EXPECT_FALSE(one["check_id"].get<std::string>().empty());
  };
  Json other = right;
  other["body"]["project_name"] = "另一项目";
  refused_for(other, "content_digest_wrong");
  other["digest"] = DigestOf(other["body"]);
  refused_for(other, "signature_invalid");
  refused_for(MessageSigner().Signed(right), "signature_invalid");
  refused_for(signer_.Signed(right, "k2"), "signing_key_unknown");
  Json future = right;
  future["occurred_at"] = "20240809090000";
  refused_for(signer_.Signed(future), "occurred_in_future");
  EXPECT_EQ(DefectsOf("authenticity"), 5);
  EXPECT_TRUE(CasesOf("project").empty());

  Act("platform-operator-0001", "revoke_key", {{"key", "k1"}, {"reason", "密钥泄露"}});
  refused_for(Message("project"), "signing_key_unknown");
}

// Shows A097.
TEST_F(IntakeOverHttp, AKnownRecordIsNeverOverwritten) {
  Admit();
  const std::string project = Pushed("project", Message("project"), "accepted")["case_id"];
  Pushed("award", Message("award"), "accepted");
  EXPECT_EQ(Pushed("award", Message("award"), "duplicate")["case_id"], project);
  Json body = BodyOf("award");
  body["amount_fen"] = 1;
  EXPECT_EQ(Pushed("award", Message("K-award", body), "conflict")["why"]["code"],
            "digest_mismatch");
  EXPECT_EQ(FactsOf(project)["awards"][0]["amount_fen"], 780'000'000);
  EXPECT_EQ(DefectsOf("authenticity"), 1);

  Json correction = Message("K-award", body);
  correction["supersedes"] = {{"digest", DigestOf(BodyOf("award"))}, {"reason", "金额录入错误"}};
  Pushed("award", signer_.Signed(correction), "accepted");
  EXPECT_EQ(FactsOf(project)["awards"][0]["amount_fen"], 1);
  EXPECT_EQ(FactsOf(project)["corrections"], 1);
}

TEST_F(IntakeOverHttp, ABatchThatIsSentAgainHasTheEffectOfOne) {
  Admit();
  Json wrong = BodyOf("project");
  wrong["project"] = "B3304820001234567890";
  wrong.erase("region");
  const Json batch = {Message("project"), Message("K-2", wrong)};
  const Reply first = Push("project", batch);
  const auto head = server_.Head();
  const Reply again = Push("project", batch);
  EXPECT_EQ(server_.Head(), head);
  EXPECT_EQ(first.body["batch"], again.body["batch"]);
  EXPECT_EQ(first.body["messages"], again.body["messages"]);
  EXPECT_EQ(Connection()["accepted"], 1);
  EXPECT_EQ(Connection()["rejected"], 1);
}

/// What a process that died in the middle of a batch had done is done once.
TEST_F(IntakeOverHttp, ABatchThatWasCutOffIsTakenInWhole) {
  Admit();
  std::string text;
  std::vector<Expected<Json>> messages;
  for (const auto& [message, body] : WholeProject()) {
    Json one = Message(message);
    one["message"] = message;
    messages.emplace_back(signer_.Signed(one));
    text += one.dump() + "\n";
  }
  const auto directory = [&]() -> const Directory& {
    return server_.App().Engine().Ports().directory;
  };
  const intake::Intake::Sender sender{ActorId("provider-0001"),
                                      *directory().FindUnit(UnitId("platform-330482"))};
  auto& intake = server_.App().DataIntake();
  const std::vector<Expected<Json>> half(messages.begin(), messages.begin() + 7);
  ASSERT_TRUE(intake.Take(sender, text, half, ""));
  const auto whole = intake.Take(sender, text, messages, "");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->Count(intake::Outcome::kAccepted), 14);
  const Json facts = FactsOf(whole->messages.front().case_id.value);
  EXPECT_EQ(facts["records"].size(), 14U);
  EXPECT_EQ(facts["state"], "closed");
}

// Shows A082.
TEST_F(IntakeOverHttp, WhatComesLaterThanAgreedIsTakenInAndCounted) {
  Admit();
  Pushed("project", Message("project"), "accepted");
  Json late = Message("notice");
  late["occurred_at"] = "20240808070000";
  EXPECT_EQ(Pushed("notice", signer_.Signed(late), "accepted")["late"], true);
  EXPECT_EQ(Connection()["late"], 1);
  EXPECT_EQ(DefectsOf("timeliness"), 1);
}

TEST_F(IntakeOverHttp, AHeartbeatRestoresAChannelThatWasDown) {
  Admit();
  const Json beat = Message("beat-1", {{"sent_at", "20240808085900"}});
  Pushed("heartbeat", beat, "accepted");
  Act("platform-operator-0001", "report_outage",
      {{"from", "2024-08-08T08:30:00+08:00"}, {"cause", "heartbeat_lost"}});
  EXPECT_TRUE(Connection().contains("down_since"));
  Pushed("heartbeat", Message("beat-2", {{"sent_at", "20240808090000"}}), "accepted");
  EXPECT_FALSE(Connection().contains("down_since"));
  EXPECT_GE(Connection()["minutes_down"], 30);
}

// Shows A089.
TEST_F(IntakeOverHttp, MissingStepsAreDefectsAndWarnings) {
  Admit();
  Pushed("project", Message("project"), "accepted");
  Pushed("opening", Message("opening"), "accepted");
  server_.App().Linking().CatchUp();
  EXPECT_EQ(DefectsOf("completeness"), 1);
  const auto warnings = CasesOf("warning");
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(FactsOf(warnings[0])["rule"], "data_defect");
  EXPECT_EQ(FactsOf(warnings[0])["region"], "330482");

  Pushed("closing", Message("closing"), "accepted");
  server_.App().Linking().CatchUp();
  const auto more = CasesOf("warning");
  ASSERT_EQ(more.size(), 2U);
  EXPECT_EQ(FactsOf(more[1])["rule"], "data_project_review");
  EXPECT_EQ(FactsOf(more[1])["project"], kProject);
}

// Shows A184.
TEST_F(IntakeOverHttp, AnUnknownPlatformIsQuarantinedAndRaisesAClue) {
  const Json message = Message("project");
  const Reply reply = Push("project", message);
  ASSERT_EQ(reply.status, 200) << reply.text;
  EXPECT_EQ(reply.body["quarantined"], 1);
  EXPECT_EQ(reply.body["messages"][0]["why"]["code"], "platform_not_admitted");
  EXPECT_TRUE(CasesOf("project").empty());
  const Json clue = FactsOf(reply.body["clue_id"]);
  EXPECT_EQ(clue["source_kind"], "machine");
  EXPECT_EQ(clue["region"], "330482");
  // The first of the day is evidence; the rest of the day adds no clue.
  EXPECT_EQ(Push("project", Message("project")).body["clue_id"], reply.body["clue_id"]);
  EXPECT_EQ(CasesOf("clue").size(), 1U);
  const auto kept = server_.App().DocumentRows().ListAfter("", 10);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].digest.value, "sha256:" + Sha256Hex(message.dump()));
}

TEST_F(IntakeOverHttp, APlatformThatIsStillToBeAdmittedIsQuarantinedWithoutAClue) {
  Apply();
  EXPECT_EQ(Push("project", Message("project")).body["quarantined"], 1);
  EXPECT_EQ(Connection()["quarantined"], 1);
  EXPECT_TRUE(CasesOf("clue").empty());
  EXPECT_TRUE(CasesOf("project").empty());
}

/// Any mix of messages that are in order and that are not: all that are in order are in.
TEST_F(IntakeOverHttp, AnyMixLosesNothingThatIsInOrder) {
  Admit();
  for (const unsigned seed : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U}) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto pick = [&](int below) {
      return static_cast<int>(random() % static_cast<unsigned>(below));
    };
    Json batch = Json::array();
    std::map<std::string, std::string> expected;
    for (int i = 0; i < 40; ++i) {
      const std::string key = fmt::format("S{}-{}", seed, i);
      Json body = BodyOf("project");
      body["project"] = fmt::format("C33048200012345{:02}{:03}", seed, i);
      Json message = Message(key, body);
      const int fault = pick(9);
      if (fault == 0) message.erase("body");
      if (fault == 1) message["body"]["region"] = Json::array();
      if (fault == 2) message = "no message";
      if (fault == 3) message["signature"]["value"] = std::string(86, 'A') + "==";
      if (fault == 4) message["digest"] = "sha256:" + std::string(64, '0');
      expected[std::to_string(i)] = fault < 5 ? "rejected" : "accepted";
      batch.push_back(std::move(message));
    }
    const Reply reply = Push("project", batch);
    ASSERT_EQ(reply.status, 200) << reply.text;
    std::int64_t accepted = 0;
    for (const auto& one : reply.body["messages"]) {
      const auto index = one["index"].dump();
      EXPECT_EQ(one["outcome"], expected[index]) << index << " " << one;
      if (one["outcome"] != "accepted") continue;
      ++accepted;
      EXPECT_EQ(FactsOf(one["case_id"])["project"],
                batch[one["index"].get<std::size_t>()]["body"]["project"]);
    }
    EXPECT_EQ(reply.body["accepted"], accepted);
    EXPECT_GT(accepted, 5);
  }
}

TEST_F(IntakeOverHttp, FilesAreTakenInByTheSameRules) {
  if (OnPostgres()) GTEST_SKIP() << "a file's way differs from a request's before the store only";
  Admit();
  const TemporaryFolder folder;
  const std::string path = (folder.Path() / "messages.jsonl").string();
  {
    std::ofstream file(path);
    // A project after its notice, and a line that is no JSON: the rest is in all the same.
    for (const char* message : {"notice", "project"}) {
      Json one = Message(message);
      one["message"] = message;
      file << signer_.Signed(one).dump() << "\n";
    }
    file << "{\n\n";
  }
  const std::string store = server_.StoreUrl();
  server_.Stop();
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  cli::Terminal terminal{in, out, err};
  const auto code = cli::RunCommandLine(
      {&cli::AddImportVerb},
      {"import", "messages", path, "--account", "provider-0001", "--store", store, "--office",
       DOCKET_SOURCE_DIR "/data/sample/office.json", "--json"},
      terminal);
  EXPECT_EQ(code, cli::ExitCode::kRefused) << err.str();
  const Json report = Json::parse(out.str(), nullptr, false);
  ASSERT_TRUE(report.is_object()) << out.str() << err.str();
  EXPECT_EQ(report["accepted"], 2);
  EXPECT_EQ(report["messages"][2]["outcome"], "rejected");
  EXPECT_EQ(report["messages"][2]["why"]["code"], "json_malformed");
  EXPECT_EQ(report["messages"][0]["case_id"], report["messages"][1]["case_id"]);
}

}  // namespace
}  // namespace docket::test
