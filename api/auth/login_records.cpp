#include "api/auth/login_records.hpp"

namespace docket {

LoginRecords::LoginRecords(const AccountDirectory& directory, const Clock& clock,
                           const CredentialPolicy& policy, Sink sink)
    : directory_(directory), clock_(clock), policy_(policy), sink_(std::move(sink)) {}

AccessNote LoginRecords::NoteOf(AccessKind kind, const Actor& actor) const {
  AccessNote note;
  note.kind = kind;
  note.account = actor.id;
  note.unit = actor.unit;
  note.region = directory_.FindUnit(actor.unit).value_or(Unit()).region;
  if (!actor.roles.empty()) note.role = actor.roles.front();
  return note;
}

AccessNote LoginRecords::NoteOf(AccessKind kind, const Actor& actor, const Attempt& attempt) const {
  AccessNote note = NoteOf(kind, actor);
  note.method = attempt.method;
  note.credential = attempt.credential;
  note.address = attempt.origin.address;
  note.request = attempt.origin.request;
  return note;
}

std::optional<Actor> LoginRecords::Named(const ActorId& account) const {
  if (account.empty()) return std::nullopt;
  if (auto actor = directory_.FindActor(account)) return actor;
  const auto record = directory_.FindRecord(account);
  return record ? std::optional(record->Actor()) : std::nullopt;
}

void LoginRecords::BeganSession(const Actor& actor, const Attempt& attempt) {
  AccessNote note = NoteOf(AccessKind::kLoggedIn, actor, attempt);
  note.begins_session = true;
  sink_(note);
}

bool LoginRecords::Begins(const UseKey& key) {
  const Instant now = clock_.Now();
  const auto is_over = [&](const Use& use) {
    return now - use.last >= policy_.session_idle_max || now - use.began >= policy_.session_age_max;
  };
  const std::lock_guard guard(mutex_);
  if (const auto found = uses_.find(key); found != uses_.end()) {
    Use& use = found->second;
    const bool begins = is_over(use);
    if (begins) use.began = now;
    use.last = now;
    return begins;
  }
  if (uses_.size() >= kUsesRememberedMax) {
    std::erase_if(uses_, [&](const auto& use) { return is_over(use.second); });
  }
  if (uses_.size() >= kUsesRememberedMax) uses_.clear();
  uses_.emplace(key, Use{now, now});
  return true;
}

void LoginRecords::Used(const Actor& actor, const Attempt& attempt) {
  if (Begins({actor.id, attempt.method, attempt.credential, attempt.origin.address})) {
    sink_(NoteOf(AccessKind::kLoggedIn, actor, attempt));
  }
}

void LoginRecords::Failed(const ActorId& account, const Attempt& attempt, std::string_view reason) {
  AccessNote note = NoteOf(AccessKind::kLoginFailed, Named(account).value_or(Actor()), attempt);
  note.reason = reason;
  sink_(note);
}

void LoginRecords::Denied(std::string_view reason, const Origin& origin) {
  AccessNote note;
  note.kind = AccessKind::kDenied;
  note.reason = reason;
  note.address = origin.address;
  sink_(note);
}

void LoginRecords::SessionEnded(const Actor& holder, const End& end) {
  AccessNote note = NoteOf(AccessKind::kSessionEnded, holder);
  note.reason = end.reason;
  note.address = end.address;
  if (end.by != holder.id) note.ended_by = end.by;
  sink_(note);
}

}  // namespace docket
