#include "workflows/engine/table_checks.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace docket {

namespace {

/// States that can be reached from `start` by rows, `start` itself included.
std::set<std::string> ReachableFrom(const Description& description, const std::string& start) {
  std::set<std::string> reached{start};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& row : description.rows) {
      if (reached.contains(row.from) && reached.insert(row.to).second) grew = true;
    }
  }
  return reached;
}

void CheckStates(const Description& d, std::vector<std::string>& faults) {
  const auto reached = ReachableFrom(d, d.initial);
  for (const auto& state : d.states) {
    const auto* shown = d.FindState(state.shown_as.empty() ? state.name : state.shown_as);
    if (shown == nullptr || (!state.shown_as.empty() && !shown->shown_as.empty())) {
      faults.push_back(fmt::format("{}: state {} is shown as {}, which parties do not know", d.name,
                                   state.name, state.shown_as));
    }
    if (!reached.contains(state.name)) {
      faults.push_back(fmt::format("{}: state {} is never reached", d.name, state.name));
    }
    const auto onward = ReachableFrom(d, state.name);
    const bool ends = std::any_of(d.states.begin(), d.states.end(), [&](const StateText& other) {
      return other.terminal && onward.contains(other.name);
    });
    if (!ends) faults.push_back(fmt::format("{}: from {} no end is reached", d.name, state.name));
  }
}

void CheckNames(const Description& d, std::vector<std::string>& faults) {
  for (const auto& row : d.rows) {
    if (d.FindState(row.from) == nullptr || d.FindState(row.to) == nullptr) {
      faults.push_back(
          fmt::format("{}: row {} names a state that is not listed", d.name, row.Key()));
    }
    for (const auto& type : row.emits) {
      if (d.FindEvent(type) == nullptr) {
        faults.push_back(fmt::format("{}: row {} emits the unknown {}", d.name, row.Key(), type));
      }
    }
    if (row.emits.empty()) {
      faults.push_back(fmt::format("{}: row {} leaves no event", d.name, row.Key()));
    }
  }
  std::set<std::string> keys;
  for (const auto& row : d.rows) {
    if (!keys.insert(row.Key()).second) {
      faults.push_back(fmt::format("{}: row {} stands twice", d.name, row.Key()));
    }
  }
  std::set<std::string> types;
  for (const auto& event : d.events) {
    if (!types.insert(event.type).second) {
      faults.push_back(fmt::format("{}: event {} stands twice", d.name, event.type));
    }
  }
}

void CheckSeparation(const Description& d, std::vector<std::string>& faults) {
  for (const auto& row : d.rows) {
    for (const auto& type : row.apart) {
      const bool emitted_before =
          std::any_of(d.rows.begin(), d.rows.end(), [&](const RowText& other) {
            const bool emits =
                std::find(other.emits.begin(), other.emits.end(), type) != other.emits.end();
            return emits && ReachableFrom(d, other.to).contains(row.from);
          });
      if (!emitted_before) {
        faults.push_back(fmt::format("{}: row {} is apart from {}, which never comes before it",
                                     d.name, row.Key(), type));
      }
    }
  }
}

}  // namespace

std::vector<std::string> CheckTable(const Description& description) {
  std::vector<std::string> faults;
  CheckNames(description, faults);
  CheckStates(description, faults);
  CheckSeparation(description, faults);
  return faults;
}

}  // namespace docket
