/// Publication (公开): what supervision makes public, after a review for secrecy by another and the
/// head's approval (FJ18-13, FJ18-15, FJ16-6, XX17-9, XX17-16, XX17-17). What is published is never
/// edited or deleted: a newer publication replaces it, or it is withdrawn with a public reason.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/publication/events.hpp"
#include "workflows/publication/guards.hpp"
#include "workflows/publication/states.hpp"

namespace docket::publication {

struct Publication : Definition<Publication, Facts, Event> {
  static constexpr std::string_view kName = "publication", kZh = "信息公开";
  static constexpr std::string_view kPurpose =
      "监督信息经保密审查和审批后公开；已公开的不得修改、删除，只以新公开替代或说明理由撤回。";
  using initial_state = Unproposed;
  using States = TypeList<Unproposed, Candidate, SecrecyReview, Redaction, Cleared, Approved,
                          Published, Exempt, Abandoned, Superseded, Withdrawn, DisplayExpired>;
  using Standing = When<DepartmentCompetent, ProposedByCentre>;
  using ByAuthors = By<Role::kHandler, Role::kTradingCentre>;
  using ByAuthorsOrLink = By<Role::kHandler, Role::kTradingCentre, Role::kProcessManager>;
  using ByReviewers = By<Role::kLegalReviewer, Role::kHandler,
                         Role::kResourceOffice>::ApartFrom<PublicationProposed, ContentSubmitted>;
  using ByApprovers = By<Role::kHead, Role::kResourceOffice>;

  // clang-format off
  using Rows = Table<
    //  from         command              to
    //      emits, who, when, for
    Row<Unproposed,    Propose,           Candidate,
        Emit<PublicationProposed>, ByAuthorsOrLink,
        When<RegionOfCommandKnown, WithinCompetence, ClassOfProposer, DepartmentNamed>>,
    Row<Candidate,     Submit,            SecrecyReview,
        Emit<ContentSubmitted>, ByAuthors>,
    Row<SecrecyReview, Clear,             Cleared,
        Emit<SecrecyCleared>, ByReviewers,
        When<OfficeForGuides, IdentifiersMasked, ComplainantUnnamed>>,
    Row<SecrecyReview, RequireRedaction,  Redaction,
        Emit<RedactionRequired>, ByReviewers, When<OfficeForGuides>>,
    Row<SecrecyReview, ExemptFromPublication, Exempt,
        Emit<PublicationExempted>, ByReviewers, When<OfficeForGuides>>,
    Row<Redaction,     Submit,            SecrecyReview,
        Emit<ContentSubmitted>, ByAuthors, When<TextRedacted>>,
    Row<Cleared,       RequireRedaction,  Redaction,
        Emit<RedactionRequired>, ByApprovers, When<OfficeForGuides>>,
    Row<Cleared,       Approve,           Approved,
        Emit<PublicationApproved>,
        ByApprovers::ApartFrom<PublicationProposed, ContentSubmitted, SecrecyCleared>,
        When<OfficeForGuides>>,
    Row<Approved,      Publish,           Published,
        Emit<PublicationMade>, By<Role::kIntake, Role::kHandler, Role::kTradingCentre>,
        When<PublishedByAuthor, DisplayAhead>>,
    Row<Published,     Supersede,         Superseded,
        Emit<PublicationSuperseded>, ByAuthorsOrLink, When<SuccessorIsPublication>>,
    Row<Any<Candidate, SecrecyReview, Redaction, Cleared, Approved>, RecordSourceAnnulled,
        Abandoned,
        Emit<PublicationAbandoned>, By<Role::kHandler, Role::kHead, Role::kProcessManager>,
        When<AnnulledByNow>>,
    Row<Published,     RecordSourceAnnulled, Same,
        Emit<SourceAnnulled>, By<Role::kHandler, Role::kHead, Role::kProcessManager>,
        When<AnnulledByNow>>,
    Row<Published,     Withdraw,          Withdrawn,
        Emit<PublicationWithdrawn>, ByApprovers, When<OfficeForGuides, GroundGiven>>,
    Row<Published,     ExpireDisplay,     DisplayExpired,
        Emit<DisplayHasExpired>, By<Role::kClock>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::publication
