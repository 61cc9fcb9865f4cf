/// A SQLite log in a temporary directory, a clock that a test sets, and short ways to append.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/event_log.hpp"
#include "persistence/ids/uuid7.hpp"
#include "persistence/sqlite/sqlite_log.hpp"
#include "persistence/sqlite/sqlite_store.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket::testing {

/// Stands still until it is set. Thread-safe.
class SettableClock : public Clock {
 public:
  explicit SettableClock(Instant now = *Instant::Parse("2024-09-21T10:00:00+08:00")) { Set(now); }
  Instant Now() const override { return Instant::FromMicros(micros_.load()); }
  void Set(Instant now) { micros_.store(now.Micros()); }

 private:
  std::atomic<std::int64_t> micros_{0};
};

inline NewEvent MakeEvent(const std::string& data = R"({"note":"受理"})") {
  static RandomIds ids;
  NewEvent event;
  event.id = EventId(ids.NewUuid());
  event.type = "complaint.lodged";
  event.occurred_at = *Instant::Parse("2024-09-20T09:30:00+08:00");
  event.actor = ActorId("lin");
  event.recorded_by = ActorId("chen");
  event.unit = UnitId("fz-housing");
  event.role = Role::kIntake;
  event.command_id = CommandId("command");
  event.correlation = CorrelationId("correlation");
  event.region = RegionCode("350100");
  event.data = data;
  return event;
}

inline std::vector<NewEvent> MakeEvents(std::size_t count) {
  std::vector<NewEvent> events;
  for (std::size_t i = 0; i < count; ++i) events.push_back(MakeEvent());
  return events;
}

inline StreamWrite Write(const std::string& stream, ExpectedVersion expected, std::size_t count) {
  return {StreamId(stream), expected, MakeEvents(count)};
}

inline AppendRequest Request(std::vector<StreamWrite> writes, const std::string& command = "",
                             const std::string& mac = "mac") {
  AppendRequest request;
  request.writes = std::move(writes);
  if (!command.empty()) {
    request.command = CommandRecord{ActorId("lin"), CommandId(command), KeyId("key"), mac};
  }
  return request;
}

/// The store at `office.db` below the directory, opened.
struct OpenStore {
  OpenStore(const SqlitePaths& paths, const Clock& clock, AppenderLimits limits = {})
      : store({.paths = paths, .owner = "a test"}), log(store, clock, limits) {}
  SqliteStore store;
  SqliteLog log;
};

class LogFixture {
 public:
  explicit LogFixture(AppenderLimits limits = {}) : limits_(limits) { Open(); }
  void Open() { open_ = std::make_unique<OpenStore>(Paths(), clock, limits_); }
  void Close() { open_.reset(); }
  void Reopen() {
    Close();
    Open();
  }
  SqlitePaths Paths() const { return *ParseSqliteUrl("sqlite:" + directory.File("office.db")); }
  SqliteLog& Log() { return open_->log; }
  SqliteStore& Store() { return open_->store; }

  TemporaryDirectory directory;
  SettableClock clock;

 private:
  AppenderLimits limits_;
  std::unique_ptr<OpenStore> open_;
};

}  // namespace docket::testing
