/// ENSURE(condition, values...): a bug, not a refusal. Always on; prints the values and aborts.
#pragma once

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

namespace docket {

/// Ends the process after saying which promise was broken. `message` carries no personal data.
[[noreturn]] inline void EnsureFailed(const char* condition, const char* file, int line,
                                      const std::string& message) {
  fmt::print(stderr, "{}:{}: broken promise: {} {}\n", file, line, condition, message);
  std::fflush(stderr);
  std::abort();
}

}  // namespace docket

#define ENSURE(condition, ...)                                                            \
  do {                                                                                    \
    if (!(condition)) [[unlikely]]                                                        \
      ::docket::EnsureFailed(#condition, __FILE__, __LINE__, ::fmt::format(__VA_ARGS__)); \
  } while (false)
