// Finding a person exactly, without anybody being able to read the index.
#include <gtest/gtest.h>

#include "tests/api/erasure_fixture.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

class Persons : public ::testing::Test {
 protected:
  Json Find(const Json& body, const std::string& account = "intake-0001") {
    const Reply reply = server_.As(account).Post("/v1/persons/search", body);
    EXPECT_EQ(reply.status, 200) << reply.text;
    return reply.body.value("cases", Json::array());
  }
  static std::set<std::string> CasesOf(const Json& found) {
    std::set<std::string> cases;
    for (const auto& one : found) cases.insert(one["case_id"].get<std::string>());
    return cases;
  }

  TestServer server_;
};

TEST_F(Persons, TheSameComplainantIsFoundInEveryCaseHoweverItIsTyped) {
  const std::string first = Lodge(server_, LodgeBody());
  const std::string second = Lodge(server_, LodgeBody());
  Lodge(server_, OtherLodgeBody());
  const Json found = Find({{"id_number", "９１３３０４８２ ma2b9x7y3q"}});
  EXPECT_EQ(CasesOf(found), (std::set{first, second}));
  EXPECT_EQ(found[0]["as"], "complainant");
  EXPECT_EQ(found[0]["matched_by"], (Json{"id_number"}));
  EXPECT_EQ(CasesOf(Find({{"phone", "+86 139-0573-1234"}})), (std::set{first, second}));
  EXPECT_EQ(CasesOf(Find({{"name", "王 小满"}, {"phone", kComplainantPhone}})),
            (std::set{first, second}));
  EXPECT_TRUE(Find({{"id_number", "91330482MA2B9X7Y3R"}}).empty());
}

TEST_F(Persons, ARespondentIsFoundAsWhatItIs) {
  const std::string lodged = Lodge(server_, LodgeBody());
  const Json found = Find({{"name", "某采购代理有限公司"}, {"organisation", true}});
  ASSERT_EQ(CasesOf(found), std::set{lodged});
  EXPECT_EQ(found[0]["as"], "respondent");
  EXPECT_EQ(found[0]["place"], "respondents/0");
}

TEST_F(Persons, ToWhomTheCaseIsNotOpenNothingIsSaid) {
  Lodge(server_, LodgeBody());
  for (const char* account : {"discipline-0001", "resource-0001", "intake-0101"}) {
    EXPECT_TRUE(Find({{"id_number", kComplainantId}}, account).empty()) << account;
  }
  const Reply party = server_.As("portal-0001").Post("/v1/persons/search", {{"phone", "1"}});
  EXPECT_EQ(party.Code(), "operation_not_permitted");
  const Reply nobody = server_.As("intake-0001").Post("/v1/persons/search", {{"name", "王小满"}});
  EXPECT_EQ(nobody.Code(), "search_not_specific") << "a name is many people's";
}

TEST_F(Persons, ASearchIsOnTheDiskBeforeItsAnswer) {
  const std::string lodged = Lodge(server_, LodgeBody());
  Find({{"id_number", kComplainantId}});
  Find({{"id_number", "nobody"}});
  auto events =
      server_.App().Log().ReadStream(LogId::kAccess, StreamId("access-intake-0001"), {}, 10);
  std::erase_if(events, [](const RecordedEvent& event) { return event.type != "access.read"; });
  ASSERT_EQ(events.size(), 2u);
  const Json data = Json::parse(events[0].data);
  EXPECT_EQ(data["operation"], "POST /v1/persons/search");
  EXPECT_EQ(data["case_id"], lodged);
  EXPECT_EQ(data["personal"], true);
  EXPECT_FALSE(Json::parse(events[1].data).contains("case_id"));
  for (const auto& event : events) EXPECT_EQ(event.data.find(kComplainantId), std::string::npos);
}

TEST_F(Persons, TheIndexIsNeitherInTheLogNorReadable) {
  Lodge(server_, LodgeBody());
  const auto table = TableOf(server_.StoreUrl());
  const auto digests = DigestsOf(*table);
  EXPECT_GT(digests.size(), 3u);
  EXPECT_EQ(table->FindRows({digests.begin(), digests.end()}).size(), digests.size());
  for (const auto& event : server_.App().Log().ReadLog(LogId::kCases, {}, 1000)) {
    for (const auto& digest : digests) EXPECT_EQ(event.data.find(digest), std::string::npos);
  }
}

TEST_F(Persons, TheIndexIsBuiltAgainFromLogAndKeys) {
  const std::string lodged = Lodge(server_, LodgeBody());
  const auto table = TableOf(server_.StoreUrl());
  // A key of an act that was refused after its keys were made.
  const KeyId unused(lodged + "/respondent/01900000-0000-7000-8000-000000000000/respondents/0");
  const auto digests = DigestsOf(*table);
  table->InsertAbsent({{unused, std::string(64, 'a')}}, {{*digests.begin(), unused}});
  EXPECT_EQ(CasesOf(Find({{"id_number", kComplainantId}})), std::set{lodged});
  const auto done =
      RunDocket({"keys", "reindex", "--store", server_.StoreUrl(), "--prune", "--json"});
  ASSERT_EQ(done.exit_code, 0) << done.said;
  const Json said = Json::parse(done.said.substr(done.said.find('{')));
  EXPECT_EQ(said["persons"], 2) << "complainant and respondent";
  EXPECT_EQ(said["destroyed"], 1);
  EXPECT_TRUE(table->Find(unused)->destroyed);
  EXPECT_EQ(table->FindRows({digests.begin(), digests.end()}).size(), digests.size());
  EXPECT_EQ(CasesOf(Find({{"id_number", kComplainantId}})), std::set{lodged});
}

}  // namespace
}  // namespace docket::test
