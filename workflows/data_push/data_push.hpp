/// Data push (数据推送): the connection of one provider to the platform, from its application on
/// (HN18-8 and 9; FJ18-13(3), 16, 21; FJ16-3(3)). The messages themselves lie with the intake; what
/// is counted here is whether they come in time, whole, true and by the standard in force.
#pragma once

#include "workflows/data_push/commands.hpp"
#include "workflows/data_push/events.hpp"
#include "workflows/data_push/facts.hpp"
#include "workflows/data_push/guards.hpp"
#include "workflows/data_push/states.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::data_push {

struct DataPush : Definition<DataPush, Facts, Event> {
  static constexpr std::string_view kName = "data_push", kZh = "数据推送";
  static constexpr std::string_view kPurpose =
      "电子交易系统和部门业务系统经检测认证、完成五项对接后接入平台，按约定频率和现行规范推送数据；"
      "通道中断、数据缺陷登记在案，由综合协调部门逐级采取监督措施。";
  using initial_state = Unapplied;
  using States = TypeList<Unapplied, Applied, Admitted, Suspended, Refused, Ended>;
  using Standing = When<ByTheProvider, OfficeOfPlace>;
  using ByApplicants = By<Role::kDataProvider, Role::kPlatformOperator>;
  using ByOffice = By<Role::kResourceOffice>;
  using ByIntake = By<Role::kPlatformOperator, Role::kProcessManager>;

  // clang-format off
  using Rows = Table<
    //  from       command            to
    //      emits, who, when, for
    Row<Unapplied, ApplyForAdmission, Applied,
        Emit<ConnectionApplied>, ByApplicants,
        When<RegionOfCommandKnown, AppliesForItself, IndustriesNamed, NoNewCountyPlatform>>,
    Row<Any<Applied, Admitted, Suspended>, SubmitCertificate, Same,
        Emit<CertificateReplaced, CertificateSubmitted>, ByApplicants, When<CertificateInForce>>,
    Row<Applied,   ConfirmSubject,    Same,
        Emit<SubjectConfirmed>, By<Role::kPlatformOperator>::ApartFrom<ConnectionApplied>>,
    Row<Any<Applied, Admitted, Suspended>, RegisterKey, Same,
        Emit<KeyRegistered>, By<Role::kPlatformOperator>, When<KeyIsNew>>,
    Row<Any<Applied, Admitted, Suspended>, RevokeKey, Same,
        Emit<KeyRevoked>, By<Role::kPlatformOperator>, When<KeyIsKnown>>,
    Row<Applied,   Admit,             Admitted,
        Emit<ConnectionAdmitted>, ByOffice,
        When<SystemCertified, SubjectsComplete, FrequenciesAgreed>>,
    Row<Applied,   Refuse,            Refused,
        Emit<ConnectionRefused>, ByOffice, When<GroundThere>>,
    Row<Any<Applied, Suspended>, RecordBatch, Same,
        Emit<BatchQuarantined>, ByIntake>,
    Row<Admitted,  RecordBatch,       Same,
        Emit<BatchRecorded, StandardAdopted>, ByIntake, When<CountsPlausible, BatchNotCounted>>,
    Row<Any<Admitted, Suspended>, RecordDefect, Same,
        Emit<DefectRecorded>,
        By<Role::kPlatformOperator, Role::kResourceOffice, Role::kHandler, Role::kHead,
           Role::kProcessManager>>,
    Row<Admitted,  ReviewProject,     Same,
        Emit<ProjectReviewed>, ByIntake, When<SessionsOrdered>>,
    Row<Admitted,  ChangeStandard,    Same,
        Emit<StandardOvertaken, StandardChanged>,
        By<Role::kResourceOffice, Role::kPlatformOperator, Role::kProcessManager>,
        When<VersionIsNew, GraceAhead>>,
    Row<Admitted,  ReportOutage,      Same,
        Emit<OutageReported>, ByIntake, When<ChannelWasUp, OutageBegan>>,
    Row<Any<Admitted, Suspended>, RestoreChannel, Same,
        Emit<ChannelRestored>, ByIntake, When<ChannelWasDown, RestoredAfterOutage>>,
    Row<Any<Admitted, Suspended>, Escalate, Same,
        Emit<MeasureTaken>, By<Role::kResourceOffice, Role::kHead>,
        When<StepInOrder, DefectOnRecord, PunishedByDepartment>>,
    Row<Admitted,  Suspend,           Suspended,
        Emit<ConnectionSuspended>, ByOffice>,
    Row<Suspended, Resume,            Admitted,
        Emit<ConnectionResumed>, ByOffice, When<SystemCertified>>,
    Row<Any<Applied, Admitted, Suspended>, End, Ended,
        Emit<ConnectionEnded>, By<Role::kDataProvider, Role::kResourceOffice>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::data_push
