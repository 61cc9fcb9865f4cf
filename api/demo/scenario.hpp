/// Players: who does what next in a case of each workflow, for the demonstration (`docket demo`)
/// and for simulated histories.
///
/// A player is pure: it looks at the case as it stands and says which ordinary commands people may
/// give now, with bodies that the workflow accepts as far as can be told, and how often each is
/// chosen. Whoever plays draws one of these moves, gives the command to the engine, and lets time
/// pass. Each player is one file, players/NAME.cpp, found by the build.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/demo/random.hpp"
#include "api/demo/words.hpp"
#include "api/demo/world.hpp"
#include "domain/calendar/calendar.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::demo {

/// A case as it stands.
struct CaseInPlay {
  StreamId id;
  std::string state;
  Json facts;  ///< As stored; personal texts are sealed.
  ActorId opened_by;
  /// Who caused each event type so far: nobody approves what he prepared.
  const Acts* acts = nullptr;
  const Clocks* clocks = nullptr;

  /// Text of a fact by its JSON pointer; empty where there is none.
  std::string Text(std::string_view pointer) const;
  /// Texts of a list.
  std::vector<std::string> Texts(std::string_view pointer) const;
  bool Is(std::string_view pointer) const;   ///< A fact that is true.
  bool Has(std::string_view pointer) const;  ///< There is such a fact, and it is not empty.
  UnitId Unit(std::string_view pointer = "/unit") const { return UnitId(Text(pointer)); }
  /// Whoever caused events of the type.
  std::vector<ActorId> Who(std::string_view event_type) const;
};

/// The other cases, as whoever plays knows them.
using FindCases = std::function<std::vector<const CaseInPlay*>(std::string_view workflow)>;

/// What a player is given: chance, the province, the day, the case.
struct Turn {
  Random& random;
  const World& world;
  const WorkCalendar& calendar;
  Instant now;
  const CaseInPlay* current = nullptr;  ///< nullptr: a case is to be opened.
  FindCases cases = [](std::string_view) { return std::vector<const CaseInPlay*>(); };

  Date Today() const { return now.ChinaDate(); }
  /// `2024-09-21`, so many calendar days from today.
  std::string Day(int days = 0) const { return (Today() + days).ToString(); }
  /// The first working day after so many working days from today.
  std::string Workday(int days) const;
  bool In(std::string_view state) const { return current != nullptr && current->state == state; }
  bool InAny(std::initializer_list<std::string_view> states) const;

  /// The clock of that name was started, and its last day has not passed.
  bool Runs(std::string_view clock) const;
  /// The department of the case (its fact `unit`); before one has it the nearest that is competent
  /// for its `region` and `industry`. nullptr: there is none.
  const Unit* Department() const;
  /// Somebody of that department who was not recused and is none of `others`; nullptr: nobody.
  const Actor* Officer(Role role, std::vector<ActorId> others = {}) const;
  /// One of the case's `handlers` who was not recused; nullptr: nobody.
  const Actor* Handler() const;
  /// Somebody in a role that several units of the division have; the nearest unit's first.
  const Actor* Near(Role role, const RegionCode& region) const;
};

/// One command that somebody may give now.
struct Move {
  /// Tells moves apart that lead elsewhere: the command's name, or with what follows a point
  /// (`decide.dismissed`).
  std::string label;
  int weight = 1;  ///< Above 0; how often it is chosen, relative to the others.
  Actor actor;     ///< Of the province, or the holder of an account that a case has opened.
  std::string command;
  Json data = Json::object();
  std::optional<std::string> occurred_at{};
  std::optional<BackEntry> back_entry{};
  /// Calendar days until somebody turns to the case again.
  int pause_min = 1;
  int pause_max = 6;
};

/// The moves of a turn. What nobody is there to do is left out.
class Moves {
 public:
  /// The move stays valid to be changed until the next call.
  Move& Add(int weight, const Actor* actor, std::string_view command, Json data = Json::object());
  /// The same command with another content: `command.variant`.
  Move& AddAs(std::string_view variant, int weight, const Actor* actor, std::string_view command,
              Json data = Json::object());

  void Add(Move move) { moves_.push_back(std::move(move)); }

  const std::vector<Move>& All() const { return moves_; }
  bool empty() const { return moves_.empty(); }

 private:
  std::vector<Move> moves_;
  Move unused_;
};

/// Plays the cases of one workflow. Stateless; thread-safe.
class Player {
 public:
  virtual ~Player() = default;
  /// What may be done next; nothing: the case waits for time or for another case, or is over.
  /// Without a current case: how one is opened; nothing: only other cases open it.
  virtual Moves Next(Turn& turn) const = 0;
  /// How many cases people open, relative to other workflows.
  virtual int Share() const { return 10; }
};

/// A player and its workflow.
struct Played {
  std::string_view workflow;
  const Player* player;
};
/// By the workflow's name. Generated from players/: `players/NAME.cpp` defines
/// `const Player& docket::demo::NAME::Scenario()`.
const std::vector<Played>& AllPlayers();
/// nullptr: nobody plays it.
const Player* FindPlayer(std::string_view workflow);

/// The case as a player sees it.
CaseInPlay InPlay(const StreamId& id, const CaseModel& model);
/// One of the moves by their weights; there is one at least.
const Move& Draw(Random& random, const Moves& moves);
/// The command of a move, as the engine takes it. `case_id` empty: opens a case of `workflow`.
CommandRequest RequestOf(const Move& move, std::string_view workflow, const StreamId& case_id,
                         CommandId command_id);

}  // namespace docket::demo
