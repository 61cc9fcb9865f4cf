/// Clients that append as case work does, remember what was acknowledged, and find it again.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "domain/event_log.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/ids/uuid7.hpp"
#include "persistence/open_store.hpp"

namespace docket::bench {

/// A store with its log, opened for appending.
class OpenedLog {
 public:
  explicit OpenedLog(const std::string& url, StoreAccess access = StoreAccess::kOwner);
  StoreLog& Log() { return *log_; }
  Position Head() const { return log_->ReadHead(LogId::kCases).position; }

 private:
  SystemClock clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<StoreLog> log_;
};

/// Every fourth command opens a stream, the others go on with one of the client's own at its exact
/// version; each has a command id. Belongs to one thread.
class AppendClient {
 public:
  AppendClient(StoreLog& log, RandomIds& ids, std::size_t events_each, unsigned seed);

  /// Throws WorkFailed when the log answers with anything but success.
  void AppendOnce();

  struct Acknowledged {
    Position first;
    StreamId stream;
    Version version;  ///< Of the first event.
    EventId first_event;
    CommandId command;
  };
  const std::vector<Acknowledged>& All() const { return acknowledged_; }

 private:
  struct Stream {
    StreamId id;
    Version version;
  };
  Stream& Choose();

  StoreLog& log_;
  RandomIds& ids_;
  const std::size_t events_each_;
  std::mt19937 random_;
  std::vector<Stream> streams_;
  std::size_t turn_ = 0;
  std::vector<Acknowledged> acknowledged_;
};

/// Reads the log after `before` and throws WorkFailed unless positions are dense and each
/// acknowledged command stands where it was said to; the number of events read.
std::size_t VerifyStored(const EventLog& log, Position before,
                         const std::vector<const AppendClient*>& clients);

}  // namespace docket::bench
