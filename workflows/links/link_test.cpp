// The table of links, and what is wrong with bad ones.
#include "workflows/links/link.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

std::vector<LinkedCommand> Nothing(const LinkCause&) { return {}; }

Link Raising(std::string_view on) {
  return {.name = "one",
          .zh = "联动",
          .on = on,
          .workflow = "warning",
          .command = "raise",
          .opens = true,
          .commands = &Nothing};
}

std::vector<std::string> FaultsOf(const std::vector<Link>& links) {
  return CheckLinks(links, AllWorkflows());
}

TEST(Links, TheTableHasNoFault) {
  EXPECT_EQ(FaultsOf(AllLinks()), std::vector<std::string>{});
  EXPECT_GT(AllLinks().size(), 20u);
}

TEST(Links, NamesThatNobodyHasAreFound) {
  Link link = Raising("complaint.unheard_of");
  link.workflow = "nothing";
  link.apart_from = {"nobody"};
  link.commands = nullptr;
  const auto faults = FaultsOf({link, link});
  ASSERT_EQ(faults.size(), 9u);
  EXPECT_EQ(faults[0], "link one: it gives no commands");
  EXPECT_EQ(faults[1], "link one: there is no event complaint.unheard_of");
  EXPECT_EQ(faults[2], "link one: no workflow nobody");
  EXPECT_EQ(faults[3], "link one: there is no workflow nothing");
  EXPECT_EQ(faults[4], "link one: its name is used twice");
}

TEST(Links, TheTableOfTheTargetHasToGiveTheCommand) {
  Link link = Raising("complaint.lodged");
  link.command = "close";
  ASSERT_EQ(FaultsOf({link}).size(), 1u);
  link.command = "raise";
  link.opens = false;
  EXPECT_EQ(FaultsOf({link}).front(),
            "link one: no row gives raise of warning to the process manager, on an open case");
}

TEST(Links, ALinkThatComesRoundToItselfIsACircle) {
  EXPECT_EQ(FaultsOf({Raising("warning.raised")}).front(), "links go round: one");
}

TEST(Links, ACircleOverTimeAndOverTwoLinksIsFound) {
  // A warning's own clock lapses, and that raises a warning.
  EXPECT_EQ(FaultsOf({Raising("deadline.lapsed")}).front(), "links go round: one");
  Link apart = Raising("deadline.lapsed");
  apart.apart_from = {"warning"};
  EXPECT_EQ(FaultsOf({apart}), std::vector<std::string>{});

  Link there = Raising("supervision.issued");
  Link back{.name = "two",
            .zh = "联动",
            .on = "warning.raised",
            .workflow = "supervision",
            .command = "issue",
            .opens = true,
            .commands = &Nothing};
  EXPECT_EQ(FaultsOf({there, back}).front(), "links go round: one, two");
}

TEST(Links, ALinkBeginsWithItsEventInTheWorkflowsThatItConcerns) {
  Link link = Raising("deadline.lapsed");
  link.apart_from = {"warning"};
  RecordedEvent event;
  event.type = "deadline.lapsed";
  event.stream = StreamId("complaint-0192a000-0000-7000-8000-000000000001");
  EXPECT_TRUE(link.BeginsWith(event));
  event.stream = StreamId("warning-0192a000-0000-7000-8000-000000000001");
  EXPECT_FALSE(link.BeginsWith(event));
  event.stream = StreamId("erasures");
  EXPECT_FALSE(link.BeginsWith(event));
  event.stream = StreamId("complaint-0192a000-0000-7000-8000-000000000001");
  event.type = "deadline.met";
  EXPECT_FALSE(link.BeginsWith(event));
}

}  // namespace
}  // namespace docket
