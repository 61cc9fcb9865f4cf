#include "api/http/access_log.hpp"

#include <algorithm>
#include <array>

#include "api/http/problem.hpp"

namespace docket::http {

namespace {

NoticeLevel LevelOf(const AccessEntry& entry) {
  if (!entry.fault.empty()) return NoticeLevel::kError;
  return entry.status >= status::kFirstOfServer ? NoticeLevel::kWarning : NoticeLevel::kInfo;
}

}  // namespace

std::string_view KnownMethod(std::string_view method) {
  constexpr std::array<std::string_view, 7> kKnown{"GET",   "HEAD",   "POST",   "PUT",
                                                   "PATCH", "DELETE", "OPTIONS"};
  const auto found = std::find(kKnown.begin(), kKnown.end(), method);
  return found == kKnown.end() ? "other" : *found;
}

void LogAccess(const ProcessLog& log, const AccessEntry& entry) {
  Json members = {{"request_id", entry.request_id}, {"method", KnownMethod(entry.method)},
                  {"route", entry.route},           {"status", entry.status},
                  {"bytes", entry.bytes},           {"took_us", entry.took.count()}};
  if (!entry.account.empty()) members["account"] = entry.account;
  if (!entry.correlation.empty()) members["correlation"] = entry.correlation;
  if (!entry.fault.empty()) members["fault"] = entry.fault;
  log.Write(LevelOf(entry), "request", std::move(members));
}

}  // namespace docket::http
