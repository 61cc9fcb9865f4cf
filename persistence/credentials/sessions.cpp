#include "persistence/credentials/sessions.hpp"

#include "persistence/credentials/credential_refusals.hpp"

namespace docket {

namespace {

/// Using a session is written down no more often than this part of the time it may be idle.
constexpr int kUseGrains = 30;

}  // namespace

Sessions::Sessions(const CredentialPorts& ports, const CredentialPolicy& policy)
    : clock_(ports.clock), policy_(policy), store_(ports.table, CredentialKind::kSession) {}

Sessions::Open Sessions::OpenOf(const ActorId& account, const SessionRecord& record) const {
  return {account, record, record.created_at + policy_.session_age_max,
          record.used_at + policy_.session_idle_max};
}

Sessions::Begun Sessions::Begin(const ActorId& account, SessionStage stage,
                                const std::optional<std::string>& login) {
  const Token token{account.value, NewSecret()};
  const Instant now = clock_.Now();
  const SessionRecord begun{DigestOf(token.secret), now, now, stage, login};
  store_.Update({account.value, account.value}, [&](SessionRecord& record) {
    record = begun;
    return true;
  });
  return {token.Text(kSessionPrefix), OpenOf(account, begun)};
}

Expected<Sessions::Open> Sessions::Use(const Token& token) {
  const auto record = store_.Find(token.name);
  if (!record || !EqualInConstantTime(record->digest, DigestOf(token.secret))) {
    return Refuse(RejectionKind::kUnauthenticated, kSessionEnded);
  }
  const ActorId account(token.name);
  const Instant now = clock_.Now();
  Open open = OpenOf(account, *record);
  if (open.ends_at <= now) return Refuse(RejectionKind::kUnauthenticated, kSessionExpired);
  if (open.idle_ends_at <= now) return Refuse(RejectionKind::kUnauthenticated, kSessionIdle);
  if (now - record->used_at < std::chrono::microseconds(policy_.session_idle_max) / kUseGrains) {
    return open;
  }
  store_.Update({token.name, token.name}, [&](SessionRecord& stored) {
    // Another login may have ended it meanwhile.
    if (stored.digest != record->digest) return false;
    stored.used_at = now;
    open = OpenOf(account, stored);
    return true;
  });
  return open;
}

std::optional<Sessions::Open> Sessions::Find(const ActorId& account) const {
  const auto record = store_.Find(account.value);
  return record ? std::optional(OpenOf(account, *record)) : std::nullopt;
}

void Sessions::SetStage(const ActorId& account, SessionStage stage) {
  store_.Update({account.value, account.value}, [&](SessionRecord& record) {
    if (record.digest.empty()) return false;
    record.stage = stage;
    return true;
  });
}

void Sessions::End(const ActorId& account) { store_.Remove(account.value); }

}  // namespace docket
