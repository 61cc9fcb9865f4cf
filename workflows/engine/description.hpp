/// What a workflow's table says of itself: the one source of the workflow pages, the allowed
/// actions of a case, the coverage gate and the mutation run.
#pragma once

#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"

namespace docket {

struct StateText {
  std::string name;
  std::string zh;
  bool terminal = false;
  /// The state that parties are shown instead: what goes on inside the office is not theirs to
  /// follow. Empty: this one.
  std::string shown_as{};
};

/// One row of the table, for one source state.
struct RowText {
  std::string from;
  std::string command;
  std::string to;
  std::string applies;  ///< What selects the row (a profile); empty: always.
  std::vector<Role> roles;
  std::vector<std::string> apart;  ///< Event types whose actor may not do this (职责分离).
  std::vector<std::string> emits;
  std::vector<Refusal> guards;  ///< In the order in which they refuse.

  /// `accepted draft_decision decision_drafted` and the selector: names the row in tests.
  std::string Key() const {
    return from + " " + command + " " + to + (applies.empty() ? "" : " " + applies);
  }
};

struct CommandText {
  std::string name;
  std::string zh;
  Json schema;  ///< JSON Schema of the body.
};

struct EventText {
  std::string type;
  std::int64_t version = 1;
  std::string zh;
  Json schema;
};

/// Everything that can be printed about one workflow.
struct Description {
  std::string name;
  std::string zh;
  std::string purpose;
  std::string initial;
  std::vector<StateText> states;
  std::vector<CommandText> commands;
  std::vector<EventText> events;
  std::vector<RowText> rows;
  std::vector<Refusal> standing;  ///< Guards of every row (competence, recusal), before its own.

  const StateText* FindState(std::string_view state) const;
  const CommandText* FindCommand(std::string_view command) const;
  const EventText* FindEvent(std::string_view type) const;
};

}  // namespace docket
