/// A workflow's table without its types: what every workflow's decisions, offers and descriptions
/// are made from, compiled once. machine.hpp fills it in from the rows.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/json.hpp"
#include "domain/rejection.hpp"
#include "workflows/engine/description.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// From one state to another.
using Move = std::pair<std::string_view, std::string_view>;

/// One guard, asked about a command and facts of the types that its row has. Of a standing guard
/// there is no command.
struct GuardEntry {
  const Refusal* refusal;
  bool (*holds)(const void* command, const void* facts, const Context& context);
};

struct RowEntry {
  std::string_view command;
  std::string_view applies;  ///< Name of what selects it.
  std::span<const Move> moves;
  std::span<const Role> roles;
  std::span<const std::string_view> apart;
  std::span<const std::string_view> emits;
  std::span<const GuardEntry> guards;
  /// nullptr: what the command says selects among the rows, or nothing does.
  bool (*selects)(const void* facts);
};

/// nullptr: the row does not lead from that state.
const Move* MoveFrom(const RowEntry& row, std::string_view state);

struct StateEntry {
  std::string_view name;
  std::string_view zh;
  bool terminal;
  std::string_view shown_as;
};

struct CommandEntry {
  std::string_view name;
  std::string_view zh;
  const TypeInfo* type;
};

struct EventEntry {
  std::string_view type;
  std::int64_t version;
  std::string_view zh;
  const TypeInfo* content;
};

struct TableEntry {
  std::string_view name;
  std::string_view zh;
  std::string_view purpose;
  std::string_view initial;
  std::span<const StateEntry> states;
  std::span<const CommandEntry> commands;
  std::span<const EventEntry> events;
  std::span<const RowEntry> rows;
  std::span<const GuardEntry> standing;
};

/// One decision while it is made: the first row that is selected is the only one tried.
struct Attempt {
  const Actor* actor = nullptr;
  docket::Context context{};
  std::optional<Rejection> rejection{};
  bool selected = false;
  std::string target{};

  /// All that stands before an act, once its selector has said that the row, which leads on by
  /// `move`, is meant: role, separation of duties, standing guards, its own. False: `rejection`
  /// says why it refuses.
  bool Takes(const RowEntry& row, const Move& move, const void* command, const void* facts,
             std::span<const GuardEntry> standing);

 private:
  bool MayAct(const RowEntry& row, const std::string& key);
  bool Hold(std::span<const GuardEntry> guards, const std::string& where, RejectionKind kind,
            const void* command, const void* facts);
  bool IsMasked(const std::string& where, const Refusal& refusal) const;
  bool RefuseWith(RejectionKind kind, const Refusal& refusal);
};

Description DescribeTable(const TableEntry& table);

/// What the actor may do in this state, each command once, by the first row that allows it.
std::vector<AllowedCommand> AllowedBy(const TableEntry& table, std::string_view state,
                                      const void* facts, const Acts& acts, const Asker& asker,
                                      Context context);

/// The command from its body. Nobody gives a sealed text. `WrongFields` of the command is not
/// asked.
Expected<void> ReadCommand(const TypeInfo& type, void* command, const Json& body);

/// The event as decided, with its personal texts found. Claims are not: they follow from facts.
EventDraft DraftOf(const EventEntry& entry, const void* event);

/// Brings stored data one version further.
using UpcastStep = Json (*)(const std::string& type, std::int64_t version, Json data);
/// The stored event as the code knows it. Throws std::runtime_error when it cannot be read: it is
/// newer, there is no step from its version, or what it holds is no such event.
void ReadStored(const EventEntry& entry, void* event, const RecordedEvent& recorded,
                const JsonView& data, UpcastStep step);

}  // namespace docket
