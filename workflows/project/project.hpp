/// Trade project (交易项目): what the records that a trading system pushes say of one project, from
/// its registration to its end (HN18-8; FJ18-12, 13(3)). Nothing is decided here: records are taken
/// in, none is ever changed, and steps that are missing show.
#pragma once

#include "workflows/engine/machine.hpp"
#include "workflows/project/events.hpp"
#include "workflows/project/guards.hpp"
#include "workflows/project/states.hpp"

namespace docket::project {

struct Project : Definition<Project, Facts, Event> {
  static constexpr std::string_view kName = "project", kZh = "交易项目";
  static constexpr std::string_view kPurpose =
      "归集交易系统推送的项目、标段、公告、报名、抽取、开标、评标、公示、中标、合同、履约、保证金和"
      "音视频目录，已归集的内容不作修改，更正另行归集并注明原因，缺失的环节随时可见。";
  using initial_state = Unrecorded;
  using States = TypeList<Unrecorded, Trading, Awarded, Performing, Closed>;
  using Standing = When<ByTheProvider>;
  /// The intake acts for the account that pushed, as process manager; by hand the provider itself.
  using ByProvider = By<Role::kDataProvider, Role::kProcessManager>;
  using OfSection = When<SectionOfProject, RecordIsNew, DigestMatches, SupersedesStanding>;
  /// Of a kind of which none has come yet.
  using FirstOfSection = When<SectionOfProject, SupersedesStanding>;

  // clang-format off
  using Rows = Table<
    //  from        command            to
    //      emits, who, when
    Row<Unrecorded, RecordProject,     Trading,
        Emit<ProjectRecorded>, ByProvider, When<RegionOfCommandKnown, ProvidesItself>>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordProject,     Same,
        Emit<ProjectRecorded>, ByProvider,
        When<RecordIsNew, DigestMatches, CorrectsTheProject, SupersedesStanding,
             PublishedKeysKept>>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordSection,     Same,
        Emit<SectionRecorded>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordNotice,      Same,
        Emit<NoticeRecorded, StepsMissed>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordEnrolment,   Same,
        Emit<EnrolmentRecorded, StepsMissed>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordDraw,        Same,
        Emit<DrawRecorded, StepsMissed>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordOpening,     Same,
        Emit<OpeningRecorded, StepsMissed>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordEvaluation,  Same,
        Emit<EvaluationRecorded, StepsMissed>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordPublicity,   Same,
        Emit<PublicityRecorded, StepsMissed>, ByProvider, OfSection>,
    Row<Trading,    RecordAward,       Awarded,
        Emit<AwardRecorded, StepsMissed>, ByProvider, FirstOfSection>,
    Row<Any<Awarded, Performing, Closed>, RecordAward,       Same,
        Emit<AwardRecorded, StepsMissed>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded>, RecordContract,    Performing,
        Emit<ContractRecorded>, ByProvider, FirstOfSection>,
    Row<Any<Performing, Closed>, RecordContract,    Same,
        Emit<ContractRecorded>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordPerformance, Same,
        Emit<PerformanceRecorded>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordDeposit,     Same,
        Emit<DepositRecorded>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing, Closed>, RecordMedia,       Same,
        Emit<MediaRecorded>, ByProvider, OfSection>,
    Row<Any<Trading, Awarded, Performing>, Close,             Closed,
        Emit<ProjectClosed>, ByProvider>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::project
