// Invariants of what cases are about: administrators, supervised items, records, links.
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "domain/json_view.hpp"
#include "persistence/accounts/log_accounts.hpp"
#include "tests/simulation/invariants.hpp"
#include "workflows/account/states.hpp"
#include "workflows/engine/deadline_events.hpp"

namespace docket::simulation {

namespace {

std::string Where(const RecordedEvent& event) {
  return fmt::format("position {} ({} {})", event.position.value, event.stream.value, event.type);
}

std::string Member(const Json& data, const char* name) {
  const auto found = data.find(name);
  return found != data.end() && found->is_string() ? found->get<std::string>() : "";
}

bool EndsAppend(const History& history, std::size_t i) {
  return i + 1 == history.size() || history[i + 1].command_id != history[i].command_id;
}

/// The accounts in service that administer a unit; more than one is too many.
class Administrators {
 public:
  void See(const StreamId& case_id, const CaseModel& model) {
    const auto record = AccountRecordOf(case_id, model);
    for (auto& [unit, holders] : by_unit_) holders.erase(record.account);
    const bool holds = std::find(record.roles.begin(), record.roles.end(),
                                 Role::kUnitAdministrator) != record.roles.end();
    if (holds && record.IsInService()) by_unit_[record.unit].insert(record.account);
  }
  const std::map<UnitId, std::set<ActorId>>& ByUnit() const { return by_unit_; }

 private:
  std::map<UnitId, std::set<ActorId>> by_unit_;
};

/// One item and what it was forwarded to.
struct Item {
  std::string parent;
  bool is_over = false;                      ///< Closed or revoked.
  std::set<std::string> forwarded;           ///< Codes.
  std::set<std::string> reported;            ///< Codes of which the end is known here.
  std::map<std::string, StreamId> children;  ///< By code.
};

class Items {
 public:
  void Read(const RecordedEvent& event) {
    if (!event.type.starts_with("supervision.")) return;
    const Json data = DataOf(event);
    auto& item = items_[event.stream];
    const std::string code = Member(data, "code");
    if (event.type == "supervision.issued") {
      item.parent = Member(data, "parent");
      if (!item.parent.empty()) items_[StreamId(item.parent)].children.emplace(code, event.stream);
    } else if (event.type == "supervision.forwarded") {
      item.forwarded.insert(code);
    } else if (event.type == "supervision.child_closed") {
      item.reported.insert(code);
    } else if (event.type == "supervision.closed" || event.type == "supervision.revoked") {
      item.is_over = true;
    }
  }
  const std::map<StreamId, Item>& All() const { return items_; }
  bool IsOver(const StreamId& id) const { return items_.at(id).is_over; }

 private:
  std::map<StreamId, Item> items_;
};

/// The periods for which one case keeps its record.
struct Keeping {
  struct Round {
    Instant due;
    bool is_cancelled = false;
  };
  /// By clock without its round, each round in turn.
  std::map<std::string, std::vector<std::pair<std::string, Round>>> clocks;
  std::set<std::string> complaints;  ///< Open ones.
  std::set<std::string> holds;
};

bool IsRetention(std::string_view rule) { return rule.ends_with("_retention"); }

class Retention {
 public:
  void Read(const RecordedEvent& event, Problems& problems) {
    const Json data = DataOf(event);
    Keeping& keeping = cases_[event.stream];
    if (event.type == deadline::Started::kType && IsRetention(Member(data, "rule"))) {
      Start(keeping, data, event, problems);
    } else if (event.type == deadline::Cancelled::kType) {
      if (Keeping::Round* round = Find(keeping, Member(data, "clock"))) round->is_cancelled = true;
    } else if (event.type == "archive.complaint_opened") {
      keeping.complaints.insert(Member(data, "complaint"));
    } else if (event.type == "archive.complaint_closed") {
      keeping.complaints.erase(Member(data, "complaint"));
    } else if (event.type == "archive.hold_placed") {
      keeping.holds.insert(Member(data, "hold"));
    } else if (event.type == "archive.hold_lifted") {
      keeping.holds.erase(Member(data, "hold"));
    } else if (event.type == "archive.destroyed" || event.type == "archive.media_destroyed" ||
               event.type == "archive.transferred") {
      Dispose(keeping, event, problems);
    }
  }
  /// Between appends: what was cancelled goes on as another round, or the record is held.
  void Settle(const RecordedEvent& last, Problems& problems) {
    const Keeping& keeping = cases_[last.stream];
    for (const auto& [clock, rounds] : keeping.clocks) {
      if (!rounds.back().second.is_cancelled || !keeping.complaints.empty()) continue;
      problems.push_back(
          fmt::format("{}: {} was cancelled and nothing keeps the record", Where(last), clock));
    }
  }

 private:
  static Keeping::Round* Find(Keeping& keeping, const std::string& clock) {
    for (auto& [base, rounds] : keeping.clocks) {
      for (auto& [name, round] : rounds) {
        if (name == clock) return &round;
      }
    }
    return nullptr;
  }
  static void Start(Keeping& keeping, const Json& data, const RecordedEvent& event,
                    Problems& problems) {
    const std::string clock = Member(data, "clock");
    auto& rounds = keeping.clocks[clock.substr(0, clock.find('#'))];
    const Instant due = *Instant::Parse(Member(data, "due_at"));
    for (const auto& [name, earlier] : rounds) {
      if (due >= earlier.due) continue;
      problems.push_back(fmt::format("{}: {} ends on {}, and {} ended later", Where(event), clock,
                                     due.ToString(), name));
    }
    rounds.push_back({clock, {due}});
  }
  static void Dispose(const Keeping& keeping, const RecordedEvent& event, Problems& problems) {
    if (!keeping.complaints.empty() || !keeping.holds.empty()) {
      problems.push_back(fmt::format("{}: disposed of while it was held", Where(event)));
    }
    const bool of_media = event.type == "archive.media_destroyed";
    for (const auto& [clock, rounds] : keeping.clocks) {
      if (of_media && clock == "file_retention") continue;
      for (const auto& [name, round] : rounds) {
        if (round.is_cancelled || round.due <= event.occurred_at) continue;
        problems.push_back(fmt::format("{}: disposed of before {} ended", Where(event), name));
      }
    }
  }

  std::map<StreamId, Keeping> cases_;
};

/// What the table of links asks for, and what was given.
class LinkAudit {
 public:
  explicit LinkAudit(const std::vector<Link>& links) : links_(links) {}

  void Read(const RecordedEvent& event) {
    fold_.Apply(event);
    given_.insert(event.command_id);
    const CaseModel* model = fold_.Find(event.stream);
    if (model == nullptr) return;
    for (const Link& link : links_) {
      if (link.BeginsWith(event)) Ask(link, event, *model);
    }
  }
  Problems Missing() const {
    Problems problems;
    for (const auto& [id, cause] : asked_) {
      if (given_.contains(id)) continue;
      problems.push_back(fmt::format("{} never followed from {}", id.value, cause));
    }
    return problems;
  }

 private:
  void Ask(const Link& link, const RecordedEvent& event, const CaseModel& model) {
    const auto flags = model.Summary().flags;
    if (std::find(flags.begin(), flags.end(), kRecordedHistoryFlag) != flags.end()) return;
    // What may come too late leaves no trace where it does: CheckForwarded and CheckWarnings look
    // at what became of it.
    if (link.may_come_late) return;
    const StoredJson data(event.data);
    const std::function<const CaseModel&()> then = [&]() -> const CaseModel& { return model; };
    const auto commands = link.commands({event, *data.View(), then});
    for (std::size_t i = 0; i < commands.size(); ++i) {
      asked_.emplace_back(fmt::format("link-{}-{}-{}", link.name, event.id.value, i), Where(event));
    }
  }

  const std::vector<Link>& links_;
  Fold fold_;
  std::set<CommandId> given_;
  std::vector<std::pair<CommandId, std::string>> asked_;
};

void Add(Problems& all, Problems some) {
  all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
}

}  // namespace

Problems CheckAdministrators(const History& history) {
  Problems problems;
  Fold fold;
  Administrators administrators;
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (!IsAccountCase(history[i].stream)) continue;
    fold.Apply(history[i]);
    administrators.See(history[i].stream, *fold.Find(history[i].stream));
    if (!EndsAppend(history, i)) continue;
    for (const auto& [unit, holders] : administrators.ByUnit()) {
      if (holders.size() < 2) continue;
      problems.push_back(fmt::format("{}: {} has {} administrators", Where(history[i]), unit.value,
                                     holders.size()));
    }
  }
  return problems;
}

Problems CheckChildren(const History& history) {
  Problems problems;
  Items items;
  for (const auto& event : history) {
    items.Read(event);
    if (event.type != "supervision.closed") continue;
    const Item& item = items.All().at(event.stream);
    for (const auto& [code, child] : item.children) {
      if (items.IsOver(child)) continue;
      problems.push_back(
          fmt::format("{}: its child {} ({}) is open", Where(event), code, child.value));
    }
    for (const auto& code : item.forwarded) {
      if (item.reported.contains(code)) continue;
      problems.push_back(fmt::format("{}: nothing is known of {}", Where(event), code));
    }
  }
  return problems;
}

Problems CheckForwarded(const History& history) {
  Problems problems;
  Items items;
  for (const auto& event : history) items.Read(event);
  for (const auto& [id, item] : items.All()) {
    if (item.is_over) continue;
    for (const auto& code : item.forwarded) {
      const auto child = item.children.find(code);
      const bool is_open = child != item.children.end() && !items.IsOver(child->second);
      if (is_open || item.reported.contains(code)) continue;
      problems.push_back(
          fmt::format("{} waits for {}, which {}", id.value, code,
                      child == item.children.end() ? "was never opened" : "is over"));
    }
  }
  return problems;
}

Problems CheckRetention(const History& history) {
  Problems problems;
  Retention retention;
  std::map<StreamId, const RecordedEvent*> touched;
  for (std::size_t i = 0; i < history.size(); ++i) {
    retention.Read(history[i], problems);
    touched[history[i].stream] = &history[i];
    if (!EndsAppend(history, i)) continue;
    for (const auto& [stream, last] : touched) retention.Settle(*last, problems);
    touched.clear();
  }
  return problems;
}

Problems CheckClosedAccounts(const History& history) {
  Problems problems;
  Fold fold;
  std::map<ActorId, Position> closed;
  for (const auto& event : history) {
    for (const ActorId& person : {event.actor, event.recorded_by}) {
      const auto found = closed.find(person);
      if (found == closed.end()) continue;
      problems.push_back(fmt::format("{}: by {}, whose account was closed at {}", Where(event),
                                     person.value, found->second.value));
      break;
    }
    if (!IsAccountCase(event.stream)) continue;
    fold.Apply(event);
    const CaseModel& model = *fold.Find(event.stream);
    if (model.State() != account::Closed::kName) continue;
    closed.emplace(AccountRecordOf(event.stream, model).account, event.position);
  }
  return problems;
}

Problems CheckLinks(const History& history, const std::vector<Link>& links) {
  LinkAudit audit(links);
  for (const auto& event : history) audit.Read(event);
  return audit.Missing();
}

Problems CheckWarnings(const History& history) {
  Problems problems;
  std::set<std::string> warned;
  for (const auto& event : history) {
    if (event.type == "warning.raised") warned.insert(Member(DataOf(event), "subject"));
  }
  Fold fold;
  for (const auto& event : history) {
    fold.Apply(event);
    const Workflow* workflow = WorkflowOf(event.stream);
    if (event.type != deadline::Lapsed::kType || workflow->Name() == "warning" ||
        workflow->Name() == "supervision") {
      continue;
    }
    const CaseModel& model = *fold.Find(event.stream);
    const std::string clock = Member(DataOf(event), "clock");
    const auto flags = model.Summary().flags;
    const bool is_history =
        std::find(flags.begin(), flags.end(), kRecordedHistoryFlag) != flags.end();
    const auto& clocks = model.Clocks().All();
    const auto found = std::find_if(clocks.begin(), clocks.end(),
                                    [&](const auto& one) { return one.clock == clock; });
    if (is_history || found == clocks.end() || found->kind == ClockKind::kInternal) continue;
    if (warned.contains(fmt::format("{}-{}", event.stream.value, clock))) continue;
    problems.push_back(fmt::format("{}: nobody was warned of {}", Where(event), clock));
  }
  return problems;
}

Problems CheckAll(const History& history, const std::vector<Acknowledged>& acknowledged,
                  Instant now) {
  Problems problems = CheckStreams(history);
  Add(problems, CheckAcknowledged(history, acknowledged));
  Add(problems, CheckSingleEffects(history));
  Add(problems, CheckClaims(history));
  Add(problems, CheckClocks(history, now));
  Add(problems, CheckAdministrators(history));
  Add(problems, CheckChildren(history));
  Add(problems, CheckRetention(history));
  Add(problems, CheckClosedAccounts(history));
  Add(problems, CheckLinks(history, AllLinks()));
  Add(problems, CheckForwarded(history));
  Add(problems, CheckWarnings(history));
  return problems;
}

}  // namespace docket::simulation
