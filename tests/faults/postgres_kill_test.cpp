// Four processes with eight writers each append to one PostgreSQL; they are killed at random
// moments, and once the server is, too. Every acknowledged command is stored once, positions and
// streams are dense, and readers of the feed have seen every position in order.
//
// DOCKET_KILL_SECONDS and DOCKET_KILL_ROUNDS make a longer run of it: `script/kill-loop` runs five
// times sixty seconds. DOCKET_TEST_SEED repeats the moments of a run.
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <random>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "persistence/clock/system_clock.hpp"
#include "tests/faults/kill_loop.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kProcesses = 4;
constexpr int kSeconds = 6;
constexpr int kRounds = 1;
/// A writer lives so long, at random.
constexpr milliseconds kLifeMin{200};
constexpr milliseconds kLifeMax{2'500};

int NumberFrom(const char* variable, int otherwise) {
  const char* given = std::getenv(variable);
  return given != nullptr ? std::atoi(given) : otherwise;
}

/// Goes on from the last position that it saw, through every outage of the server. Keeps the ids
/// in the order in which it saw them.
class FeedReader {
 public:
  enum class Woken : std::uint8_t { kByPolling, kByListening };

  FeedReader(const std::string& url, Woken woken)
      : store_(testing::OpenStoreAt(url)), log_(store_->OpenLog(clock_)), woken_(woken) {
    thread_ = std::thread([this] { Run(); });
  }
  ~FeedReader() {
    if (thread_.joinable()) Finish(Position{});
  }
  FeedReader(const FeedReader&) = delete;
  FeedReader& operator=(const FeedReader&) = delete;

  /// Returns when it has seen `head`.
  void Finish(Position head) {
    {
      const std::lock_guard guard(mutex_);
      last_ = head;
      finish_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  const std::vector<EventId>& Seen() const { return seen_; }
  const std::vector<std::string>& Problems() const { return problems_; }

 private:
  static constexpr milliseconds kPoll{20};
  /// Who listens polls seldom.
  static constexpr milliseconds kBackstop{1'000};

  void Run() {
    std::optional<Subscription> subscription;
    if (woken_ == Woken::kByListening) {
      subscription.emplace(log_->OnAppended([this](Position) {
        const std::lock_guard guard(mutex_);
        appended_ = true;
        wake_.notify_all();
      }));
    }
    while (Wait()) Read();
  }
  /// False: all has been seen.
  bool Wait() {
    std::unique_lock guard(mutex_);
    if (finish_ && Position{static_cast<std::int64_t>(seen_.size())} >= last_) return false;
    wake_.wait_for(guard, woken_ == Woken::kByPolling || finish_ ? kPoll : kBackstop,
                   [this] { return appended_; });
    appended_ = false;
    return true;
  }
  void Read() {
    constexpr std::size_t kPage = 500;
    try {
      for (;;) {
        const Position after{static_cast<std::int64_t>(seen_.size())};
        const auto page = log_->ReadLog(LogId::kCases, after, kPage);
        for (const auto& event : page) {
          seen_.push_back(event.id);
          if (event.position.value != static_cast<std::int64_t>(seen_.size())) {
            problems_.push_back(
                fmt::format("position {} came after {}", event.position.value, seen_.size() - 1));
          }
        }
        if (page.size() < kPage) return;
      }
    } catch (const StoreError&) {
      // The server is gone for a moment; the next look goes on where this one ended.
    }
  }

  SystemClock clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<StoreLog> log_;
  const Woken woken_;
  std::vector<EventId> seen_;
  std::vector<std::string> problems_;
  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable wake_;
  bool appended_ = false;
  bool finish_ = false;
  Position last_;
  std::thread thread_;
};

class PostgresKillLoop : public ::testing::Test {
 protected:
  PostgresKillLoop() {
    seed_ = static_cast<unsigned>(
        NumberFrom("DOCKET_TEST_SEED", static_cast<int>(std::random_device{}() >> 1U)));
    random_.seed(seed_);
    fmt::print("DOCKET_TEST_SEED={}\n", seed_);
  }

  milliseconds RandomLife() {
    return kLifeMin +
           milliseconds(random_() % static_cast<unsigned>((kLifeMax - kLifeMin).count()));
  }
  void StartWriter(std::size_t slot) {
    const std::string name = fmt::format("p{}x{}", slot, started_++);
    files_.push_back(directory_.File(name));
    writers_[slot] = std::make_unique<testing::WriterProcess>(
        testing::WriterProcess::Options{url_, name, files_.back()});
    dies_at_[slot] = steady_clock::now() + RandomLife();
  }
  /// Kills writers when their time has come, and the server once.
  void Rage(std::chrono::seconds duration);

  unsigned seed_ = 0;
  std::mt19937 random_;
  testing::TemporaryDirectory directory_;
  testing::PostgresServer server_;
  std::string url_ = server_.NewDatabase();
  std::vector<std::unique_ptr<testing::WriterProcess>> writers_{kProcesses};
  std::vector<steady_clock::time_point> dies_at_{kProcesses};
  std::vector<std::string> files_;
  int started_ = 0;
  int killed_ = 0;
};

void PostgresKillLoop::Rage(std::chrono::seconds duration) {
  const auto begin = steady_clock::now();
  const auto share = milliseconds(duration) * static_cast<int>(30 + random_() % 40) / 100;
  bool server_killed = false;
  for (std::size_t slot = 0; slot < writers_.size(); ++slot) StartWriter(slot);
  while (steady_clock::now() < begin + duration) {
    auto next = *std::min_element(dies_at_.begin(), dies_at_.end());
    if (!server_killed) next = std::min(next, begin + share);
    std::this_thread::sleep_until(std::min(next, begin + duration));
    const auto now = steady_clock::now();
    if (!server_killed && now >= begin + share) {
      server_.Kill9();
      server_.Start();
      server_killed = true;
    }
    for (std::size_t slot = 0; slot < writers_.size(); ++slot) {
      if (now < dies_at_[slot]) continue;
      EXPECT_TRUE(writers_[slot]->Kill9()) << "a writer ended by itself";
      ++killed_;
      StartWriter(slot);
    }
  }
  EXPECT_TRUE(server_killed);
  for (auto& writer : writers_) EXPECT_TRUE(writer->Kill9()) << "a writer ended by itself";
}

TEST_F(PostgresKillLoop, AcknowledgedCommandsSurviveAndReadersMissNothing) {
  const int rounds = NumberFrom("DOCKET_KILL_ROUNDS", kRounds);
  const std::chrono::seconds duration(NumberFrom("DOCKET_KILL_SECONDS", kSeconds));
  const auto store = testing::OpenStoreAt(url_);
  const SystemClock clock;
  const auto log = store->OpenLog(clock);
  const auto epoch = log->ReadHead(LogId::kCases).epoch;
  testing::LogAudit audit;
  for (int round = 1; round <= rounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    FeedReader polling(url_, FeedReader::Woken::kByPolling);
    FeedReader listening(url_, FeedReader::Woken::kByListening);
    Rage(duration);
    for (const auto& problem : audit.ReadNew(*log)) ADD_FAILURE() << problem;
    testing::Acknowledged acknowledged;
    for (const auto& file : files_) acknowledged.merge(testing::ReadAcknowledged(file));
    for (const auto& problem : audit.Compare(*log, acknowledged)) ADD_FAILURE() << problem;
    EXPECT_EQ(log->ReadHead(LogId::kCases).epoch, epoch) << "a crash is no fork of history";
    for (auto* reader : {&polling, &listening}) {
      reader->Finish(audit.At());
      for (const auto& problem : reader->Problems()) ADD_FAILURE() << problem;
      EXPECT_TRUE(reader->Seen() == audit.Events()) << "a reader saw other events";
    }
    fmt::print("round {}: {} writers killed, {} commands acknowledged, {} events stored\n", round,
               killed_, acknowledged.size(), audit.At().value);
    EXPECT_GT(acknowledged.size(), 100u);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace docket
