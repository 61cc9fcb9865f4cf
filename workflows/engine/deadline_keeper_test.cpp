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
  explicit Keeper(const Json& patch, const std::vector<Json>& later = {})
      : rules_(Parse(patch, later)), calendar_(CalendarSet::Builtin().Newest()) {}

  /// From now on; CountsAnew counts by the newest.
  void UseCalendar(std::string_view version) { calendar_ = Calendar(version); }

  /// What follows, as `type clock`; or the code of the refusal.
  std::vector<std::string> Happens(const char* type, const char* at,
                                   const Json& data = Json::object()) {
    const Act act{type, data, *Instant::ParseDateOrInstant(at), "", RegionCode("330482")};
    const auto drafts = FollowAct(clocks_, act, rules_, *calendar_);
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
  std::vector<std::string> CountsAnew(const char* now) {
    return CountsAnewBy(CalendarSet::Builtin().Newest()->Version(), now);
  }
  std::vector<std::string> CountsAnewBy(std::string_view calendar, const char* now) {
    const auto moved = Reschedule(clocks_, {rules_, *Calendar(calendar), "", RegionCode("330482"),
                                            *Instant::ParseDateOrInstant(now)});
    std::vector<EventDraft> drafts;
    for (const auto& one : moved) drafts.push_back({std::string(one.kType), 1, Encode(one), {}});
    return Record(drafts);
  }
  std::string_view State(std::string_view clock) const {
    return NameOf(clocks_.Find(clock)->state);
  }
  std::string Due(std::string_view clock) const {
    const auto* found = clocks_.Find(clock);
    return found != nullptr && found->due_date ? found->due_date->ToString() : "none";
  }
  const Clocks& AllClocks() const { return clocks_; }
  const std::vector<ClockEffect>& Effects() const { return effects_; }

 private:
  static Rulebook Parse(const Json& patch, const std::vector<Json>& later) {
    Json rules = Json::array({RuleWith(patch)});
    for (const auto& rule : later) rules.push_back(rule);
    return *Rulebook::Parse(Json({{"workflow", "case"}, {"rules", rules}}).dump());
  }
  static std::shared_ptr<const WorkCalendar> Calendar(std::string_view version) {
    for (const auto& calendar : CalendarSet::Builtin().Versions()) {
      if (calendar->Version() == version) return calendar;
    }
    throw std::invalid_argument("no such calendar");
  }

  std::vector<std::string> Record(const std::vector<EventDraft>& drafts) {
    std::vector<std::string> names;
    for (const auto& draft : drafts) {
      names.push_back(draft.type + " " + draft.data.at("clock").get<std::string>());
      clocks_.Apply(draft.type, draft.data, EventId("event-" + std::to_string(++events_)));
    }
    return names;
  }

  Rulebook rules_;
  std::shared_ptr<const WorkCalendar> calendar_;
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

/// The Spring Festival of 2020 was lengthened on 26 January: 31 January became a day off and the
/// Saturday after it, which was to be worked, too.
class RescheduleTest : public testing::Test {
 protected:
  static Keeper Asked(const char* on, const Json& patch = {}) {
    Keeper keeper = KeeperWith(patch);
    keeper.UseCalendar("2019-11-21-original");
    keeper.Happens("case.asked", on);
    return keeper;
  }
};

TEST_F(RescheduleTest, ARevisedCalendarMovesWhatRuns) {
  Keeper keeper = Asked("2020-01-20");
  EXPECT_EQ(keeper.Due("answer"), "2020-02-01");
  EXPECT_EQ(keeper.CountsAnew("2020-01-27"), Texts{"deadline.rescheduled answer"});
  EXPECT_EQ(keeper.Due("answer"), "2020-02-04");
  EXPECT_EQ(keeper.State("answer"), "running");
  EXPECT_EQ(keeper.CountsAnew("2020-01-27"), Texts{});
  EXPECT_EQ(keeper.Passes("2020-02-04"), Texts{});
  EXPECT_EQ(keeper.Passes("2020-02-05"), Texts{"deadline.lapsed answer"});
}

TEST_F(RescheduleTest, ALapseThatThereforeNeverWasIsSuperseded) {
  Keeper keeper = Asked("2020-01-20");
  EXPECT_EQ(keeper.Passes("2020-02-02"), Texts{"deadline.lapsed answer"});
  EXPECT_EQ(keeper.CountsAnew("2020-02-03"), Texts{"deadline.rescheduled answer"});
  EXPECT_EQ(keeper.State("answer"), "running");
  EXPECT_EQ(keeper.Happens("case.answered", "2020-02-04"), Texts{"deadline.met answer"});
}

TEST_F(RescheduleTest, WhatEndedLateMayHaveBeenInTime) {
  Keeper keeper = Asked("2020-01-20");
  keeper.Passes("2020-02-02");
  EXPECT_EQ(keeper.Happens("case.answered", "2020-02-03"), Texts{"deadline.ended_late answer"});
  EXPECT_EQ(keeper.CountsAnew("2020-02-10"), Texts{"deadline.rescheduled answer"});
  EXPECT_EQ(keeper.State("answer"), "met");
  EXPECT_EQ(keeper.CountsAnew("2020-02-10"), Texts{});
}

TEST_F(RescheduleTest, ALapseThatStandsHasItsNewDay) {
  Keeper keeper = Asked("2020-01-20");
  keeper.Passes("2020-02-02");
  EXPECT_EQ(keeper.CountsAnew("2020-02-10"), Texts{"deadline.rescheduled answer"});
  EXPECT_EQ(keeper.State("answer"), "lapsed");
  EXPECT_EQ(keeper.Due("answer"), "2020-02-04");
  EXPECT_EQ(keeper.Happens("case.answered", "2020-02-11"), Texts{"deadline.ended_late answer"});
}

TEST_F(RescheduleTest, WhatWasInTimeAndWhatEndedStays) {
  Keeper keeper = Asked("2020-01-20");
  keeper.Happens("case.answered", "2020-01-22");
  EXPECT_EQ(keeper.CountsAnew("2020-01-27"), Texts{});
}

TEST_F(RescheduleTest, WhatStandsStillHasLessOrMoreLeft) {
  const Json pause = {
      {"from", {{"event", "case.sent"}}}, {"to", {{"event", "case.back"}}}, {"reason", "鉴定"}};
  Keeper keeper = Asked("2020-01-20", {{"pause", Json::array({pause})}});
  EXPECT_EQ(keeper.Happens("case.sent", "2020-01-31"), Texts{"deadline.paused answer"});
  const auto left = keeper.AllClocks().Find("answer")->remaining;
  EXPECT_EQ(keeper.CountsAnew("2020-02-10"), Texts{"deadline.rescheduled answer"});
  EXPECT_EQ(keeper.AllClocks().Find("answer")->remaining, left + 1);
  EXPECT_EQ(keeper.State("answer"), "paused");
}

TEST_F(RescheduleTest, NothingIsMadeLateByBeingCountedAnew) {
  Keeper keeper = KeeperWith({});
  keeper.Happens("case.asked", "2020-01-20");
  keeper.UseCalendar("2019-11-21-original");
  EXPECT_EQ(keeper.Due("answer"), "2020-02-04");
  EXPECT_EQ(keeper.CountsAnewBy("2019-11-21-original", "2020-02-03"), Texts{});
  EXPECT_EQ(keeper.Due("answer"), "2020-02-04");
}

/// The rule has a second edition from 2021 on, of `days`, which says what becomes of clocks.
Json SecondEdition(int days, const char* in_flight, const char* lapse = "overdue") {
  Json second = RuleWith({{"edition", "2"},
                          {"effective_from", "2021-01-01"},
                          {"in_flight", in_flight},
                          {"lapse", lapse}});
  second["period"]["amount"] = days;
  return second;
}

TEST_F(RescheduleTest, ALaterEditionReachesRunningCasesAsItSays) {
  struct Case {
    int days;
    const char* in_flight;
    const char* lapse;
    const char* due;
  };
  for (const auto& [days, in_flight, lapse, due] :
       std::vector<Case>{{10, "keep", "overdue", "2021-01-05"},
                         {10, "apply_new", "overdue", "2021-01-12"},
                         {4, "apply_new", "overdue", "2021-01-04"},
                         {10, "more_favourable", "overdue", "2021-01-05"},
                         {4, "more_favourable", "overdue", "2021-01-04"},
                         {10, "more_favourable", "expires", "2021-01-12"},
                         {4, "more_favourable", "expires", "2021-01-05"}}) {
    Keeper keeper({{"effective_to", "2020-12-31"}, {"lapse", lapse}},
                  {SecondEdition(days, in_flight, lapse)});
    keeper.Happens("case.asked", "2020-12-28");
    EXPECT_EQ(keeper.Due("answer"), "2021-01-05");
    keeper.CountsAnew("2020-12-30");
    EXPECT_EQ(keeper.Due("answer"), "2021-01-05") << "it is not in force yet";
    keeper.CountsAnew("2021-01-01");
    EXPECT_EQ(keeper.Due("answer"), due) << days << " " << in_flight << " " << lapse;
  }
}

TEST_F(RescheduleTest, AnAmountThatAnActGaveStays) {
  Json second = SecondEdition(10, "apply_new");
  second["amount_at"] = "limit";
  Keeper keeper({{"effective_to", "2020-12-31"}, {"amount_at", "limit"}}, {second});
  keeper.Happens("case.asked", "2020-12-28", {{"limit", 7}});
  keeper.CountsAnew("2021-01-04");
  EXPECT_EQ(keeper.AllClocks().Find("answer")->edition, "2");
  EXPECT_EQ(keeper.AllClocks().Find("answer")->period.amount, 7);
}

TEST_F(RescheduleTest, ABreachStaysOneByTheLawOfItsDay) {
  Keeper keeper({{"effective_to", "2020-12-31"}}, {SecondEdition(10, "apply_new")});
  keeper.Happens("case.asked", "2020-12-21");
  EXPECT_EQ(keeper.Passes("2020-12-29"), Texts{"deadline.lapsed answer"});
  EXPECT_EQ(keeper.CountsAnew("2021-01-04"), Texts{});
}

TEST(DeadlineKeeperTest, EveryDeadlineEventHasAChineseName) {
  for (const char* type : {"started", "paused", "resumed", "met", "ended_late", "found_met",
                           "cancelled", "approaching", "lapsed", "expired", "rescheduled"}) {
    EXPECT_NE(deadline::ChineseOfType(std::string("deadline.") + type), "") << type;
  }
  EXPECT_EQ(deadline::ChineseOfType("deadline.forgotten"), "");
}

}  // namespace
}  // namespace docket
