// The notices of every workflow fit it, and each way in which a book may not fit is named.
#include "workflows/engine/notices.hpp"

#include <gtest/gtest.h>

#include "workflows/engine/workflow.hpp"

namespace docket {
namespace {

using Faults = std::vector<std::string>;

/// The book of complaints with one member changed; what is wrong with it.
template <class Change>
Faults FaultsAfter(const Change& change) {
  const Workflow& complaint = *FindWorkflow("complaint");
  Json book = {{"workflow", "complaint"}, {"notices", Json::array()}, {"silent", Json::array()}};
  for (const auto& row : NoticesOf(complaint).Rows()) book["notices"].push_back(Encode(row));
  for (const auto& one : NoticesOf(complaint).Silent()) book["silent"].push_back(Encode(one));
  change(book);
  const auto parsed = NoticeBook::Parse(book.dump());
  if (!parsed) return {parsed.error().code};
  return parsed->CheckAgainst(complaint.Describe(), complaint.Rules());
}

std::size_t RowOf(const Json& book, const std::string& id) {
  std::size_t i = 0;
  while (book["notices"][i]["id"] != id) ++i;
  return i;
}

TEST(Notices, EveryClockOfEveryWorkflowHasANoticeOrAReasonForSilence) {
  for (const Workflow* workflow : AllWorkflows()) {
    EXPECT_EQ(NoticesOf(*workflow).CheckAgainst(workflow->Describe(), workflow->Rules()), Faults())
        << workflow->Name();
    EXPECT_FALSE(NoticesOf(*workflow).Rows().empty()) << workflow->Name();
  }
}

TEST(Notices, AClockThatNobodyIsToldOfIsAFault) {
  EXPECT_EQ(FaultsAfter([](Json& book) { book["silent"].erase(0); }),
            Faults{"clock tendering_complain needs either a notice or a reason for silence"});
  EXPECT_EQ(FaultsAfter([](Json& book) {
              auto& clocks = book["notices"][RowOf(book, "deadline_lapsed")]["clocks"];
              clocks.erase(0);
            }),
            Faults{"clock tendering_accept has no notice on deadline.lapsed"});
  EXPECT_EQ(FaultsAfter([](Json& book) {
              book["silent"].push_back({{"clock", "tendering_decide"}, {"why", "no reason"}});
            }),
            Faults{"clock tendering_decide needs either a notice or a reason for silence"});
  EXPECT_EQ(FaultsAfter([](Json& book) {
              auto& clocks = book["notices"][RowOf(book, "deadline_near")]["clocks"];
              clocks.erase(4);
            }),
            Faults{"clock procurement_decide has no notice on deadline.approaching"});
}

TEST(Notices, WhatDoesNotExistIsAFault) {
  EXPECT_EQ(FaultsAfter([](Json& book) { book["notices"][0]["on"] = "complaint.lost"; }),
            Faults{"notice lodged is on the unknown event complaint.lost"});
  EXPECT_EQ(FaultsAfter([](Json& book) { book["notices"][0]["to"] = Json::array(); }),
            Faults{"notice lodged is for nobody"});
  EXPECT_EQ(FaultsAfter([](Json& book) { book["notices"][1]["id"] = "lodged"; }),
            Faults{"notice lodged exists twice"});
  EXPECT_EQ(FaultsAfter([](Json& book) { book["notices"][0]["to"] = {"everybody"}; }),
            Faults{"invalid_fields"});
  EXPECT_EQ(FaultsAfter([](Json& book) { book["workflow"] = "account"; }),
            Faults{"the notices are those of account"});
  EXPECT_EQ(FaultsAfter([](Json& book) {
              book["silent"].push_back({{"clock", "moon"}, {"why", "far"}});
            }).front(),
            "notice silent names the unknown clock moon");
  EXPECT_EQ(FaultsAfter([](Json& book) { book["notices"][0]["clocks"] = {"tendering_accept"}; }),
            Faults{"notice lodged: deadline events, and no others, name clocks"});
}

TEST(Notices, APlaceholderWithoutAValueIsAFault) {
  for (const char* word : {"due", "complainant", "title", "facts", ""}) {
    const auto faults = FaultsAfter(
        [&](Json& book) { book["notices"][0]["text"] = "投诉 {" + std::string(word) + "}"; });
    EXPECT_EQ(faults, Faults{"notice lodged: {" + std::string(word) + "} has no value there"});
  }
  EXPECT_EQ(FaultsAfter([](Json& book) {
              book["notices"][RowOf(book, "deadline_lapsed")]["text"] = "{left}";
            }),
            Faults{"notice deadline_lapsed: {left} has no value there"});
}

TEST(Notices, TheRowsOfAnEventAreThoseOfItsClock) {
  const NoticeBook& book = NoticesOf(*FindWorkflow("complaint"));
  ASSERT_EQ(book.On("complaint.signed_for", "").size(), 2u);
  ASSERT_EQ(book.On("deadline.lapsed", "procurement_decide#2").size(), 1u);
  EXPECT_EQ(book.On("deadline.lapsed", "procurement_decide#2").front()->id, "deadline_lapsed");
  EXPECT_EQ(book.On("deadline.expired", "procurement_respondent_reply:supplier").size(), 1u);
  EXPECT_TRUE(book.On("deadline.lapsed", "litigation_right").empty());
  EXPECT_TRUE(book.On("complaint.investigation_recorded", "").empty());
}

TEST(Notices, TextsAreFilledIn) {
  NoticeFacts facts;
  facts.case_id = "complaint-1";
  facts.left = "2个工作日";
  EXPECT_EQ(NoticeText("案 {case} 剩 {left}{due}。", facts), "案 complaint-1 剩 2个工作日。");
  EXPECT_EQ(NoticeText("没有 { 完", facts), "没有 { 完");
  EXPECT_EQ(PlaceholdersOf("{a}b{c}{"), (std::vector<std::string>{"a", "c"}));
}

TEST(Notices, WhatMayWaitAndWhatMayBeSwitchedOffFollowsFromTheKind) {
  EXPECT_TRUE(IsUrgent(NoticeKind::kSecurity));
  EXPECT_FALSE(IsUrgent(NoticeKind::kOverdue)) << "a period that ends at midnight wakes nobody";
  EXPECT_TRUE(IsMandatory(NoticeKind::kOverdue));
  EXPECT_FALSE(IsMandatory(NoticeKind::kProgress));
  EXPECT_TRUE(IsEscalated(NoticeKind::kWarning));
  EXPECT_FALSE(IsEscalated(NoticeKind::kTask));
}

}  // namespace
}  // namespace docket
