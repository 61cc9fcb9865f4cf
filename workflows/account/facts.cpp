#include "workflows/account/facts.hpp"

#include <algorithm>

#include "workflows/account/events.hpp"
#include "workflows/account/guards.hpp"
#include "workflows/engine/event_catalogue.hpp"

namespace docket::account {

namespace {

Claim NameClaim(const ActorId& account) {
  return {.kind = Claim::Kind::kTake,
          .registry = std::string(kNameRegistry),
          .name = account.value,
          .taken = kNameTaken};
}

Claim PersonClaim(Claim::Kind kind, const std::string& person) {
  return {.kind = kind,
          .registry = std::string(kPersonRegistry),
          .name = person,
          .taken = kPersonTaken};
}

Claim PostClaim(Claim::Kind kind, const UnitId& unit) {
  return {.kind = kind,
          .registry = std::string(kPostRegistry),
          .name = unit.value,
          .taken = kPostFilled,
          .command = EndAdministration::kName};
}

/// The same person writes a number with or without spaces, with a small or a capital X.
std::string Normalised(const std::string& identity) {
  std::string plain;
  for (const char c : identity) {
    if (c == ' ') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return plain;
}

bool Holds(const std::vector<Role>& roles, Role role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

void EndPost(Facts& facts) { std::erase(facts.roles, Role::kUnitAdministrator); }

}  // namespace

bool IsSystemRole(Role role) {
  return role == Role::kSystemAdministrator || role == Role::kSystemOperator ||
         role == Role::kSystemAuditor;
}

bool HasSystemRole(const std::vector<Role>& roles) {
  return std::any_of(roles.begin(), roles.end(), IsSystemRole);
}

bool HoldsPost(const Facts& facts) { return Holds(facts.roles, Role::kUnitAdministrator); }

bool IsPhoneNumber(const std::string& text) {
  constexpr std::size_t kLeast = 5;
  constexpr std::size_t kMost = 20;
  return text.size() >= kLeast && text.size() <= kMost &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '+' || c == '-'; });
}

bool IsEmailAddress(const std::string& text) {
  const auto at = text.find('@');
  const bool has_parts = at != std::string::npos && at > 0 && at + 1 < text.size() &&
                         text.find('@', at + 1) == std::string::npos;
  return has_parts && text.size() <= kEmailBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           return is_letter || (c >= '0' && c <= '9') ||
                  std::string_view("@.-_+").find(c) != std::string_view::npos;
         });
}

bool IsAccountName(const ActorId& account) {
  const auto& name = account.value;
  return !name.empty() && name.size() <= kAccountNameBytesMax &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
         });
}

FieldErrors GrantScopes::WrongFields() const {
  FieldErrors wrong;
  for (std::size_t i = 0; i < scopes.size(); ++i) {
    if (!scopes[i].events) continue;
    auto errors = CheckEventFields(*scopes[i].events, "/scopes/" + std::to_string(i) + "/events");
    wrong.insert(wrong.end(), std::make_move_iterator(errors.begin()),
                 std::make_move_iterator(errors.end()));
  }
  return wrong;
}

bool ScopesWithinUnit::Holds(const GrantScopes& c, const Facts& facts, const Context& context) {
  const auto unit =
      context.directory == nullptr ? std::nullopt : context.directory->FindUnit(facts.unit);
  const auto trades = unit ? unit->industries : std::vector<Industry>();
  const auto is_own = [&](Industry industry) {
    return std::find(trades.begin(), trades.end(), industry) != trades.end();
  };
  return std::all_of(c.scopes.begin(), c.scopes.end(), [&](const Scope& scope) {
    const bool in_trades =
        trades.empty() || (!scope.industries.empty() &&
                           std::all_of(scope.industries.begin(), scope.industries.end(), is_own));
    return facts.region.Covers(scope.region) && in_trades;
  });
}

AccountRequested AccountRequested::From(const Request& c, const Facts&, const Context& context) {
  AccountRequested event{
      c.account,           c.holder, c.identity,        {}, c.unit.value_or(context.unit),
      context.unit_region, c.roles,  c.responsibilities};
  if (context.pseudonym != nullptr)
    event.person = (*context.pseudonym)(Normalised(c.identity.text));
  const auto unit =
      context.directory == nullptr ? std::nullopt : context.directory->FindUnit(event.unit);
  if (unit) event.region = unit->region;
  return event;
}

AccountOpened AccountOpened::From(const Bootstrap& c, const Facts&, const Context& context) {
  AccountOpened event{c.account,          c.holder, c.roles,
                      c.responsibilities, c.unit,   context.unit_region};
  const auto unit =
      context.directory == nullptr ? std::nullopt : context.directory->FindUnit(c.unit);
  if (unit) event.region = unit->region;
  return event;
}

std::vector<Claim> AccountRequested::Claims(const Facts&) const {
  std::vector<Claim> claims{NameClaim(account)};
  if (person) claims.push_back(PersonClaim(Claim::Kind::kTake, *person));
  return claims;
}

std::vector<Claim> AccountOpened::Claims(const Facts&) const {
  std::vector<Claim> claims{NameClaim(account)};
  if (Holds(roles, Role::kUnitAdministrator)) {
    claims.push_back(PostClaim(Claim::Kind::kTake, unit));
  }
  return claims;
}

std::vector<Claim> AccountApproved::Claims(const Facts& before) const {
  if (!HoldsPost(before)) return {};
  return {PostClaim(Claim::Kind::kTake, before.unit)};
}

std::vector<Claim> AccountRejected::Claims(const Facts& before) const {
  if (!before.person) return {};
  return {PersonClaim(Claim::Kind::kRelease, *before.person)};
}

std::vector<Claim> AdministratorAppointed::Claims(const Facts& before) const {
  return {PostClaim(in_succession ? Claim::Kind::kTakeOver : Claim::Kind::kTake, before.unit)};
}

std::vector<Claim> AdministrationEnded::Claims(const Facts& before) const {
  return {PostClaim(Claim::Kind::kRelease, before.unit)};
}

std::vector<Claim> AccountDisabled::Claims(const Facts& before) const {
  if (!HoldsPost(before)) return {};
  return {PostClaim(Claim::Kind::kRelease, before.unit)};
}

std::vector<Claim> AccountClosed::Claims(const Facts& before) const {
  std::vector<Claim> claims;
  if (HoldsPost(before)) claims.push_back(PostClaim(Claim::Kind::kRelease, before.unit));
  if (before.person) claims.push_back(PersonClaim(Claim::Kind::kRelease, *before.person));
  return claims;
}

void Apply(Facts& facts, const AccountRequested& e, const RecordedEvent&) {
  facts.state = Requested::kName;
  facts.account = e.account;
  facts.holder = e.holder;
  facts.person = e.person;
  facts.unit = e.unit;
  facts.region = e.region;
  facts.roles = e.roles;
  facts.responsibilities = e.responsibilities;
}

void Apply(Facts& facts, const AccountOpened& e, const RecordedEvent&) {
  facts.state = Active::kName;
  facts.account = e.account;
  facts.holder = e.holder;
  facts.unit = e.unit;
  facts.region = e.region;
  facts.roles = e.roles;
  facts.responsibilities = e.responsibilities;
}

void Apply(Facts& facts, const AccountApproved&, const RecordedEvent&) {
  facts.state = Approved::kName;
}

void Apply(Facts& facts, const AccountRejected&, const RecordedEvent&) {
  facts.state = Closed::kName;
}

void Apply(Facts& facts, const AccountActivated& e, const RecordedEvent&) {
  facts.state = Active::kName;
  facts.undertaking_version = e.undertaking_version;
}

void Apply(Facts& facts, const UndertakingSigned& e, const RecordedEvent&) {
  facts.undertaking_version = e.undertaking_version;
}

void Apply(Facts& facts, const DutiesChanged& e, const RecordedEvent&) {
  const bool holds_post = HoldsPost(facts);
  facts.roles = e.roles;
  // The post is ended by the next appointment, not by other duties.
  if (holds_post) facts.roles.push_back(Role::kUnitAdministrator);
  facts.responsibilities = e.responsibilities;
}

void Apply(Facts& facts, const AdministratorAppointed&, const RecordedEvent&) {
  facts.roles.push_back(Role::kUnitAdministrator);
  facts.post_vacant = false;
}

void Apply(Facts& facts, const AdministrationEnded&, const RecordedEvent&) { EndPost(facts); }

void Apply(Facts& facts, const PasswordHasExpired&, const RecordedEvent&) {
  facts.state = PasswordExpired::kName;
}

void Apply(Facts& facts, const PasswordRenewed&, const RecordedEvent&) {
  facts.state = Active::kName;
}

void Apply(Facts&, const PasswordWasReset&, const RecordedEvent&) {}

void Apply(Facts& facts, const AccountLocked& e, const RecordedEvent&) {
  facts.state_before_lock = facts.state;
  facts.locked_until = e.until;
  facts.state = Locked::kName;
}

void Apply(Facts& facts, const AccountUnlocked&, const RecordedEvent& event) {
  facts.state = facts.state_before_lock;
  facts.unlocked_at = event.occurred_at;
  facts.state_before_lock.clear();
  facts.locked_until.reset();
}

void Apply(Facts& facts, const LoginBound&, const RecordedEvent&) { facts.proposed_by.reset(); }

void Apply(Facts&, const LoginRevoked&, const RecordedEvent&) {}

void Apply(Facts& facts, const ScopesGranted& e, const RecordedEvent&) { facts.scopes = e.scopes; }

void Apply(Facts& facts, const ContactChanged& e, const RecordedEvent&) {
  facts.phone = e.phone;
  facts.email = e.email;
}

void Apply(Facts& facts, const AlarmRaised&, const RecordedEvent&) { facts.alarmed = true; }

void Apply(Facts& facts, const ChangeProposed&, const RecordedEvent& event) {
  facts.proposed_by = event.actor;
}

void Apply(Facts& facts, const AccountSuspended&, const RecordedEvent&) {
  facts.state = Suspended::kName;
  facts.proposed_by.reset();
}

void Apply(Facts& facts, const AccountReinstated&, const RecordedEvent&) {
  facts.state = Active::kName;
  facts.alarmed = false;
  facts.proposed_by.reset();
}

void Apply(Facts& facts, const AccountDisabled&, const RecordedEvent&) {
  facts.state = Disabled::kName;
  facts.post_vacant = HoldsPost(facts);
  EndPost(facts);
  facts.proposed_by.reset();
}

void Apply(Facts& facts, const AccountClosed&, const RecordedEvent&) {
  facts.state = Closed::kName;
  facts.post_vacant = facts.post_vacant || HoldsPost(facts);
  EndPost(facts);
}

}  // namespace docket::account
