#include "bench/docket/office.hpp"

#include "api/auth/sample_office.hpp"

namespace docket::bench {

namespace {

constexpr auto kAdministrator = "unit-admin-0001";
constexpr auto kParty = "respondent_1";
constexpr auto kClaims = "请求认定评审过程违法，责令重新评审";

Json Document(const std::string& name) {
  return {{"digest", "sha256:" + std::string(64, 'a')}, {"name", name}};
}

Json LodgeData() {
  return {{"profile", "government_procurement"},
          {"channel", "online"},
          {"region", "330482"},
          {"industry", "government_procurement"},
          {"project_name", "某学校食堂设备采购项目"},
          {"project_code", "CG2024-009"},
          {"subject_matter", "evaluation_result"},
          {"complainant",
           {{"kind", "legal_person"},
            {"name", "示例检测技术有限公司"},
            {"id_number", "91330482MA0000000X"},
            {"phone", "0573-00000000"},
            {"representative", "李代表"},
            {"address", "某市某街道某路一号"}}},
          {"respondents", {{{"kind", "legal_person"}, {"name", "某采购代理有限公司"}}}},
          {"claims", kClaims},
          {"facts", "评审委员会未按采购文件规定的标准评审"},
          {"evidence", {Document("质疑答复.pdf")}},
          {"is_signed", true},
          {"is_sealed", true},
          {"by_proxy", false},
          {"in_foreign_language", false},
          {"filed_on", "2024-08-07"},
          {"known_on", "2024-07-10"},
          {"challenged_on", "2024-07-12"},
          {"challenge_answered_on", "2024-07-22"},
          {"joint_across_regions", false}};
}

Json AcceptData() {
  return {{"has_interest", true},        {"is_specific", true},
          {"is_complete", true},         {"is_new", true},
          {"is_not_under_review", true}, {"within_challenge", true},
          {"received_here_first", true}};
}

Json DraftData() {
  return {{"outcome", "dismissed"},
          {"dismissal_ground", "no_basis"},
          {"claims", kClaims},
          {"answer", "评审符合采购文件"},
          {"facts_found", "评审委员会按采购文件评审"},
          {"opinion", "投诉缺乏事实依据，驳回投诉"},
          {"articles", {"政府采购质疑和投诉办法（财政部令第94号）第二十九条"}},
          {"remedies", "可在六十日内申请行政复议，或在六个月内提起行政诉讼"}};
}

}  // namespace

const std::vector<ComplaintStep>& ComplaintSteps() {
  static const std::vector<ComplaintStep> steps = {
      {"portal-0001", "lodge", LodgeData()},
      {"intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}}},
      {"head-0001", "accept", AcceptData()},
      {"handler-0001", "send_reply_notice", {{"parties", {kParty}}}},
      {"handler-0001", "record_notice_receipt", {{"party", kParty}, {"received_on", "2024-08-08"}}},
      {"intake-0001", "reply", {{"party", kParty}, {"statement", "评审符合采购文件"}}},
      {"handler-0001",
       "investigate",
       {{"kind", "inquiry"}, {"second_officer", "handler-0002"}, {"record", "询问评审专家三人"}}},
      {"handler-0001", "draft_decision", DraftData()},
      {"legal-0001", "review_legality", {{"opinion", "同意"}}},
      {"head-0001",
       "decide",
       {{"outcome", "dismissed"},
        {"document_no", "财采〔2024〕9号"},
        {"document", Document("处理决定书.pdf")}}},
      {"intake-0001",
       "serve",
       {{"party", "complainant"}, {"way", "direct"}, {"electronic_consent", false}}},
      {"intake-0001",
       "serve",
       {{"party", kParty}, {"way", "direct"}, {"electronic_consent", false}}}};
  return steps;
}

BenchOffice::BenchOffice(const std::string& url, bool fresh) {
  ApplicationOptions options;
  options.store_url = url;
  options.owner = "docket_bench";
  options.virtual_clock = true;
  if (fresh) options.start_at = Instant::Parse(kLegalStart);
  auto office = Office::Parse(SampleOffice());
  Check(office.has_value(), "the sample office cannot be read");
  auto opened = Application::Open(options, std::move(*office));
  Check(opened.has_value(), "{} does not open: {}", url, opened ? "" : opened.error().en);
  application_ = std::move(*opened);
}

CommandOutcome BenchOffice::Run(const CommandRequest& request) {
  auto outcome = application_->Engine().Execute(request);
  Check(outcome.has_value(), "{} was refused: {}", request.commands.front().name,
        outcome ? "" : outcome.error().code + " " + outcome.error().en);
  return std::move(*outcome);
}

CommandOutcome BenchOffice::Execute(const std::string& account, const StreamId& case_id,
                                    const std::string& command, const Json& data) {
  if (case_id.empty()) return Open(account, "complaint", command, data);
  CommandRequest request;
  request.sender = *application_->Accounts().FindActor(ActorId(account));
  request.case_id = case_id;
  request.commands.push_back({command, data, {}, {}});
  return Run(request);
}

CommandOutcome BenchOffice::Open(const std::string& account, const std::string& workflow,
                                 const std::string& command, const Json& data) {
  CommandRequest request;
  request.sender = *application_->Accounts().FindActor(ActorId(account));
  request.workflow = workflow;
  request.commands.push_back({command, data, {}, {}});
  return Run(request);
}

StreamId BenchOffice::Announce(Date effective_on) {
  return Open(kAdministrator, "handover", "announce",
              {{"account", "handler-0002"},
               {"letter", Document("告知函.pdf")},
               {"letter_received_on", Today().ToString()},
               {"effective_on", effective_on.ToString()}})
      .case_id;
}

void BenchOffice::CatchUp() {
  while (!application_->CatchUp()) {
  }
}

std::int64_t BenchOffice::MoveClock(Instant instant) {
  const auto moved = application_->MoveClock(instant);
  Check(moved.has_value(), "legal time cannot be moved: {}", moved ? "" : moved.error().en);
  return moved->cases_ticked;
}

}  // namespace docket::bench
