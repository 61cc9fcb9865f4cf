// The rulebook: what a rules file may say, which edition is in force where and when, and what is
// found when rules and workflow do not fit.
#include <gtest/gtest.h>

#include "workflows/engine/rulebook.hpp"

namespace docket {
namespace {

/// A rule that is right; tests change it by an RFC 7386 merge patch.
Json RulebookWith(const Json& patch) {
  Json rule = Json::parse(R"({
    "id": "answer", "edition": "2012-02-01", "title": "答复", "title_en": "Answer",
    "basis": {"document": "某条例", "article": "1"}, "certainty": "A", "kind": "statutory",
    "period": {"amount": 3, "unit": "workday", "direction": "forward", "roll": "none"},
    "start": [{"event": "case.asked"}], "end": [{"event": "case.answered"}],
    "reminders": [2, 1], "lapse": "overdue", "effective_from": "2012-02-01",
    "in_flight": "keep"})");
  if (patch.is_object()) rule.merge_patch(patch);
  return rule;
}

Expected<Rulebook> ParseRules(const std::vector<Json>& rules, const Json& options = Json::array()) {
  return Rulebook::Parse(
      Json({{"workflow", "case"}, {"rules", rules}, {"options", options}}).dump());
}

Rulebook RulesOf(const std::vector<Json>& rules, const Json& options = Json::array()) {
  auto book = ParseRules(rules, options);
  EXPECT_TRUE(book.has_value()) << (book ? "" : book.error().fields.front().pointer);
  return book.value_or(Rulebook());
}

/// `pointer code` of the only field that is wrong.
std::string FaultOf(const std::vector<Json>& rules) {
  const auto book = ParseRules(rules);
  if (book) return "none";
  if (book.error().fields.size() != 1) return book.error().code;
  return book.error().fields.front().pointer + " " + book.error().fields.front().code;
}

Date Day(std::string_view text) { return *Date::Parse(text); }

TEST(RulebookTest, ARuleNamesItsBasisAndItsStart) {
  EXPECT_EQ(FaultOf({RulebookWith({})}), "none");
  EXPECT_EQ(FaultOf({RulebookWith({{"basis", nullptr}})}), "/rules/0/basis field_missing");
  EXPECT_EQ(FaultOf({RulebookWith({{"basis", {{"article", ""}}}})}),
            "/rules/0/basis/article text_empty");
  EXPECT_EQ(FaultOf({RulebookWith({{"start", Json::array()}})}),
            "/rules/0/start rule_without_start");
  EXPECT_EQ(FaultOf({RulebookWith({{"certainty", "Z"}})}), "/rules/0/certainty unknown_choice");
  EXPECT_EQ(FaultOf({RulebookWith({{"lenient", true}})}), "/rules/0/lenient field_unknown");
  EXPECT_EQ(Rulebook::Parse("{").error().code, "json_malformed");
}

TEST(RulebookTest, TimeAndRemindersRunOneWay) {
  EXPECT_EQ(FaultOf({RulebookWith({{"effective_to", "2012-01-31"}})}),
            "/rules/0/effective_to rule_backwards_in_time");
  EXPECT_EQ(FaultOf({RulebookWith({{"effective_to", "2012-02-01"}})}), "none");
  EXPECT_EQ(FaultOf({RulebookWith({{"reminders", {1, 2}}})}),
            "/rules/0/reminders rule_reminders_unordered");
}

TEST(RulebookTest, EditionsAreDistinctAndDoNotOverlap) {
  const Json first = RulebookWith({{"effective_to", "2017-12-31"}});
  const Json next = RulebookWith({{"edition", "2018"}, {"effective_from", "2018-01-01"}});
  EXPECT_EQ(FaultOf({first, next}), "none");
  EXPECT_EQ(FaultOf({first, first}), "/rules/1/edition rule_duplicate");
  EXPECT_EQ(FaultOf({RulebookWith({}), next}), "/rules/1/effective_from rule_editions_overlap");
  EXPECT_EQ(FaultOf({next, RulebookWith({})}), "/rules/1/effective_from rule_editions_overlap");
  EXPECT_EQ(FaultOf({RulebookWith({}), RulebookWith({{"edition", "2018"}, {"region", "350000"}})}),
            "none");
  EXPECT_EQ(
      FaultOf({RulebookWith({}), RulebookWith({{"edition", "2018"}, {"profile", "tendering"}})}),
      "none");
}

TEST(RulebookTest, TheEditionOfTheDayIsInForce) {
  const auto book =
      RulesOf({RulebookWith({{"effective_to", "2017-12-31"}}),
               RulebookWith({{"edition", "2018"}, {"effective_from", "2018-01-01"}})});
  const auto edition = [&](const char* day) -> std::string {
    const auto* rule = book.InForce("answer", "", RegionCode("330482"), Day(day));
    return rule == nullptr ? "none" : rule->edition;
  };
  EXPECT_EQ(edition("2012-01-31"), "none");
  EXPECT_EQ(edition("2012-02-01"), "2012-02-01");
  EXPECT_EQ(edition("2017-12-31"), "2012-02-01");
  EXPECT_EQ(edition("2018-01-01"), "2018");
  EXPECT_EQ(book.Find("answer", "2018")->edition, "2018");
  EXPECT_EQ(book.Find("answer", "2019"), nullptr);
  EXPECT_EQ(book.InForce("other", "", RegionCode("330482"), Day("2018-01-01")), nullptr);
}

// Shows A073.
TEST(RulebookTest, AProfileHasItsOwnRules) {
  const auto book = RulesOf({RulebookWith({{"profile", "tendering"}})});
  EXPECT_EQ(book.InForce("tendering", {}, Day("2020-01-01")).size(), 1U);
  EXPECT_EQ(book.InForce("government_procurement", {}, Day("2020-01-01")).size(), 0U);
}

TEST(RulebookTest, ARegionalOverlayReplacesTheGeneralRule) {
  const Json general = RulebookWith({});
  const Json overlay =
      RulebookWith({{"edition", "fujian"}, {"region", "350000"}, {"period", {{"amount", 2}}}});
  for (const auto& rules : {std::vector{general, overlay}, std::vector{overlay, general}}) {
    const auto book = RulesOf(rules);
    const auto edition = [&](const char* region) {
      const auto in_force = book.InForce("", RegionCode(region), Day("2020-01-01"));
      EXPECT_EQ(in_force.size(), 1U);
      return in_force.front()->edition;
    };
    EXPECT_EQ(edition("350100"), "fujian");
    EXPECT_EQ(edition("330482"), "2012-02-01");
  }
}

TEST(RulebookTest, AnOptionIsSwitchedOnForARegion) {
  const auto option = [](const char* region, bool enabled) {
    Json o = {{"id", "deem"},
              {"basis", {{"document", "实践"}, {"article", "无"}}},
              {"certainty", "P"},
              {"enabled", enabled},
              {"note", "说明"}};
    if (region != nullptr) o["region"] = region;
    return RulesOf({}, Json::array({o}));
  };
  EXPECT_TRUE(option("350000", true).OptionEnabled("deem", RegionCode("350102")));
  EXPECT_FALSE(option("350000", true).OptionEnabled("deem", RegionCode("330482")));
  EXPECT_FALSE(option("350000", false).OptionEnabled("deem", RegionCode("350102")));
  EXPECT_TRUE(option(nullptr, true).OptionEnabled("deem", RegionCode("330482")));
  EXPECT_FALSE(option(nullptr, true).OptionEnabled("other", RegionCode("330482")));
}

/// A workflow with two events, and a row that the clock may take.
Description CaseDescription() {
  const Json text = {{"type", "string"}};
  const Json date = {{"type", "string"}, {"format", "date"}};
  Description d;
  d.events = {{"case.asked", 1, "已询问", {{"properties", {{"asked_on", date}, {"party", text}}}}},
              {"case.answered", 1, "已答复", {{"properties", Json::object()}}}};
  RowText row;
  row.from = row.to = "open";
  row.command = "give_up";
  row.roles = {Role::kClock};
  d.rows.push_back(row);
  row.command = "insist";
  row.roles = {Role::kIntake};
  d.rows.push_back(row);
  return d;
}

using Faults = std::vector<std::string>;

Faults FaultsAgainst(const Json& patch) {
  return RulesOf({RulebookWith(patch)}).CheckAgainst(CaseDescription());
}

TEST(RulebookTest, RulesThatFitTheWorkflowHaveNoFault) {
  const Json asked_on = {{"event", "case.asked"}, {"at", {"asked_on", "occurred_at"}}};
  EXPECT_EQ(
      FaultsAgainst(
          {{"start", Json::array({asked_on})}, {"instance", "party"}, {"on_lapse", "give_up"}}),
      Faults{});
}

TEST(RulebookTest, EveryAnchorNamesAnEventAndADate) {
  const Json unknown = {{"event", "case.burnt"}};
  const Json no_date = {{"event", "case.asked"}, {"at", {"party"}}};
  const Faults unknown_event{"rule answer names the unknown event case.burnt"};
  for (const char* place : {"start", "end", "cancel"}) {
    EXPECT_EQ(FaultsAgainst({{place, Json::array({unknown})}}), unknown_event) << place;
  }
  const Json asked = {{"event", "case.asked"}};
  const Json pause = {{"from", asked}, {"to", unknown}, {"reason", "鉴定"}};
  EXPECT_EQ(FaultsAgainst({{"pause", Json::array({pause})}}), unknown_event);
  const Json pause_from = {{"from", unknown}, {"to", asked}, {"reason", "鉴定"}};
  EXPECT_EQ(FaultsAgainst({{"pause", Json::array({pause_from})}}), unknown_event);
  EXPECT_EQ(FaultsAgainst({{"end", Json::array({no_date})}}),
            Faults{"rule answer: case.asked holds no date in party"});
}

TEST(RulebookTest, AmountAndInstanceAreFieldsOfAStartEvent) {
  EXPECT_EQ(FaultsAgainst({{"amount_at", "limit"}}),
            Faults{"rule answer: no start event has the field limit"});
  EXPECT_EQ(FaultsAgainst({{"instance", "office"}}),
            Faults{"rule answer: no start event has the field office"});
}

TEST(RulebookTest, OnlyACommandOfTheClockFollowsALapse) {
  const Faults may_not{"rule answer: the clock may not insist"};
  EXPECT_EQ(FaultsAgainst({{"on_lapse", "insist"}}), may_not);
  EXPECT_EQ(FaultsAgainst({{"on_lapse", "burn"}}), Faults{"rule answer: the clock may not burn"});
}

}  // namespace
}  // namespace docket
