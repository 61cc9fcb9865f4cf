#include "persistence/access/access_recorder.hpp"

#include <map>

#include <fmt/format.h>

#include "persistence/access/access_events.hpp"

namespace docket {

namespace {

/// Scope of the ids that make a batch idempotent. No account's name holds a slash.
const ActorId kWriter{"docket/access-recorder"};
const RegionCode kNation{"100000"};
constexpr auto kSource = "access log";

template <class T>
std::optional<T> UnlessEmpty(const T& value) {
  return value.empty() ? std::nullopt : std::optional(value);
}

StreamId StreamOf(const ActorId& account) {
  return account.empty() ? kNamelessAccess : StreamId("access-" + account.value);
}

/// What a note becomes: `use` is given the event.
template <class Use>
auto WithEventOf(const AccessLedger::Entry& entry, const Use& use) {
  const AccessNote& note = entry.note;
  const auto address = UnlessEmpty(note.address);
  const auto credential = UnlessEmpty(note.credential);
  switch (note.kind) {
    case AccessKind::kRead:
      return use(AccessWasRead{UnlessEmpty(note.operation), UnlessEmpty(note.case_id), note.reason,
                               note.personal, UnlessEmpty(note.consent), address, entry.count,
                               entry.first_at, entry.last_at});
    case AccessKind::kDenied:
      return use(AccessWasDenied{UnlessEmpty(note.operation), UnlessEmpty(note.case_id),
                                 UnlessEmpty(note.command), note.reason, address, entry.count,
                                 entry.first_at, entry.last_at});
    case AccessKind::kLoggedIn:
      return use(SomebodyLoggedIn{note.method, credential, address, entry.count, entry.first_at,
                                  entry.last_at});
    case AccessKind::kLoginFailed:
      return use(LoginFailed{note.method, note.reason, credential, address, entry.count,
                             entry.first_at, entry.last_at});
    case AccessKind::kSessionEnded: break;
  }
  return use(SessionEnded{note.reason, UnlessEmpty(note.ended_by), address, entry.count,
                          entry.first_at, entry.last_at});
}

/// What has to be on the disk before it is answered.
bool HasToWait(const AccessNote& note) {
  if (note.kind == AccessKind::kRead) return note.personal;
  return note.kind == AccessKind::kLoggedIn && note.begins_session;
}

}  // namespace

AccessRecorder::AccessRecorder(const Ports& ports, Options options)
    : ports_(ports),
      options_(std::move(options)),
      ledger_(options_.limits),
      thread_([this] { Run(); }) {}

AccessRecorder::~AccessRecorder() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
  try {
    Write(true);
  } catch (const std::exception& error) {
    options_.report({NoticeLevel::kWarning, kSource,
                     fmt::format("accesses were not recorded: {}", error.what())});
  }
}

void AccessRecorder::Record(const AccessNote& note) {
  const Instant at = ports_.clock.Now();
  const auto now = options_.now();
  {
    const std::lock_guard guard(mutex_);
    if (!HasToWait(note)) return ledger_.Count(note, at, now);
    if (ledger_.CountWritten(note, at, now)) return;
  }
  AppendRequest request = RequestOf({{note, 1, at, at}});
  request.command.reset();
  ports_.log.Append(std::move(request));
  const std::lock_guard guard(mutex_);
  ledger_.OpenWritten(note, now);
}

void AccessRecorder::Write(bool all) {
  const std::lock_guard writing(writing_mutex_);
  for (;;) {
    if (!batch_) {
      std::vector<AccessLedger::Entry> entries;
      {
        const std::lock_guard guard(mutex_);
        entries = ledger_.Take(options_.now(), options_.batch_events_max, all);
      }
      if (entries.empty()) return;
      batch_ = RequestOf(entries);
    }
    // The same batch under the same id: however often it is sent, it is stored once.
    ports_.log.Append(*batch_);
    batch_.reset();
  }
}

void AccessRecorder::Run() {
  while (Rest()) {
    try {
      Write();
    } catch (const std::exception& error) {
      options_.report({NoticeLevel::kWarning, kSource,
                       fmt::format("the record of accesses waits: {}", error.what())});
    }
  }
}

bool AccessRecorder::Rest() {
  std::unique_lock guard(mutex_);
  return !wake_.wait_for(guard, options_.write_every, [&] { return stopping_; });
}

AppendRequest AccessRecorder::RequestOf(const std::vector<AccessLedger::Entry>& entries) const {
  std::map<StreamId, std::vector<NewEvent>> streams;
  for (const auto& entry : entries) {
    streams[StreamOf(entry.note.account)].push_back(EventOf(entry));
  }
  AppendRequest request;
  request.log = LogId::kAccess;
  for (auto& [stream, events] : streams) {
    request.writes.push_back({stream, ExpectedVersion::Any(), std::move(events)});
  }
  request.command = CommandRecord{kWriter, CommandId(ports_.ids.NewUuid()), KeyId(), ""};
  return request;
}

NewEvent AccessRecorder::EventOf(const AccessLedger::Entry& entry) const {
  const AccessNote& note = entry.note;
  NewEvent event;
  event.id = EventId(ports_.ids.NewUuid());
  event.occurred_at = entry.first_at;
  event.actor = note.account;
  event.recorded_by = note.account;
  event.unit = note.unit;
  event.role = note.role;
  event.correlation = note.request;
  event.region = note.region.empty() ? kNation : note.region;
  event.virtual_clock = ports_.clock.IsVirtual();
  WithEventOf(entry, [&event](const auto& what) {
    using Event = std::decay_t<decltype(what)>;
    event.type = Event::kType;
    event.schema_version = Event::kVersion;
    event.data = CanonicalJson(Encode(what));
  });
  return event;
}

}  // namespace docket
