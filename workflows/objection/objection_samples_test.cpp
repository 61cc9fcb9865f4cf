// The samples, and that they still read.
#include "workflows/objection/objection_test_samples.hpp"

namespace docket::objection {

Lodge SampleLodge(Kind kind) {
  Lodge c;
  c.kind = kind;
  c.region = RegionCode("330482");
  const bool tendering = ProfileOf(kind) == Profile::kTendering;
  c.industry = tendering ? Industry::kConstruction : Industry::kGovernmentProcurement;
  c.project = ProjectCode("A3304820001234567890");
  c.project_name = "第三小学教学楼";
  c.stage = Stage::kTrading;
  c.addressee = UnitId("school");
  c.mandatory_tender = tendering;
  c.objector.kind = complaint::PartyKind::kLegalPerson;
  c.objector.name = PersonalText("甲建设有限公司");
  c.objector.phone = PersonalText("000-00000000");
  c.claims = PersonalText("资质要求与项目规模不相适应");
  c.evidence = {Paper("证明材料.pdf")};
  c.standing = Paper("投标报名回执.pdf");
  if (kind != Kind::kInquiry) c.known_on = Day("2024-08-09");
  if (kind == Kind::kPrequalificationDocuments) c.application_deadline_on = Day("2024-08-20");
  if (kind == Kind::kTenderDocuments) c.bid_deadline_on = Day("2024-09-05");
  if (kind == Kind::kBidOpening) c.opened_on = Day("2024-08-12");
  if (kind == Kind::kEvaluationResult) c.publicity_ends_on = Day("2024-08-13");
  return c;
}

Answer AnswerOn(std::string_view day) {
  Answer c;
  c.answered_on = Day(day);
  c.document = Paper("答复书.pdf");
  c.is_signed = c.free_of_trade_secrets = c.others_told = true;
  return c;
}

ObjectionTest::ObjectionTest() {
  spec.Actor({ActorId("school"), UnitId("school"), {Role::kTenderer}});
  spec.Actor({ActorId("rival"), UnitId("hospital"), {Role::kTenderer}});
  spec.Unit({UnitId("elsewhere"), "某外省住建局", RegionCode("350100"), {Industry::kConstruction}});
  spec.Actor({ActorId("far_clerk"), UnitId("elsewhere"), {Role::kIntake}});
}

docket::testing::Spec& ObjectionTest::In(std::string_view state, Kind kind) {
  Lodge lodge = SampleLodge(kind);
  if (state == "lodged") lodge.channel = Channel::kPost;
  spec.Fresh().At("2024-08-12").As("portal").When(lodge).Happens();
  if (state == "answered" || state == "closed" || state == "escalated") {
    spec.At("2024-08-14").As("school").When(AnswerOn("2024-08-14")).Happens();
  }
  if (state == "no_answer" || state == "answered_late") spec.At("2024-08-22").TimePasses();
  if (state == "answered_late") {
    spec.At("2024-08-23").As("school").When(AnswerOn("2024-08-23")).Happens();
  }
  if (state == "closed") spec.At("2024-08-16").As("portal").When(AcceptAnswer{}).Happens();
  if (state == "escalated") {
    spec.At("2024-08-16").As("portal").When(Escalate{kComplaintCase}).Happens();
  }
  EXPECT_EQ(spec.State(), state);
  return spec;
}

TEST(ObjectionHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace docket::objection
