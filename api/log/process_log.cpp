#include "api/log/process_log.hpp"

#include <chrono>
#include <cstdio>
#include <mutex>

#include "persistence/clock/system_clock.hpp"

namespace docket {

namespace {

std::string_view NameOf(NoticeLevel level) {
  switch (level) {
    case NoticeLevel::kInfo: return "info";
    case NoticeLevel::kWarning: return "warning";
    case NoticeLevel::kError: return "error";
  }
  return "error";
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

void ProcessLog::Write(NoticeLevel level, std::string_view event, Json members) const {
  Json line = {
      {"time", SystemClock().Now().ToString()}, {"level", NameOf(level)}, {"event", event}};
  line.update(members);
  // Bytes that are not UTF-8 are replaced: a line is JSON, whatever a database said.
  sink_(line.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Report ProcessLog::Reporting() const {
  return [log = *this](const Notice& notice) {
    log.Write(notice.level, "notice", {{"source", notice.source}, {"message", notice.message}});
  };
}

}  // namespace docket
