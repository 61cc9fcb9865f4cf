// Erasing a person with data in three cases, and everything that must and must not follow.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "persistence/sqlite/backup.hpp"
#include "tests/api/erasure_fixture.hpp"
#include "tests/api/event_stream.hpp"
#include "tests/api/process.hpp"
#include "tests/api/webhook_receiver.hpp"

namespace docket::test {
namespace {

using namespace std::chrono_literals;

TestServer::Options OwnNetwork() {
  TestServer::Options options;
  options.adjust = [](ApplicationOptions& application) {
    application.webhooks.allow_private = true;
    application.dispatcher.poll = 20ms;
  };
  return options;
}

class Erasing : public ::testing::Test {
 protected:
  /// Three cases of the complainant, which are over and need not be kept any longer; one of
  /// somebody else.
  void PrepareCases() {
    ComplaintWalk walk(server_);
    walk.ToAccepted();
    walk.ToArchived();
    mine_ = {walk.CaseId(), LodgeAndCancel(server_, LodgeBody(), {{"Idempotency-Key", "lodge-2"}}),
             LodgeAndCancel(server_, LodgeBody())};
    others_ = LodgeAndCancel(server_, OtherLodgeBody());
    PassRetention(server_);
  }
  Reply Erase(const Json& body, const Headers& headers = {}) {
    return server_.As("head-0001").Post("/v1/erasures", body, headers);
  }
  Json EraseAll() {
    const Reply ordered = Erase(EraseBody(false));
    EXPECT_EQ(ordered.status, 201) << ordered.text;
    return AwaitErased(server_, ordered.body.value("id", ""));
  }
  Json Read(const std::string& target, const std::string& account = "head-0001") {
    const Reply reply = server_.As(account).Get(target);
    EXPECT_EQ(reply.status, 200) << target << ": " << reply.text;
    return reply.body;
  }
  static void ExpectErased(const Json& text) {
    EXPECT_EQ(text.value("erased", false), true) << text;
    EXPECT_TRUE(Instant::Parse(text.value("erased_at", ""))) << text;
  }

  TestServer server_{OwnNetwork()};
  std::vector<std::string> mine_;
  std::string others_;
};

/// The same with a subscriber by page, by stream and by webhook.
class ErasingUnderSubscribers : public Erasing {
 protected:
  ErasingUnderSubscribers() {
    server_.App().StartDispatching();
    const Reply hook = subscriber_.Post("/v1/webhooks", {{"url", receiver_.Url()}});
    subscriber_.Post("/v1/webhooks/" + hook.body.value("id", "") + "/verify", Json::object());
  }
  static bool IsReceipt(const std::string& text) {
    return text.find("personal.erased") != std::string::npos;
  }
  std::string ReadPages() {
    std::string sent;
    int marked = 0;
    for (std::int64_t after = 0; after < server_.Head();) {
      const Json page = subscriber_.Get(fmt::format("/v1/feed?limit=500&after={}", after)).body;
      sent += page.dump();
      for (const auto& event : page["events"]) marked += event.contains("erasedat") ? 1 : 0;
      after = page["next"];
    }
    EXPECT_GE(marked, 3) << "one lodging a case at least";
    EXPECT_TRUE(IsReceipt(sent));
    return sent;
  }
  std::string ReadStream() {
    std::string sent;
    for (auto message = stream_.NextNews(); message; message = stream_.NextNews()) {
      sent += message->data.dump();
      if (IsReceipt(message->data.dump())) return sent;
    }
    ADD_FAILURE() << "the stream ended without the receipt";
    return sent;
  }
  std::string ReadWebhooks() {
    std::string sent;
    for (std::size_t count = 1;; ++count) {
      const auto messages = receiver_.Await(count);
      if (messages.size() < count) break;
      sent += messages[count - 1].text;
      if (IsReceipt(messages[count - 1].text)) return sent;
    }
    ADD_FAILURE() << "no webhook with the receipt";
    return sent;
  }

  WebhookReceiver receiver_;
  Client subscriber_ = server_.As("resource-0001");
  EventStream stream_{{.port = server_.Port(), .account = "resource-0001"}};
};

TEST_F(ErasingUnderSubscribers, NothingClearNoKeyAndNoDigestIsLeftAnywhere) {
  PrepareCases();
  const auto table = TableOf(server_.StoreUrl());
  const auto keys = IndexedKeys(server_);
  ASSERT_EQ(keys.size(), 3u);
  auto gone = SecretsOf(*table, keys);
  gone.merge(DigestsOf(*table));
  // PostgreSQL may have them in memory and in its journal only.
  EXPECT_TRUE(OnPostgres() || !FilesWith(server_.StoreFolder(), gone).empty());
  const Json erased = EraseAll();
  EXPECT_EQ(erased["cases"].size(), 3u);
  for (const auto& key : keys) EXPECT_TRUE(table->Find(KeyId(key))->destroyed) << key;
  const std::string said = ReadPages() + ReadStream() + ReadWebhooks() + server_.Log();
  ASSERT_TRUE(server_.App().CatchUp());
  const std::set<std::string> clear = {kComplainantName, kComplainantPhone, kComplainantId,
                                       kClaims};
  EXPECT_EQ(FilesWith(server_.StoreFolder(), gone), std::vector<std::string>());
  EXPECT_EQ(FilesWith(server_.StoreFolder(), clear), std::vector<std::string>());
  for (const auto& text : clear) EXPECT_EQ(said.find(text), std::string::npos) << text;
  for (const auto& text : gone) EXPECT_EQ(said.find(text), std::string::npos);
}

TEST_F(Erasing, TakesAPersonOutOfEveryCaseAndLeavesTheOthers) {
  PrepareCases();
  const std::int64_t before = server_.Head();
  EXPECT_TRUE(EraseAll().contains("erased_at"));
  // Whatever is read says so, now and as of earlier.
  for (const auto& case_id : mine_) {
    const std::string path = "/v1/cases/" + case_id;
    for (const std::string& rest : {std::string(), fmt::format("?as_of={}", before)}) {
      const Json facts = Read(path + rest).at("facts");
      ExpectErased(facts.at("complainant").at("name"));
      ExpectErased(facts.at("claims"));
      EXPECT_EQ(facts.at("respondents")[0].at("name"), "某采购代理有限公司");
      const Json events = Read(path + "/timeline" + rest).at("events");
      ExpectErased(events[0].at("data").at("complainant").at("phone"));
    }
    EXPECT_EQ(Read(path + "/timeline").at("events").back().at("type"), "personal.erased");
    ExpectErased(Read(path, "portal-0001").at("facts").at("complainant").at("name"));
    ExpectErased(Read(path, "discipline-0001").at("facts").at("complainant").at("name"));
  }
  EXPECT_EQ(Read("/v1/cases/" + others_).at("facts").at("complainant").at("name"), kOtherName);
  const Reply found =
      server_.As("head-0001").Post("/v1/persons/search", {{"id_number", kComplainantId}});
  EXPECT_EQ(found.body.at("cases"), Json::array());
}

TEST_F(Erasing, TheCommandLineShowsThatATextIsErased) {
  if (OnPostgres()) GTEST_SKIP() << "one text for both";
  PrepareCases();
  EraseAll();
  const auto shown = RunDocket({"case", "show", mine_[0], "--store", server_.StoreUrl(), "--json"});
  EXPECT_NE(shown.said.find(R"("erased":true)"), std::string::npos) << shown.said;
}

TEST_F(Erasing, ALaterBackupHoldsNothingOfThePerson) {
  if (OnPostgres()) GTEST_SKIP() << "backed up by the server's own tools";
  PrepareCases();
  const auto table = TableOf(server_.StoreUrl());
  auto gone = SecretsOf(*table, IndexedKeys(server_));
  gone.merge(DigestsOf(*table));
  EraseAll();
  const TemporaryFolder folder;
  const std::string log = (folder.Path() / "log.backup").string();
  const std::string keys = (folder.Path() / "keys.backup").string();
  const auto backup =
      RunDocket({"backup", "--store", server_.StoreUrl(), "--to", log, "--keys-to", keys});
  ASSERT_EQ(backup.exit_code, 0) << backup.said;
  EXPECT_EQ(FilesWith(folder.Path(), gone), std::vector<std::string>());
  EXPECT_EQ(FilesWith(folder.Path(), {kComplainantName, kComplainantId}),
            std::vector<std::string>());
}

TEST_F(Erasing, AnOlderBackupOfTheKeysBringsNobodyBack) {
  if (OnPostgres()) GTEST_SKIP() << "a key store of PostgreSQL is restored by its own tools";
  PrepareCases();
  const TemporaryFolder folder;
  const auto file = [&](const char* name) { return (folder.Path() / name).string(); };
  ASSERT_EQ(RunDocket({"backup", "--store", server_.StoreUrl(), "--to", file("old.log"),
                       "--keys-to", file("old.keys")})
                .exit_code,
            0);
  const auto names = IndexedKeys(server_);
  const auto gone = SecretsOf(*TableOf(server_.StoreUrl()), names);
  EraseAll();
  ASSERT_EQ(RunDocket({"backup", "--store", server_.StoreUrl(), "--to", file("new.log")}).exit_code,
            0);
  const std::string restored = "sqlite:" + file("restored.db");
  const auto done = RunDocket(
      {"restore", "--store", restored, "--from", file("new.log"), "--keys-from", file("old.keys")});
  ASSERT_EQ(done.exit_code, 0) << done.said;
  EXPECT_FALSE(FilesWith(folder.Path(), gone).empty()) << "until it is opened";
  TestServer::Options options;
  options.store_url = restored;
  options.now = "";
  TestServer again(options);
  const auto table = TableOf(restored);
  for (const auto& name : names) EXPECT_TRUE(table->Find(KeyId(name))->destroyed) << name;
  const Reply read = again.As("head-0001").Get("/v1/cases/" + mine_[0]);
  ExpectErased(read.body.at("facts").at("complainant").at("name"));
  EXPECT_NE(again.Log().find("destroyed 6 keys again"), std::string::npos) << again.Log();
}

TEST_F(Erasing, ACommandOfThePersonSentAgainIsAnsweredAndSaysNothing) {
  PrepareCases();
  EraseAll();
  const std::int64_t head = server_.Head();
  const Client portal = server_.As("portal-0001");
  const Headers lodging = {{"Idempotency-Key", "lodge-2"}};
  for (Json body : {LodgeBody(), OtherLodgeBody()}) {
    const Reply again = portal.Post("/v1/cases", body, lodging);
    EXPECT_LT(again.status, 300) << again.text;
    EXPECT_EQ(again.body.value("case_id", ""), mine_[1]);
    EXPECT_EQ(again.body.value("repeated", false), true);
    EXPECT_EQ(again.text.find(kComplainantName), std::string::npos);
  }
  const Reply cancelled = portal.Post("/v1/cases/" + mine_[1] + "/commands/cancel",
                                      {{"data", {{"reason", "另一理由"}}}},
                                      {{"Idempotency-Key", "cancel-" + mine_[1]}});
  EXPECT_EQ(cancelled.status, 200) << cancelled.text;
  EXPECT_EQ(cancelled.body.value("repeated", false), true);
  EXPECT_EQ(server_.Head(), head);
}

TEST_F(Erasing, WhatMustBeKeptIsNamedOneByOne) {
  ComplaintWalk walk(server_);
  walk.ToAccepted();
  const std::string over = LodgeAndCancel(server_, LodgeBody());
  const Reply placed = server_.As("head-0001")
                           .Post("/v1/cases/" + over + "/holds",
                                 {{"reason", "行政诉讼进行中"}, {"until", "2024-12-31"}});
  ASSERT_EQ(placed.status, 201) << placed.text;
  const Reply plan = Erase(EraseBody(true));
  ASSERT_EQ(plan.status, 200) << plan.text;
  EXPECT_EQ(plan.body["cases"].size(), 2u);
  std::set<std::string> codes;
  for (const auto& one : plan.body["obstacles"]) codes.insert(one["code"]);
  EXPECT_EQ(codes, (std::set<std::string>{"case_open", "retention_running", "held"}));
  const std::int64_t head = server_.Head();
  const Reply refused = Erase(EraseBody(false));
  EXPECT_EQ(refused.Code(), "erasure_held");
  EXPECT_EQ(refused.Errors().size(), 3u) << refused.text;
  EXPECT_EQ(server_.Head(), head);

  walk.ToArchived();
  const auto codes_now = [&] {
    const Reply again = Erase(EraseBody(true));
    std::set<std::string> now;
    for (const auto& one : again.body.at("obstacles")) now.insert(one["code"]);
    return now;
  };
  EXPECT_EQ(codes_now(), (std::set<std::string>{"retention_running", "held"}));
  const std::string lifting =
      "/v1/cases/" + over + "/holds/" + placed.body.value("hold", "") + "/lifting";
  EXPECT_EQ(Read("/v1/cases/" + over + "/holds").at("holds").size(), 1u);
  EXPECT_EQ(server_.As("head-0001").Post(lifting, {{"reason", "诉讼已结"}}).status, 200);
  EXPECT_EQ(server_.As("head-0001").Post(lifting, {{"reason", "再次"}}).Code(), "unknown_hold");
  EXPECT_EQ(codes_now(), (std::set<std::string>{"retention_running"}));
  PassRetention(server_);
  EXPECT_EQ(codes_now(), std::set<std::string>());
}

TEST_F(Erasing, OneRespondentGoesAndTheOthersStay) {
  Json body = LodgeBody();
  body["data"]["respondents"].push_back(
      {{"kind", "person"}, {"name", "周某"}, {"id_number", "110105491231002"}});
  const std::string lodged = LodgeAndCancel(server_, body);
  PassRetention(server_);
  Json wish = EraseBody(false);
  wish.erase("person");
  wish["at"] = {{"case_id", lodged}, {"party", "respondents/1"}};
  const Reply ordered = Erase(wish);
  ASSERT_EQ(ordered.status, 201) << ordered.text;
  AwaitErased(server_, ordered.body.value("id", ""));
  const Json facts = Read("/v1/cases/" + lodged).at("facts");
  ExpectErased(facts.at("respondents")[1].at("name"));
  EXPECT_EQ(facts.at("respondents")[0].at("name"), "某采购代理有限公司");
  EXPECT_EQ(facts.at("complainant").at("name"), kComplainantName);
  EXPECT_EQ(Erase(wish).Code(), "unknown_party") << "nothing is left of it";
}

TEST_F(Erasing, FreeTextGoesOnlyWhenItIsAskedFor) {
  const std::string lodged = LodgeAndCancel(server_, LodgeBody());
  PassRetention(server_);
  Json wish = EraseBody(true);
  const Json narrow = Erase(wish).body.at("cases")[0];
  wish["shared"] = true;
  const Json wide = Erase(wish).body.at("cases")[0];
  EXPECT_GT(narrow["free_texts_left"], 0);
  EXPECT_EQ(wide["free_texts_left"], 0);
  EXPECT_GT(wide["texts"].size(), narrow["texts"].size());
  wish["dry_run"] = false;
  const Reply ordered = Erase(wish);
  ASSERT_EQ(ordered.status, 201) << ordered.text;
  AwaitErased(server_, ordered.body.value("id", ""));
  const Reply held =
      server_.As("head-0001").Post("/v1/cases/" + lodged + "/holds", {{"reason", "太迟"}});
  EXPECT_EQ(held.Code(), "subject_erased") << held.text;
}

TEST_F(Erasing, AUnitErasesItsOwnCasesAndLearnsOfNoOthers) {
  LodgeAndCancel(server_, LodgeBody());
  PassRetention(server_);
  const Reply other = server_.As("head-0101").Post("/v1/erasures", EraseBody(true));
  EXPECT_EQ(other.body["cases"], Json::array()) << other.text;
  EXPECT_EQ(server_.As("head-0101").Post("/v1/erasures", EraseBody(false)).Code(),
            "nothing_to_erase");
  EXPECT_EQ(server_.As("intake-0001").Post("/v1/erasures", EraseBody(true)).Code(),
            "operation_not_permitted");
  const Reply ordered = Erase(EraseBody(false), {{"Idempotency-Key", "once"}});
  ASSERT_EQ(ordered.status, 201) << ordered.text;
  const std::string id = ordered.body.value("id", "");
  AwaitErased(server_, id);
  EXPECT_EQ(server_.As("head-0101").Get("/v1/erasures/" + id).Code(), "unknown_erasure");
  const Reply again = Erase(EraseBody(false), {{"Idempotency-Key", "once"}});
  EXPECT_EQ(again.body.value("id", ""), id) << again.text;
  // Nothing of the order itself goes out.
  const Reply feed = server_.As("resource-0001").Get("/v1/feed?limit=500");
  EXPECT_EQ(feed.text.find("erasure.ordered"), std::string::npos);
}

}  // namespace
}  // namespace docket::test
