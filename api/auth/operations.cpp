#include "api/auth/operations.hpp"

#include <algorithm>
#include <array>

namespace docket {

namespace {

/// And those of who reads a case besides.
std::vector<OperationRule> WithReaders(std::vector<OperationRule> rules) {
  rules.insert(rules.end(),
               {{"POST", "/v1/cases/{id}/restriction", Audience::kHeads},
                {"POST", "/v1/cases/{id}/restriction/lifting", Audience::kHeads},
                {"GET", "/v1/cases/{id}/consents", Audience::kHeads},
                {"POST", "/v1/cases/{id}/consents", Audience::kHeads},
                {"POST", "/v1/cases/{id}/consents/{consent}/revocation", Audience::kHeads}});
  return rules;
}

}  // namespace

const std::vector<OperationRule>& OperationRules() {
  static const std::vector<OperationRule> rules = WithReaders({
      {"GET", "/v1/health", Audience::kEverybody},
      {"GET", "/healthz", Audience::kEverybody},
      {"GET", "/readyz", Audience::kEverybody},
      {"GET", "/v1/openapi.json", Audience::kEverybody},
      {"GET", "/v1/clock", Audience::kAccounts},
      {"POST", "/v1/dev/clock", Audience::kOffices},
      {"GET", "/v1/workflows", Audience::kAccounts},
      {"GET", "/v1/workflows/{name}", Audience::kAccounts},
      {"POST", "/v1/cases", Audience::kAccounts},
      {"POST", "/v1/cases/{id}/commands", Audience::kAccounts},
      {"POST", "/v1/cases/{id}/commands/{name}", Audience::kAccounts},
      {"GET", "/v1/cases", Audience::kAccounts},
      {"GET", "/v1/cases/{id}", Audience::kAccounts},
      {"GET", "/v1/cases/{id}/timeline", Audience::kAccounts},
      {"GET", "/v1/cases/{id}/deadlines", Audience::kAccounts},
      {"GET", "/v1/deadlines", Audience::kAccounts},
      {"GET", "/v1/feed", Audience::kOffices},
      {"GET", "/v1/feed/stream", Audience::kOffices},
      {"POST", "/v1/webhooks", Audience::kOffices},
      {"GET", "/v1/webhooks", Audience::kOffices},
      {"GET", "/v1/webhooks/{id}", Audience::kOffices},
      {"DELETE", "/v1/webhooks/{id}", Audience::kOffices},
      {"GET", "/v1/webhooks/{id}/deliveries", Audience::kOffices},
      {"POST", "/v1/webhooks/{id}/replay", Audience::kOffices},
      {"POST", "/v1/webhooks/{id}/verify", Audience::kOffices},
      {"POST", "/v1/webhooks/{id}/pause", Audience::kOffices},
      {"POST", "/v1/webhooks/{id}/resume", Audience::kOffices},
      {"POST", "/v1/webhooks/{id}/rotate", Audience::kOffices},
      {"GET", "/v1/notifications", Audience::kAccounts},
      {"GET", "/v1/notifications/{id}", Audience::kAccounts},
      {"POST", "/v1/notifications/{id}/read", Audience::kAccounts},
      {"POST", "/v1/inbox/read", Audience::kAccounts},
      {"GET", "/v1/inbox/preferences", Audience::kAccounts},
      {"POST", "/v1/inbox/preferences", Audience::kAccounts},
      {"POST", "/v1/inbox/contact", Audience::kAccounts},
      {"GET", "/v1/notification-deliveries", Audience::kOperators},
      {"POST", "/v1/notification-deliveries/retry", Audience::kOperators},
      {"GET", "/v1/access-log", Audience::kAuditors},
      {"POST", "/v1/session", Audience::kEverybody},
      {"GET", "/v1/session", Audience::kAccounts},
      {"DELETE", "/v1/session", Audience::kAccounts},
      {"POST", "/v1/session/password", Audience::kAccounts},
      {"POST", "/v1/session/undertaking", Audience::kAccounts},
      {"POST", "/v1/session/second-factor", Audience::kAccounts},
      {"POST", "/v1/session/second-factor/confirmation", Audience::kAccounts},
      {"POST", "/v1/accounts/{account}/password-reset", Audience::kOffices},
      {"POST", "/v1/session/certificate", Audience::kEverybody},
      {"GET", "/v1/accounts/{account}/logins", Audience::kAccounts},
      {"POST", "/v1/accounts/{account}/logins", Audience::kOffices},
      {"DELETE", "/v1/accounts/{account}/logins/{id}", Audience::kOffices},
      {"GET", "/v1/api-keys", Audience::kAccounts},
      {"POST", "/v1/api-keys", Audience::kAccounts},
      {"POST", "/v1/api-keys/{id}/rotation", Audience::kAccounts},
      {"DELETE", "/v1/api-keys/{id}", Audience::kAccounts},
      {"POST", "/v1/documents", Audience::kAccounts},
      {"GET", "/v1/documents", Audience::kAccounts},
      {"DELETE", "/v1/documents/{digest}", Audience::kAccounts},
      {"GET", "/v1/cases/{id}/documents", Audience::kAccounts},
      {"GET", "/v1/cases/{id}/documents/{digest}", Audience::kAccounts},
      {"POST", "/v1/persons/search", Audience::kOffices},
      {"POST", "/v1/erasures", Audience::kHeads},
      {"GET", "/v1/erasures/{erasure}", Audience::kHeads},
      {"GET", "/v1/cases/{id}/holds", Audience::kOffices},
      {"POST", "/v1/cases/{id}/holds", Audience::kHeads},
      {"POST", "/v1/cases/{id}/holds/{hold}/lifting", Audience::kHeads},
  });
  return rules;
}

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
