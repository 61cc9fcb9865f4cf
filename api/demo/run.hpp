/// The run of a demonstration: two years of virtual time in an empty store, by ordinary commands.
///
/// One thread, a clock that stands still between two acts, ids from the seed: the same seed gives
/// the same log, but for what is random by nature (docs/demo.md). Between the days links are
/// followed, views projected and deadlines swept, as a server does.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace docket::demo {

struct RunOptions {
  std::string store_url;
  std::string keys_url{};
  std::uint64_t seed = 1;
  std::size_t cases = 400;  ///< That people open of themselves, at least.
  Date until = *Date::FromParts(2026, 6, 30);
  /// Told of each day; may be empty.
  std::function<void(Date day, std::size_t cases)> progress{};
};
constexpr int kRunDays = 730;

struct RunSummary {
  struct OfWorkflow {
    std::size_t cases = 0;
    std::map<std::string, std::size_t> states;  ///< How many cases are in each.
  };
  std::map<std::string, OfWorkflow> workflows;
  std::int64_t events = 0;
  std::size_t acts = 0;                         ///< Commands of people that were accepted.
  std::map<std::string, std::size_t> refusals;  ///< `workflow label code` of those that were not.
  Instant ended_at;
};

/// Refused: `store_not_empty`, `demo_outside_calendar`, and as OpenStore. Throws StoreError.
Expected<RunSummary> Run(const RunOptions& options);

}  // namespace docket::demo
