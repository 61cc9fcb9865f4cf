/// What runners say to the operator while they work.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace docket {

enum class NoticeLevel : std::uint8_t { kInfo, kWarning, kError };

/// One thing that happened, without personal data.
struct Notice {
  NoticeLevel level = NoticeLevel::kWarning;
  std::string source;   ///< Who says it: `projector`, `sweeper`, `relay` …
  std::string message;  ///< In plain words.
};

/// Takes notices. Thread-safe; must not throw.
using Report = std::function<void(const Notice&)>;

/// To standard error, as a plain line: for programs without a log of their own.
void ReportToStderr(const Notice& notice);

}  // namespace docket
