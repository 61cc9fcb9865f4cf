/// What the process says while it serves: one JSON object a line, and this the only place that
/// writes one.
///
/// Every line has `time` (RFC 3339, the machine's clock), `level` (`info`, `warning`, `error`) and
/// `event`; the rest depends on the event. No personal data, no text of a client, no token.
#pragma once

#include <functional>
#include <string_view>

#include "domain/json.hpp"
#include "persistence/notice.hpp"

namespace docket {

/// Takes one line without its end; called by many threads at once.
using LineSink = std::function<void(std::string_view line)>;

/// Writes whole lines to standard error.
LineSink StandardErrorSink();

/// Thread-safe, and a value: copies write to the same sink.
class ProcessLog {
 public:
  explicit ProcessLog(LineSink sink = StandardErrorSink()) : sink_(std::move(sink)) {}

  /// `members` come after what every line has.
  void Write(NoticeLevel level, std::string_view event, Json members = Json::object()) const;
  /// Writes the notices of runners, as the event `notice` with `source` and `message`.
  Report Reporting() const;

 private:
  LineSink sink_;
};

}  // namespace docket
