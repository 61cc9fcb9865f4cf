/// Writes the second log: readings, denials and logins, counted, and a thread that writes them.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "domain/event_log.hpp"
#include "persistence/access/access_ledger.hpp"
#include "persistence/runners/projector_runner.hpp"

namespace docket {

/// Thread-safe. A use is written within `write_every`; what repeats it within a window is written
/// as one count when the window is over. The readings of personal texts, and logins that begin a
/// session, are on the disk before they are answered, the first of each window at least. Where the
/// store fails the entries stay and are counted on, and the same batch is written again until its
/// answer is known. The destructor writes all that is left.
class AccessRecorder {
 public:
  using MonotonicTime = AccessLedger::MonotonicTime;
  struct Options {
    AccessLedger::Limits limits{};
    std::chrono::milliseconds write_every{1'000};
    std::size_t batch_events_max = 256;
    std::function<MonotonicTime()> now = std::chrono::steady_clock::now;
    Report report = ReportToStderr;
  };
  /// All of them outlive it.
  struct Ports {
    EventLog& log;
    const Clock& clock;
    IdSource& ids;
  };
  AccessRecorder(const Ports& ports, Options options);
  explicit AccessRecorder(const Ports& ports) : AccessRecorder(ports, Options{}) {}
  ~AccessRecorder();
  AccessRecorder(const AccessRecorder&) = delete;
  AccessRecorder& operator=(const AccessRecorder&) = delete;

  /// Waits for the disk only where personal texts are opened or a session begins; throws StoreError
  /// when that fails, and the use must not be answered.
  void Record(const AccessNote& note);
  /// Writes what is to be written now; `all`: whatever was counted. Throws StoreError.
  void Write(bool all = false);

 private:
  void Run();
  /// False: stop.
  bool Rest();
  AppendRequest RequestOf(const std::vector<AccessLedger::Entry>& entries) const;
  NewEvent EventOf(const AccessLedger::Entry& entry) const;

  Ports ports_;
  const Options options_;

  std::mutex writing_mutex_;            ///< Held by whoever writes; guards what follows.
  std::optional<AppendRequest> batch_;  ///< On its way, or to be sent again.

  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable wake_;
  AccessLedger ledger_;
  bool stopping_ = false;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket
