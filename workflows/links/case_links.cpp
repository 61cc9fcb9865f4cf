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

/// What is known of the case: facts that are absent or empty say nothing.
class Known {
 public:
  explicit Known(const LinkCause& cause) : facts_(cause.model().Facts()) {}

  template <class T>
  std::optional<T> Get(std::string_view name) const {
    const auto found = facts_.find(name);
    if (found == facts_.end() || found->is_null() || *found == Json("")) return std::nullopt;
    const StoredJson text(CanonicalJson(*found));
    auto value = Decode<T>(*text.View());
    if (!value) throw std::runtime_error(fmt::format("unreadable fact {}", name));
    return std::move(*value);
  }
  std::optional<std::string> Text(std::string_view name) const { return Get<std::string>(name); }
  UnitId Unit(std::string_view name) const { return Get<UnitId>(name).value_or(UnitId()); }

 private:
  Json facts_;
};

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

bool IsConvertedTo(const LinkCause& cause, warning::ConversionKind kind) {
  return Read<warning::WarningConverted>(cause.data).kind == kind;
}

/// What a case takes over from the one that it comes from.
template <class Command>
void TakeOver(Command& command, const Known& known, const LinkCause& cause) {
  command.region = known.Get<RegionCode>("region").value_or(RegionCode());
  command.industry = known.Get<Industry>("industry");
  command.source = cause.event.stream;
  command.project = known.Get<ProjectCode>("project");
  command.project_name = known.Text("project_name");
  if constexpr (requires { command.stage; }) command.stage = known.Get<Stage>("stage");
}

/// Of a market party there is no unit to hold to account: its persons are handled in the case.
std::vector<LinkedCommand> ItemOfRefusal(const LinkCause& cause, supervision::ItemKind kind) {
  const Known known(cause);
  const auto addressee = known.Get<UnitId>("addressee");
  if (!addressee) return {};
  supervision::Issue issue;
  TakeOver(issue, known, cause);
  issue.kind = kind;
  issue.code = CodeOf(cause);
  issue.issuer = known.Unit("unit");
  issue.addressee = *addressee;
  issue.limit_on = AnswerBy(cause);
  issue.requirement = SeeSource(cause);
  return One(Encode(issue));
}

/// The file of the project, where the complainant named it as the standard does.
std::optional<StreamId> FileOf(const LinkCause& cause) {
  const ProjectCode code(Known(cause).Text("project_code").value_or(""));
  if (!code.IsWellFormed()) return std::nullopt;
  return StreamId(fmt::format("{}-{}", archive::kFileRegistry, code.value));
}

/// Of a complaint's own name for the project: its code may be no code of the standard.
template <class Command>
void TakeOverComplaint(Command& command, const LinkCause& cause) {
  const Known known(cause);
  TakeOver(command, known, cause);
  const ProjectCode code(known.Text("project_code").value_or(""));
  if (code.IsWellFormed()) command.project = code;
}

rectification::Draft DraftForMarketParty(const LinkCause& cause) {
  rectification::Draft draft;
  TakeOver(draft, Known(cause), cause);
  draft.issuer = rectification::Issuer::kDepartment;
  draft.addressee_kind = rectification::AddresseeKind::kMarketParty;
  draft.breach = rectification::Breach::kTenderViolation;
  draft.party = draft.findings = SeeSource(cause);
  return draft;
}

investigation::Propose ProposalOf(const LinkCause& cause) {
  investigation::Propose propose;
  TakeOver(propose, Known(cause), cause);
  propose.party = propose.allegation = SeeSource(cause);
  return propose;
}

}  // namespace

std::vector<LinkedCommand> ClueOfWarning(const LinkCause& cause) {
  if (!IsConvertedTo(cause, warning::ConversionKind::kClue)) return {};
  clue::Receive receive;
  TakeOver(receive, Known(cause), cause);
  receive.source_kind = clue::SourceKind::kMachine;
  receive.content = SeeSource(cause);
  return One(Encode(receive));
}

std::vector<LinkedCommand> InvestigationOfWarning(const LinkCause& cause) {
  if (!IsConvertedTo(cause, warning::ConversionKind::kInvestigation)) return {};
  return One(Encode(ProposalOf(cause)));
}

std::vector<LinkedCommand> RectificationOfWarning(const LinkCause& cause) {
  if (!IsConvertedTo(cause, warning::ConversionKind::kRectification)) return {};
  auto draft = DraftForMarketParty(cause);
  draft.account = Known(cause).Get<ActorId>("account");
  return One(Encode(draft));
}

std::vector<LinkedCommand> SupervisionOfWarning(const LinkCause& cause) {
  if (!IsConvertedTo(cause, warning::ConversionKind::kSupervision)) return {};
  const Known known(cause);
  supervision::Issue issue;
  TakeOver(issue, known, cause);
  issue.kind = supervision::ItemKind::kSupervision;
  issue.code = CodeOf(cause);
  issue.issuer = known.Unit("unit");
  issue.addressee = known.Unit("addressee");
  issue.limit_on = AnswerBy(cause);
  issue.requirement = SeeSource(cause);
  return One(Encode(issue));
}

std::vector<LinkedCommand> ChildOfItem(const LinkCause& cause) {
  const auto forwarded = Read<supervision::ItemForwarded>(cause.data);
  const Known known(cause);
  supervision::Issue issue;
  TakeOver(issue, known, cause);
  issue.kind = known.Get<supervision::ItemKind>("kind").value_or(issue.kind);
  issue.code = forwarded.code;
  issue.issuer = forwarded.issuer;
  issue.addressee = forwarded.addressee;
  issue.limit_on = forwarded.limit_on;
  issue.requirement = SeeSource(cause);
  issue.parent = cause.event.stream;
  const supervision::ChildClosed otherwise{forwarded.code, supervision::ChildOutcome::kNotOpened};
  return {{.data = Encode(issue), .otherwise = Encode(otherwise)}};
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
  const supervision::ChildClosed told{closed.code, supervision::ChildOutcome::kClosed};
  return {{.case_id = *closed.parent, .data = Encode(told)}};
}

std::vector<LinkedCommand> TellRevoked(const LinkCause& cause) {
  const auto revoked = Read<supervision::ItemRevoked>(cause.data);
  if (!revoked.parent) return {};
  const supervision::ChildClosed told{revoked.code, supervision::ChildOutcome::kRevoked};
  return {{.case_id = *revoked.parent, .data = Encode(told)}};
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
  auto propose = ProposalOf(cause);
  TakeOverComplaint(propose, cause);
  return One(Encode(propose));
}

std::vector<LinkedCommand> ClueOfComplaint(const LinkCause& cause) {
  if (!Read<complaint::ComplaintNotAccepted>(cause.data).has_usable_leads) return {};
  clue::Receive receive;
  TakeOverComplaint(receive, cause);
  receive.source_kind = clue::SourceKind::kComplaint;
  receive.content = SeeSource(cause);
  return One(Encode(receive));
}

std::vector<LinkedCommand> InvestigationOfClue(const LinkCause& cause) {
  auto propose = ProposalOf(cause);
  const auto violations = Known(cause).Get<std::vector<Violation>>("violations");
  if (violations && !violations->empty()) propose.violation = violations->front();
  return One(Encode(propose));
}

std::vector<LinkedCommand> RectificationOfFiling(const LinkCause& cause) {
  return One(Encode(DraftForMarketParty(cause)));
}

std::vector<LinkedCommand> PublicationOfPenalty(const LinkCause& cause) {
  const Known known(cause);
  publication::Propose propose;
  TakeOver(propose, known, cause);
  propose.publication_class = publication::Class::kViolation;
  propose.unit = known.Get<UnitId>("unit");
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
  const archive::RecordComplaintClosed closed{cause.event.stream,
                                              cause.event.occurred_at.ChinaDate()};
  return {{.claim = *file, .data = Encode(closed)}};
}

std::vector<LinkedCommand> FreeRecordingsOnceServed(const LinkCause& cause) {
  const Json facts = cause.model().Facts();
  if (facts.at("served").size() < facts.at("parties").size()) return {};
  return FreeRecordings(cause);
}

}  // namespace docket::links
