#include "persistence/access/access_ledger.hpp"

#include <utility>

namespace docket {

namespace {

/// What is left of a use where there is no room for its particulars.
AccessNote WithoutCase(AccessNote note) {
  note.operation.clear();
  note.case_id = StreamId();
  note.command.clear();
  note.consent.clear();
  note.address.clear();
  note.credential.clear();
  note.ended_by = ActorId();
  return note;
}
AccessNote WithoutAccount(AccessNote note) {
  note = WithoutCase(std::move(note));
  note.account = ActorId();
  note.unit = UnitId();
  note.region = RegionCode();
  note.role = Role::kClock;
  return note;
}

/// Whoever reaches the port can bring it about.
bool IsOfStranger(const AccessNote& note) {
  return note.account.empty() || note.kind == AccessKind::kLoginFailed;
}

}  // namespace

AccessLedger::Key AccessLedger::KeyOf(const AccessNote& note) {
  return {note.kind,    note.account, note.operation,  note.case_id,
          note.command, note.reason,  note.personal,   note.consent,
          note.address, note.method,  note.credential, note.ended_by};
}

bool AccessLedger::IsFull(const AccessNote& note) const {
  return entries_.size() >= limits_.entries_max ||
         (IsOfStranger(note) && of_strangers_ >= limits_.entries_of_strangers_max);
}

bool AccessLedger::HasRoom(const AccessNote& note) const {
  const auto found = of_account_.find(note.account);
  const Sizes of_account = found == of_account_.end() ? Sizes() : found->second;
  if (IsFull(note) || of_account.all >= limits_.entries_of_account_max) return false;
  return note.account.empty() || note.kind != AccessKind::kLoginFailed ||
         of_account.failures < limits_.failures_of_account_max;
}

void AccessLedger::Insert(const Key& key, Counted counted) {
  const AccessNote& note = counted.entry.note;
  Sizes& of_account = of_account_[note.account];
  ++of_account.all;
  of_account.failures += note.kind == AccessKind::kLoginFailed ? 1 : 0;
  of_strangers_ += IsOfStranger(note) ? 1 : 0;
  entries_.emplace(key, std::move(counted));
}

void AccessLedger::Erase(std::map<Key, Counted>::iterator at) {
  const AccessNote& note = at->second.entry.note;
  const auto account = of_account_.find(note.account);
  account->second.failures -= note.kind == AccessKind::kLoginFailed ? 1 : 0;
  of_strangers_ -= IsOfStranger(note) ? 1 : 0;
  if (--account->second.all == 0) of_account_.erase(account);
  entries_.erase(at);
}

void AccessLedger::Count(AccessNote note, Instant at, MonotonicTime now) {
  if (!entries_.contains(KeyOf(note)) && !HasRoom(note)) {
    const bool is_full = IsFull(note);
    note = WithoutCase(std::move(note));
    if (!entries_.contains(KeyOf(note)) && is_full) note = WithoutAccount(std::move(note));
  }
  const Key key = KeyOf(note);
  auto found = entries_.find(key);
  if (found == entries_.end()) {
    Insert(key, {{std::move(note), 0, at, at}, now, false});
    found = entries_.find(key);
  }
  Entry& entry = found->second.entry;
  if (entry.count++ == 0) entry.first_at = at;
  entry.last_at = at;
}

bool AccessLedger::CountWritten(const AccessNote& note, Instant at, MonotonicTime now) {
  const auto found = entries_.find(KeyOf(note));
  const bool runs = found != entries_.end() && found->second.was_written &&
                    now - found->second.opened < limits_.window;
  if (runs) Count(note, at, now);
  return runs;
}

void AccessLedger::OpenWritten(const AccessNote& note, MonotonicTime now) {
  const Key key = KeyOf(note);
  if (entries_.contains(key) || !HasRoom(note)) return;
  Insert(key, {{note, 0, {}, {}}, now, true});
}

std::vector<AccessLedger::Entry> AccessLedger::Take(MonotonicTime now, std::size_t entries_max,
                                                    bool all) {
  std::vector<Entry> taken;
  for (auto at = entries_.begin(); at != entries_.end() && taken.size() < entries_max;) {
    Counted& counted = at->second;
    const bool is_over = all || now - counted.opened >= limits_.window;
    if (counted.entry.count > 0 && (is_over || !counted.was_written)) {
      taken.push_back(counted.entry);
      counted.entry.count = 0;
      counted.was_written = true;
    }
    const auto next = std::next(at);
    if (is_over && counted.entry.count == 0) Erase(at);
    at = next;
  }
  return taken;
}

}  // namespace docket
