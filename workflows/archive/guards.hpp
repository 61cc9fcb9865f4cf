/// Guards of an archive file: what refuses, in which words, by which article.
#pragma once

#include <string>
#include <vector>

#include "workflows/archive/events.hpp"

namespace docket::archive {

/// Standing: a centre acts on the files that it keeps.
struct KeptByCentre {
  static constexpr Refusal kRefusal{"file_kept_elsewhere", "档案由其他单位保管",
                                    "the file is kept by another body"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.role != Role::kTradingCentre || facts.keeper.empty() ||
           facts.keeper == context.unit;
  }
};

struct KeyNamed {
  static constexpr Refusal kRefusal{"file_without_key", "应填写招标项目编号或来源案卷",
                                    "a file is of a project or of another case", "FJ18-16",
                                    "/project"};
  static bool Holds(const Open& c, const Facts&, const Context&) { return c.project || c.source; }
};
/// Somebody must be able to consent.
struct DepartmentNamed {
  static constexpr Refusal kRefusal{"department_missing", "应填写行政监督部门",
                                    "a file names the department that consents to its reading",
                                    "FJ18-16(2)", "/unit"};
  static bool Holds(const Open& c, const Facts&, const Context& context);
};

struct RecordingOver {
  static constexpr Refusal kRefusal{"recording_ends_in_future", "录制结束日期晚于今日",
                                    "the recording has not ended yet", "", "/recording_ended_on"};
  static bool Holds(const CollectItem& c, const Facts&, const Context& context);
};
struct FileNotEmpty {
  static constexpr Refusal kRefusal{"file_empty", "尚未收集任何资料", "there is nothing to archive",
                                    "FJ18-16"};
  static bool Holds(const Facts& facts, const Context&) { return !facts.items.empty(); }
};
struct ProjectClosed {
  static constexpr Refusal kRefusal{"project_closes_in_future", "项目结束日期晚于今日",
                                    "the project has not closed yet", "FJ18-16(1)",
                                    "/project_closed_on"};
  static bool Holds(const FileAway& c, const Facts&, const Context& context);
};

struct ComplaintNotOpen {
  static constexpr Refusal kRefusal{"complaint_open_already", "该投诉已登记且未办结",
                                    "this complaint holds the file already", "", "/complaint"};
  static bool Holds(const RecordComplaintOpened& c, const Facts& facts, const Context&);
};
struct ComplaintHasEnded {
  static constexpr Refusal kRefusal{"complaint_ends_in_future", "投诉处理完成日期晚于今日",
                                    "the complaint has not ended yet", "FJ18-16(1)", "/closed_on"};
  static bool Holds(const RecordComplaintClosed& c, const Facts&, const Context& context);
};
struct LiftedByPlacer {
  static constexpr Refusal kRefusal{"hold_not_of_unit", "仅作出保全的单位可以解除",
                                    "only the unit that placed a hold lifts it", "", "/hold"};
  static bool Holds(const LiftHold& c, const Facts& facts, const Context& context);
};

struct ItemsKnown {
  static constexpr Refusal kRefusal{"item_unknown", "本卷没有该件号", "the file has no such item"};
  static bool Holds(const RequestConsent& c, const Facts& facts, const Context&);
  static bool Holds(const CheckFixity& c, const Facts& facts, const Context&);
};
struct AsksForOneself {
  static constexpr Refusal kRefusal{"consent_for_another", "仅可为本人申请",
                                    "only intake enters a request for somebody else", "FJ18-16(2)",
                                    "/account"};
  static bool Holds(const RequestConsent& c, const Facts&, const Context& context);
};
struct ConsentPending {
  static constexpr Refusal kRefusal{"consent_not_pending", "该申请不在待审核状态",
                                    "this request does not wait for review", "", "/consent"};
  static bool Holds(const ReviewConsent& c, const Facts& facts, const Context&);
};
struct ConsentWasReviewed {
  static constexpr Refusal kRefusal{"consent_not_reviewed", "该申请不在待决定状态",
                                    "this request does not wait for a decision", "FJ18-16(2)",
                                    "/consent"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context&) {
    return IsReviewed(facts.FindConsent(c.consent));
  }

 private:
  static bool IsReviewed(const Consent* consent);
};
struct ConsentEndsLater {
  static constexpr Refusal kRefusal{"consent_ends_in_past", "有效期早于今日",
                                    "the consent would be over already", "", "/until"};
  static bool Holds(const GrantConsent& c, const Facts&, const Context& context);
};
struct WithinRequest {
  static constexpr Refusal kRefusal{"consent_exceeds_request", "同意范围超出申请范围",
                                    "more than was asked for", "FJ18-16(2)", "/items"};
  static bool Holds(const GrantConsent& c, const Facts& facts, const Context&);
};
struct ConsentInForce {
  static constexpr Refusal kRefusal{"consent_not_in_force", "没有有效的同意，不得查询、复制",
                                    "no consent in force has this number", "FJ18-16(2)；FJ18-26",
                                    "/consent"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context& context) {
    return IsInForce(facts.FindConsent(c.consent), context);
  }

 private:
  static bool IsInForce(const Consent* consent, const Context& context);
};
struct ConsentIsTheirs {
  static constexpr Refusal kRefusal{"consent_of_another", "该同意未授予本人",
                                    "this consent was given to somebody else", "FJ18-26",
                                    "/consent"};
  static bool Holds(const UseConsent& c, const Facts& facts, const Context& context);
};
struct RightGiven {
  static constexpr Refusal kRefusal{"right_not_given", "同意未包含该项权限",
                                    "the consent does not give this right", "FJ18-16(2)", "/right"};
  static bool Holds(const UseConsent& c, const Facts& facts, const Context&);
};
struct WithinConsent {
  static constexpr Refusal kRefusal{"items_outside_consent", "超出同意查阅的范围",
                                    "the consent does not reach these items", "FJ18-26", "/items"};
  static bool Holds(const UseConsent& c, const Facts& facts, const Context&);
};

struct NoticeIssued {
  static constexpr Refusal kRefusal{"award_notice_in_future", "中标通知书发出日期晚于今日",
                                    "the award notice was not issued yet", "FJ18-16(2)",
                                    "/issued_on"};
  static bool Holds(const RecordAwardNotice& c, const Facts&, const Context& context);
};
struct AfterAwardNotice {
  static constexpr Refusal kRefusal{"award_notice_missing", "中标通知书尚未发出",
                                    "before the award notice consent is needed", "FJ18-16(2)"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.award_notice_on.has_value();
  }
};
struct ByTendererOfProject {
  static constexpr Refusal kRefusal{"not_the_tenderer", "仅本项目招标人可以下载",
                                    "only the project's tenderer takes its bids", "FJ18-16(2)"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.actor == facts.tenderer;
  }
};
struct BidsOnly {
  static constexpr Refusal kRefusal{"items_not_bids", "仅可下载投标文件",
                                    "only bids are free of consent", "FJ18-16(2)", "/items"};
  static bool Holds(const RecordDownload& c, const Facts& facts, const Context&);
};

/// 保存期限届满: by every rule that concerns the part, at the time of the act.
struct RetentionOver {
  static constexpr Refusal kRefusal{"retention_running", "保存期限尚未届满",
                                    "a period of retention is still running",
                                    "FJ18-16(1)；政府采购法 42"};
  static bool Holds(const ProposeDisposal& c, const Facts&, const Context& context) {
    return IsOver(c.part, context);
  }
  static bool Holds(const Facts& facts, const Context& context) {
    return IsOver(facts.part.value_or(Part::kFile), context);
  }

 private:
  static bool IsOver(Part part, const Context& context);
};
struct NothingHolds {
  static constexpr Refusal kRefusal{"file_on_hold", "投诉未办结或档案已保全，不得处置",
                                    "a complaint is open, or a hold stands", "FJ18-16(1)"};
  static bool Holds(const Facts& facts, const Context&) {
    return facts.holds.empty() && !facts.HasOpenComplaint();
  }
};
struct SomethingLeft {
  static constexpr Refusal kRefusal{"nothing_to_dispose_of", "没有可处置的资料",
                                    "nothing of that part is left", "", "/part"};
  static bool Holds(const ProposeDisposal& c, const Facts& facts, const Context&);
};
struct TransferredWhole {
  static constexpr Refusal kRefusal{"transferred_whole_only", "音视频资料不单独移交",
                                    "recordings are transferred with their file", "", "/appraisal"};
  static bool Holds(const Appraise& c, const Facts& facts, const Context&) {
    return c.appraisal != Appraisal::kTransfer || facts.part == Part::kFile;
  }
};
/// What was appraised for one end is not brought to the other.
struct AsAppraised {
  static constexpr Refusal kRefusal{"not_appraised_for_this", "与鉴定结论不符",
                                    "the appraisal says something else"};
  static bool Holds(const Destroy&, const Facts& facts, const Context&) {
    return facts.appraisal == Appraisal::kDestroy;
  }
  static bool Holds(const Transfer&, const Facts& facts, const Context&) {
    return facts.appraisal == Appraisal::kTransfer;
  }
};
struct Supervised {
  static constexpr Refusal kRefusal{"supervisor_unfit", "监销人应为行政监督部门的另一人员",
                                    "another officer of the department watches the destruction", "",
                                    "/supervisor"};
  static bool Holds(const Destroy& c, const Facts& facts, const Context& context);
};

/// Rows that end a proposal without disposal.
struct Keeps {
  static constexpr std::string_view kName = "keep";
  static bool Selects(const Appraise& c, const Facts&) { return c.appraisal == Appraisal::kKeep; }
};
struct OfMedia {
  static constexpr std::string_view kName = "media";
  static bool Selects(const Facts& facts) { return facts.part == Part::kMedia; }
};

}  // namespace docket::archive
