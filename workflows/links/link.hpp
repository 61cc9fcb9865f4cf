/// Links between cases (业务联动): what an act of one case brings about in others. A link is data
/// for the process manager, who reads the log and gives the commands; here nothing is done.
///
/// A link begins at an event and ends with a command that a row of its workflow's table gives to
/// Role::kProcessManager. A chain of links can never return to where it began: CheckLinks follows
/// every event that such a command may emit, and a circle ends the process at start.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/json_view.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// The event that a link begins with, and the case as it was then, which is read when it is asked
/// for: most events of clocks concern nobody. Personal texts are sealed: they stay where they are,
/// and a case that follows names the one it comes from.
struct LinkCause {
  const RecordedEvent& event;
  const JsonView& data;
  const std::function<const CaseModel&()>& model;
};

/// One command that follows.
struct LinkedCommand {
  /// The case to act on. Empty: the one that holds `claim`.
  StreamId case_id{};
  /// The stream of a claim (claims.hpp). Empty as well: a new case is opened.
  StreamId claim{};
  Json data = Json::object();
  /// Of the link's `otherwise`.
  Json otherwise = Json::object();
};

/// One row of the table of links.
struct Link {
  /// Stored in the ids of its commands: never changed, never used again.
  std::string_view name;
  std::string_view zh;
  std::string_view on;        ///< Type of the event.
  std::string_view workflow;  ///< Whose command it is.
  std::string_view command;
  bool opens = false;  ///< It opens a case; else it acts on one.
  /// A refusal is no failure: the case has moved on, and the command finds nothing to act upon.
  bool may_come_late = false;
  /// Command to the case of the event, where this one is refused and it waits for it.
  std::string_view otherwise{};
  /// Of what concerns every workflow, a deadline: those of which it does not.
  std::vector<std::string_view> apart_from{};
  /// Throws std::runtime_error when the event cannot be read.
  std::vector<LinkedCommand> (*commands)(const LinkCause& cause) = nullptr;

  bool BeginsWith(const RecordedEvent& event) const;
};

/// The table. Ends the process where CheckLinks finds a fault.
const std::vector<Link>& AllLinks();

/// The table for people, as Markdown.
std::string LinksPage(const std::vector<Link>& links);

/// What is wrong with a table of links over these workflows, a sentence each: names that nobody
/// has, commands that no row gives to the process manager, circles.
std::vector<std::string> CheckLinks(const std::vector<Link>& links,
                                    const std::vector<const Workflow*>& workflows);

}  // namespace docket
