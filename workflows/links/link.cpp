#include "workflows/links/link.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "workflows/engine/deadline_events.hpp"

namespace docket {

namespace {

const Workflow* WorkflowNamed(const std::vector<const Workflow*>& workflows,
                              std::string_view name) {
  const auto found = std::find_if(workflows.begin(), workflows.end(),
                                  [&](const Workflow* one) { return one->Name() == name; });
  return found == workflows.end() ? nullptr : *found;
}

bool IsApart(const Link& link, std::string_view workflow) {
  return std::find(link.apart_from.begin(), link.apart_from.end(), workflow) !=
         link.apart_from.end();
}

/// The rows by which the process manager gives the link's command.
std::vector<const RowText*> RowsOf(const Link& link, const Description& table) {
  std::vector<const RowText*> rows;
  for (const auto& row : table.rows) {
    const bool is_given =
        std::find(row.roles.begin(), row.roles.end(), Role::kProcessManager) != row.roles.end();
    const bool begins = row.from == table.initial;
    if (row.command == link.command && is_given && begins == link.opens) rows.push_back(&row);
  }
  return rows;
}

/// Where a link may go on from: an event of a workflow.
using Place = std::pair<std::string, std::string>;

class Walk {
 public:
  Walk(const std::vector<Link>& links, const std::vector<const Workflow*>& workflows)
      : links_(links), workflows_(workflows) {}

  /// Names of links that come round to the first; empty: none does.
  std::vector<std::string> CircleFrom(const Link& first) {
    first_ = &first;
    path_.clear();
    seen_.clear();
    return Follow(first) ? path_ : std::vector<std::string>{};
  }

 private:
  bool Follow(const Link& link) {
    path_.emplace_back(link.name);
    const Workflow* target = WorkflowNamed(workflows_, link.workflow);
    if (target != nullptr) {
      for (const RowText* row : RowsOf(link, target->Describe())) {
        if (ReachAll(*target, row->emits)) return true;
      }
      if (ReachByTime(*target)) return true;
    }
    path_.pop_back();
    return false;
  }

  /// What a command starts may lapse some day, and the clock act upon it.
  bool ReachByTime(const Workflow& workflow) {
    if (workflow.Rules().Rules().empty()) return false;
    if (ReachAll(workflow, {std::string(deadline::Approaching::kType),
                            std::string(deadline::Lapsed::kType)})) {
      return true;
    }
    for (const auto& row : workflow.Describe().rows) {
      const bool by_clock =
          std::find(row.roles.begin(), row.roles.end(), Role::kClock) != row.roles.end();
      if (by_clock && ReachAll(workflow, row.emits)) return true;
    }
    return false;
  }

  bool ReachAll(const Workflow& workflow, const std::vector<std::string>& types) {
    return std::any_of(types.begin(), types.end(), [&](const std::string& type) {
      return Reach({std::string(workflow.Name()), type});
    });
  }

  bool Reach(const Place& place) {
    if (!seen_.insert(place).second) return false;
    for (const auto& next : links_) {
      if (next.on != place.second || IsApart(next, place.first)) continue;
      if (&next == first_ || Follow(next)) return true;
    }
    return false;
  }

  const std::vector<Link>& links_;
  const std::vector<const Workflow*>& workflows_;
  const Link* first_ = nullptr;
  std::vector<std::string> path_;
  std::set<Place> seen_;
};

bool IsKnownEvent(std::string_view type, const std::vector<const Workflow*>& workflows) {
  if (deadline::IsDeadlineEvent(type)) return true;
  return std::any_of(workflows.begin(), workflows.end(), [&](const Workflow* one) {
    return one->Describe().FindEvent(type) != nullptr;
  });
}

}  // namespace

bool Link::BeginsWith(const RecordedEvent& event) const {
  if (event.type != on) return false;
  const Workflow* workflow = WorkflowOf(event.stream);
  return workflow != nullptr && !IsApart(*this, workflow->Name());
}

std::vector<std::string> CheckLinks(const std::vector<Link>& links,
                                    const std::vector<const Workflow*>& workflows) {
  std::vector<std::string> faults;
  std::set<std::string_view> names;
  for (const auto& link : links) {
    const auto fault = [&](const std::string& text) {
      faults.push_back(fmt::format("link {}: {}", link.name, text));
    };
    if (!names.insert(link.name).second) fault("its name is used twice");
    if (link.commands == nullptr) fault("it gives no commands");
    if (!IsKnownEvent(link.on, workflows)) fault(fmt::format("there is no event {}", link.on));
    for (const auto apart : link.apart_from) {
      if (WorkflowNamed(workflows, apart) == nullptr) fault(fmt::format("no workflow {}", apart));
    }
    const std::string_view from = link.on.substr(0, link.on.find('.'));
    if (const Workflow* waiting = WorkflowNamed(workflows, from); !link.otherwise.empty()) {
      Link answer = link;
      answer.workflow = from;
      answer.command = link.otherwise;
      answer.opens = false;
      if (waiting == nullptr || RowsOf(answer, waiting->Describe()).empty()) {
        fault(fmt::format("no row gives {} to the process manager", link.otherwise));
      }
    }
    const Workflow* target = WorkflowNamed(workflows, link.workflow);
    if (target == nullptr) {
      fault(fmt::format("there is no workflow {}", link.workflow));
    } else if (RowsOf(link, target->Describe()).empty()) {
      fault(fmt::format("no row gives {} of {} to the process manager, {}", link.command,
                        link.workflow, link.opens ? "to open a case" : "on an open case"));
    }
  }
  Walk walk(links, workflows);
  for (const auto& link : links) {
    const auto circle = walk.CircleFrom(link);
    if (circle.empty()) continue;
    faults.push_back(fmt::format("links go round: {}", fmt::join(circle, ", ")));
    break;
  }
  return faults;
}

std::string LinksPage(const std::vector<Link>& links) {
  std::string page =
      "# 业务联动 Links\n\nPrinted by `docket workflow docs` from `workflows/links/links.cpp`; do not "
      "edit.\n\nWhat an act of one case brings about in others, each exactly once "
      "([ADR 49](../adr/0049-links-between-cases.md)).\n\n"
      "| Link | Begins with | Apart from | Brings about | |\n|---|---|---|---|---|\n";
  for (const auto& link : links) {
    page +=
        fmt::format("| `{}` {} | `{}` | {} | `{}.{}` {} | {} |\n", link.name, link.zh, link.on,
                    fmt::join(link.apart_from, ", "), link.workflow, link.command,
                    link.opens ? "(opens a case)" : "", link.may_come_late ? "may come late" : "");
  }
  return page;
}

}  // namespace docket
