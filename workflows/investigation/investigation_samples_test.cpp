// The samples that the tests of the investigation share.
#include "workflows/investigation/investigation_test_samples.hpp"

namespace docket::investigation {

using docket::testing::Spec;

DocumentRef Paper(const std::string& name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(name)};
}

Propose SampleProposal() {
  Propose propose;
  propose.region = RegionCode("330482");
  propose.industry = Industry::kConstruction;
  propose.project_name = "某学校工程";
  propose.stage = Stage::kTrading;
  propose.source = StreamId("complaint-0192f0c1-0000-7000-8000-000000000000");
  propose.violation = Violation::kBidRigging;
  propose.party = PersonalText("某建设有限公司");
  propose.account = ActorId("firm");
  propose.allegation = PersonalText("三家投标文件由同一台电脑制作");
  return propose;
}

File SampleFiling() {
  return {{{ActorId("han"), "330400001"}, {ActorId("lin"), "330400002"}},
          PersonalText("有初步证据")};
}

Conclude SampleConclusion() {
  return {PersonalText("串通投标属实"), {Paper("文件特征码比对")}, Outcome::kPenalty, false};
}

GiveNotice SampleNotice() {
  GiveNotice notice;
  notice.penalties = {Penalty::kFine, Penalty::kOccupationBan};
  notice.amount_yuan = 200'000;
  notice.is_heavy = true;
  notice.content = PersonalText("罚款二十万元，取消一年投标资格");
  notice.facts = PersonalText("串通投标");
  notice.reasons = PersonalText("情节较重");
  notice.articles = {"招标投标法第五十三条"};
  notice.rights = {Right::kStatement, Right::kHearing};
  notice.delivered_on = Day("2024-09-27");
  return notice;
}

Decide SampleDecision() {
  return {Outcome::kPenalty,   {Penalty::kFine, Penalty::kOccupationBan}, 200'000, std::nullopt,
          Paper("处罚决定书"), PersonalText("事实清楚，证据确凿")};
}

AnnounceHearing SampleAnnouncement() {
  return {Day("2024-10-21"), Day("2024-10-11"), ActorId("wu")};
}

HandOver SampleHandover() {
  return {Organ::kPolice, Paper("移送书"), {Paper("调查报告")}, Paper("回执")};
}

namespace {

/// From the notice to the review, when a penalty is proposed; true when `state` is reached.
bool ThroughNotice(Spec& spec, std::string_view state, const Way& way) {
  spec.At("2024-09-27").As("han").Given(NoticeWasGiven{way.notice});
  if (state == "notice_given") return true;
  spec.At("2024-09-29").As("firm");
  spec.Given(StatementMade{{AnswerKind::kStatement, PersonalText("不知情"), std::nullopt}});
  if (state == "answered") return true;
  spec.At("2024-09-30");
  spec.Given(HearingWasRequested{{AnswerKind::kHearingRequest, std::nullopt, std::nullopt}});
  if (state == "hearing_requested") return true;
  spec.At("2024-10-11").As("clerk").Given(HearingAnnounced{SampleAnnouncement()});
  spec.At("2024-10-21").As("wu");
  spec.Given(HearingWasHeld{{PersonalText("听证笔录"), Paper("签字笔录")}});
  return state == "hearing_held";
}

}  // namespace

Spec In(std::string_view state, const Way& way) {
  Spec spec(Definition());
  spec.At("2024-08-07").As("clerk").Given(CaseProposed{SampleProposal()});
  if (state == "proposed") return spec.As("head");
  spec.At("2024-08-08").As("head").Given(CaseFiled{SampleFiling()});
  if (state == "filed") return spec;
  if (state == "suspended") {
    spec.At("2024-08-20");
    return spec.Given(CaseSuspended{{SuspensionGround::kAwaitsRuling, PersonalText("待判决")}});
  }
  spec.At("2024-08-20").As("han").Given(CaseConcluded{way.conclusion});
  if (state == "concluded") return spec.As("head");
  if (way.conclusion.proposal == Outcome::kPenalty && ThroughNotice(spec, state, way)) {
    return spec.As("head");
  }
  spec.At("2024-10-22").As("legal").Given(LegalityReviewed{{PersonalText("合法")}});
  if (state == "reviewed") return spec.As("head");
  Decide decision = SampleDecision();
  if (way.conclusion.proposal != Outcome::kPenalty) {
    decision.outcome = way.conclusion.proposal;
    decision.penalties = {};
    decision.amount_yuan.reset();
  }
  spec.At("2024-11-01").As("head").Given(CaseDecided{decision});
  if (state == "decided") return spec;
  spec.At("2024-11-05").As("clerk").Given(DecisionServed{{Paper("送达回证")}});
  if (decision.outcome == Outcome::kPenalty) spec.Given(PublicationDue{});
  if (state == "served") return spec.As("head");
  spec.As("head").Given(CaseClosed{{PersonalText("已结案")}});
  return spec;
}

}  // namespace docket::investigation
