// From acts to clocks, with rules made for the purpose: what the workflows' own tests do not reach.
#include <gtest/gtest.h>

#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/deadline_keeper.hpp"

namespace docket {
namespace {

Json RuleWith(const Json& patch) {
  Json rule = Json::parse(R"({
    "id": "answer", "edition": "1", "title": "答复", "title_en": "Answer",
    "basis": {"document": "某条例", "article": "1"}, "certainty": "A", "kind": "statutory",
    "period": {"amount": 5, "unit": "workday", "direction": "forward", "roll": "none"},
    "start": [{"event": "case.asked"}], "end": [{"event": "case.answered"}],
    "lapse": "overdue", "effective_from": "2012-02-01", "in_flight": "keep"})");
  if (patch.is_object()) rule.merge_patch(patch);
  return rule;
}

/// A case of which only the clocks are kept.
class Keeper {
 public:
  explicit Keeper(const Json& patch)
      : rules_(*Rulebook::Parse(
            Json({{"workflow", "case"}, {"rules", Json::array({RuleWith(patch)})}}).dump())) {}

  /// What follows, as `type clock`; or the code of the refusal.
  std::vector<std::string> Happens(const char* type, const char* at,
                                   const Json& data = Json::object()) {
    const Act act{type, data, *Instant::ParseDateOrInstant(at), "", RegionCode("330482")};
    const auto drafts = FollowAct(clocks_, act, rules_, *CalendarSet::Builtin().Newest());
    if (!drafts) return {drafts.error().code};
    return Record(*drafts);
  }
  std::vector<std::string> Passes(const char* now) {
    const auto passed = PassTime(clocks_, rules_, *Instant::ParseDateOrInstant(now));
    std::vector<EventDraft> drafts;
    for (const auto& fact : passed.facts) drafts.push_back(fact.draft);
    effects_ = passed.effects;
    return Record(drafts);
  }
  std::string Due(std::string_view clock) const {
    const auto* found = clocks_.Find(clock);
    return found != nullptr && found->due_date ? found->due_date->ToString() : "none";
  }
  const Clocks& AllClocks() const { return clocks_; }
  const std::vector<ClockEffect>& Effects() const { return effects_; }

 private:
  std::vector<std::string> Record(const std::vector<EventDraft>& drafts) {
    std::vector<std::string> names;
    for (const auto& draft : drafts) {
      names.push_back(draft.type + " " + draft.data.at("clock").get<std::string>());
      clocks_.Apply(draft.type, draft.data, EventId("event-" + std::to_string(++events_)));
    }
    return names;
  }

  Rulebook rules_;
  Clocks clocks_;
  std::vector<ClockEffect> effects_;
  int events_ = 0;
};

Keeper KeeperWith(const Json& patch) { return Keeper(patch); }

using Texts = std::vector<std::string>;

TEST(DeadlineKeeperTest, ARunningClockIsNotStartedAgainAndAnEndedOneIs) {
  Keeper keeper = KeeperWith({});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-08"), Texts{"deadline.started answer"});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-09"), Texts{});
  EXPECT_EQ(keeper.Happens("case.answered", "2024-08-12"), Texts{"deadline.met answer"});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-13"), Texts{"deadline.started answer#2"});
  EXPECT_EQ(keeper.Due("answer"), "2024-08-20");
  EXPECT_EQ(keeper.Happens("case.answered", "2024-08-14"), Texts{"deadline.met answer#2"});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-15"), Texts{"deadline.started answer#3"});
}

TEST(DeadlineKeeperTest, AnAmountThatCannotBeCountedIsRefused) {
  Keeper keeper = KeeperWith({{"amount_at", "limit"}});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-08", {{"limit", -1}}),
            Texts{"amount_out_of_range"});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-08", {{"limit", 10001}}),
            Texts{"amount_out_of_range"});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-08", {{"limit", 1}}),
            Texts{"deadline.started answer"});
  EXPECT_EQ(keeper.Due("answer"), "2024-08-09");
}

TEST(DeadlineKeeperTest, AnActOfOnePartyEndsOnlyItsOwnClock) {
  Keeper keeper = KeeperWith({{"instance", "party"}, {"on_lapse", "give_up"}});
  keeper.Happens("case.asked", "2024-08-08", {{"party", "a"}});
  keeper.Happens("case.asked", "2024-08-08", {{"party", "b"}});
  EXPECT_EQ(keeper.Happens("case.answered", "2024-08-09", {{"party", "b"}}),
            Texts{"deadline.met answer:b"});
  EXPECT_EQ(keeper.Passes("2024-08-16"), Texts{"deadline.lapsed answer:a"});
  ASSERT_EQ(keeper.Effects().size(), 1U);
  EXPECT_EQ(keeper.Effects().front().command, "give_up");
  EXPECT_EQ(keeper.Effects().front().body, Json({{"party", "a"}}));
}

TEST(DeadlineKeeperTest, TheSecondRoundOfAPartyStillNamesTheParty) {
  Keeper keeper = KeeperWith({{"instance", "party"}, {"on_lapse", "give_up"}});
  keeper.Happens("case.asked", "2024-08-08", {{"party", "a"}});
  keeper.Happens("case.answered", "2024-08-09", {{"party", "a"}});
  keeper.Happens("case.asked", "2024-08-12", {{"party", "a"}});
  EXPECT_EQ(keeper.Passes("2024-08-20"), Texts{"deadline.lapsed answer:a#2"});
  EXPECT_EQ(keeper.Effects().front().body, Json({{"party", "a"}}));
}

TEST(DeadlineKeeperTest, ADateThatTheActDoesNotStateStartsNothing) {
  const Json start = Json::array({{{"event", "case.asked"}, {"at", {"asked_on", "sent_on"}}}});
  Keeper keeper = KeeperWith({{"start", start}});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-08"), Texts{});
  EXPECT_EQ(keeper.Happens("case.asked", "2024-08-08", {{"sent_on", "2024-08-01"}}),
            Texts{"deadline.started answer"});
  EXPECT_EQ(keeper.Due("answer"), "2024-08-08");
}

TEST(DeadlineKeeperTest, TwoPausesMustBothEnd) {
  const auto pause = [](const char* from, const char* to, const char* reason) -> Json {
    return {{"from", {{"event", from}}}, {"to", {{"event", to}}}, {"reason", reason}};
  };
  Keeper keeper =
      KeeperWith({{"pause", Json::array({pause("case.sent", "case.back", "鉴定"),
                                         pause("case.queried", "case.told", "补正")})}});
  keeper.Happens("case.asked", "2024-08-08");
  EXPECT_EQ(keeper.Happens("case.sent", "2024-08-09"), Texts{"deadline.paused answer"});
  EXPECT_EQ(keeper.Happens("case.queried", "2024-08-12"), Texts{"deadline.paused answer"});
  EXPECT_EQ(keeper.Happens("case.back", "2024-08-14"), Texts{"deadline.resumed answer"});
  EXPECT_EQ(keeper.Due("answer"), "none");
  EXPECT_EQ(keeper.Passes("2024-12-31"), Texts{});
  EXPECT_EQ(keeper.Happens("case.told", "2024-08-16"), Texts{"deadline.resumed answer"});
  EXPECT_EQ(keeper.Due("answer"), "2024-08-22");
}

TEST(DeadlineKeeperTest, WhatFellAwayLapsesNoMore) {
  Keeper keeper = KeeperWith({{"cancel", Json::array({{{"event", "case.dropped"}}})}});
  keeper.Happens("case.asked", "2024-08-08");
  EXPECT_EQ(keeper.Happens("case.dropped", "2024-08-09"), Texts{"deadline.cancelled answer"});
  EXPECT_EQ(keeper.Passes("2025-01-01"), Texts{});
  EXPECT_EQ(keeper.Happens("case.answered", "2025-01-02"), Texts{});
}

TEST(DeadlineKeeperTest, OfMissedRemindersOnlyTheLastIsGiven) {
  Keeper keeper = KeeperWith({{"reminders", {3, 2, 1}}});
  keeper.Happens("case.asked", "2024-08-08");  // due on 08-15
  EXPECT_EQ(keeper.AllClocks().NextTick(), Instant::StartOf(*Date::Parse("2024-08-12")));
  EXPECT_EQ(keeper.Passes("2024-08-13"), Texts{"deadline.approaching answer"});
  EXPECT_EQ(keeper.AllClocks().NextTick(), Instant::StartOf(*Date::Parse("2024-08-14")));
  EXPECT_EQ(keeper.Passes("2024-08-13"), Texts{});
}

TEST(DeadlineKeeperTest, ARemindersDayBeforeTheActIsNotGiven) {
  Keeper keeper = KeeperWith({{"reminders", {10, 1}}});
  keeper.Happens("case.asked", "2024-08-08");
  EXPECT_EQ(keeper.AllClocks().All().front().reminders.size(), 1U);
}

TEST(DeadlineKeeperTest, AClockOfAnEditionNoLongerKnownIsLeftAlone) {
  Keeper keeper = KeeperWith({});
  keeper.Happens("case.asked", "2024-08-08");
  const auto other = *Rulebook::Parse(
      Json({{"workflow", "case"}, {"rules", Json::array({RuleWith({{"edition", "2"}})})}}).dump());
  const Json data = Json::object();
  const Act answered{"case.answered", data, Instant::StartOf(*Date::Parse("2024-08-09")), "", {}};
  EXPECT_TRUE(
      FollowAct(keeper.AllClocks(), answered, other, *CalendarSet::Builtin().Newest())->empty());
}

TEST(DeadlineKeeperTest, AnEventOfAClockThatIsNotThereIsAFault) {
  Clocks clocks;
  const Json met = {{"clock", "answer"}, {"at", "2024-08-09T00:00:00+08:00"}};
  EXPECT_THROW(clocks.Apply("deadline.met", met, EventId("e")), std::runtime_error);
  EXPECT_THROW(clocks.Apply("deadline.started", met, EventId("e")), std::runtime_error);
}

TEST(DeadlineKeeperTest, EveryDeadlineEventHasAChineseName) {
  for (const char* type : {"started", "paused", "resumed", "met", "ended_late", "found_met",
                           "cancelled", "approaching", "lapsed", "expired"}) {
    EXPECT_NE(deadline::ChineseOfType(std::string("deadline.") + type), "") << type;
  }
  EXPECT_EQ(deadline::ChineseOfType("deadline.forgotten"), "");
}

}  // namespace
}  // namespace docket
