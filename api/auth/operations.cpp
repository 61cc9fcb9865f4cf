#include "api/auth/operations.hpp"

#include <algorithm>
#include <array>

namespace docket {

namespace {

constexpr std::array kRules{
    OperationRule{"GET", "/v1/health", Audience::kEverybody},
    OperationRule{"GET", "/healthz", Audience::kEverybody},
    OperationRule{"GET", "/readyz", Audience::kEverybody},
    OperationRule{"GET", "/v1/openapi.json", Audience::kEverybody},
    OperationRule{"GET", "/v1/clock", Audience::kAccounts},
    OperationRule{"POST", "/v1/dev/clock", Audience::kOffices},
    OperationRule{"GET", "/v1/workflows", Audience::kAccounts},
    OperationRule{"GET", "/v1/workflows/{name}", Audience::kAccounts},
    OperationRule{"POST", "/v1/cases", Audience::kAccounts},
    OperationRule{"POST", "/v1/cases/{id}/commands", Audience::kAccounts},
    OperationRule{"POST", "/v1/cases/{id}/commands/{name}", Audience::kAccounts},
    OperationRule{"GET", "/v1/cases", Audience::kAccounts},
    OperationRule{"GET", "/v1/cases/{id}", Audience::kAccounts},
    OperationRule{"GET", "/v1/cases/{id}/timeline", Audience::kAccounts},
    OperationRule{"GET", "/v1/cases/{id}/deadlines", Audience::kAccounts},
    OperationRule{"GET", "/v1/deadlines", Audience::kAccounts},
    OperationRule{"GET", "/v1/feed", Audience::kOffices},
    OperationRule{"GET", "/v1/feed/stream", Audience::kOffices},
    OperationRule{"POST", "/v1/webhooks", Audience::kOffices},
    OperationRule{"GET", "/v1/webhooks", Audience::kOffices},
    OperationRule{"GET", "/v1/webhooks/{id}", Audience::kOffices},
    OperationRule{"DELETE", "/v1/webhooks/{id}", Audience::kOffices},
    OperationRule{"GET", "/v1/webhooks/{id}/deliveries", Audience::kOffices},
    OperationRule{"POST", "/v1/webhooks/{id}/replay", Audience::kOffices},
    OperationRule{"POST", "/v1/webhooks/{id}/verify", Audience::kOffices},
    OperationRule{"POST", "/v1/webhooks/{id}/pause", Audience::kOffices},
    OperationRule{"POST", "/v1/webhooks/{id}/resume", Audience::kOffices},
    OperationRule{"POST", "/v1/webhooks/{id}/rotate", Audience::kOffices},
    OperationRule{"GET", "/v1/notifications", Audience::kAccounts},
    OperationRule{"GET", "/v1/notifications/{id}", Audience::kAccounts},
    OperationRule{"POST", "/v1/notifications/{id}/read", Audience::kAccounts},
    OperationRule{"POST", "/v1/inbox/read", Audience::kAccounts},
    OperationRule{"GET", "/v1/inbox/preferences", Audience::kAccounts},
    OperationRule{"POST", "/v1/inbox/preferences", Audience::kAccounts},
    OperationRule{"POST", "/v1/inbox/contact", Audience::kAccounts},
    OperationRule{"GET", "/v1/notification-deliveries", Audience::kOperators},
    OperationRule{"POST", "/v1/notification-deliveries/retry", Audience::kOperators},
    OperationRule{"GET", "/v1/access-log", Audience::kAuditors},
    OperationRule{"POST", "/v1/session", Audience::kEverybody},
    OperationRule{"GET", "/v1/session", Audience::kAccounts},
    OperationRule{"DELETE", "/v1/session", Audience::kAccounts},
    OperationRule{"POST", "/v1/session/password", Audience::kAccounts},
    OperationRule{"POST", "/v1/session/undertaking", Audience::kAccounts},
    OperationRule{"POST", "/v1/session/second-factor", Audience::kAccounts},
    OperationRule{"POST", "/v1/session/second-factor/confirmation", Audience::kAccounts},
    OperationRule{"POST", "/v1/accounts/{account}/password-reset", Audience::kOffices},
    OperationRule{"POST", "/v1/session/certificate", Audience::kEverybody},
    OperationRule{"GET", "/v1/accounts/{account}/logins", Audience::kAccounts},
    OperationRule{"POST", "/v1/accounts/{account}/logins", Audience::kOffices},
    OperationRule{"DELETE", "/v1/accounts/{account}/logins/{id}", Audience::kOffices},
    OperationRule{"GET", "/v1/api-keys", Audience::kAccounts},
    OperationRule{"POST", "/v1/api-keys", Audience::kAccounts},
    OperationRule{"POST", "/v1/api-keys/{id}/rotation", Audience::kAccounts},
    OperationRule{"DELETE", "/v1/api-keys/{id}", Audience::kAccounts},
    OperationRule{"POST", "/v1/documents", Audience::kAccounts},
    OperationRule{"GET", "/v1/documents", Audience::kAccounts},
    OperationRule{"DELETE", "/v1/documents/{digest}", Audience::kAccounts},
    OperationRule{"GET", "/v1/cases/{id}/documents", Audience::kAccounts},
    OperationRule{"GET", "/v1/cases/{id}/documents/{digest}", Audience::kAccounts},
    OperationRule{"GET", "/v1/intake", Audience::kOffices},
    OperationRule{"GET", "/v1/intake/{message}", Audience::kOffices},
    OperationRule{"POST", "/v1/intake/{message}", Audience::kProviders},
    OperationRule{"POST", "/v1/persons/search", Audience::kOffices},
    OperationRule{"POST", "/v1/erasures", Audience::kHeads},
    OperationRule{"GET", "/v1/erasures/{erasure}", Audience::kHeads},
    OperationRule{"GET", "/v1/cases/{id}/holds", Audience::kOffices},
    OperationRule{"POST", "/v1/cases/{id}/holds", Audience::kHeads},
    OperationRule{"POST", "/v1/cases/{id}/holds/{hold}/lifting", Audience::kHeads},
    OperationRule{"POST", "/v1/cases/{id}/restriction", Audience::kHeads},
    OperationRule{"POST", "/v1/cases/{id}/restriction/lifting", Audience::kHeads},
    OperationRule{"GET", "/v1/cases/{id}/consents", Audience::kHeads},
    OperationRule{"POST", "/v1/cases/{id}/consents", Audience::kHeads},
    OperationRule{"POST", "/v1/cases/{id}/consents/{consent}/revocation", Audience::kHeads},
};

}  // namespace

std::span<const OperationRule> OperationRules() { return kRules; }

bool IsAmong(Audience audience, const std::vector<Role>& roles) {
  if (audience == Audience::kEverybody) return true;
  // None are left where a key was given roles that its account has lost since.
  if (roles.empty() || !AreCompatible(roles)) return false;
  const bool is_party = std::any_of(roles.begin(), roles.end(),
                                    [](Role role) { return SideOf(role) == Side::kParty; });
  switch (audience) {
    case Audience::kEverybody:
    case Audience::kAccounts: return true;
    case Audience::kOffices: return !is_party;
    case Audience::kHeads: return std::find(roles.begin(), roles.end(), Role::kHead) != roles.end();
    case Audience::kProviders:
      return std::find(roles.begin(), roles.end(), Role::kDataProvider) != roles.end();
    case Audience::kOperators: return roles.front() == Role::kSystemOperator;
    case Audience::kAuditors: return roles.front() == Role::kSystemAuditor;
  }
  return false;
}

bool IsByField(std::string_view pattern) {
  static constexpr std::array<std::string_view, 10> kResources{
      "/healthz",      "/readyz",     "/v1/health",   "/v1/openapi.json", "/v1/clock",
      "/v1/workflows", "/v1/session", "/v1/api-keys", "/v1/feed",         "/v1/webhooks"};
  return std::any_of(kResources.begin(), kResources.end(), [&](std::string_view resource) {
    return pattern.starts_with(resource) &&
           (pattern.size() == resource.size() || pattern[resource.size()] == '/');
  });
}

Expected<void> MayUse(std::string_view method, std::string_view pattern, const Actor& actor) {
  const std::string_view asked = method == "HEAD" ? "GET" : method;
  for (const auto& rule : OperationRules()) {
    const bool is_rule = rule.method == asked && rule.pattern == pattern;
    if (!is_rule || !IsAmong(rule.audience, actor.roles)) continue;
    if (!actor.IsNarrowed() || IsByField(pattern)) return {};
  }
  return Refuse(RejectionKind::kForbidden, kOperationNotPermitted);
}

}  // namespace docket
