/// What was recorded of a trade project. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/engine/workflow.hpp"
#include "workflows/project/facts.hpp"

namespace docket::project {

/// One case a project code, for ever (workflows/engine/claims.hpp). Stored in stream ids.
inline constexpr std::string_view kProjectRegistry = "trade_project";
inline constexpr Refusal kProjectKnown{"project_known", "该项目编号已归集",
                                       "this project code is on record already", "HN18-8",
                                       "/project"};

struct ProjectRecorded : RecordProject {
  static constexpr std::string_view kType = "project.recorded", kZh = "项目已归集";
  std::vector<Claim> Claims(const Facts& before) const;
};
struct SectionRecorded : RecordSection {
  static constexpr std::string_view kType = "project.section_recorded", kZh = "标段已归集";
};
struct NoticeRecorded : RecordNotice {
  static constexpr std::string_view kType = "project.notice_recorded", kZh = "公告已归集";
};

/// With the marks by which shared contacts are told: see Bidder.
struct EnrolledBidder : Enrolled {
  std::optional<std::string> phone_mark;
  std::optional<std::string> email_mark;
  std::optional<std::string> address_mark;

  static FieldList Fields() {
    return FieldList(Enrolled::Fields(),
                     FieldList{Field{"phone_mark", &EnrolledBidder::phone_mark, "电话标记"},
                               Field{"email_mark", &EnrolledBidder::email_mark, "邮箱标记"},
                               Field{"address_mark", &EnrolledBidder::address_mark, "地址标记"}});
  }
};
struct EnrolmentRecorded {
  static constexpr std::string_view kType = "project.enrolment_recorded", kZh = "投标报名已归集";
  Record record;
  std::optional<SectionCode> section;
  Instant enrolled_at;
  std::vector<EnrolledBidder> bidders;

  static EnrolmentRecorded From(const RecordEnrolment& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return {Field{"record", &EnrolmentRecorded::record, "记录"},
            Field{"section", &EnrolmentRecorded::section, "标段编号"},
            Field{"enrolled_at", &EnrolmentRecorded::enrolled_at, "报名时间"},
            Field{"bidders", &EnrolmentRecorded::bidders, "投标人", Subject::kRespondent}};
  }
};
struct DrawRecorded : RecordDraw {
  static constexpr std::string_view kType = "project.draw_recorded", kZh = "专家抽取已归集";
};
struct OpeningRecorded : RecordOpening {
  static constexpr std::string_view kType = "project.opening_recorded", kZh = "开标已归集";
};
struct EvaluationRecorded : RecordEvaluation {
  static constexpr std::string_view kType = "project.evaluation_recorded", kZh = "评标评审已归集";
};
struct PublicityRecorded : RecordPublicity {
  static constexpr std::string_view kType = "project.publicity_recorded", kZh = "候选人公示已归集";
};
struct AwardRecorded : RecordAward {
  static constexpr std::string_view kType = "project.award_recorded", kZh = "中标结果已归集";
};
struct ContractRecorded : RecordContract {
  static constexpr std::string_view kType = "project.contract_recorded", kZh = "合同已归集";
};
struct PerformanceRecorded : RecordPerformance {
  static constexpr std::string_view kType = "project.performance_recorded", kZh = "履约已归集";
};
struct DepositRecorded : RecordDeposit {
  static constexpr std::string_view kType = "project.deposit_recorded", kZh = "保证金已归集";
};
struct MediaRecorded : RecordMedia {
  static constexpr std::string_view kType = "project.media_recorded", kZh = "音视频目录已归集";
};

/// 环节缺失: a later step has come, and these, which go before it, have not. Said once of each.
struct StepsMissed {
  static constexpr std::string_view kType = "project.steps_missed", kZh = "环节缺失";
  ElectronicStep arrived = ElectronicStep::kOpening;
  std::vector<ElectronicStep> steps;

  /// By the step of the command's kind, where it has one.
  template <class Command>
  static std::optional<StepsMissed> From(const Command&, const Facts& facts, const Context&) {
    return Before(Command::kStep, facts);
  }
  static std::optional<StepsMissed> Before(ElectronicStep arrived, const Facts& facts);
  static FieldList Fields() {
    return {Field{"arrived", &StepsMissed::arrived, "已到环节"},
            Field{"steps", &StepsMissed::steps, "缺失环节"}};
  }
};

struct ProjectClosed : Close {
  static constexpr std::string_view kType = "project.closed", kZh = "项目已办结";
  std::vector<ElectronicStep> steps_missing;  ///< Of those due, when it ended.

  static ProjectClosed From(const Close& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(Close::Fields(),
                     FieldList{Field{"steps_missing", &ProjectClosed::steps_missing, "缺失环节"}});
  }
};

using Event = std::variant<ProjectRecorded, SectionRecorded, NoticeRecorded, EnrolmentRecorded,
                           DrawRecorded, OpeningRecorded, EvaluationRecorded, PublicityRecorded,
                           AwardRecorded, ContractRecorded, PerformanceRecorded, DepositRecorded,
                           MediaRecorded, StepsMissed, ProjectClosed>;

void Apply(Facts& facts, const ProjectRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const SectionRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const NoticeRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const EnrolmentRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const DrawRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const OpeningRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const EvaluationRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const PublicityRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const AwardRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const ContractRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const PerformanceRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const DepositRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const MediaRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const StepsMissed& e, const RecordedEvent&);
void Apply(Facts& facts, const ProjectClosed& e, const RecordedEvent&);

}  // namespace docket::project
