/// One JSON line a request. Never a body, a query string, a path's own words or a header's: they
/// may hold personal data. The route's pattern and the request id are enough to find the rest.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "api/http/router.hpp"

namespace docket::http {

/// Takes one line without its end; called by many threads at once.
using LineSink = std::function<void(std::string_view line)>;

/// Writes whole lines to standard error.
LineSink StandardErrorSink();

struct AccessEntry {
  std::string time;  ///< RFC 3339, the machine's clock.
  std::string request_id;
  std::string method;
  std::string route;
  std::string account;
  std::string fault;
  int status = 0;
  std::size_t bytes = 0;
  std::chrono::microseconds took{};
};

std::string AccessLine(const AccessEntry& entry);

}  // namespace docket::http
