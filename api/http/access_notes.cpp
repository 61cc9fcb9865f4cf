#include "api/http/access_notes.hpp"

#include <algorithm>

namespace docket::http {

namespace {

/// The name that stood for `{name}` in the pattern; empty when there is none.
std::string PathOrNone(const Request& request, std::string_view name) {
  const auto& path = request.path;
  const auto found = std::find_if(path.begin(), path.end(),
                                  [&](const NamedValue& value) { return value.name == name; });
  return found == path.end() ? "" : found->value;
}

/// A well-formed id of a case: anything else in its place may say what must not be kept.
StreamId CaseOf(const Request& request) {
  constexpr std::size_t kUuidLength = 36;
  StreamId case_id(PathOrNone(request, "id"));
  if (WorkflowOf(case_id) == nullptr) return {};
  const auto uuid = std::string_view(case_id.value).substr(case_id.value.size() - kUuidLength);
  const bool formed = std::all_of(uuid.begin(), uuid.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
  });
  return formed ? case_id : StreamId();
}

std::string CommandOf(const Request& request, const StreamId& case_id) {
  const auto* workflow = case_id.empty() ? nullptr : WorkflowOf(case_id);
  std::string name = PathOrNone(request, "name");
  const bool known = workflow != nullptr && workflow->Describe().FindCommand(name) != nullptr;
  return known ? name : "";
}

AccessNote NoteOf(const Request& request, AccessKind kind) {
  AccessNote note;
  note.kind = kind;
  note.account = request.actor.id;
  note.unit = request.unit.id;
  note.region = request.unit.region;
  if (!request.actor.roles.empty()) note.role = request.actor.roles.front();
  note.address = request.origin.address;
  note.request = CorrelationId(request.id);
  return note;
}

}  // namespace

std::optional<AccessNote> DenialOf(const Route& route, const Request& request,
                                   const Rejection& rejection) {
  const bool is_denial = rejection.kind == RejectionKind::kForbidden ||
                         rejection.kind == RejectionKind::kUnauthenticated;
  // Who logs in, or does not, is recorded where that is decided.
  if (!is_denial || route.open_to_all) return std::nullopt;
  AccessNote note;
  note.kind = AccessKind::kDenied;
  note.reason = rejection.code;
  note.address = request.origin.address;
  if (request.actor.id.empty()) return note;
  note = NoteOf(request, AccessKind::kDenied);
  note.reason = rejection.code;
  note.operation = route.method + " " + route.pattern;
  note.case_id = CaseOf(request);
  note.command = CommandOf(request, note.case_id);
  return note;
}

AccessNote ReadingNote(const Request& request, std::string operation, const StreamId& case_id,
                       const Reading& reading) {
  AccessNote note = NoteOf(request, AccessKind::kRead);
  if (reading.role) note.role = *reading.role;
  note.operation = std::move(operation);
  note.case_id = case_id;
  note.reason = NameOf(reading.access);
  return note;
}

}  // namespace docket::http
