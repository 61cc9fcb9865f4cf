// The office file: what it refuses, each with its place, and who a token is.
#include "api/auth/office.hpp"

#include <gtest/gtest.h>

#include "api/auth/sample_office.hpp"
#include "api/demo/world.hpp"

namespace docket {
namespace {

Json Account(const std::string& id) {
  return {{"id", id},
          {"unit", "finance"},
          {"roles", {"intake"}},
          {"token", "token-of-" + id + "-0123"}};
}

Json Good() {
  return {{"units",
           {{{"id", "finance"},
             {"name", "财政局"},
             {"region", "330482"},
             {"industries", {"government_procurement"}}}}},
          {"accounts", {Account("clerk-1"), Account("clerk-2")}}};
}

/// `pointer code` of every field that is wrong, or the refusal's own code.
std::vector<std::string> Refusals(const Json& file) {
  const auto office = Office::Parse(file.dump());
  if (office) return {};
  std::vector<std::string> found;
  for (const auto& field : office.error().fields) found.push_back(field.pointer + " " + field.code);
  if (found.empty()) found.push_back(office.error().code);
  return found;
}

using Found = std::vector<std::string>;

TEST(Office, TheSampleIsAccepted) {
  const auto office = Office::Parse(SampleOffice());
  ASSERT_TRUE(office) << office.error().en
                      << (office.error().fields.empty() ? "" : office.error().fields[0].pointer);
  EXPECT_TRUE(office->IsSample());
  // `docket serve` names the sample's tokens by this rule.
  for (const auto& [id, actor] : office->Accounts()) {
    EXPECT_EQ(office->Authenticate("demo-" + id.value + "-change-me")->id, id);
  }
  const auto clerk = office->Authenticate("demo-intake-0001-change-me");
  ASSERT_TRUE(clerk);
  EXPECT_EQ(clerk->id, ActorId("intake-0001"));
  EXPECT_TRUE(clerk->Holds(Role::kIntake));
  EXPECT_EQ(office->FindUnit(clerk->unit)->region, RegionCode("330482"));
}

TEST(Office, TheProvinceOfTheDemonstrationIsASampleToo) {
  const auto office = Office::Parse(demo::ProvinceOffice());
  ASSERT_TRUE(office) << office.error().en
                      << (office.error().fields.empty() ? "" : office.error().fields[0].pointer);
  EXPECT_TRUE(office->IsSample());
  for (const auto& [id, actor] : office->Accounts()) {
    EXPECT_EQ(office->Authenticate("demo-" + id.value + "-change-me")->id, id);
  }
}

TEST(Office, AnUnknownTokenIsNobody) {
  const auto office = Office::Parse(Good().dump());
  ASSERT_TRUE(office);
  EXPECT_FALSE(office->IsSample());
  for (const char* token : {"", "token-of-clerk-1-012", "token-of-clerk-1-01234", "clerk-1"}) {
    const auto actor = office->Authenticate(token);
    ASSERT_FALSE(actor) << token;
    EXPECT_EQ(actor.error().code, "token_unknown");
    EXPECT_EQ(actor.error().kind, RejectionKind::kUnauthenticated);
  }
  EXPECT_FALSE(office->FindActor(ActorId("nobody")));
  EXPECT_FALSE(office->FindUnit(UnitId("nowhere")));
}

TEST(Office, EachMistakeIsNamedWithItsPlace) {
  struct Case {
    const char* pointer;
    Json value;
    Found refusals;
  };
  const std::vector<Case> cases = {
      {"/accounts/1/unit", "nowhere", {"/accounts/1/unit unit_unknown"}},
      {"/accounts/1/id", "clerk-1", {"/accounts/1/id id_duplicate"}},
      {"/accounts/1/id", "张三", {"/accounts/1/id id_invalid"}},
      {"/accounts/1/id", "clock", {"/accounts/1/id id_reserved"}},
      {"/accounts/1/token", "token-of-clerk-1-0123", {"/accounts/1/token token_duplicate"}},
      {"/accounts/1/token", "fifteen-chars-x", {"/accounts/1/token token_invalid"}},
      {"/accounts/1/token", "has a space in its middle", {"/accounts/1/token token_invalid"}},
      {"/accounts/1/roles", Json::array(), {"/accounts/1/roles roles_empty"}},
      {"/accounts/1/roles", {"clock"}, {"/accounts/1/roles role_reserved"}},
      {"/accounts/1/roles", {"head", "head"}, {"/accounts/1/roles role_duplicate"}},
      {"/accounts/1/roles", {"chief"}, {"/accounts/1/roles/0 unknown_choice"}},
      {"/accounts/1/roles",
       {"system_operator", "head"},
       {"/accounts/1/roles administrators_exclusive"}},
      {"/accounts/1/roles",
       {"system_operator", "system_auditor"},
       {"/accounts/1/roles administrators_exclusive"}},
      {"/accounts/1/roles",
       {"handler", "trading_centre"},
       {"/accounts/1/roles roles_of_two_sides"}},
      {"/accounts/1/roles", {"intake", "complainant"}, {"/accounts/1/roles roles_of_two_sides"}},
      {"/accounts/1/scopes",
       {{{"region", "999999"},
         {"workflows", {"fishing"}},
         {"restricted", false},
         {"from", "2024-09-02"},
         {"until", "2024-09-01"}}},
       {"/accounts/1/scopes/0/region region_invalid",
        "/accounts/1/scopes/0/until dates_out_of_order",
        "/accounts/1/scopes/0/workflows workflow_unknown"}},
      {"/units/0/region", "999999", {"/units/0/region region_invalid"}},
      {"/units/0/industries", {"fishing"}, {"/units/0/industries/0 unknown_choice"}},
      {"/accounts/0/password", "x", {"/accounts/0/password field_unknown"}},
      {"/units/0/name", 7, {"/units/0/name wrong_type"}},
  };
  EXPECT_EQ(Refusals(Good()), Found{});
  for (const auto& c : cases) {
    Json file = Good();
    file[Json::json_pointer(c.pointer)] = c.value;
    EXPECT_EQ(Refusals(file), c.refusals) << c.pointer << " = " << c.value;
  }
}

TEST(Office, AUnitHasOneAdministrator) {
  Json file = Good();
  file["accounts"][0]["roles"] = {"unit_administrator"};
  EXPECT_EQ(Refusals(file), Found{});
  file["accounts"][1]["roles"] = {"unit_administrator", "intake"};
  EXPECT_EQ(Refusals(file), Found{"/accounts/1/roles unit_administrator_duplicate"});
}

TEST(Office, EachOfTheThreeAdministratorsStandsAlone) {
  for (const char* role : {"system_administrator", "system_operator", "system_auditor"}) {
    Json file = Good();
    file["accounts"][0]["roles"] = {role};
    EXPECT_EQ(Refusals(file), Found{}) << role;
    file["accounts"][0]["roles"] = {"complainant", role};
    EXPECT_EQ(Refusals(file), Found{"/accounts/0/roles administrators_exclusive"}) << role;
  }
}

TEST(Office, AFileThatIsNotThereIsRefused) {
  const auto office = Office::Load("/nonexistent/office.json");
  ASSERT_FALSE(office);
  EXPECT_EQ(office.error().code, "office_unreadable");
}

}  // namespace
}  // namespace docket
