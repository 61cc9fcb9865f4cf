#include "persistence/postgres/wakeups.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <pqxx/notification>

#include "persistence/postgres/event_rows.hpp"

namespace docket {

namespace {

constexpr const char* kChannel = "docket_log";
constexpr PostgresStatement kNotify{"notify", "SELECT pg_notify('docket_log', $1)"};
constexpr PostgresStatement kSelectHeads{"select_heads", "SELECT log, position FROM docket.heads"};
// Losing a notification in a crash costs a poll; waiting for the disk would cost each of them.
constexpr const char* kCommitLoosely = "SET synchronous_commit = off";

constexpr std::chrono::milliseconds kPauseFirst{50};
constexpr std::chrono::milliseconds kPauseMax{2'000};

/// What another process says: `1 4711`, the log and its head.
class Receiver : public pqxx::notification_receiver {
 public:
  Receiver(pqxx::connection& connection, std::function<void(LogId, Position)> grown)
      : notification_receiver(connection, kChannel), grown_(std::move(grown)) {}

  void operator()(const std::string& payload, int /*backend*/) override {
    int log = 0;
    long long position = 0;
    // Anybody may notify: what cannot be read, or is not true, costs nothing but a look.
    if (std::sscanf(payload.c_str(), "%d %lld", &log, &position) != 2) return;
    grown_(static_cast<LogId>(log), Position{position});
  }

 private:
  std::function<void(LogId, Position)> grown_;
};

}  // namespace

PostgresAnnouncer::PostgresAnnouncer(PostgresUrl url, SessionSettings settings)
    : url_(std::move(url)), settings_(std::move(settings)), thread_([this] { Serve(); }) {}

PostgresAnnouncer::~PostgresAnnouncer() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void PostgresAnnouncer::Announce(LogId log, Position position) {
  {
    const std::lock_guard guard(mutex_);
    pending_[log] = position;
  }
  wake_.notify_one();
}

void PostgresAnnouncer::Serve() {
  auto pause = kPauseFirst;
  std::unique_lock guard(mutex_);
  for (;;) {
    wake_.wait(guard, [this] { return stopping_ || !pending_.empty(); });
    if (pending_.empty()) return;
    const auto heads = std::exchange(pending_, {});
    guard.unlock();
    bool sent = true;
    try {
      Send(heads);
      pause = kPauseFirst;
    } catch (const StoreError&) {
      connection_.reset();
      sent = false;
    }
    guard.lock();
    wake_.wait_for(guard, sent ? kAnnounceEvery : pause, [this] { return stopping_; });
    if (!sent) pause = std::min(pause * 2, kPauseMax);
  }
}

void PostgresAnnouncer::Send(const std::map<LogId, Position>& heads) {
  if (connection_ && connection_->IsStale()) connection_.reset();
  if (!connection_) {
    connection_ = std::make_unique<PostgresConnection>(url_, settings_);
    connection_->Execute(kCommitLoosely);
  }
  for (const auto& [log, position] : heads) {
    connection_->Run(kNotify, fmt::format("{} {}", NumberOf(log), position.value));
  }
}

PostgresWakeups::PostgresWakeups(PostgresUrl url, SessionSettings settings)
    : url_(std::move(url)),
      settings_(std::move(settings)),
      stop_event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (stop_event_ < 0) throw StoreError("cannot make an event to wait for");
}

PostgresWakeups::~PostgresWakeups() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  eventfd_write(stop_event_, 1);
  if (thread_.joinable()) thread_.join();
  close(stop_event_);
}

std::size_t PostgresWakeups::Add(LogId log, Position head, Listener listener) {
  const std::lock_guard guard(mutex_);
  known_[log] = std::max(known_[log], head);
  listeners_.push_back({next_id_, log, std::move(listener)});
  if (!thread_.joinable()) thread_ = std::thread([this] { Serve(); });
  return next_id_++;
}

void PostgresWakeups::Remove(std::size_t id) {
  const std::lock_guard guard(mutex_);
  std::erase_if(listeners_, [&](const auto& entry) { return entry.id == id; });
}

void PostgresWakeups::Grown(LogId log, Position position) {
  const std::lock_guard guard(mutex_);
  auto& known = known_[log];
  if (position <= known) return;
  known = position;
  for (const auto& entry : listeners_) {
    if (entry.log == log) entry.listener(position);
  }
}

void PostgresWakeups::Serve() {
  auto pause = kPauseFirst;
  for (;;) {
    const auto started = std::chrono::steady_clock::now();
    try {
      Listen();
      return;
    } catch (const StoreError&) {
      // The next connection begins with a look at the heads: what was notified meanwhile is lost.
    }
    if (std::chrono::steady_clock::now() - started > kPauseMax) pause = kPauseFirst;
    if (!Pause(pause)) return;
    pause = std::min(pause * 2, kPauseMax);
  }
}

void PostgresWakeups::Listen() {
  PostgresConnection connection(url_, settings_);
  const Receiver receiver(connection.Raw(),
                          [this](LogId log, Position position) { Grown(log, position); });
  auto next_poll = std::chrono::steady_clock::now();
  do {
    connection.TakeNotifications();
    const auto now = std::chrono::steady_clock::now();
    if (now < next_poll) continue;
    Poll(connection);
    next_poll = now + kPollHeadsEvery;
  } while (AwaitSession(connection));
}

void PostgresWakeups::Poll(PostgresConnection& connection) {
  const auto rows = connection.Run(kSelectHeads);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto log = static_cast<LogId>(NumberAt(rows, i, 0));
    const Position position{NumberAt(rows, i, 1)};
    {
      const std::lock_guard guard(mutex_);
      // A restored log may end before what was known of it; it grows from there.
      if (position < known_[log]) known_[log] = Position{position.value - 1};
    }
    Grown(log, position);
  }
}

bool PostgresWakeups::AwaitSession(PostgresConnection& connection) const {
  std::array<pollfd, 2> files{{{.fd = connection.Raw().sock(), .events = POLLIN, .revents = 0},
                               {.fd = stop_event_, .events = POLLIN, .revents = 0}}};
  poll(files.data(), files.size(), static_cast<int>(kPollHeadsEvery.count()));
  return files[1].revents == 0;
}

bool PostgresWakeups::Pause(std::chrono::milliseconds pause) {
  std::unique_lock guard(mutex_);
  return !wake_.wait_for(guard, pause, [this] { return stopping_; });
}

}  // namespace docket
