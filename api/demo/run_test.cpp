// The demonstration as it is shipped: every state of every workflow, every list, the same from the
// same seed.
#include "api/demo/run.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include <unistd.h>

#include "api/demo/scenario.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/open_store.hpp"
#include "persistence/projections/stored_case_views.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket::demo {
namespace {

constexpr std::string_view kPassedThrough =
    "with the default seed cases pass through it, or the days before the last do not lead there";

/// `workflow state`, and why no case of the demonstration ends there.
const std::map<std::string, std::string_view> kNotReached{
    {"account locked", "the login service locks after failed logins, and nobody logs in"},
    {"account password_expired", "the login service finds it at a login, and nobody logs in"},
    {"archive appraised", kPassedThrough},
    {"archive transferred", kPassedThrough},
    {"catalogue superseded", "a catalogue is in force for months before another replaces it"},
    {"credit taking_down", kPassedThrough},
    {"evaluation draft_shown", kPassedThrough},
    {"evaluation final", kPassedThrough},
    {"evaluation objection_raised", kPassedThrough},
    {"evaluation published", kPassedThrough},
    {"evaluation scored", kPassedThrough},
    {"inspection exempt", kPassedThrough},
    {"investigation decided", kPassedThrough},
    {"objection received", kPassedThrough},
    {"rule_register superseded", kPassedThrough},
};

/// Workflows without a player, and why.
const std::map<std::string, std::string_view> kNotPlayed{
    {"project", "messages of trading systems open and fill it, and none come in here"},
};

/// A store filled once for all tests that only read it.
class Filled {
 public:
  explicit Filled(RunOptions options = {}) {
    options.store_url = Url();
    auto ran = Run(options);
    EXPECT_TRUE(ran.has_value()) << (ran ? "" : ran.error().code);
    if (ran) summary = std::move(*ran);
    store = *OpenStore({.url = Url(), .access = StoreAccess::kReader});
    log = store->OpenLog(machine_);
  }
  std::string Url() const { return "sqlite:" + directory_.File("demo.db"); }
  std::vector<RecordedEvent> Events() const { return log->ReadLog(LogId::kCases, {}, 1'000'000); }

  RunSummary summary;
  std::unique_ptr<Store> store;
  std::unique_ptr<StoreLog> log;

 private:
  testing::TemporaryDirectory directory_;
  SystemClock machine_;
};

const Filled& AsShipped() {
  static const Filled filled;
  return filled;
}

std::set<std::string> Listed(const std::map<std::string, std::size_t>& counts) {
  std::set<std::string> names;
  for (const auto& [name, count] : counts) names.insert(name);
  return names;
}

TEST(Demo, EveryWorkflowIsPlayed) {
  for (const Workflow* workflow : AllWorkflows()) {
    const bool listed = kNotPlayed.contains(std::string(workflow->Name()));
    EXPECT_NE(FindPlayer(workflow->Name()) != nullptr, listed) << workflow->Name();
  }
}

TEST(Demo, EveryStateHasACaseButThoseThatNobodyBringsAbout) {
  for (const Workflow* workflow : AllWorkflows()) {
    const std::string name(workflow->Name());
    if (kNotPlayed.contains(name)) continue;
    const auto found = AsShipped().summary.workflows.find(name);
    ASSERT_NE(found, AsShipped().summary.workflows.end()) << "no case of " << name;
    const auto reached = Listed(found->second.states);
    for (const auto& state : workflow->Describe().states) {
      if (state.name == workflow->Describe().initial) continue;
      const bool listed = kNotReached.contains(name + " " + state.name);
      EXPECT_NE(reached.contains(state.name), listed)
          << name << " " << state.name
          << (listed ? ": reached, take it from the list" : ": no case ends there");
    }
  }
}

TEST(Demo, WhatPeopleAskForIsHardlyEverRefused) {
  std::size_t refused = 0;
  std::string refusals;
  for (const auto& [what, count] : AsShipped().summary.refusals) {
    refused += count;
    refusals += what + " " + std::to_string(count) + "\n";
  }
  EXPECT_LT(refused * 50, AsShipped().summary.acts) << refusals;
}

TEST(Demo, EveryListHasSomethingInIt) {
  const StoredCaseViews views(AsShipped().store->Views(), *AsShipped().log);
  for (const Workflow* workflow : AllWorkflows()) {
    if (kNotPlayed.contains(std::string(workflow->Name()))) continue;
    EXPECT_FALSE(views.ListCases({.workflow = std::string(workflow->Name())}).rows.empty())
        << workflow->Name();
  }
  EXPECT_FALSE(views.ListCases({.overdue = true}).rows.empty());
  for (const auto& industry : EnumTable<Industry>::kNames) {
    EXPECT_FALSE(views.ListCases({.industry = industry.value}).rows.empty()) << industry.name;
  }
  for (const ClockState state : {ClockState::kRunning, ClockState::kPaused, ClockState::kLapsed,
                                 ClockState::kMet, ClockState::kEndedLate}) {
    EXPECT_FALSE(views.ListDeadlines({.state = state}).rows.empty()) << NameOf(state);
  }
}

TEST(Demo, CasesBringAboutOthersAndTimeDoesItsPart) {
  std::set<std::string> linked;
  std::set<std::string> timed;
  for (const auto& event : AsShipped().Events()) {
    if (event.actor == ProcessManagerActor().id) linked.insert(event.type);
    if (event.actor == ClockActor().id) timed.insert(event.type);
  }
  for (const char* type :
       {"warning.raised", "warning.turned_red", "warning.auto_cleared", "clue.received",
        "investigation.proposed", "rectification.drafted", "supervision.issued",
        "supervision.child_closed", "publication.proposed"}) {
    EXPECT_TRUE(linked.contains(type)) << type;
  }
  for (const char* type : {"deadline.approaching", "deadline.lapsed", "objection.no_answer",
                           "handover.access_ended"}) {
    EXPECT_TRUE(timed.contains(type)) << type;
  }
}

TEST(Demo, AStoreThatHoldsSomethingIsRefused) {
  const auto again = demo::Run({.store_url = AsShipped().Url()});
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, "store_not_empty");
}

TEST(Demo, TheYearsLieWithinThePublishedCalendar) {
  testing::TemporaryDirectory directory;
  const auto late = demo::Run(
      {.store_url = "sqlite:" + directory.File("late.db"), .until = *Date::FromParts(2031, 6, 30)});
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code, "demo_outside_calendar");
}

/// Takes out what is random by nature: what sealing made (nonces and keys), and digests under keys.
void StripChance(Json& json) {
  if (json.is_object()) {
    if (json.contains("$sealed")) {
      json = "sealed";
      return;
    }
    json.erase("person");
    for (auto& [name, member] : json.items()) StripChance(member);
  } else if (json.is_array()) {
    for (auto& item : json) StripChance(item);
  }
}

/// What a log says, but for what is random by nature: sealed texts, salts, digests of both.
std::string Told(const std::vector<RecordedEvent>& events) {
  std::string told;
  for (const auto& event : events) {
    Json data = DataOf(event);
    StripChance(data);
    // The claim of a person is called by a digest under a key.
    const bool is_person = event.stream.value.starts_with("person-");
    told += std::to_string(event.position.value) + " " +
            (is_person ? "person" : event.stream.value) + " " + event.id.value + " " + event.type +
            " " + event.actor.value + " " + event.occurred_at.ToString() + " " +
            event.recorded_at.ToString() + " " + event.causation.value + " " +
            event.correlation.value + " " + CanonicalJson(data) + "\n";
  }
  return told;
}

TEST(Demo, TheSameSeedTellsTheSame) {
  RunOptions few;
  few.seed = 7;
  few.cases = 40;
  const std::string first = Told(Filled(few).Events());
  EXPECT_GT(first.size(), 100'000u);
  EXPECT_EQ(first, Told(Filled(few).Events()));
}

}  // namespace
}  // namespace docket::demo
