#include "api/demo/course.hpp"

#include <algorithm>
#include <deque>

namespace docket::demo {

void Course::Learn(const std::string& from, const std::string& label, const std::string& to) {
  steps_[from].insert({label, to});
}

std::set<std::string> Course::Seen() const {
  std::set<std::string> seen;
  for (const auto& [from, steps] : steps_) {
    for (const auto& step : steps) seen.insert(step.to);
  }
  return seen;
}

std::map<std::string, int> Course::Distances(const std::string& goal) const {
  std::map<std::string, int> distances{{goal, 0}};
  std::deque<std::string> next{goal};
  while (!next.empty()) {
    const std::string state = next.front();
    next.pop_front();
    for (const auto& [from, steps] : steps_) {
      for (const auto& step : steps) {
        if (step.to != state || distances.contains(from)) continue;
        distances[from] = distances[state] + 1;
        next.push_back(from);
      }
    }
  }
  return distances;
}

const Move* Course::Toward(Random& random, const Way& way, const Moves& moves) const {
  const auto distances = Distances(way.goal);
  const auto known = steps_.find(way.from);
  const std::set<Step> steps = known == steps_.end() ? std::set<Step>() : known->second;
  const auto here = distances.find(way.from);
  /// Whether it ever led a step nearer.
  const auto leads = [&](std::string_view label) {
    return here != distances.end() &&
           std::any_of(steps.begin(), steps.end(), [&](const auto& step) {
             const auto there = distances.find(step.to);
             return step.label == label && there != distances.end() && there->second < here->second;
           });
  };
  /// Whether the case stayed where it was, or nobody knows.
  const auto stays = [&](std::string_view label) {
    return std::none_of(steps.begin(), steps.end(), [&](const auto& step) {
      return step.label == label && step.to != way.from;
    });
  };
  const auto drawn_of = [&](const auto& is_meant) -> const Move* {
    Moves meant;
    for (const auto& move : moves.All()) {
      if (is_meant(move.label)) meant.Add(move);
    }
    if (meant.empty()) return nullptr;
    const std::string label = Draw(random, meant).label;
    return &*std::find_if(moves.All().begin(), moves.All().end(),
                          [&](const Move& move) { return move.label == label; });
  };
  if (const Move* const leading = drawn_of(leads)) return leading;
  if (leads(kWait)) return nullptr;
  if (const Move* const staying = drawn_of(stays)) return staying;
  return drawn_of([](std::string_view) { return true; });
}

}  // namespace docket::demo
