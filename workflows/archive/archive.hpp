/// The archive file (归档): what a project leaves behind on paper, in files and recordings, how
/// long it is kept at least, who reads it, and how it ends (FJ18-16, FJ18-26; 政府采购法 42).
///
/// Each recording has its years from its own end; a complaint adds years from its own end; the
/// rest has its years from the project's. Whichever ends last counts, none is ever shortened, and
/// that all are over disposes of nothing: it lets a person propose it.
#pragma once

#include "workflows/archive/events.hpp"
#include "workflows/archive/guards.hpp"
#include "workflows/archive/states.hpp"
#include "workflows/engine/department_guards.hpp"

namespace docket::archive {

struct Archive : Definition<Archive, Facts, Event> {
  static constexpr std::string_view kName = "archive", kZh = "档案归档";
  static constexpr std::string_view kPurpose =
      "项目资料及时归档、按期保存，经行政监督部门同意方可查询、复制；保存期限届满后经鉴定处置。";
  using initial_state = Unopened;
  using States =
      TypeList<Unopened, Collecting, Archived, DisposalProposed, Appraised, Destroyed, Transferred>;
  using Standing = When<DepartmentCompetent, KeptByCentre>;
  using Kept = Any<Collecting, Archived>;
  using AnyOpen = Any<Collecting, Archived, DisposalProposed, Appraised>;
  using ByKeepers = By<Role::kTradingCentre, Role::kIntake>;
  using ByKeepersOrLink = By<Role::kTradingCentre, Role::kIntake, Role::kProcessManager>;
  using ByHolders = By<Role::kHead, Role::kAudit, Role::kDiscipline>;
  using ByReaders = By<Role::kIntake, Role::kHandler, Role::kComplainant, Role::kRespondent,
                       Role::kTenderer, Role::kAudit, Role::kDiscipline, Role::kTradingCentre,
                       Role::kDataProvider, Role::kPlatformOperator, Role::kSecurityManager>;

  // clang-format off
  using Rows = Table<
    //  from          command             to
    //      emits, who, when, for
    Row<Unopened,         Open,            Collecting,
        Emit<FileOpened>, ByKeepersOrLink,
        When<RegionOfCommandKnown, WithinCompetence, KeyNamed, DepartmentNamed>>,
    Row<Kept,             CollectItem,     Same,
        Emit<ItemCollected>, ByKeepersOrLink, When<RecordingOver>>,
    Row<Collecting,       FileAway,        Archived,
        Emit<FiledAway>, ByKeepers, When<FileNotEmpty, ProjectClosed>>,

    Row<AnyOpen,          RecordComplaintOpened, Same,
        Emit<ComplaintOpened>, ByKeepersOrLink, When<ComplaintNotOpen>>,
    Row<AnyOpen,          RecordComplaintClosed, Same,
        Emit<ComplaintClosed, ComplaintYearsBegun>, ByKeepersOrLink, When<ComplaintHasEnded>>,
    Row<AnyOpen,          PlaceHold,       Same,
        Emit<HoldPlaced>, ByHolders>,
    Row<AnyOpen,          LiftHold,        Same,
        Emit<HoldLifted>, ByHolders, When<LiftedByPlacer>>,
    Row<Kept,             CheckFixity,     Same,
        Emit<FixityChecked, DamageFound>,
        By<Role::kTradingCentre, Role::kIntake, Role::kPlatformOperator>, When<ItemsKnown>>,

    Row<Kept,             RequestConsent,  Same,
        Emit<ConsentRequested>, ByReaders, When<ItemsKnown, AsksForOneself>>,
    Row<Kept,             ReviewConsent,   Same,
        Emit<ConsentReviewed>, By<Role::kHandler>::ApartFrom<ConsentRequested>,
        When<ConsentPending>>,
    Row<Kept,             GrantConsent,    Same,
        Emit<ConsentGranted>, By<Role::kHead>::ApartFrom<ConsentRequested, ConsentReviewed>,
        When<ConsentWasReviewed, ConsentEndsLater, WithinRequest>>,
    Row<Kept,             RefuseConsent,   Same,
        Emit<ConsentRefused>, By<Role::kHead>::ApartFrom<ConsentRequested, ConsentReviewed>,
        When<ConsentWasReviewed>>,
    Row<Kept,             UseConsent,      Same,
        Emit<ConsentUsed>, ByReaders,
        When<ConsentInForce, ConsentIsTheirs, RightGiven, WithinConsent>>,
    Row<Kept,             RevokeConsent,   Same,
        Emit<ConsentRevoked>, By<Role::kHead>, When<ConsentInForce>>,
    Row<AnyOpen,          ExpireConsent,   Same,
        Emit<ConsentExpired>, By<Role::kClock>>,
    Row<Kept,             RecordAwardNotice, Same,
        Emit<AwardNoticeRecorded>, ByKeepersOrLink, When<NoticeIssued>>,
    Row<Kept,             RecordDownload,  Same,
        Emit<BidsDownloaded>, By<Role::kTenderer>,
        When<AfterAwardNotice, ByTendererOfProject, BidsOnly>>,

    Row<Archived,         ProposeDisposal, DisposalProposed,
        Emit<DisposalWasProposed>, ByKeepers, When<SomethingLeft, RetentionOver, NothingHolds>>,
    Row<Any<DisposalProposed, Appraised>, Appraise, Archived,
        Emit<FileKept>, By<Role::kHandler, Role::kHead>::ApartFrom<DisposalWasProposed>, When<>,
        For<Keeps>>,
    Row<DisposalProposed, Appraise,        Appraised,
        Emit<DisposalAppraised>, By<Role::kHandler, Role::kHead>::ApartFrom<DisposalWasProposed>,
        When<TransferredWhole, RetentionOver, NothingHolds>>,
    Row<Appraised,        Destroy,         Archived,
        Emit<MediaDestroyed>, ByKeepers::ApartFrom<DisposalAppraised>,
        When<AsAppraised, RetentionOver, NothingHolds, Supervised>, For<OfMedia>>,
    Row<Appraised,        Destroy,         Destroyed,
        Emit<FileDestroyed>, ByKeepers::ApartFrom<DisposalAppraised>,
        When<AsAppraised, RetentionOver, NothingHolds, Supervised>>,
    Row<Appraised,        Transfer,        Transferred,
        Emit<FileTransferred>, ByKeepers::ApartFrom<DisposalAppraised>,
        When<AsAppraised, RetentionOver, NothingHolds>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::archive
