#include "api/http/access_log.hpp"

#include <array>
#include <cstdio>
#include <mutex>

namespace docket::http {

namespace {

/// A method is the client's own word as well.
std::string_view KnownMethod(std::string_view method) {
  constexpr std::array<std::string_view, 7> kKnown{"GET",   "HEAD",   "POST",   "PUT",
                                                   "PATCH", "DELETE", "OPTIONS"};
  const auto found = std::find(kKnown.begin(), kKnown.end(), method);
  return found == kKnown.end() ? "other" : *found;
}

}  // namespace

LineSink StandardErrorSink() {
  return [](std::string_view line) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fputc('\n', stderr);
  };
}

std::string AccessLine(const AccessEntry& entry) {
  Json json = {{"time", entry.time},
               {"request_id", entry.request_id},
               {"method", KnownMethod(entry.method)},
               {"route", entry.route},
               {"status", entry.status},
               {"bytes", entry.bytes},
               {"took_us", entry.took.count()}};
  if (!entry.account.empty()) json["account"] = entry.account;
  if (!entry.fault.empty()) json["fault"] = entry.fault;
  return ToText(json);
}

}  // namespace docket::http
