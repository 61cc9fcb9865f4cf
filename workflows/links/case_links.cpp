#include "workflows/links/case_links.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "workflows/archive/events.hpp"
#include "workflows/clue/events.hpp"
#include "workflows/complaint/events.hpp"
#include "workflows/filing/events.hpp"
#include "workflows/investigation/events.hpp"
#include "workflows/publication/events.hpp"
#include "workflows/rectification/events.hpp"
#include "workflows/supervision/events.hpp"
#include "workflows/warning/events.hpp"

namespace docket::links {

namespace {

/// Within which a department answers what a refused rectification, or a converted warning, asks
/// for. No law says how long (certainty E); whoever issued the item returns it with another.
constexpr int kAnswerDays = 30;

template <class T>
T Read(const JsonView& data) {
  auto value = Decode<T>(data);
  if (!value) throw std::runtime_error(fmt::format("unreadable {}", T::kType));
  return std::move(*value);
}

template <class Facts>
Facts FactsOf(const LinkCause& cause) {
  const StoredJson text(CanonicalJson(cause.model.Facts()));
  auto facts = Decode<Facts>(*text.View());
  if (!facts) throw std::runtime_error("unreadable facts of " + cause.event.stream.value);
  return std::move(*facts);
}

/// In place of what stays sealed where it was said.
PersonalText SeeSource(const LinkCause& cause) {
  return PersonalText(fmt::format("见来源案卷 {}", cause.event.stream.value));
}

Date AnswerBy(const LinkCause& cause) { return cause.event.occurred_at.ChinaDate() + kAnswerDays; }

/// Unique, and the same each time it is made.
std::string CodeOf(const LinkCause& cause) {
  return fmt::format("{}-{}", cause.event.type.substr(0, cause.event.type.find('.')),
                     cause.event.id.value);
}

std::vector<LinkedCommand> One(Json data) { return {{.data = std::move(data)}}; }

std::optional<warning::Facts> ConvertedTo(const LinkCause& cause, warning::ConversionKind kind) {
  if (Read<warning::WarningConverted>(cause.data).kind != kind) return std::nullopt;
  return FactsOf<warning::Facts>(cause);
}

/// What a case takes over from the facts of the one that it comes from.
template <class Command, class Facts>
void TakeOver(Command& command, const Facts& facts, const LinkCause& cause) {
  command.region = facts.region;
  command.industry = facts.industry;
  command.source = cause.event.stream;
}

supervision::Issue ItemOf(const rectification::Facts& facts, supervision::ItemKind kind,
                          const LinkCause& cause) {
  supervision::Issue issue;
  TakeOver(issue, facts, cause);
  issue.kind = kind;
  issue.code = CodeOf(cause);
  issue.issuer = facts.unit;
  issue.addressee = facts.addressee.value_or(UnitId());
  issue.project = facts.project;
  if (!facts.project_name.empty()) issue.project_name = facts.project_name;
  issue.limit_on = AnswerBy(cause);
  issue.requirement = SeeSource(cause);
  return issue;
}

/// Of a market party there is no unit to hold to account: its persons are handled in the case.
std::vector<LinkedCommand> ItemOfRefusal(const LinkCause& cause, supervision::ItemKind kind) {
  const auto facts = FactsOf<rectification::Facts>(cause);
  if (!facts.addressee) return {};
  return One(Encode(ItemOf(facts, kind, cause)));
}

/// The file of the project, where the complainant named it as the standard does.
std::optional<StreamId> FileOf(const LinkCause& cause) {
  const auto facts = FactsOf<complaint::Facts>(cause);
  if (!facts.project_code) return std::nullopt;
  const ProjectCode code(*facts.project_code);
  if (!code.IsWellFormed()) return std::nullopt;
  return StreamId(fmt::format("{}-{}", archive::kFileRegistry, code.value));
}

}  // namespace

std::vector<LinkedCommand> ClueOfWarning(const LinkCause& cause) {
  const auto facts = ConvertedTo(cause, warning::ConversionKind::kClue);
  if (!facts) return {};
  clue::Receive receive;
  TakeOver(receive, *facts, cause);
  receive.source_kind = clue::SourceKind::kMachine;
  receive.project = facts->project;
  receive.project_name = facts->project_name;
  receive.content = SeeSource(cause);
  return One(Encode(receive));
}

std::vector<LinkedCommand> InvestigationOfWarning(const LinkCause& cause) {
  const auto facts = ConvertedTo(cause, warning::ConversionKind::kInvestigation);
  if (!facts) return {};
  investigation::Propose propose;
  TakeOver(propose, *facts, cause);
  propose.project = facts->project;
  propose.project_name = facts->project_name;
  propose.stage = facts->stage;
  propose.party = propose.allegation = SeeSource(cause);
  return One(Encode(propose));
}

std::vector<LinkedCommand> RectificationOfWarning(const LinkCause& cause) {
  const auto facts = ConvertedTo(cause, warning::ConversionKind::kRectification);
  if (!facts) return {};
  rectification::Draft draft;
  TakeOver(draft, *facts, cause);
  draft.project = facts->project;
  draft.project_name = facts->project_name;
  draft.stage = facts->stage;
  draft.issuer = rectification::Issuer::kDepartment;
  draft.addressee_kind = rectification::AddresseeKind::kMarketParty;
  draft.breach = rectification::Breach::kTenderViolation;
  draft.account = facts->account;
  draft.party = draft.findings = SeeSource(cause);
  return One(Encode(draft));
}

std::vector<LinkedCommand> SupervisionOfWarning(const LinkCause& cause) {
  const auto facts = ConvertedTo(cause, warning::ConversionKind::kSupervision);
  if (!facts) return {};
  supervision::Issue issue;
  TakeOver(issue, *facts, cause);
  issue.kind = supervision::ItemKind::kSupervision;
  issue.code = CodeOf(cause);
  issue.issuer = facts->unit;
  issue.addressee = facts->addressee.value_or(UnitId());
  issue.project = facts->project;
  issue.project_name = facts->project_name;
  issue.stage = facts->stage;
  issue.limit_on = AnswerBy(cause);
  issue.requirement = SeeSource(cause);
  return One(Encode(issue));
}

std::vector<LinkedCommand> ChildOfItem(const LinkCause& cause) {
  const auto forwarded = Read<supervision::ItemForwarded>(cause.data);
  const auto facts = FactsOf<supervision::Facts>(cause);
  supervision::Issue issue;
  TakeOver(issue, facts, cause);
  issue.kind = facts.kind.value_or(supervision::ItemKind::kSupervision);
  issue.code = forwarded.code;
  issue.issuer = forwarded.issuer;
  issue.addressee = forwarded.addressee;
  issue.project = facts.project;
  issue.project_name = facts.project_name;
  issue.stage = facts.stage;
  issue.limit_on = forwarded.limit_on;
  issue.requirement = SeeSource(cause);
  issue.parent = cause.event.stream;
  return {{.data = Encode(issue),
           .otherwise = Encode(
               supervision::ChildClosed{forwarded.code, supervision::ChildOutcome::kNotOpened})}};
}

std::vector<LinkedCommand> TellOpened(const LinkCause& cause) {
  const auto issued = Read<supervision::ItemIssued>(cause.data);
  if (!issued.parent) return {};
  return {{.case_id = *issued.parent,
           .data = Encode(supervision::ChildOpened{issued.code, cause.event.stream})}};
}

std::vector<LinkedCommand> TellClosed(const LinkCause& cause) {
  const auto closed = Read<supervision::ItemClosed>(cause.data);
  if (!closed.parent) return {};
  return {
      {.case_id = *closed.parent,
       .data = Encode(supervision::ChildClosed{closed.code, supervision::ChildOutcome::kClosed})}};
}

std::vector<LinkedCommand> TellRevoked(const LinkCause& cause) {
  const auto revoked = Read<supervision::ItemRevoked>(cause.data);
  if (!revoked.parent) return {};
  return {{.case_id = *revoked.parent,
           .data = Encode(
               supervision::ChildClosed{revoked.code, supervision::ChildOutcome::kRevoked})}};
}

std::vector<LinkedCommand> AccountabilityOfRefusal(const LinkCause& cause) {
  return ItemOfRefusal(cause, supervision::ItemKind::kAccountability);
}

std::vector<LinkedCommand> CircularOfRefusal(const LinkCause& cause) {
  return ItemOfRefusal(cause, supervision::ItemKind::kCircular);
}

std::vector<LinkedCommand> InvestigationOfComplaint(const LinkCause& cause) {
  const auto reported = Read<complaint::ViolationReported>(cause.data);
  if (reported.target != complaint::ReferralTarget::kInvestigation) return {};
  const auto facts = FactsOf<complaint::Facts>(cause);
  investigation::Propose propose;
  TakeOver(propose, facts, cause);
  if (!facts.project_name.empty()) propose.project_name = facts.project_name;
  propose.party = propose.allegation = SeeSource(cause);
  return One(Encode(propose));
}

std::vector<LinkedCommand> ClueOfComplaint(const LinkCause& cause) {
  const auto refused = Read<complaint::ComplaintNotAccepted>(cause.data);
  if (!refused.has_usable_leads) return {};
  const auto facts = FactsOf<complaint::Facts>(cause);
  clue::Receive receive;
  TakeOver(receive, facts, cause);
  receive.source_kind = clue::SourceKind::kComplaint;
  if (!facts.project_name.empty()) receive.project_name = facts.project_name;
  receive.content = SeeSource(cause);
  return One(Encode(receive));
}

std::vector<LinkedCommand> InvestigationOfClue(const LinkCause& cause) {
  const auto facts = FactsOf<clue::Facts>(cause);
  investigation::Propose propose;
  TakeOver(propose, facts, cause);
  propose.project = facts.project;
  if (!facts.project_name.empty()) propose.project_name = facts.project_name;
  if (!facts.violations.empty()) propose.violation = facts.violations.front();
  propose.party = propose.allegation = SeeSource(cause);
  return One(Encode(propose));
}

std::vector<LinkedCommand> RectificationOfFiling(const LinkCause& cause) {
  const auto facts = FactsOf<filing::Facts>(cause);
  rectification::Draft draft;
  TakeOver(draft, facts, cause);
  draft.project = facts.project;
  if (!facts.project_name.empty()) draft.project_name = facts.project_name;
  draft.stage = facts.stage;
  draft.issuer = rectification::Issuer::kDepartment;
  draft.addressee_kind = rectification::AddresseeKind::kMarketParty;
  draft.breach = rectification::Breach::kTenderViolation;
  if (facts.obliged) {
    draft.account = facts.obliged->account;
    draft.party_code = facts.obliged->code;
  }
  draft.party = draft.findings = SeeSource(cause);
  return One(Encode(draft));
}

std::vector<LinkedCommand> PublicationOfPenalty(const LinkCause& cause) {
  const auto facts = FactsOf<investigation::Facts>(cause);
  publication::Propose propose;
  TakeOver(propose, facts, cause);
  propose.publication_class = publication::Class::kViolation;
  propose.project = facts.project;
  propose.project_name = facts.project_name;
  if (!facts.unit.empty()) propose.unit = facts.unit;
  propose.title = SeeSource(cause);
  propose.effective_on = cause.event.occurred_at.ChinaDate();
  return One(Encode(propose));
}

std::vector<LinkedCommand> HoldRecordings(const LinkCause& cause) {
  const auto file = FileOf(cause);
  if (!file) return {};
  return {{.claim = *file, .data = Encode(archive::RecordComplaintOpened{cause.event.stream})}};
}

std::vector<LinkedCommand> FreeRecordings(const LinkCause& cause) {
  const auto file = FileOf(cause);
  if (!file) return {};
  return {{.claim = *file,
           .data = Encode(archive::RecordComplaintClosed{cause.event.stream,
                                                         cause.event.occurred_at.ChinaDate()})}};
}

std::vector<LinkedCommand> FreeRecordingsOnceServed(const LinkCause& cause) {
  const auto facts = FactsOf<complaint::Facts>(cause);
  if (facts.served.size() < facts.parties.size()) return {};
  return FreeRecordings(cause);
}

}  // namespace docket::links
