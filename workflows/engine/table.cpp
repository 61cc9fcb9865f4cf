#include "workflows/engine/table.hpp"

#include <algorithm>
#include <stdexcept>

#include "domain/ensure.hpp"
#include "workflows/engine/probe.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket {

namespace {

constexpr const char* kStanding = "standing";

std::string RowKey(std::string_view from, const RowEntry& row, std::string_view to) {
  std::string key = std::string(from) + " " + std::string(row.command) + " " + std::string(to);
  return row.applies.empty() ? key : key + " " + std::string(row.applies);
}

bool CausedOneOf(const ActorId& actor, const RowEntry& row, const Acts& acts) {
  return std::any_of(row.apart.begin(), row.apart.end(), [&](std::string_view type) {
    const auto earlier = acts.find(std::string(type));
    return earlier != acts.end() && earlier->second.contains(actor);
  });
}

void DescribeRow(const RowEntry& row, Description& description) {
  for (const auto& [from, to] : row.moves) {
    RowText text;
    text.from = from;
    text.command = row.command;
    text.to = to;
    text.applies = row.applies;
    text.roles.assign(row.roles.begin(), row.roles.end());
    text.apart.assign(row.apart.begin(), row.apart.end());
    text.emits.assign(row.emits.begin(), row.emits.end());
    for (const GuardEntry& guard : row.guards) text.guards.push_back(*guard.refusal);
    description.rows.push_back(std::move(text));
  }
}

std::optional<Role> RoleFor(const RowEntry& row, std::span<const GuardEntry> standing,
                            const void* facts, const Acts& acts, const Asker& asker,
                            Context& context) {
  for (const Role role : row.roles) {
    if (!asker.actor.Holds(role)) continue;
    context.role = role;
    const bool stand = std::all_of(standing.begin(), standing.end(), [&](const GuardEntry& guard) {
      return guard.holds(nullptr, facts, context);
    });
    if (stand && !CausedOneOf(asker.actor.id, row, acts)) return role;
  }
  return std::nullopt;
}

/// What sealing and its checks visit is not changed by them.
template <class Visit>
void EachPersonal(const TypeInfo& type, const void* value, const Visit& visit) {
  json_detail::VisitPersonalOf(type, const_cast<void*>(value), "", Subject::kNone, visit);
}

}  // namespace

const Move* MoveFrom(const RowEntry& row, std::string_view state) {
  const auto found = std::find_if(row.moves.begin(), row.moves.end(),
                                  [&](const Move& move) { return move.first == state; });
  return found == row.moves.end() ? nullptr : &*found;
}

bool Attempt::Takes(const RowEntry& row, const Move& move, const void* command, const void* facts,
                    std::span<const GuardEntry> standing) {
  const std::string key = RowKey(move.first, row, move.second);
  Probe* const probe = context.probe;
  if (probe != nullptr && probe->masked_row == key) return false;
  selected = true;
  target = move.second;
  if (probe != nullptr) probe->row = key;
  return MayAct(row, key) && Hold(standing, kStanding, RejectionKind::kForbidden, nullptr, facts) &&
         Hold(row.guards, key, RejectionKind::kRefused, command, facts);
}

bool Attempt::MayAct(const RowEntry& row, const std::string& key) {
  const auto held = std::find_if(row.roles.begin(), row.roles.end(),
                                 [&](const Role& role) { return actor->Holds(role); });
  if (held == row.roles.end() && !IsMasked(key, kRoleNotPermitted)) {
    return RefuseWith(RejectionKind::kForbidden, kRoleNotPermitted);
  }
  context.role = held == row.roles.end() ? row.roles.front() : *held;
  if (IsMasked(key, kSeparationOfDuties)) return true;
  if (CausedOneOf(context.actor, row, *context.acts) ||
      CausedOneOf(context.recorded_by, row, *context.acts)) {
    return RefuseWith(RejectionKind::kForbidden, kSeparationOfDuties);
  }
  return true;
}

bool Attempt::Hold(std::span<const GuardEntry> guards, const std::string& where, RejectionKind kind,
                   const void* command, const void* facts) {
  for (const GuardEntry& guard : guards) {
    if (IsMasked(where, *guard.refusal) || guard.holds(command, facts, context)) continue;
    return RefuseWith(kind, *guard.refusal);
  }
  return true;
}

bool Attempt::IsMasked(const std::string& where, const Refusal& refusal) const {
  return context.probe != nullptr &&
         context.probe->masked_guard == where + " " + std::string(refusal.code);
}

bool Attempt::RefuseWith(RejectionKind kind, const Refusal& refusal) {
  if (context.probe != nullptr) context.probe->refused = refusal.code;
  rejection = Rejection(kind, refusal);
  return false;
}

Description DescribeTable(const TableEntry& table) {
  Description description;
  description.name = table.name;
  description.zh = table.zh;
  description.purpose = table.purpose;
  description.initial = table.initial;
  for (const auto& [name, zh, terminal, shown_as] : table.states) {
    description.states.push_back(
        {std::string(name), std::string(zh), terminal, std::string(shown_as)});
  }
  for (const auto& [name, zh, type] : table.commands) {
    description.commands.push_back(
        {std::string(name), std::string(zh), json_detail::SchemaOf(*type)});
  }
  for (const auto& [type, version, zh, content] : table.events) {
    description.events.push_back(
        {std::string(type), version, std::string(zh), json_detail::SchemaOf(*content)});
  }
  for (const RowEntry& row : table.rows) DescribeRow(row, description);
  for (const GuardEntry& guard : table.standing) description.standing.push_back(*guard.refusal);
  return description;
}

std::vector<AllowedCommand> AllowedBy(const TableEntry& table, std::string_view state,
                                      const void* facts, const Acts& acts, const Asker& asker,
                                      Context context) {
  std::vector<AllowedCommand> allowed;
  for (const RowEntry& row : table.rows) {
    const bool listed = std::any_of(allowed.begin(), allowed.end(),
                                    [&](const auto& known) { return known.name == row.command; });
    if (listed || MoveFrom(row, state) == nullptr) continue;
    if (row.selects != nullptr && !row.selects(facts)) continue;
    const auto role = RoleFor(row, table.standing, facts, acts, asker, context);
    if (!role) continue;
    const auto command = std::find_if(table.commands.begin(), table.commands.end(),
                                      [&](const auto& one) { return one.name == row.command; });
    allowed.push_back({std::string(command->name), std::string(command->zh), *role,
                       json_detail::SchemaOf(*command->type)});
  }
  return allowed;
}

Expected<void> ReadCommand(const TypeInfo& type, void* command, const Json& body) {
  FieldErrors errors;
  if (!json_detail::DecodeValue(type, command, body, JsonPath(), errors)) {
    return tl::unexpected(InvalidFields(std::move(errors)));
  }
  EachPersonal(type, command, [&](const std::string& pointer, Subject, const PersonalText& text) {
    if (text.IsSealed()) json_detail::AddWrongType(errors, pointer, "string");
  });
  if (!errors.empty()) return tl::unexpected(InvalidFields(std::move(errors)));
  return {};
}

EventDraft DraftOf(const EventEntry& entry, const void* event) {
  EventDraft draft{
      std::string(entry.type), entry.version, json_detail::EncodeValue(*entry.content, event), {}};
  EachPersonal(*entry.content, event,
               [&](const std::string& pointer, Subject subject, const PersonalText& text) {
                 // A text carried over from facts is sealed already, under another event.
                 ENSURE(!text.IsSealed(), "{} carries a sealed text at {}", entry.type, pointer);
                 ENSURE(subject != Subject::kNone, "{} marks {}", entry.type, pointer);
                 draft.personal.push_back({pointer, subject});
               });
  return draft;
}

void ReadStored(const EventEntry& entry, void* event, const RecordedEvent& recorded,
                const JsonView& data, UpcastStep step) {
  if (recorded.schema_version > entry.version) {
    throw std::runtime_error(recorded.type + " is of a newer version than this program knows");
  }
  FieldErrors errors;
  if (recorded.schema_version == entry.version) {
    json_detail::DecodeValue(*entry.content, event, data, JsonPath(), errors);
  } else {
    Json upcasted = data.ToJson();
    for (auto version = recorded.schema_version; version < entry.version; ++version) {
      upcasted = step(recorded.type, version, std::move(upcasted));
    }
    json_detail::DecodeValue(*entry.content, event, upcasted, JsonPath(), errors);
  }
  if (errors.empty()) return;
  throw std::runtime_error("unreadable " + recorded.type + " at " + errors.front().pointer);
}

}  // namespace docket
