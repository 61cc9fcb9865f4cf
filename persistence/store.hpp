/// The port of a store, opened: what `sqlite:PATH` and `postgres://…` have in common.
///
/// A store holds one log (docs/guarantees.md), the settings that belong to it, the keys of data
/// subjects, the read models, and says which of several processes may run what must run once.
/// Thread-safe. Failure: StoreError.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/event_log.hpp"
#include "domain/personal.hpp"
#include "domain/time.hpp"
#include "persistence/appender.hpp"
#include "persistence/keys/sealing.hpp"

namespace docket {

class CredentialTable;
class SideTables;
class ViewStore;

/// Ends something when it goes: a subscription. Must not outlive what it belongs to. When the
/// destructor has returned the listener is not running and will not be called again.
class Subscription {
 public:
  explicit Subscription(std::function<void()> end) : end_(std::move(end)) {}
  Subscription(Subscription&& other) noexcept : end_(std::exchange(other.end_, nullptr)) {}
  Subscription& operator=(Subscription&&) = delete;
  ~Subscription() {
    if (end_) end_();
  }

 private:
  std::function<void()> end_;
};

/// An incarnation of a log, and the last position that it shares with the one before.
struct EpochStart {
  Epoch epoch;
  Position fork;
};

/// A log that also says when something was appended: by this process at once, by another as soon
/// as the store tells. A wake-up may be lost with a connection, so whoever listens also polls.
class StoreLog : public EventLog {
 public:
  using Listener = std::function<void(Position)>;
  /// `listener` must be quick, and must neither throw nor append. Refused with StoreError by a
  /// store opened for reading.
  [[nodiscard]] virtual Subscription OnAppended(Listener listener, LogId log = LogId::kCases) = 0;
  /// The appender of this process; nullptr in a store opened for reading.
  virtual const Appender* Appending() const = 0;
  /// Every incarnation, oldest first; the last is the one of the head.
  virtual std::vector<EpochStart> ReadEpochs(LogId log) const = 0;
};

/// Small settings that belong to the log (offset of the legal clock).
class StoreSettings {
 public:
  struct Setting {
    std::string name;
    std::string value;
  };
  virtual ~StoreSettings() = default;
  virtual std::optional<std::string> FindSetting(const std::string& name) const = 0;
  virtual void Write(const Setting& setting) = 0;
  /// The latest recorded_at of all logs; 1970 when they are empty.
  virtual Instant LatestRecordedAt() const = 0;
};

/// The keys of data subjects, as an operator sees them.
class KeyStore : public SubjectKeys {
 public:
  /// Overwrites the key; its name stays, so that it is never made again. A key that never existed
  /// is destroyed too. Doing it again changes nothing. What its person was found by goes as well.
  virtual void Destroy(const KeyId& key) = 0;
  virtual bool IsDestroyed(const KeyId& key) const = 0;
  /// What was destroyed is overwritten where the store kept copies in its own files, as far as it
  /// can: see docs/operations.md for journals and backups.
  virtual void Scrub() = 0;
  /// How long a process may go on using a key that another has destroyed; 0: no other can.
  virtual std::chrono::milliseconds ForgottenAfter() const = 0;
  /// A key, and by what its person was found.
  struct FoundPerson {
    KeyId key;
    std::vector<IdentifierKind> by;
  };
  /// The keys of persons who are identified by any of these, in order of their names; also keys
  /// under which nothing was sealed in the end.
  virtual std::vector<FoundPerson> FindPersons(const std::vector<Identifier>& identifiers) = 0;
  /// With what new texts are sealed.
  virtual SealCipher Cipher() const = 0;
  /// Calls that failed because the key store did, since the start; for metrics.
  virtual std::uint64_t Failures() const = 0;
};

enum class LostKeys : std::uint8_t {
  kRefuse,
  kAccept,  ///< Go on with a new key store; what the old one sealed stays unreadable.
};

/// The right to run something that must run once in all processes of a store. Ends when it is
/// destroyed, when its process dies, or when the store no longer hears from it.
class Lease {
 public:
  virtual ~Lease() = default;
  /// Grows with every holder: a write that carries an older token than one already seen comes
  /// from a holder that has been replaced, and is refused.
  virtual std::int64_t Token() const = 0;
  /// Asks the store. False: stop; another may already run.
  virtual bool IsHeld() = 0;
};

class Leases {
 public:
  virtual ~Leases() = default;
  /// nullptr: another holds it, in this process or in another.
  virtual std::unique_ptr<Lease> TryTake(std::string_view name) = 0;
};

enum class StoreAccess : std::uint8_t {
  kOwner,   ///< Migrates, binds the epoch, may write.
  kReader,  ///< Reads beside others, changes nothing.
};

class Store {
 public:
  virtual ~Store() = default;
  virtual StoreSettings& Settings() = 0;
  /// The log; once a store. `clock` and the store outlive it.
  virtual std::unique_ptr<StoreLog> OpenLog(const Clock& clock, AppenderLimits limits = {}) = 0;
  /// Throws StoreError when the log holds commands and its keys are missing (unless accepted), or
  /// are those of another log.
  virtual std::unique_ptr<KeyStore> OpenKeys(LostKeys lost = LostKeys::kRefuse) = 0;
  /// Once OpenKeys has been called, which makes the place that both are kept in.
  virtual std::unique_ptr<CredentialTable> OpenCredentials() = 0;
  virtual Leases& SingleRunners() = 0;
  virtual ViewStore& Views() = 0;
  /// Small tables beside the log that may be changed.
  virtual SideTables& Side() = 0;
  /// Where documents are kept: beside the log on SQLite, in its database on PostgreSQL.
  virtual SideTables& Documents() = 0;
};

}  // namespace docket
