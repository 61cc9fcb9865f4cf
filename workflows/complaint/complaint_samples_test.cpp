// Sample commands and histories of complaints; see complaint_test_samples.hpp.
#include <map>

#include "workflows/complaint/complaint_test_samples.hpp"
#include "workflows/engine/rules_text.hpp"

namespace docket::complaint {

using docket::testing::Spec;

namespace {

Party SampleParty(const std::string& name) {
  Party party;
  party.kind = PartyKind::kLegalPerson;
  party.name = PersonalText(name);
  party.id_number = PersonalText("91330000MA00000000");
  party.representative = PersonalText("甲某");
  party.phone = PersonalText("000-00000000");
  return party;
}

/// The state from which the last event of a history leads, and that event.
struct Step {
  std::string_view from;
  std::function<void(Spec&, Profile)> happen;
};

void ServeAll(Spec& spec, Profile) {
  spec.At("2024-08-23").As("clerk");
  for (const char* party : {"complainant", "respondent_1", "respondent_2"}) {
    spec.Given(DecisionServed{SampleService(party)});
  }
}

void HearBoth(Spec& spec, Profile profile) {
  spec.At("2024-08-15").As("han").Given(HearingHeld{SampleHearing()});
  if (profile == kTendering) spec.Given(RespondentHeard{{PersonalText("不认可投诉事项")}});
}

/// Beginning and review, up to the acceptance or another end.
void AddIntake(std::map<std::string_view, Step>& steps) {
  steps["lodged"] = {"draft", [](Spec& spec, Profile profile) {
                       spec.At("2024-08-08").As("portal").Given(SampleLodged(profile));
                     }};
  steps["cancelled"] = {"lodged", [](Spec& spec, Profile) {
                          spec.Given(ComplaintCancelled{{PersonalText("材料有误")}});
                        }};
  steps["signed_for"] = {
      "lodged", [](Spec& spec, Profile) {
        spec.At("2024-08-09")
            .As("clerk")
            .Given(ComplaintSignedFor{{ActorId("han"), ActorId("lin")}, UnitId("bureau")});
      }};
  steps["correction_requested"] = {
      "signed_for", [](Spec& spec, Profile) {
        spec.At("2024-08-12").Given(CorrectionWasRequested{SampleCorrectionRequest()});
      }};
  steps["not_accepted"] = {
      "signed_for", [](Spec& spec, Profile) {
        spec.At("2024-08-12")
            .As("head")
            .Given(ComplaintNotAccepted{SampleRefusal(RefusalGround::kNoInterest)});
      }};
  steps["referred"] = {"signed_for", [](Spec& spec, Profile) {
                         spec.At("2024-08-12").As("head").Given(ComplaintReferred{{"某县财政局"}});
                       }};
  steps["accepted"] = {"signed_for", [](Spec& spec, Profile) {
                         spec.At("2024-08-12")
                             .As("head")
                             .Given(ComplaintAccepted{Day("2024-08-08"), false, std::nullopt});
                       }};
}

/// From the acceptance to the draft, or to the withdrawal.
void AddHandling(std::map<std::string_view, Step>& steps, Profile profile) {
  steps["reply_notice_sent"] = {"accepted", [](Spec& spec, Profile) {
                                  spec.At("2024-08-13").As("han").Given(SampleNotice());
                                }};
  steps["replies_in"] = {"reply_notice_sent", [](Spec& spec, Profile) {
                           spec.At("2024-08-14").As("firm").Given(SampleReply("respondent_1"));
                         }};
  steps["hearing"] = {profile == kTendering ? "accepted" : "replies_in", HearBoth};
  steps["withdrawal_requested"] = {
      "accepted", [](Spec& spec, Profile) {
        spec.At("2024-08-16")
            .As("portal")
            .Given(WithdrawalWasRequested{{PersonalText("双方已协商一致")}});
      }};
  steps["withdrawn"] = {"withdrawal_requested", [](Spec& spec, Profile) {
                          spec.At("2024-08-19")
                              .As("head")
                              .Given(ComplaintWithdrawn{GrantWithdrawal{false, false, "撤1号"}});
                        }};
  steps["decision_drafted"] = {"hearing", [](Spec& spec, Profile profile_of_case) {
                                 if (profile_of_case == kProcurement) {
                                   spec.At("2024-08-19").As("firm");
                                   spec.Given(SampleReply("respondent_2"));
                                 }
                                 spec.At("2024-08-20").As("han");
                                 spec.Given(DecisionWasDrafted{SampleDraft()});
                               }};
}

/// From the review of the draft to the archive.
void AddEnding(std::map<std::string_view, Step>& steps) {
  steps["legal_review"] = {
      "decision_drafted", [](Spec& spec, Profile) {
        spec.At("2024-08-21").As("legal").Given(LegalityReviewed{{PersonalText("合法")}});
      }};
  steps["decided"] = {"legal_review", [](Spec& spec, Profile) {
                        spec.At("2024-08-22").As("head").Given(ComplaintDecided{SampleDecision()});
                      }};
  steps["served"] = {"decided", ServeAll};
  steps["published"] = {
      "served", [](Spec& spec, Profile) {
        spec.At("2024-08-26").As("clerk").Given(DecisionPublished{SamplePublication()});
      }};
  steps["publication_exempt"] = {
      "served", [](Spec& spec, Profile) {
        spec.At("2024-08-26")
            .As("head")
            .Given(PublicationWaived{{ExemptionGround::kTradeSecret, PersonalText("含技术秘密")}});
      }};
  steps["archived"] = {"published", [](Spec& spec, Profile) {
                         spec.At("2024-08-27")
                             .As("clerk")
                             .Given(ResultReported{"upheld"},
                                    ComplaintArchived{{"2024-投诉-0001"}});
                       }};
}

std::map<std::string_view, Step> StepsOf(Profile profile) {
  std::map<std::string_view, Step> steps;
  AddIntake(steps);
  AddHandling(steps, profile);
  AddEnding(steps);
  return steps;
}

const Step& StepTo(Profile profile, std::string_view state) {
  static const auto kTenderingSteps = StepsOf(kTendering);
  static const auto kProcurementSteps = StepsOf(kProcurement);
  return (profile == kTendering ? kTenderingSteps : kProcurementSteps).at(state);
}

/// Each history is walked once a run; hundreds of mutants wait for it.
const Spec& Reached(Profile profile, std::string_view state) {
  static std::map<std::pair<Profile, std::string>, Spec> reached;
  const auto key = std::pair(profile, std::string(state));
  if (const auto found = reached.find(key); found != reached.end()) return found->second;
  if (state == "draft") return reached.emplace(key, Spec(Definition())).first->second;
  const auto& step = StepTo(profile, state);
  Spec spec = Reached(profile, step.from);
  step.happen(spec, profile);
  return reached.emplace(key, std::move(spec)).first->second;
}

Spec ReachedWith(Profile profile, std::string_view state, const OnceAccepted& once_accepted) {
  if (state == "draft") return Spec(Definition());
  const auto& step = StepTo(profile, state);
  Spec spec = ReachedWith(profile, step.from, once_accepted);
  step.happen(spec, profile);
  if (state == "accepted") once_accepted(spec);
  return spec;
}

}  // namespace

Lodge SampleLodge(Profile profile) {
  Lodge c;
  c.profile = profile;
  c.region = RegionCode("330482");
  c.project_code = "QC-2024-018";
  c.complainant = SampleParty("白鹭信息有限公司");
  c.respondents = {SampleParty("青川市档案馆"), SampleParty("云雀招标代理有限公司")};
  c.claims = PersonalText("请求认定采购文件含有歧视性条款");
  c.facts = PersonalText("评分标准指定了特定品牌的参数");
  c.evidence = {Paper("采购文件.pdf")};
  c.is_signed = c.is_sealed = true;
  c.filed_on = Day("2024-08-07");
  if (profile == kTendering) {
    c.industry = Industry::kConstruction;
    c.project_name = "青川大桥工程";
    c.subject_matter = SubjectMatter::kEvaluationResult;
    c.known_on = Day("2024-08-01");
    c.objection_raised_on = Day("2024-08-02");
    c.objection_answered_on = Day("2024-08-05");
  } else {
    c.industry = Industry::kGovernmentProcurement;
    c.project_name = "青川市档案馆设备采购";
    c.subject_matter = SubjectMatter::kTenderDocuments;
    c.known_on = Day("2024-07-09");
    c.challenged_on = Day("2024-07-15");
    c.challenge_answered_on = Day("2024-07-22");
  }
  return c;
}

ComplaintLodged SampleLodged(Profile profile) {
  ComplaintLodged event{SampleLodge(profile), std::nullopt};
  if (profile == kProcurement) event.reply_period_ends_on = Day("2024-07-24");
  return event;
}

Accept SampleAccept() { return {true, true, true, true, true, true, true}; }

RequestCorrection SampleCorrectionRequest() {
  return {{PersonalText("补充授权委托书")}, 5, Day("2024-08-12"), "补1号"};
}

Investigate SampleInvestigation() {
  return {InvestigationKind::kEvidence,
          ActorId("lin"),
          PersonalText("调取评标记录"),
          {Paper("评标记录.pdf")},
          {"某县公安局"}};
}

HoldHearing SampleHearing() {
  return {ActorId("lin"), {"complainant", "respondent_1"}, PersonalText("双方到场质证")};
}

StartAppraisal SampleAppraisal() {
  return {AppraisalKind::kExpertReview, "某评审中心", Paper("委托书.pdf"), Day("2024-09-02")};
}

DraftDecision SampleDraft() {
  return {Outcome::kUpheld,
          std::nullopt,
          PersonalText("条款歧视"),
          PersonalText("不认可"),
          PersonalText("条款指定品牌"),
          PersonalText("投诉成立"),
          {"政府采购法 56"},
          PersonalText("六十日内可申请行政复议")};
}

Decide SampleDecision() { return {Outcome::kUpheld, "财决1号", Paper("处理决定书.pdf")}; }

Serve SampleService(const std::string& party) { return {party, ServiceWay::kDirect, false}; }

Publish SamplePublication() {
  return {ActorId("legal"), "中国政府采购网", true, Paper("公告.pdf")};
}

NotAccept SampleRefusal(RefusalGround ground) {
  return {ground, PersonalText("不符合受理条件"), "不受1号", true};
}

ReplyNoticeWasSent SampleNotice() {
  const ActorId firm("firm");
  return {{{"respondent_1", "respondent_2"}, {{"respondent_1", firm}, {"respondent_2", firm}}}};
}

ReplyReceived SampleReply(const std::string& party) {
  return {{party, PersonalText("采购文件无歧视"), {Paper("答复.pdf")}}};
}

const Rulebook& RulesWithDeemedAcceptance() {
  static const Rulebook rules = [] {
    Json text = Json::parse(RulesText("complaint"));
    for (auto& option : text.at("options")) {
      option["enabled"] = true;
      option["region"] = "330482";
    }
    return *Rulebook::Parse(text.dump());
  }();
  return rules;
}

Spec In(Profile profile, std::string_view state, const OnceAccepted& once_accepted) {
  Spec spec = once_accepted ? ReachedWith(profile, state, once_accepted) : Reached(profile, state);
  EXPECT_EQ(spec.State(), state);
  return spec;
}

}  // namespace docket::complaint
