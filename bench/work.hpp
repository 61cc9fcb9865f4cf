/// What every measuring program shares: one JSON argument in, one JSON line out.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include <fmt/format.h>

#include "domain/embedded.hpp"
#include "domain/json.hpp"

namespace docket::embedded {
const std::vector<File>& BenchEvent();
}  // namespace docket::embedded

namespace docket::bench {

/// A measurement that did not do what it says: nothing of it may be reported.
class WorkFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws WorkFailed unless `holds`.
template <class... Args>
void Check(bool holds, fmt::format_string<Args...> format, Args&&... args) {
  if (!holds) throw WorkFailed(fmt::format(format, std::forward<Args>(args)...));
}

using Options = Json;
using Work = std::function<Json(const Options&)>;
using MachineTime = std::chrono::steady_clock::time_point;

inline MachineTime Now() { return std::chrono::steady_clock::now(); }
inline double SecondsSince(MachineTime start) {
  return std::chrono::duration<double>(Now() - start).count();
}

/// The event that everybody stores: 404 bytes of a complaint's real shape.
inline std::string EventText() {
  const auto& file = embedded::BenchEvent().front();
  std::string text(file.text);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

/// The value below which `share` of them lie. Sorts.
inline double Percentile(std::vector<double>& values, double share) {
  Check(!values.empty(), "no samples");
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// Starts a thread for each of `count` and waits; the first exception is thrown on.
inline void InParallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> threads;
  std::vector<std::exception_ptr> failures(count);
  for (std::size_t i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      try {
        work(i);
      } catch (...) {
        failures[i] = std::current_exception();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

/// What a closed loop of clients did.
struct LoopResult {
  std::size_t calls = 0;
  double seconds = 0;
  std::vector<double> latencies_us;
};

/// `clients` threads; each makes its next call when the last was answered, for `seconds`.
/// `act(client, turn)`.
inline LoopResult ClosedLoop(std::size_t clients, double seconds,
                             const std::function<void(std::size_t, std::size_t)>& act) {
  std::vector<std::vector<double>> latencies(clients);
  const auto start = Now();
  InParallel(clients, [&](std::size_t client) {
    for (std::size_t turn = 0; SecondsSince(start) < seconds; ++turn) {
      const auto sent = Now();
      act(client, turn);
      latencies[client].push_back(SecondsSince(sent) * 1e6);
    }
  });
  LoopResult result;
  result.seconds = SecondsSince(start);
  for (const auto& one : latencies) {
    result.latencies_us.insert(result.latencies_us.end(), one.begin(), one.end());
  }
  result.calls = result.latencies_us.size();
  return result;
}

/// The answer of a closed loop whose calls did `each` things.
inline Json ToJson(LoopResult& result, std::size_t each = 1) {
  const std::size_t count = result.calls * each;
  return {{"count", count},
          {"rate", static_cast<double>(count) / result.seconds},
          {"seconds", result.seconds},
          {"p50_us", Percentile(result.latencies_us, 0.5)},
          {"p99_us", Percentile(result.latencies_us, 0.99)}};
}

/// The most memory that this process ever held.
inline double PeakMemoryMib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// The program's main: runs the work that the JSON argument names. Ends with 3 when it failed.
inline int RunWork(int count, char** arguments, const std::map<std::string, Work>& works) {
  const auto options = count == 2 ? ParseJson(arguments[1]) : ParseJson("");
  const std::string name = options ? options->value("work", "") : "";
  const auto work = works.find(name);
  if (work == works.end()) {
    fmt::print(stderr, "usage: one JSON argument with \"work\", one of:");
    for (const auto& [known, run] : works) fmt::print(stderr, " {}", known);
    fmt::print(stderr, "\n");
    return 2;
  }
  try {
    Json answer = work->second(*options);
    answer["peak_mib"] = PeakMemoryMib();
    fmt::print("{}\n", answer.dump());
    return 0;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}: {}\n", name, failure.what());
    return 3;
  }
}

}  // namespace docket::bench
