/// What is learnt of a workflow while it is played: which moves led from which state to which. With
/// it a case can be led to a state that no case is in.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "api/demo/scenario.hpp"

namespace docket::demo {

/// Of a case that is not open yet.
inline constexpr std::string_view kUnopened = "";
/// The move that nobody makes: time passed, or another case acted.
inline constexpr std::string_view kWait = "~";

class Course {
 public:
  void Learn(const std::string& from, const std::string& label, const std::string& to);
  struct Way {
    std::string from;
    std::string goal;
  };
  /// Of these moves, of which there is one at least: one with which a shortest known way begins;
  /// else one that changes nothing or was never made, because something may have to be done first;
  /// else any. nullptr: the way leads through time.
  const Move* Toward(Random& random, const Way& way, const Moves& moves) const;
  /// States that were ever reached.
  std::set<std::string> Seen() const;
  /// How many steps lead to `goal`, from each state from which a way is known.
  std::map<std::string, int> Distances(const std::string& goal) const;

 private:
  struct Step {
    std::string label;
    std::string to;
    friend auto operator<=>(const Step&, const Step&) = default;
  };
  std::map<std::string, std::set<Step>> steps_;
};

}  // namespace docket::demo
