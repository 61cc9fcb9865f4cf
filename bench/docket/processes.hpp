/// Several processes that do the same work at the same time.
#pragma once

#include <functional>

#include "bench/work.hpp"

namespace docket::bench {

/// Waits until every process has come to the same point.
using Barrier = std::function<void()>;

/// Forks `count` processes, each running `work(its number, barrier)`, and gives their answers.
/// Must be called before any thread is started. Throws WorkFailed when one of them fails.
/// `barriers`: how many times each of them calls its barrier.
std::vector<Json> InProcesses(std::size_t count, int barriers,
                              const std::function<Json(std::size_t, const Barrier&)>& work);

}  // namespace docket::bench
