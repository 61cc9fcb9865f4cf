// A table that contradicts itself is told so in words, each fault apart.
#include <gtest/gtest.h>

#include "workflows/engine/table_checks.hpp"

namespace docket {
namespace {

RowText RowOf(std::string from, std::string command, std::string to, std::string event) {
  RowText row;
  row.from = std::move(from);
  row.command = std::move(command);
  row.to = std::move(to);
  row.emits = {std::move(event)};
  return row;
}

/// draft → open → closed, nothing wrong with it.
Description Sound() {
  Description d;
  d.name = "case";
  d.initial = "draft";
  d.states = {{"draft", "草稿", false}, {"open", "办理", false}, {"closed", "办结", true}};
  d.events = {{"case.opened", 1, "已开始", {}}, {"case.closed", 1, "已办结", {}}};
  d.rows = {RowOf("draft", "open", "open", "case.opened"),
            RowOf("open", "close", "closed", "case.closed")};
  return d;
}

using Faults = std::vector<std::string>;

TEST(TableChecksTest, ASoundTableHasNoFault) { EXPECT_EQ(CheckTable(Sound()), Faults{}); }

TEST(TableChecksTest, AStateThatIsNeverReachedIsFound) {
  Description d = Sound();
  d.states.push_back({"lost", "遗失", true});
  EXPECT_EQ(CheckTable(d), Faults{"case: state lost is never reached"});
}

TEST(TableChecksTest, AStateIsShownToPartiesAsOneThatTheyKnow) {
  Description d = Sound();
  d.states[1].shown_as = "draft";
  EXPECT_EQ(CheckTable(d), Faults{});
  d.states[1].shown_as = "elsewhere";
  EXPECT_EQ(CheckTable(d),
            Faults{"case: state open is shown as elsewhere, which parties do not know"});
  d.states[1].shown_as = "closed";
  d.states[2].shown_as = "draft";
  EXPECT_EQ(CheckTable(d),
            Faults{"case: state open is shown as closed, which parties do not know"});
}

TEST(TableChecksTest, AStateWithoutAWayOutIsFound) {
  Description d = Sound();
  d.states.push_back({"stuck", "停滞", false});
  d.rows.push_back(RowOf("open", "hang", "stuck", "case.opened"));
  EXPECT_EQ(CheckTable(d), Faults{"case: from stuck no end is reached"});
}

TEST(TableChecksTest, ARowOfAnUnlistedStateIsFound) {
  Description d = Sound();
  d.rows.push_back(RowOf("open", "send", "away", "case.opened"));
  EXPECT_EQ(CheckTable(d), Faults{"case: row open send away names a state that is not listed"});
}

TEST(TableChecksTest, AnUnknownEventAndARowWithoutOneAreFound) {
  Description d = Sound();
  d.rows.push_back(RowOf("open", "wait", "open", "case.waited"));
  d.rows.push_back(RowOf("open", "rest", "open", ""));
  d.rows.back().emits.clear();
  EXPECT_EQ(CheckTable(d), (Faults{"case: row open wait open emits the unknown case.waited",
                                   "case: row open rest open leaves no event"}));
}

TEST(TableChecksTest, ARowOrAnEventThatStandsTwiceIsFound) {
  Description d = Sound();
  d.rows.push_back(d.rows.front());
  d.events.push_back(d.events.front());
  EXPECT_EQ(CheckTable(d), (Faults{"case: row draft open open stands twice",
                                   "case: event case.opened stands twice"}));
}

TEST(TableChecksTest, RowsThatASelectorTellsApartAreTwoRows) {
  Description d = Sound();
  d.rows.push_back(d.rows.front());
  d.rows.back().applies = "tendering";
  EXPECT_EQ(CheckTable(d), Faults{});
}

TEST(TableChecksTest, ASeparationThatNothingBeforeItCanBreakIsFound) {
  Description d = Sound();
  d.rows[1].apart = {"case.opened"};
  EXPECT_EQ(CheckTable(d), Faults{});
  d.rows[0].apart = {"case.closed"};
  EXPECT_EQ(CheckTable(d),
            Faults{"case: row draft open open is apart from case.closed, which never comes before "
                   "it"});
}

}  // namespace
}  // namespace docket
