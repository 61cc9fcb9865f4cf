/// One line of the log a request. Never a body, a query string, a path's own words or a header's:
/// they may hold personal data. The route's pattern and the request id are enough to find the rest.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "api/http/router.hpp"
#include "api/log/process_log.hpp"

namespace docket::http {

/// What may be said of a request that was answered.
struct AccessEntry {
  std::string request_id;
  std::string method;       ///< As sent: the client's own word.
  std::string route;        ///< The pattern; empty: no such route.
  std::string account;      ///< Empty: none was recognised.
  std::string correlation;  ///< Of the case that the answer is about; empty: none.
  std::string fault;        ///< What went wrong inside.
  int status = 0;
  std::size_t bytes = 0;
  std::chrono::microseconds took{};
};

/// One of the methods that HTTP knows, or `other`.
std::string_view KnownMethod(std::string_view method);

/// Writes the event `request`: a warning when the client was turned away for want of means, an
/// error when something failed inside.
void LogAccess(const ProcessLog& log, const AccessEntry& entry);

}  // namespace docket::http
