/// Uses as they are counted before they are written: the same use by the same account of the same
/// case within a window is one entry, and there are never more entries than a bound.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "domain/actor.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "persistence/access/access_events.hpp"

namespace docket {

enum class AccessKind : std::uint8_t { kRead, kDenied, kLoggedIn, kLoginFailed, kSessionEnded };

/// One use, as the edge tells of it. Nothing of what the request said, but names that are known.
struct AccessNote {
  AccessKind kind = AccessKind::kRead;
  /// Empty: not known. Of a login that failed the one that was named, if there is one.
  ActorId account;
  UnitId unit{};
  RegionCode region{};  ///< The unit's.
  Role role = Role::kClock;
  std::string operation{};
  StreamId case_id{};
  std::string command{};
  std::string reason{};   ///< Of a reading what was shown, of anything else its code.
  bool personal = false;  ///< Personal texts were opened.
  std::string consent{};
  std::string address{};                        ///< Of the client.
  LoginMethod method = LoginMethod::kPassword;  ///< Of a login.
  std::string credential{};                     ///< Of a login: see SomebodyLoggedIn.
  bool begins_session = false;                  ///< Of a login; tells no two uses apart.
  ActorId ended_by{};                           ///< Of a session's end.
  CorrelationId request{};  ///< Of the first of them; does not tell two uses apart.
};

/// Not thread-safe. Time is passed in: `at` is legal time, for what is written; `now` is the
/// machine's, for windows.
class AccessLedger {
 public:
  using MonotonicTime = std::chrono::steady_clock::time_point;
  struct Limits {
    std::chrono::milliseconds window{60'000};
    std::size_t entries_max = 20'000;
    std::size_t entries_of_account_max = 256;
    /// Of what needs no account, or names another's, so that strangers crowd nobody out.
    std::size_t entries_of_strangers_max = 5'000;
    std::size_t failures_of_account_max = 64;
  };
  struct Entry {
    AccessNote note;
    std::int64_t count = 0;
    Instant first_at;
    Instant last_at;
  };

  explicit AccessLedger(const Limits& limits) : limits_(limits) {}

  /// Counts a use. Beyond its account's bound it loses operation, case and address, and counts with
  /// the account's others of the same reason; beyond the bound of all, or of strangers, it loses
  /// the account, too.
  void Count(AccessNote note, Instant at, MonotonicTime now);
  /// True when an entry of this use has been written in the window that runs: counted there.
  bool CountWritten(const AccessNote& note, Instant at, MonotonicTime now);
  /// Opens a window for a use that was written by itself; where there is no room, none.
  void OpenWritten(const AccessNote& note, MonotonicTime now);
  /// At most so many entries that are to be written: uses that are new, and what repeated them in a
  /// window that is over. They are no longer counted here. `all`: whatever was counted.
  std::vector<Entry> Take(MonotonicTime now, std::size_t entries_max, bool all = false);
  std::size_t Size() const { return entries_.size(); }

 private:
  using Key = std::tuple<AccessKind, ActorId, std::string, StreamId, std::string, std::string, bool,
                         std::string, std::string, LoginMethod, std::string, ActorId>;
  struct Sizes {
    std::size_t all = 0;
    std::size_t failures = 0;
  };
  struct Counted {
    Entry entry;
    MonotonicTime opened;
    bool was_written = false;  ///< In this window; what is counted since repeats it.
  };
  static Key KeyOf(const AccessNote& note);
  bool IsFull(const AccessNote& note) const;
  bool HasRoom(const AccessNote& note) const;
  void Erase(std::map<Key, Counted>::iterator at);
  void Insert(const Key& key, Counted counted);

  Limits limits_;
  std::map<Key, Counted> entries_;
  std::map<ActorId, Sizes> of_account_;
  std::size_t of_strangers_ = 0;
};

}  // namespace docket
