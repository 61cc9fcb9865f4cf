#include "domain/ensure.hpp"
#include "workflows/links/case_links.hpp"
#include "workflows/links/deadline_links.hpp"
#include "workflows/links/intake_links.hpp"
#include "workflows/links/link.hpp"

namespace docket {

namespace {

/// Warnings watch the clocks of others; the lapses of warnings and of supervised items are what
/// they themselves are about, and show in their own lists.
const std::vector<std::string_view> kSupervising{"warning", "supervision"};

/// A clock of law or promise runs out: a yellow warning before, a red one after (A056).
std::vector<Link> TimelinessLinks() {
  using namespace links;
  return {
      {.name = "approaching_raises_warning",
       .zh = "期限临近触发黄色预警",
       .on = "deadline.approaching",
       .workflow = "warning",
       .command = "raise",
       .opens = true,
       .may_come_late = true,
       .apart_from = kSupervising,
       .commands = &RaiseYellow},
      {.name = "lapse_turns_warning_red",
       .zh = "超期使黄色预警转红",
       .on = "deadline.lapsed",
       .workflow = "warning",
       .command = "turn_red",
       .may_come_late = true,
       .apart_from = kSupervising,
       .commands = &TurnRed},
      {.name = "lapse_raises_warning",
       .zh = "超期触发红色预警",
       .on = "deadline.lapsed",
       .workflow = "warning",
       .command = "raise",
       .opens = true,
       .may_come_late = true,
       .apart_from = kSupervising,
       .commands = &RaiseRed},
      {.name = "met_clears_warning",
       .zh = "按期办结消除预警",
       .on = "deadline.met",
       .workflow = "warning",
       .command = "clear",
       .may_come_late = true,
       .apart_from = kSupervising,
       .commands = &ClearWarning},
      {.name = "found_met_clears_warning",
       .zh = "事后查明按期消除预警",
       .on = "deadline.found_met",
       .workflow = "warning",
       .command = "clear",
       .may_come_late = true,
       .apart_from = kSupervising,
       .commands = &ClearWarning},
      {.name = "superseded_lapse_clears_warning",
       .zh = "期限重新计算后未超期消除预警",
       .on = "deadline.rescheduled",
       .workflow = "warning",
       .command = "clear",
       .may_come_late = true,
       .apart_from = kSupervising,
       .commands = &ClearSuperseded},
      {.name = "cancelled_clears_warning",
       .zh = "期限终止消除预警",
       .on = "deadline.cancelled",
       .workflow = "warning",
       .command = "clear",
       .may_come_late = true,
       .apart_from = kSupervising,
       .commands = &ClearWarning},
  };
}

/// A warning goes on as a case of another kind (转办).
std::vector<Link> WarningLinks() {
  using namespace links;
  return {
      {.name = "warning_becomes_clue",
       .zh = "预警转为线索",
       .on = "warning.converted",
       .workflow = "clue",
       .command = "receive",
       .opens = true,
       .commands = &ClueOfWarning},
      {.name = "warning_becomes_investigation",
       .zh = "预警转为立案查处",
       .on = "warning.converted",
       .workflow = "investigation",
       .command = "propose",
       .opens = true,
       .commands = &InvestigationOfWarning},
      {.name = "warning_becomes_rectification",
       .zh = "预警转为整改",
       .on = "warning.converted",
       .workflow = "rectification",
       .command = "draft",
       .opens = true,
       .commands = &RectificationOfWarning},
      {.name = "warning_becomes_supervision",
       .zh = "预警转为督办",
       .on = "warning.converted",
       .workflow = "supervision",
       .command = "issue",
       .opens = true,
       .commands = &SupervisionOfWarning},
  };
}

/// What was forwarded has a case of its own, and its end is known above (转办).
std::vector<Link> ForwardingLinks() {
  using namespace links;
  return {
      {.name = "forwarding_opens_child",
       .zh = "转办产生下级督办事项",
       .on = "supervision.forwarded",
       .workflow = "supervision",
       .command = "issue",
       .opens = true,
       .otherwise = "child_closed",
       .commands = &ChildOfItem},
      {.name = "child_reports_opening",
       .zh = "下级督办事项告知上级",
       .on = "supervision.issued",
       .workflow = "supervision",
       .command = "child_opened",
       .may_come_late = true,
       .commands = &TellOpened},
      {.name = "child_reports_closing",
       .zh = "下级办结告知上级",
       .on = "supervision.closed",
       .workflow = "supervision",
       .command = "child_closed",
       .may_come_late = true,
       .commands = &TellClosed},
      {.name = "child_reports_revocation",
       .zh = "下级撤销告知上级",
       .on = "supervision.revoked",
       .workflow = "supervision",
       .command = "child_closed",
       .may_come_late = true,
       .commands = &TellRevoked},
  };
}

/// A refused rectification opens two items (FJ18-22 to 24).
std::vector<Link> RefusalLinks() {
  using namespace links;
  return {
      {.name = "refusal_holds_persons_accountable",
       .zh = "拒不改正追究责任人员",
       .on = "rectification.persons_due",
       .workflow = "supervision",
       .command = "issue",
       .opens = true,
       .commands = &AccountabilityOfRefusal},
      {.name = "refusal_is_circulated",
       .zh = "拒不改正予以通报",
       .on = "rectification.circular_due",
       .workflow = "supervision",
       .command = "issue",
       .opens = true,
       .commands = &CircularOfRefusal},
  };
}

/// What one department's matter shows becomes another matter.
std::vector<Link> MatterLinks() {
  using namespace links;
  return {
      {.name = "complaint_opens_investigation",
       .zh = "投诉发现违法另案查处",
       .on = "complaint.violation_reported",
       .workflow = "investigation",
       .command = "propose",
       .opens = true,
       .commands = &InvestigationOfComplaint},
      {.name = "complaint_leaves_clue",
       .zh = "不予受理的投诉转为线索",
       .on = "complaint.not_accepted",
       .workflow = "clue",
       .command = "receive",
       .opens = true,
       .commands = &ClueOfComplaint},
      {.name = "clue_opens_investigation",
       .zh = "线索立案",
       .on = "clue.case_opened",
       .workflow = "investigation",
       .command = "propose",
       .opens = true,
       .commands = &InvestigationOfClue},
      {.name = "filing_requires_rectification",
       .zh = "备案需整改",
       .on = "filing.rectification_required",
       .workflow = "rectification",
       .command = "draft",
       .opens = true,
       .commands = &RectificationOfFiling},
      {.name = "penalty_is_published",
       .zh = "处罚决定公开",
       .on = "investigation.publication_due",
       .workflow = "publication",
       .command = "propose",
       .opens = true,
       .commands = &PublicationOfPenalty},
  };
}

/// A complaint holds its project's recordings, and its end starts their years (FJ18-16(1)).
std::vector<Link> RecordingLinks() {
  using namespace links;
  return {
      {.name = "complaint_holds_recordings",
       .zh = "投诉保全音视频资料",
       .on = "complaint.lodged",
       .workflow = "archive",
       .command = "record_complaint_opened",
       .may_come_late = true,
       .commands = &HoldRecordings},
      {.name = "refused_complaint_frees_recordings",
       .zh = "不予受理后重新计算保存期",
       .on = "complaint.not_accepted",
       .workflow = "archive",
       .command = "record_complaint_closed",
       .may_come_late = true,
       .commands = &FreeRecordings},
      {.name = "referred_complaint_frees_recordings",
       .zh = "告知后重新计算保存期",
       .on = "complaint.referred",
       .workflow = "archive",
       .command = "record_complaint_closed",
       .may_come_late = true,
       .commands = &FreeRecordings},
      {.name = "cancelled_complaint_frees_recordings",
       .zh = "撤销后重新计算保存期",
       .on = "complaint.cancelled",
       .workflow = "archive",
       .command = "record_complaint_closed",
       .may_come_late = true,
       .commands = &FreeRecordings},
      {.name = "withdrawn_complaint_frees_recordings",
       .zh = "撤回后重新计算保存期",
       .on = "complaint.withdrawn",
       .workflow = "archive",
       .command = "record_complaint_closed",
       .may_come_late = true,
       .commands = &FreeRecordings},
      {.name = "decided_complaint_frees_recordings",
       .zh = "处理决定送达后重新计算保存期",
       .on = "complaint.decision_served",
       .workflow = "archive",
       .command = "record_complaint_closed",
       .may_come_late = true,
       .commands = &FreeRecordingsOnceServed},
  };
}

/// Pushed data that lack something (FJ18-13(3)).
std::vector<Link> DataLinks() {
  using namespace links;
  return {
      {.name = "missed_steps_are_a_defect",
       .zh = "环节缺失登记为数据缺陷",
       .on = "project.steps_missed",
       .workflow = "data_push",
       .command = "record_defect",
       .may_come_late = true,
       .commands = &DefectOfMissedSteps},
      {.name = "closed_project_is_reviewed",
       .zh = "项目办结后核对数据",
       .on = "project.closed",
       .workflow = "data_push",
       .command = "review_project",
       .may_come_late = true,
       .commands = &ReviewOfProject},
      {.name = "defect_raises_warning",
       .zh = "数据缺陷触发预警",
       .on = "data_push.defect_recorded",
       .workflow = "warning",
       .command = "raise",
       .opens = true,
       .may_come_late = true,
       .commands = &WarningOfDefect},
      {.name = "late_batch_raises_warning",
       .zh = "迟于约定频率触发预警",
       .on = "data_push.batch_recorded",
       .workflow = "warning",
       .command = "raise",
       .opens = true,
       .may_come_late = true,
       .commands = &WarningOfLateBatch},
      {.name = "old_standard_raises_warning",
       .zh = "未执行现行规范触发预警",
       .on = "data_push.batch_recorded",
       .workflow = "warning",
       .command = "raise",
       .opens = true,
       .may_come_late = true,
       .commands = &WarningOfOldStandard},
      {.name = "review_raises_warning",
       .zh = "项目数据不完整触发预警",
       .on = "data_push.project_reviewed",
       .workflow = "warning",
       .command = "raise",
       .opens = true,
       .may_come_late = true,
       .commands = &WarningOfReview},
  };
}

std::vector<Link> TableOfLinks() {
  std::vector<Link> table;
  for (const auto topic : {&TimelinessLinks, &WarningLinks, &ForwardingLinks, &RefusalLinks,
                           &MatterLinks, &RecordingLinks, &DataLinks}) {
    for (auto& link : topic()) table.push_back(std::move(link));
  }
  return table;
}

}  // namespace

const std::vector<Link>& AllLinks() {
  static const std::vector<Link> links = [] {
    auto table = TableOfLinks();
    for (const auto& fault : CheckLinks(table, AllWorkflows())) ENSURE(fault.empty(), "{}", fault);
    return table;
  }();
  return links;
}

}  // namespace docket
