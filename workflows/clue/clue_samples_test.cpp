// The samples, and that they still read.
#include "workflows/clue/clue_test_samples.hpp"

namespace docket::clue {

Receive SampleReport() {
  Receive c;
  c.source_kind = SourceKind::kReport;
  c.region = RegionCode("330482");
  c.industry = Industry::kConstruction;
  c.project = ProjectCode("A3304820001234567890");
  c.project_name = "第三小学教学楼";
  c.stage = Stage::kTrading;
  c.violations = {Violation::kBidRigging, Violation::kCompanionBidding};
  c.accused = {{PersonalText("乙建设有限公司"), {}, {}, {}, {}}};
  c.named_officers = {ActorId("wu")};
  c.content = PersonalText("多家投标人由同一人编制投标文件");
  c.evidence = {Paper("截图.png")};
  return c;
}

Receive NamedReport() {
  Receive c = SampleReport();
  c.reporter = Person{PersonalText("甲某"), {}, PersonalText("000-00000000"), {}, {}};
  return c;
}

Receive InterferenceReport() {
  Receive c = SampleReport();
  c.source_kind = SourceKind::kInterferenceReport;
  c.violations = {Violation::kOfficialInterference};
  return c;
}

RecordCheck SampleCheck() { return {Paper("初核报告.pdf"), true, true}; }

ClueTest::ClueTest() {
  spec.Unit({UnitId("elsewhere"), "某外省住建局", RegionCode("350100"), {Industry::kConstruction}});
  spec.Actor({ActorId("far_clerk"), UnitId("elsewhere"), {Role::kIntake}});
}

docket::testing::Spec& ClueTest::In(std::string_view state, const Receive& receive,
                                    TransferTarget target) {
  const auto goes_on = [&] { return spec.State() != state; };
  spec.Fresh().At("2024-08-12").As("clerk").Given(ClueReceived{receive});
  spec.At("2024-08-13").As("head");
  if (goes_on()) spec.Given(ClueRegistered{{"2024-017", {}}});
  const Class as = state == "petition_track" ? Class::kPetition : Class::kReport;
  if (goes_on()) spec.When(Classify{as, kReason, {}}).Happens();
  if (goes_on()) spec.Given(CheckAssigned{{kCheckers}});
  if (goes_on()) {
    spec.At("2024-08-14").As("han").When(SampleCheck()).Happens();
    spec.As("head");
  }
  if (state == "case_opened") spec.When(OpenCase{kReason}).Happens();
  if (state == "no_further_action") {
    spec.As("legal").When(ReviewLegality{kReason}).Happens();
    spec.As("head").When(EndWithoutAction{kReason}).Happens();
  }
  if (state == "merged") spec.When(Merge{kOtherClue}).Happens();
  if (state == "transferred" || state == "result_returned") {
    spec.When(Transfer{target, "某市公安局", kReason}).Happens();
  }
  if (state == "result_returned") {
    spec.At("2024-08-15").When(Dispatch{Paper("移送书.pdf")}).Happens();
    spec.When(RecordReceipt{Paper("回执.pdf")}).Happens();
    spec.When(RecordResult{true, kReason}).Happens();
  }
  EXPECT_EQ(spec.State(), state);
  return spec;
}

docket::testing::Spec& ClueTest::Checked(const Receive& receive, const RecordCheck& check) {
  In("preliminary_check", receive).At("2024-08-14").As("han").When(check).Happens();
  return spec.As("head");
}

TEST(ClueHistory, EverySampleStillReads) { docket::testing::ExpectHistoryReadable(Definition()); }

}  // namespace docket::clue
