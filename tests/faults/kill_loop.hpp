/// What the kill loops share: writers that are processes of their own and can be killed at any
/// moment, what they acknowledged, and what must then be in the log.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "domain/event_log.hpp"
#include "persistence/store.hpp"

namespace docket::testing {

/// `sqlite:PATH` or `postgres://…`. Throws StoreError.
std::unique_ptr<Store> OpenStoreAt(const std::string& url);

/// Commands, and how many events each promised.
using Acknowledged = std::map<std::string, int>;

/// The commands of a writer: `NAME-thread-number`, of one to three events, in a stream of the
/// thread's own (its first event opens it) and in one of a few that all writers share.
AppendRequest CommandOf(const std::string& name, int thread, int number);
/// How many events the command has, from its id alone.
int EventsOf(std::string_view command);

/// A writer with eight threads: each sends command after command, the same one again until it has
/// an answer, and after the answer adds a line to the writer's file.
class WriterProcess {
 public:
  struct Options {
    std::string url;
    std::string name;  ///< Part of every command id.
    std::string file;  ///< Of acknowledgements; created when missing.
  };
  explicit WriterProcess(const Options& options);
  ~WriterProcess() { Kill9(); }
  WriterProcess(const WriterProcess&) = delete;
  WriterProcess& operator=(const WriterProcess&) = delete;

  /// Waits for an acknowledgement; false: there was none in time, or the writer has ended.
  bool AwaitFirst() const;
  /// False: it had ended by itself.
  bool Kill9();

 private:
  Options options_;
  pid_t pid_ = 0;
};

/// Adds one line, in one write, so that no line is ever torn.
void Acknowledge(int file, const std::string& command, int events);
/// All lines; a torn one throws std::runtime_error.
Acknowledged ReadAcknowledged(const std::string& file);

/// Reads a log as it grows and checks it: positions dense, every stream dense.
class LogAudit {
 public:
  /// What came since the last call. Problems, in words; empty: none.
  std::vector<std::string> ReadNew(const EventLog& log);
  /// Whether each of these commands is stored exactly once, everything else at most once, and all
  /// of them whole, with their records.
  std::vector<std::string> Compare(const EventLog& log, const Acknowledged& acknowledged) const;
  Position At() const { return position_; }
  const std::vector<EventId>& Events() const { return events_; }

 private:
  Position position_;
  std::map<StreamId, Version> versions_;
  std::map<std::string, int> stored_;
  std::vector<EventId> events_;
};

}  // namespace docket::testing
