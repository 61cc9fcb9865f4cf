// The investigation: filing and its officers, measures, suspension, suspected crimes, and the gate
// over all its tests.
#include "workflows/investigation/investigation_test_samples.hpp"

namespace docket::investigation {
namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

const PersonalText kDeclineReason("理由");
constexpr const char* kTransferable[] = {"filed", "concluded", "reviewed"};

const CaseClock* ClockNamed(const Spec& spec, std::string_view rule) {
  return spec.Model().Clocks().Find(rule);
}

TEST(InvestigationHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

// Shows A035, A077.
TEST(InvestigationFiling, AClueAReportAndAComplaintAgainstEitherSideAreInvestigated) {
  for (const char* source : {"clue", "complaint"}) {
    auto proposal = SampleProposal();
    proposal.source = StreamId(std::string(source) + "-0192f0c1-0000-7000-8000-000000000000");
    Spec spec(Definition());
    spec.As("process_manager").When(proposal).ThenHappens(CaseProposed{proposal});
    EXPECT_EQ(spec.Model().Summary().unit, UnitId());
    spec.As("head").When(SampleFiling()).ThenHappens(CaseFiled{SampleFiling()});
    EXPECT_EQ(spec.Model().Summary().unit, UnitId("bureau"));
    EXPECT_EQ(spec.Model().Summary().title, "某学校工程");
  }
  auto malicious = SampleProposal();
  malicious.matter = Matter::kMaliciousComplaint;
  malicious.violation.reset();
  malicious.project_name.reset();
  Spec spec(Definition());
  spec.As("han").When(malicious).ThenHappens(CaseProposed{malicious});
  EXPECT_EQ(spec.Model().Summary().title, "恶意投诉");
}

TEST(InvestigationFiling, PlaceAndTradeAreTheUnits) {
  auto proposal = SampleProposal();
  proposal.industry = Industry::kWater;
  Spec spec(Definition());
  spec.As("clerk").When(proposal).ThenRefused("matter_outside_competence");
  proposal.region = RegionCode("990000");
  spec.When(proposal).ThenRefused("region_unknown");

  proposal = SampleProposal();
  proposal.industry = Industry::kWater;
  spec.As("process_manager").Given(CaseProposed{proposal});
  spec.As("head").When(SampleFiling()).ThenRefused("unit_not_competent");
}

TEST(InvestigationFiling, TheHeadFilesWithTwoOfficersOrDeclines) {
  Spec spec = In("proposed");
  spec.When(Decline{kDeclineReason}).Then(CaseDeclined{{kDeclineReason}});
  auto filing = SampleFiling();
  filing.officers[1].account = ActorId("legal");
  spec.When(filing).ThenRefused("officer_unknown");
  filing.officers[1] = {ActorId("lin"), "330400001"};
  spec.When(filing).ThenRefused("two_officers_required");
  filing.officers[1] = {ActorId("han"), "330400002"};
  spec.When(filing).ThenRefused("two_officers_required");
  filing.officers.pop_back();
  spec.When(filing).ThenRefused("two_officers_required");
  spec.When(SampleFiling()).ThenHappens(CaseFiled{SampleFiling()});
  EXPECT_EQ(spec.State(), "filed");
}

TEST(InvestigationOfficers, TheyAreReplacedWhenRecused) {
  Spec spec = In("filed");
  AssignOfficers assign{{{ActorId("lin"), "330400002"}, {ActorId("wu"), "330400003"}},
                        {ActorId("han")},
                        kDeclineReason};
  auto wrong = assign;
  wrong.officers[1] = {ActorId("han"), "330400001"};
  spec.When(wrong).ThenRefused("officer_recused");
  wrong.officers[1] = {ActorId("legal"), "330400009"};
  spec.When(wrong).ThenRefused("officer_unknown");
  wrong.officers.pop_back();
  spec.When(wrong).ThenRefused("two_officers_required");
  spec.When(assign).ThenHappens(OfficersAssigned{assign});
  EXPECT_EQ(spec.Model().Summary().recused, std::vector<ActorId>{ActorId("han")});
  assign.recused.clear();
  assign.officers[1] = {ActorId("han"), "330400001"};
  spec.When(assign).ThenRefused("officer_recused");
  spec.As("han").When(SampleConclusion()).ThenRefused("actor_recused");
  spec.As("wu").When(SampleConclusion()).Then(CaseConcluded{SampleConclusion()});
}

// Shows A065.
TEST(InvestigationMeasures, StopCorrectAndHandle) {
  for (const char* state : {"filed", "concluded"}) {
    Spec spec = In(state);
    for (const auto measure :
         {FindingMeasure::kStop, FindingMeasure::kCorrect, FindingMeasure::kHandle}) {
      const TakeMeasure take{measure, PersonalText("责令停止开标")};
      spec.As("han").When(take).Then(MeasureTaken{take});
      spec.As("wu").When(take).ThenRefused("actor_not_handler");
    }
  }
}

TEST(InvestigationPace, NinetyCalendarDaysRunOnThroughASuspension) {
  Spec spec = In("filed");
  ASSERT_NE(ClockNamed(spec, "investigation_decide"), nullptr);
  EXPECT_EQ(ClockNamed(spec, "investigation_decide")->due_date, Day("2024-11-06"));
  const Suspend suspend{SuspensionGround::kAwaitsRuling, kDeclineReason};
  spec.At("2024-08-20").When(suspend).ThenHappens(CaseSuspended{suspend});
  spec.At("2024-09-20").When(Resume{}).ThenHappens(CaseResumed{});
  EXPECT_EQ(ClockNamed(spec, "investigation_decide")->due_date, Day("2024-11-06"));
  spec.At("2024-11-07").TimePasses();
  EXPECT_EQ(ClockNamed(spec, "investigation_decide")->state, ClockState::kLapsed);
  EXPECT_EQ(spec.State(), "filed");

  EXPECT_EQ(ClockNamed(In("decided"), "investigation_decide")->state, ClockState::kMet);
}

TEST(InvestigationPace, OfficersOfTheCaseConcludeAndTheHeadMayWithdraw) {
  Spec spec = In("filed");
  spec.As("wu").When(SampleConclusion()).ThenRefused("actor_not_handler");
  spec.As("lin").When(SampleConclusion()).Then(CaseConcluded{SampleConclusion()});
  for (const char* state : {"filed", "suspended", "concluded"}) {
    Spec open = In(state);
    open.When(Withdraw{kDeclineReason}).ThenHappens(CaseWithdrawn{{kDeclineReason}});
    EXPECT_EQ(open.State(), "withdrawn");
    EXPECT_FALSE(ClockNamed(open, "investigation_decide")->IsOpen());
  }
}

/// Reported by han on 13 September 2024, a Friday.
Spec WithCrimeReported(std::string_view state) {
  Spec spec = In(state);
  if (state != "reviewed") spec.At("2024-09-13");
  return spec.As("han").Given(CrimeReported{{PersonalText("涉嫌串通投标罪")}}).As("head");
}

TEST(InvestigationCrime, TheHeadDecidesOnTheOfficersReport) {
  const ReportCrime report{PersonalText("涉嫌串通投标罪")};
  const DecideTransfer approve{true, kDeclineReason};
  const DecideTransfer refuse{false, kDeclineReason};
  for (const char* state : kTransferable) {
    Spec spec = In(state);
    spec.When(approve).ThenRefused("crime_not_reported");
    spec.As("wu").When(report).ThenRefused("actor_not_handler");
    spec.As("han").When(report).ThenHappens(CrimeReported{report});
    spec.When(report).ThenRefused("transfer_pending");
    spec.As("head").When(refuse).Then(TransferRefused{kDeclineReason});
    spec.When(SampleHandover()).ThenRefused("transfer_not_approved");
    Spec refused = spec;
    refused.When(refuse).Happens();
    refused.As("han").When(report).Then(CrimeReported{report});
    spec.When(approve).ThenHappens(TransferApproved{kDeclineReason, std::nullopt});
    auto bare = SampleHandover();
    bare.evidence.clear();
    spec.When(bare).ThenRefused("evidence_missing");
    spec.As("wu").When(SampleHandover()).ThenRefused("actor_not_handler");
    spec.As("lin").When(SampleHandover()).ThenHappens(HandedOver{SampleHandover()});
    EXPECT_EQ(spec.State(), "transferred");
    EXPECT_EQ(spec.Model().Summary().outcome, "transfer_judicial");
  }
}

// Shows A192.
TEST(InvestigationCrime, ThreeDaysForTheDecisionAndTwentyFourHoursForTheTransfer) {
  Spec spec = WithCrimeReported("filed");
  EXPECT_EQ(ClockNamed(spec, "investigation_transfer_decision")->due_date, Day("2024-09-16"));
  spec.At("2024-09-16T15:00:00+08:00").When(DecideTransfer{true, kDeclineReason}).Happens();
  EXPECT_EQ(ClockNamed(spec, "investigation_transfer_decision")->state, ClockState::kMet);
  Spec late = spec;
  // 17 September 2024 was the Mid-Autumn holiday: hours run on.
  spec.At("2024-09-17T14:59:59+08:00").When(SampleHandover()).Happens();
  EXPECT_EQ(ClockNamed(spec, "investigation_transfer")->state, ClockState::kMet);
  late.At("2024-09-17T15:00:00+08:00").TimePasses();
  EXPECT_EQ(ClockNamed(late, "investigation_transfer")->state, ClockState::kLapsed);
  EXPECT_EQ(late.State(), "filed");

  Spec slow = WithCrimeReported("filed");
  slow.At("2024-09-17").TimePasses();
  EXPECT_EQ(ClockNamed(slow, "investigation_transfer_decision")->state, ClockState::kLapsed);
}

// Shows A107.
TEST(InvestigationCrime, AbuseOfOfficeGoesToTheDisciplineOrgansWithItsEvidence) {
  auto proposal = SampleProposal();
  proposal.matter = Matter::kAbuseOfOffice;
  proposal.violation.reset();
  proposal.project_name.reset();
  Spec spec(Definition());
  spec.As("clerk").Given(CaseProposed{proposal});
  EXPECT_EQ(spec.Model().Summary().title, "徇私舞弊、滥用职权、弄虚作假、玩忽职守");
  spec.As("head").Given(CaseFiled{SampleFiling()}, TransferApproved{kDeclineReason, std::nullopt});
  auto handover = SampleHandover();
  handover.organ = Organ::kDiscipline;
  handover.evidence = {Paper("调查报告"), Paper("系统操作日志")};
  spec.As("han").When(handover).ThenHappens(HandedOver{handover});
  EXPECT_EQ(spec.Model().Summary().outcome, "transfer_discipline");
}

}  // namespace
}  // namespace docket::investigation
