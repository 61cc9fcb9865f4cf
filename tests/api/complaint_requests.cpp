#include "tests/api/complaint_requests.hpp"

#include <gtest/gtest.h>

namespace docket::test {

namespace {

Json Document(const std::string& name) {
  return {{"digest", "sha256:" + std::string(64, 'a')}, {"name", name}};
}

}  // namespace

Json LodgeData() {
  return {{"profile", "government_procurement"},
          {"channel", "online"},
          {"region", "330482"},
          {"industry", "government_procurement"},
          {"project_name", "平湖市某学校食堂设备采购项目"},
          {"project_code", "PHCG2024-009"},
          {"subject_matter", "evaluation_result"},
          {"complainant",
           {{"kind", "legal_person"},
            {"name", kComplainantName},
            {"id_number", kComplainantId},
            {"phone", kComplainantPhone},
            {"representative", "李代表"},
            {"contact", "赵联系"},
            {"address", "浙江省嘉兴市平湖市当湖街道某路一号"}}},
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

Json LodgeBody() { return {{"workflow", "complaint"}, {"data", LodgeData()}}; }

Reply ComplaintWalk::Lodge() {
  Reply reply = server_.As("portal-0001").Post("/v1/cases", LodgeBody());
  EXPECT_EQ(reply.status, 201) << reply.text;
  case_id_ = reply.body.value("case_id", "");
  return reply;
}

Reply ComplaintWalk::Act(const std::string& account, const std::string& command, const Json& data,
                         const Headers& headers) const {
  Reply reply = server_.As(account).Post(Path("/commands/" + command), {{"data", data}}, headers);
  EXPECT_EQ(reply.status, 200) << command << ": " << reply.text;
  return reply;
}

void ComplaintWalk::ToAccepted() {
  Lodge();
  Act("intake-0001", "sign_for", {{"handlers", {"handler-0001", "handler-0002"}}});
  Act("head-0001", "accept",
      {{"has_interest", true},
       {"is_specific", true},
       {"is_complete", true},
       {"is_new", true},
       {"is_not_under_review", true},
       {"within_challenge", true},
       {"received_here_first", true}});
}

void ComplaintWalk::ToArchived() {
  const std::string party = "respondent_1";
  Act("handler-0001", "send_reply_notice", {{"parties", {party}}});
  Act("handler-0001", "record_notice_receipt", {{"party", party}, {"received_on", "2024-08-08"}});
  Act("intake-0001", "reply", {{"party", party}, {"statement", "评审符合采购文件"}});
  Act("handler-0001", "investigate",
      {{"kind", "inquiry"}, {"second_officer", "handler-0002"}, {"record", "询问评审专家三人"}});
  Act("handler-0001", "draft_decision",
      {{"outcome", "dismissed"},
       {"dismissal_ground", "no_basis"},
       {"claims", kClaims},
       {"answer", "评审符合采购文件"},
       {"facts_found", "评审委员会按采购文件评审"},
       {"opinion", "投诉缺乏事实依据，驳回投诉"},
       {"articles", {"政府采购质疑和投诉办法（财政部令第94号）第二十九条"}},
       {"remedies", "可在六十日内申请行政复议，或在六个月内提起行政诉讼"}});
  Act("legal-0001", "review_legality", {{"opinion", "同意"}});
  Act("head-0001", "decide",
      {{"outcome", "dismissed"},
       {"document_no", "平财采〔2024〕9号"},
       {"document", Document("处理决定书.pdf")}});
  Act("intake-0001", "serve",
      {{"party", "complainant"}, {"way", "direct"}, {"electronic_consent", false}});
  Act("intake-0001", "serve", {{"party", party}, {"way", "direct"}, {"electronic_consent", false}});
  Act("intake-0001", "publish",
      {{"secrecy_reviewer", "legal-0001"},
       {"medium", "浙江政府采购网"},
       {"designated_medium", true},
       {"document", Document("处理决定公告.pdf")}});
  Act("intake-0001", "archive", {{"archive_no", "2024-CG-009"}});
}

}  // namespace docket::test
