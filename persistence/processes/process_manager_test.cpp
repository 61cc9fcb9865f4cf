// Links between cases, carried out on a real log: given by acts and by time, each exactly once.
#include "persistence/processes/process_manager.hpp"

#include <gtest/gtest.h>

#include "tests/support/office_fixture.hpp"

namespace docket {
namespace {

using testing::Office;

struct Died : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ProcessManagerTest : public ::testing::Test {
 protected:
  ProcessManager Manager(ProcessManager::Options options = {}) {
    options.report = [](const Notice&) {};
    return {{office_.engine, office_.log.Log(), office_.keys, progress_,
             office_.log.Store().SingleRunners(), AllLinks()},
            options};
  }
  std::int64_t CatchUp() { return Manager().CatchUp(); }

  std::vector<RecordedEvent> Events(const std::string& type) {
    std::vector<RecordedEvent> found;
    for (const auto& event : office_.log.Log().ReadLog(LogId::kCases, {}, 10'000)) {
      if (event.type == type) found.push_back(event);
    }
    return found;
  }
  std::string Refusals() {
    std::string all;
    for (const auto& event : Events("link.refused")) all += event.data + "\n";
    return all;
  }
  CommandOutcome Do(const std::string& sender, const StreamId& case_id, const std::string& command,
                    const Json& data, const std::string& workflow = "complaint") {
    auto outcome = office_.Execute(sender, case_id, command, data, workflow);
    EXPECT_TRUE(outcome.has_value()) << command << ": " << (outcome ? "" : outcome.error().code)
                                     << (outcome ? "" : " " + outcome.error().en);
    return outcome.value_or(CommandOutcome{});
  }
  std::string StateOf(const StreamId& case_id) {
    return std::string((*office_.engine.Load(case_id))->State());
  }
  void At(std::string_view when) {
    office_.log.clock.Set(*Instant::ParseDateOrInstant(when));
    office_.Project();
    office_.Sweep();
  }
  /// Not accepted, with leads that go on as a clue.
  StreamId LodgeWithLeads() {
    const auto lodged = office_.Lodge("350100", "青川大桥工程");
    Do("head", lodged, "not_accept",
       {{"ground", "not_specific"}, {"reasons", "投诉事项不具体"}, {"has_usable_leads", true}});
    return lodged;
  }

  Office office_;
  ProcessProgress progress_{office_.log.Store().Side(), "links"};
};

TEST_F(ProcessManagerTest, AComplaintWithLeadsLeavesAClueThatNamesIt) {
  const auto lodged = LodgeWithLeads();
  CatchUp();
  const auto clues = Events("clue.received");
  ASSERT_EQ(clues.size(), 1u);
  const auto cause = Events("complaint.not_accepted").front();
  EXPECT_EQ(clues[0].causation, cause.id);
  EXPECT_EQ(clues[0].correlation, cause.correlation);
  EXPECT_EQ(clues[0].actor, ProcessManagerActor().id);
  EXPECT_EQ(DataOf(clues[0]).at("source"), lodged.value);
  EXPECT_EQ(clues[0].region, RegionCode("350100"));
  EXPECT_EQ(CatchUp(), 0);
  EXPECT_EQ(Events("clue.received").size(), 1u);
}

TEST_F(ProcessManagerTest, WhereverItDiesEachLinkTakesEffectOnce) {
  for (int i = 0; i < 3; ++i) LodgeWithLeads();
  int deaths = 0;
  for (int die_at = 1;; ++die_at) {
    int step = 0;
    auto manager = Manager({.page_events = 2, .on_step = [&](std::string_view) {
                              if (++step == die_at) throw Died("here");
                            }});
    try {
      manager.CatchUp();
      break;
    } catch (const Died&) {
      ++deaths;
    }
  }
  EXPECT_GT(deaths, 2);
  EXPECT_EQ(Events("clue.received").size(), 3u);
  EXPECT_EQ(Refusals(), "");
}

TEST_F(ProcessManagerTest, WhoeverWasMovedOverByALaterLeaseWritesNoCheckpoint) {
  EXPECT_TRUE(progress_.MoveTo({Epoch("e"), Position{7}}, 5));
  EXPECT_FALSE(progress_.MoveTo({Epoch("e"), Position{3}}, 4));
  EXPECT_EQ(progress_.Read()->position, Position{7});
  progress_.BeginAt({Epoch("e"), Position{9}});
  EXPECT_EQ(progress_.Read()->position, Position{7});
}

// Shows A056.
TEST_F(ProcessManagerTest, AClockThatRunsOutWarnsYellowFirstAndRedAfter) {
  const auto lodged = office_.Lodge("350100", "青川大桥工程");
  Do("clerk", lodged, "sign_for", {{"handlers", {"han", "lin"}}});
  At("2024-09-24T10:00:00+08:00");
  CatchUp();
  const auto raised = Events("warning.raised");
  ASSERT_EQ(raised.size(), 1u);
  EXPECT_EQ(DataOf(raised[0]).at("level"), "yellow");
  EXPECT_EQ(DataOf(raised[0]).at("source"), lodged.value);
  At("2024-09-27T10:00:00+08:00");
  CatchUp();
  EXPECT_EQ(Events("warning.raised").size(), 1u) << "the lapse turned the first one red";
  ASSERT_EQ(Events("warning.turned_red").size(), 1u);
  EXPECT_EQ(Events("warning.turned_red")[0].stream, raised[0].stream);
  EXPECT_EQ(Refusals(), "");
}

TEST_F(ProcessManagerTest, AnActInTimeClearsTheWarning) {
  const auto lodged = office_.Lodge("350100", "青川大桥工程");
  Do("clerk", lodged, "sign_for", {{"handlers", {"han", "lin"}}});
  At("2024-09-24T10:00:00+08:00");
  CatchUp();
  Do("head", lodged, "refer", {{"competent_department", "市水利局"}});
  CatchUp();
  ASSERT_EQ(Events("warning.auto_cleared").size(), 1u);
  EXPECT_EQ(StateOf(Events("warning.raised")[0].stream), "auto_cleared");
}

TEST_F(ProcessManagerTest, AForwardedItemClosesOnlyAfterItsChild) {
  const auto item = Do("office", {}, "issue",
                       {{"kind", "supervision"},
                        {"code", "DB-2024-1"},
                        {"project", "E3501000001000000001"},
                        {"addressee", "bureau"},
                        {"requirement", "限期办结"},
                        {"limit_on", "2024-10-30"},
                        {"region", "350000"}},
                       "supervision")
                        .case_id;
  CatchUp();
  Do("clerk", item, "sign_for", {{"handlers", {"han"}}});
  Do("han", item, "report_progress", {{"progress", "已布置"}});
  Do("head", item, "forward",
     {{"addressee", "county"}, {"requirement", "由区局核查"}, {"limit_on", "2024-10-20"}});
  const Json opinion = {{"opinion", "已办结"}};
  EXPECT_FALSE(office_.Execute("head", item, "submit_opinion", opinion).has_value());
  CatchUp();
  const auto issued = Events("supervision.issued");
  ASSERT_EQ(issued.size(), 2u);
  const StreamId child = issued[1].stream;
  ASSERT_EQ(Events("supervision.child_opened").size(), 1u);
  EXPECT_EQ(DataOf(Events("supervision.child_opened")[0]).at("child"), child.value);
  EXPECT_EQ(office_.Execute("head", item, "submit_opinion", opinion).error().kind,
            RejectionKind::kRefused);
  Do("head", child, "revoke", {{"reason", "已并入其他事项"}});
  CatchUp();
  ASSERT_EQ(Events("supervision.child_closed").size(), 1u);
  Do("head", item, "submit_opinion", opinion);
  EXPECT_EQ(StateOf(item), "opinion_submitted");
}

TEST_F(ProcessManagerTest, AChildThatCannotBeOpenedKeepsNobodyWaiting) {
  const auto item = Do("office", {}, "issue",
                       {{"kind", "supervision"},
                        {"code", "DB-2024-2"},
                        {"project", "E3501000001000000001"},
                        {"addressee", "bureau"},
                        {"requirement", "限期办结"},
                        {"limit_on", "2024-10-30"},
                        {"region", "350000"}},
                       "supervision")
                        .case_id;
  Do("clerk", item, "sign_for", {{"handlers", {"han"}}});
  Do("han", item, "report_progress", {{"progress", "已布置"}});
  Do("head", item, "forward",
     {{"addressee", "county"}, {"requirement", "由区局核查"}, {"limit_on", "2024-09-23"}});
  // Nobody carried it out before its limit was over.
  At("2024-09-26T10:00:00+08:00");
  CatchUp();
  CatchUp();
  const auto refused = Events("link.refused");
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(DataOf(refused[0]).at("code"), "limit_in_past");
  EXPECT_EQ(DataOf(refused[0]).at("link"), "forwarding_opens_child");
  EXPECT_EQ(refused[0].stream, StreamId("links"));
  ASSERT_EQ(Events("supervision.child_closed").size(), 1u);
  EXPECT_EQ(DataOf(Events("supervision.child_closed")[0]).at("outcome"), "not_opened");
}

/// A complaint about whose clock there is a warning already, raised by hand.
class WarnedByHand : public ProcessManagerTest {
 protected:
  WarnedByHand() {
    Do("clerk", lodged_, "sign_for", {{"handlers", {"han", "lin"}}});
    At("2024-09-24T10:00:00+08:00");
    const Json subject = lodged_.value + "-" + CountedClock();
    warning_ = Do("han", {}, "raise",
                  {{"level", "yellow"},
                   {"kind", "content"},
                   {"mode", "manual"},
                   {"point", "intake"},
                   {"point_name", "受理"},
                   {"subject", subject},
                   {"inputs", Json::array()},
                   {"explanation", "即将超期"},
                   {"region", "350100"}},
                  "warning")
                   .case_id;
  }

  /// The one that draws near and is not the office's own.
  std::string CountedClock() {
    const auto model = office_.engine.Load(lodged_);
    for (const auto& event : Events("deadline.approaching")) {
      const auto clock = DataOf(event).at("clock").get<std::string>();
      if ((*model)->Clocks().Find(clock)->kind != ClockKind::kInternal) return clock;
    }
    return "";
  }

  const StreamId lodged_ = office_.Lodge("350100", "青川大桥工程");
  StreamId warning_;
};

TEST_F(WarnedByHand, WhatCameTooLateIsNotTriedAgainByAnotherProcess) {
  EXPECT_EQ(CatchUp(), 0) << "there is a warning about this clock";
  Do("head", warning_, "convert", {{"kind", "clue"}, {"reason", "情况属实"}});
  EXPECT_EQ(CatchUp(), 1) << "the clue, and nothing that was too late before";
  EXPECT_EQ(Events("warning.raised").size(), 1u);
}

TEST_F(WarnedByHand, WhatCameTooLateIsNotDecidedAgainOnWhatCameAfter) {
  Do("head", lodged_, "refer", {{"competent_department", "市水利局"}});
  auto manager = Manager({.on_step = [](std::string_view step) {
    if (step == "given") throw Died("here");
  }});
  EXPECT_THROW(manager.CatchUp(), Died);
  ASSERT_EQ(StateOf(warning_), "auto_cleared");
  CatchUp();
  EXPECT_EQ(Events("warning.raised").size(), 1u);
}

// Shows A138.
TEST_F(ProcessManagerTest, TheEndOfAComplaintStartsTheYearsOfItsProjectsRecordings) {
  const std::string project = "E3501000001000000001";
  const auto file = Do("clerk", {}, "open",
                       {{"region", "350100"},
                        {"industry", "construction"},
                        {"project", project},
                        {"project_name", "青川大桥工程"}},
                       "archive")
                        .case_id;
  const auto lodged = office_.Lodge("350100", "青川大桥工程", project);
  CatchUp();
  ASSERT_EQ(Events("archive.complaint_opened").size(), 1u);
  EXPECT_EQ(Events("archive.complaint_opened")[0].stream, file);
  Do("head", lodged, "refer", {{"competent_department", "市水利局"}});
  CatchUp();
  ASSERT_EQ(Events("archive.complaint_closed").size(), 1u);
  EXPECT_EQ(DataOf(Events("archive.complaint_closed")[0]).at("complaint"), lodged.value);
}

TEST_F(ProcessManagerTest, WhatWasThereBeforeTheFirstStartBringsNothingAbout) {
  LodgeWithLeads();
  {
    auto manager = Manager();
    manager.Start();
  }
  EXPECT_EQ(CatchUp(), 0);
  EXPECT_TRUE(Events("clue.received").empty());
}

}  // namespace
}  // namespace docket
