// Withdrawal, decision, service, publication, archive, review, and what may happen at any time:
// each row and each refusal of it.
#include "workflows/complaint/complaint_test_samples.hpp"

namespace docket::complaint {
namespace {

using docket::testing::Spec;
using States = std::vector<std::string_view>;

const States kBeforeDecision{"signed_for", "accepted",         "reply_notice_sent", "replies_in",
                             "hearing",    "decision_drafted", "legal_review"};

void Suspend(Spec& spec) {
  spec.As("head").Given(TradeSuspended{{PersonalText("避免损失"), "停1号"}, 30});
}

const RequestWithdrawal kRequest{PersonalText("双方已协商一致")};

TEST(ComplaintWithdrawal, OnlyTheLodgerWithdrawsAndOnlyBeforeTheDecision) {
  for (const auto state : kBeforeDecision) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("portal_2").When(kRequest).ThenRefused("actor_not_complainant");
    spec.As("clerk").When(kRequest).Then(WithdrawalWasRequested{kRequest});
    spec.As("portal").When(kRequest).ThenHappens(WithdrawalWasRequested{kRequest});
    EXPECT_EQ(spec.State(), "withdrawal_requested");
  }
  In(kProcurement, "decided")
      .As("portal")
      .When(kRequest)
      .ThenRefused("command_not_allowed_in_state");
}

TEST(ComplaintWithdrawal, TenderingRefusesAHarmfulOneAndProcurementMustGrant) {
  const GrantWithdrawal harmless{false, false, "撤1号"};
  const GrantWithdrawal harmful{true, false, "撤1号"};
  const GrantWithdrawal violation{false, true, "撤1号"};
  Spec tendering = In(kTendering, "withdrawal_requested");
  tendering.As("head");
  tendering.When(harmful).ThenRefused("withdrawal_would_harm");
  tendering.When(violation).ThenRefused("violation_established");
  tendering.When(GrantWithdrawal{true, true, {}}).ThenRefused("withdrawal_would_harm");
  tendering.When(harmless).ThenHappens(ComplaintWithdrawn{harmless});
  EXPECT_EQ(tendering.Model().Summary().outcome, "withdrawn");
  In(kProcurement, "withdrawal_requested")
      .As("head")
      .When(harmful)
      .Then(ComplaintWithdrawn{harmful});
}

TEST(ComplaintWithdrawal, ASuspensionEndsWithTheCase) {
  const GrantWithdrawal grant{false, false, "撤1号"};
  const TradeResumed ended{"case_ended", std::nullopt};
  for (const Profile profile : {kTendering, kProcurement}) {
    Spec spec = In(profile, "withdrawal_requested", Suspend);
    spec.As("head").When(grant).ThenHappens(ComplaintWithdrawn{grant}, ended);
    EXPECT_TRUE(spec.Model().Summary().flags.empty());
    Spec decided = In(profile, "legal_review", Suspend);
    decided.As("head").When(SampleDecision());
    decided.Then(ComplaintDecided{SampleDecision()}, ended);
  }
}

TEST(ComplaintWithdrawal, ADeniedOneReturnsTheCaseToWhereItWas) {
  const DenyWithdrawal without_ground{false, false, PersonalText("继续处理")};
  const DenyWithdrawal harmful{true, false, PersonalText("损害公共利益")};
  const DenyWithdrawal violation{false, true, PersonalText("已查实违法")};
  for (const char* state :
       {"signed_for", "accepted", "hearing", "decision_drafted", "legal_review"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kTendering, state);
    spec.As("portal").Given(WithdrawalWasRequested{kRequest});
    spec.As("head").When(without_ground).ThenRefused("denial_ground_required");
    spec.When(harmful).Then(WithdrawalDenied{harmful});
    spec.When(violation).ThenHappens(WithdrawalDenied{violation});
    EXPECT_EQ(spec.State(), state);
  }
  In(kProcurement, "withdrawal_requested")
      .As("head")
      .When(harmful)
      .ThenRefused("command_not_allowed_in_state");
}

TEST(ComplaintDecision, AReturnedDraftIsHandledAnew) {
  const ReturnDraft back{PersonalText("事实不清")};
  for (const char* state : {"decision_drafted", "legal_review"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kTendering, state);
    spec.As("legal").When(back).Then(DraftReturned{back});
    spec.As("head").When(back).ThenHappens(DraftReturned{back});
    EXPECT_EQ(spec.State(), "accepted");
    EXPECT_FALSE(spec.Model().Facts().contains("drafted_outcome"));
  }
}

TEST(ComplaintDecision, NoHandlerReviewsAndNoDrafterEither) {
  const ReviewLegality review{PersonalText("合法")};
  Spec spec = In(kTendering, "decision_drafted");
  for (const char* handler : {"han", "lin"}) {
    spec.Actor({ActorId(handler), UnitId("bureau"), {Role::kHandler, Role::kLegalReviewer}});
  }
  spec.As("han").When(review).ThenRefused("separation_of_duties");
  spec.As("legal").RecordedBy("han").When(review).ThenRefused("separation_of_duties");
  spec.As("lin").When(review).ThenRefused("reviewer_is_handler");
  spec.As("legal").When(review).ThenHappens(LegalityReviewed{review});
}

// Shows A010.
TEST(ComplaintDecision, AnotherThanDrafterAndReviewerDecidesAsDrafted) {
  Spec spec = In(kTendering, "legal_review");
  for (const char* both : {"han", "legal"}) {
    spec.Actor({ActorId(both), UnitId("bureau"), {Role::kHead}});
    spec.As(both).When(SampleDecision()).ThenRefused("separation_of_duties");
  }
  Decide other = SampleDecision();
  other.outcome = Outcome::kPartlyUpheld;
  spec.As("head").When(other).ThenRefused("outcome_differs_from_draft");
  spec.When(SampleDecision()).ThenHappens(ComplaintDecided{SampleDecision()});
  EXPECT_EQ(spec.Model().Summary().outcome, "upheld");
}

TEST(ComplaintService, TheLastPartyCompletesTheService) {
  Serve electronic = SampleService("respondent_2");
  electronic.way = ServiceWay::kElectronic;
  Serve consented = electronic;
  consented.electronic_consent = true;
  Spec spec = In(kProcurement, "decided");
  spec.As("clerk");
  spec.When(electronic).ThenRefused("electronic_service_without_consent");
  spec.When(SampleService("respondent_3")).ThenRefused("party_not_to_serve");
  for (const char* party : {"complainant", "respondent_1"}) {
    spec.When(SampleService(party)).ThenHappens(DecisionServed{SampleService(party)});
    EXPECT_EQ(spec.State(), "decided");
    spec.When(SampleService(party)).ThenRefused("already_served");
  }
  spec.When(electronic).ThenRefused("electronic_service_without_consent");
  spec.When(consented).ThenHappens(DecisionServed{consented});
  EXPECT_EQ(spec.State(), "served");
}

TEST(ComplaintPublication, AnotherOfficerReviewsSecrecyAndProcurementNeedsTheDesignatedMedium) {
  Publish elsewhere = SamplePublication();
  elsewhere.designated_medium = false;
  Publish same = SamplePublication();
  same.secrecy_reviewer = ActorId("clerk");
  Spec tendering = In(kTendering, "served");
  tendering.As("clerk").When(same).ThenRefused("secrecy_review_by_same_person");
  Publish by_nobody = SamplePublication();
  by_nobody.secrecy_reviewer = ActorId("nobody");
  tendering.When(by_nobody).ThenRefused("reviewer_unknown");
  tendering.When(elsewhere).ThenHappens(DecisionPublished{elsewhere});
  Spec procurement = In(kProcurement, "served");
  procurement.As("clerk").When(same).ThenRefused("secrecy_review_by_same_person");
  procurement.When(by_nobody).ThenRefused("reviewer_unknown");
  procurement.When(elsewhere).ThenRefused("designated_medium_required");
  procurement.As("han").When(SamplePublication());
  procurement.ThenHappens(DecisionPublished{SamplePublication()});
}

TEST(ComplaintPublication, TheHeadExemptsADecision) {
  const ExemptFromPublication exempt{ExemptionGround::kTradeSecret, PersonalText("含技术秘密")};
  In(kProcurement, "served").As("head").When(exempt).ThenHappens(PublicationWaived{exempt});
}

TEST(ComplaintArchive, EveryEndIsReportedAndArchived) {
  const Archive archive{"2024-投诉-0001"};
  const std::vector<std::pair<const char*, const char*>> result_of{
      {"cancelled", "cancelled"}, {"not_accepted", "not_accepted"},
      {"referred", "referred"},   {"withdrawn", "withdrawn"},
      {"published", "upheld"},    {"publication_exempt", "upheld"},
  };
  for (const auto& [state, result] : result_of) {
    SCOPED_TRACE(state);
    Spec spec = In(kTendering, state);
    spec.As("clerk").When(archive).ThenHappens(ResultReported{result}, ComplaintArchived{archive});
    EXPECT_EQ(spec.State(), "archived");
  }
}

TEST(ComplaintReview, OneReviewOfAKindAtATime) {
  const RecordReview reconsideration{ReviewKind::kReconsideration, "某市人民政府"};
  const RecordReview litigation{ReviewKind::kLitigation, "某市中级人民法院"};
  for (const char* state : {"not_accepted", "decided", "served", "published", "archived"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("clerk").When(reconsideration).ThenHappens(ReviewStarted{reconsideration});
    spec.When(reconsideration).ThenRefused("review_already_pending");
    spec.When(litigation).ThenHappens(ReviewStarted{litigation});
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(spec.Model().Summary().flags,
              (std::vector<std::string>{"under_reconsideration", "under_litigation"}));
  }
}

TEST(ComplaintReview, AnAnnulledDecisionReopensTheCase) {
  const auto ruled = [](ReviewOutcome outcome) {
    return RecordReviewOutcome{ReviewKind::kLitigation, outcome, 20, "行初1号"};
  };
  const auto annulled = ruled(ReviewOutcome::kAnnulled);
  const auto upheld = ruled(ReviewOutcome::kUpheld);
  for (const char* state : {"not_accepted", "decided", "served", "published", "archived"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("clerk").When(annulled).ThenRefused("no_review_pending");
    spec.When(upheld).ThenRefused("no_review_pending");
    spec.Given(ReviewStarted{{ReviewKind::kLitigation, "某市中级人民法院"}});
    spec.When(ruled(ReviewOutcome::kChanged)).Then(ReviewEnded{ruled(ReviewOutcome::kChanged)});
    auto at_once = annulled;
    at_once.limit_workdays = 0;
    spec.When(at_once).ThenRefused("ruling_limit_out_of_range");
    at_once.limit_workdays = 1001;
    spec.When(at_once).ThenRefused("ruling_limit_out_of_range");
    spec.When(annulled).Then(ReviewEnded{annulled}, ComplaintReopened{20});
    spec.When(upheld).ThenHappens(ReviewEnded{upheld});
    EXPECT_EQ(spec.State(), state);
    EXPECT_TRUE(spec.Model().Summary().flags.empty());
    spec.Given(ReviewStarted{{ReviewKind::kLitigation, "某省高级人民法院"}});
    spec.When(annulled).Happens();
    EXPECT_EQ(spec.State(), "accepted");
    EXPECT_EQ(spec.Model().Summary().outcome, "");
    EXPECT_EQ(spec.Model().Facts().at("served"), Json::array());
  }
}

// What may happen at any time.

TEST(ComplaintAtAnyTime, ACaseIsMergedOnce) {
  const Merge merge{StreamId("complaint-0190b0c0-0000-7000-8000-000000000001")};
  for (const char* state :
       {"signed_for", "accepted", "reply_notice_sent", "replies_in", "hearing"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("head").When(Merge{StreamId("no-such-case")}).ThenRefused("merge_target_invalid");
    const StreamId itself("complaint-" + std::string(36, '0'));
    spec.When(Merge{itself}).ThenRefused("merge_target_invalid");
    const StreamId account("account-" + std::string(36, '1'));
    spec.When(Merge{account}).ThenRefused("merge_target_invalid");
    spec.When(merge).ThenHappens(ComplaintMerged{merge});
    EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"merged"});
    spec.When(merge).ThenRefused("already_merged");
  }
}

TEST(ComplaintAtAnyTime, ADelayIsExplainedForTheFile) {
  const ExplainDelay explain{PersonalText("案情复杂")};
  for (const auto state : kBeforeDecision) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("han").When(explain).Then(DelayExplained{explain});
    spec.As("head").When(explain).ThenHappens(DelayExplained{explain});
    EXPECT_EQ(spec.State(), state);
  }
}

TEST(ComplaintAtAnyTime, HandlersAreReplacedByTwoWhoAreFree) {
  const ActorId han("han");
  const ActorId lin("lin");
  const ActorId wu("wu");
  const PersonalText reason("工作调动");
  for (const auto state : kBeforeDecision) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("head").Given(OfficerRecused{{lin, PersonalText("近亲属")}});
    spec.When(AssignHandlers{{han}, reason}).ThenRefused("two_handlers_required");
    spec.When(AssignHandlers{{wu, wu}, reason}).ThenRefused("two_handlers_required");
    spec.When(AssignHandlers{{han, ActorId("nobody")}, reason}).ThenRefused("handler_unknown");
    spec.When(AssignHandlers{{lin, wu}, reason}).ThenRefused("handler_recused");
    const AssignHandlers assign{{han, wu}, reason};
    spec.As("clerk").When(assign).ThenHappens(HandlersAssigned{assign});
    EXPECT_EQ(spec.Model().Summary().handlers, (std::vector<ActorId>{han, wu}));
  }
}

TEST(ComplaintAtAnyTime, AnOfficerIsRecusedOnceAndHandlesNoLonger) {
  const Recuse recuse{ActorId("han"), PersonalText("三年内曾任职于被投诉人")};
  for (const char* state : {"lodged", "signed_for", "accepted", "reply_notice_sent", "replies_in",
                            "hearing", "decision_drafted", "legal_review"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("head").When(recuse).ThenHappens(OfficerRecused{recuse});
    spec.When(recuse).ThenRefused("already_recused");
    EXPECT_EQ(spec.State(), state);
    const auto handlers = spec.Model().Summary().handlers;
    EXPECT_EQ(std::count(handlers.begin(), handlers.end(), ActorId("han")), 0);
  }
}

TEST(ComplaintAtAnyTime, ViolationsAreReported) {
  const ReportViolation report{ReferralTarget::kPolice, PersonalText("涉嫌串通投标")};
  for (const char* state :
       {"signed_for", "accepted", "reply_notice_sent", "replies_in", "hearing", "decision_drafted",
        "legal_review", "decided", "served", "published", "withdrawn", "not_accepted"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kProcurement, state);
    spec.As("head").When(report).ThenHappens(ViolationReported{report});
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(spec.Model().Facts().at("violations").back(), "police");
  }
}

}  // namespace
}  // namespace docket::complaint
