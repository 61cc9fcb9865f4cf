// Every way of following the log, under fire: eight writers over HTTP, four processes on one
// PostgreSQL, a Redis, and subscribers by page, stream, webhook and Redis, which are the examples
// that people start from. All but the writers are killed at random moments and started again. In
// the end each subscriber must have every position that it may see, once and in order.
//
// DOCKET_FIRE_SECONDS and DOCKET_FIRE_RUNS make longer runs of it, as script/feed-fire does.
// DOCKET_TEST_SEED repeats the moments of a run.
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include <Poco/Exception.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "domain/ensure.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/open_store.hpp"
#include "tests/api/complaint_requests.hpp"
#include "tests/api/process.hpp"
#include "tests/support/message_reader.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/redis_server.hpp"

namespace docket::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::Positions;

constexpr int kProcesses = 4;
constexpr int kWriters = 8;
constexpr int kSeconds = 10;
constexpr int kRuns = 1;
constexpr milliseconds kPauseMax{700};  ///< Between two kills.
constexpr milliseconds kDownMax{300};   ///< How long what was killed stays away.
/// A writer rests so long after each command at most, so that webhooks, which go one by one, can
/// follow.
constexpr milliseconds kRestMax{100};
constexpr std::chrono::minutes kPatience{3};

int NumberFrom(const char* variable, int otherwise) {
  const char* given = std::getenv(variable);
  return given != nullptr ? std::atoi(given) : otherwise;
}

/// A program that writes to a file and can be killed and started again.
class Restarted {
 public:
  Restarted(std::string name, std::vector<std::string> command, std::string log)
      : name_(std::move(name)), command_(std::move(command)), log_(std::move(log)) {}

  void Start() {
    std::vector<std::string> words = {"sh", "-c", R"(log=$1; shift; exec "$@" >>"$log" 2>&1)", "sh",
                                      log_};
    words.insert(words.end(), command_.begin(), command_.end());
    process_ = Process::Of(words);
  }
  void Kill9() {
    process_->Kill9();
    process_->Wait();
    process_.reset();
  }
  const std::string& Name() const { return name_; }
  std::string Said() const {
    std::ifstream file(log_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::string name_;
  std::vector<std::string> command_;
  std::string log_;
  std::unique_ptr<Process> process_;
};

/// What a subscriber wrote down, in the order in which it did.
struct Received {
  std::vector<std::string> events;  ///< As Named gives them.
  std::int64_t last = 0;
  std::vector<std::string> skipped;  ///< Of those who are told of omitted runs.
};

std::string Named(std::int64_t position, const std::string& id, const std::string& stream,
                  std::int64_t version) {
  return fmt::format("{} is {} of {}, {}", position, version, stream, id);
}

std::int64_t NumberIn(const Json& value) {
  return value.is_string() ? std::stoll(value.get<std::string>()) : value.get<std::int64_t>();
}

Received ReadReceived(const std::string& path) {
  Received received;
  Positions positions;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded()) break;  // The last line is just being written.
    if (json.contains("omitted")) {
      positions.Take({"omitted", "", json["omitted"]});
      continue;
    }
    positions.Take({"", "", json});
    received.events.push_back(
        Named(positions.last, json["id"], json["subject"], NumberIn(json["version"])));
  }
  received.last = positions.last;
  received.skipped = positions.skipped;
  return received;
}

/// A department and who works there.
struct Department {
  std::string intake;
  std::vector<std::string> handlers;
  Json complaint;
};

Department Finance() { return {"intake-0001", {"handler-0001", "handler-0002"}, LodgeBody()}; }

Department Housing() {
  Json body = LodgeBody();
  Json& data = body["data"];
  data["profile"] = "tendering";
  data["industry"] = "construction";
  data["known_on"] = "2024-08-05";
  data["objection_raised_on"] = "2024-08-05";
  data["objection_answered_on"] = "2024-08-06";
  data.erase("challenged_on");
  data.erase("challenge_answered_on");
  return {"intake-0101", {"handler-0101", "handler-0102"}, body};
}

/// One way of following the log, as one account.
struct Follower {
  std::unique_ptr<Restarted> program;
  std::string out;
  std::string account;  ///< Who reads; empty: Redis, which holds everything.
  std::string type;     ///< What is asked for; empty: all.
  bool is_told_of_runs = false;
};

class FeedFireTest : public ::testing::Test {
 protected:
  FeedFireTest() : seed_(static_cast<unsigned>(NumberFrom("DOCKET_TEST_SEED", 0))) {
    if (seed_ == 0) seed_ = std::random_device{}();
    random_.seed(seed_);
    url_ = testing::SharedPostgres().NewDatabase();
  }

  std::string In(const std::string& name) const { return (folder_.Path() / name).string(); }

  void StartServers() {
    for (int number = 0; number < kProcesses; ++number) {
      // The first choice of a port is the system's; later on it is where others look for it.
      const auto first = ServerAt(
          number, 0, number == 0 ? "--virtual-clock=2024-08-08T09:00:00+08:00" : "--virtual-clock");
      first->Start();
      ports_.push_back(AwaitPort(*first));
      first->Kill9();
      servers_.push_back(ServerAt(number, ports_.back(), "--virtual-clock"));
      servers_.back()->Start();
      AwaitServing(ports_.back());
    }
  }

  void StartFollowers() {
    const std::string examples = DOCKET_SOURCE_DIR "/docs/examples/";
    const auto feed = [&](const std::string& name, std::vector<std::string> program,
                          const std::string& account, std::size_t server) {
      std::ofstream(In(name + ".token")) << "demo-" << account << "-change-me\n";
      program.back() = examples + program.back();
      program.insert(program.end(), {"--server", fmt::format("http://127.0.0.1:{}", ports_[server]),
                                     "--token-file", In(name + ".token")});
      Follower& follower = Add(name, program);
      follower.account = account;
      follower.is_told_of_runs = true;
    };
    feed("pages", {"python3", "feed_consumer.py"}, "resource-0001", 0);
    feed("pages-of-one-unit", {"python3", "feed_consumer.py"}, "head-0101", 1);
    feed("stream", {"node", "feed_consumer.mjs"}, "resource-0001", 2);
    feed("stream-of-one-unit", {"node", "feed_consumer.mjs"}, "head-0001", 3);
    Add("redis", {"python3", examples + "redis_consumer.py", "--redis",
                  fmt::format("127.0.0.1:{}", redis_.Port())});
    AddWebhook("webhook", "resource-0001", "");
    AddWebhook("webhook-of-lodgings", "head-0101", "complaint.lodged");
  }

  /// Cases of one of two departments, one after another.
  void Write(int writer) {
    const Department department = writer % 2 == 0 ? Finance() : Housing();
    const Json sign_for = {{"data", {{"handlers", department.handlers}}}};
    std::mt19937 random(seed_ + static_cast<unsigned>(writer));
    for (int i = 0; !is_over_; ++i) {
      const auto key = fmt::format("fire-{}-{}", writer, i);
      const Json lodged =
          SendUntilAnswered(random, {"portal-0001", "/v1/cases"}, department.complaint, key);
      const std::string path =
          fmt::format("/v1/cases/{}/commands/sign_for", lodged.value("case_id", "none"));
      SendUntilAnswered(random, {department.intake, path}, sign_for, key + "-sign");
      std::this_thread::sleep_for(kRestMax * (random() % 100) / 50);
    }
  }
  struct Place {
    std::string account;
    std::string path;
  };
  /// To one process or another; again with the same key while they are being killed.
  Json SendUntilAnswered(std::mt19937& random, const Place& to, const Json& body,
                         const std::string& key) {
    for (;;) {
      const Client client(ports_[random() % ports_.size()], to.account);
      try {
        const Reply reply = client.Post(to.path, body, {{"Idempotency-Key", key}});
        if (reply.status < 300) {
          ++acknowledged_;
          return reply.body;
        }
        if (reply.status < 500) {
          ADD_FAILURE() << key << ": " << reply.text;
          is_over_ = true;
          return Json::object();
        }
      } catch (const Poco::Exception&) {
        std::this_thread::sleep_for(5ms);
      }
    }
  }

  /// Kills one after another until the time is over; everything is up again then.
  void Fire(std::chrono::seconds duration) {
    const auto end = steady_clock::now() + duration;
    std::vector<Restarted*> targets;
    for (auto& server : servers_) targets.push_back(server.get());
    for (auto& follower : followers_) targets.push_back(follower.program.get());
    while (steady_clock::now() < end && !is_over_) {
      std::this_thread::sleep_for(UpTo(kPauseMax));
      const auto at = random_() % (targets.size() + 1);
      if (at == targets.size()) redis_.Kill9();
      else targets[at]->Kill9();
      std::this_thread::sleep_for(UpTo(kDownMax));
      if (at == targets.size()) redis_.Start();
      else targets[at]->Start();
      ++kills_;
    }
    for (const auto port : ports_) AwaitServing(port);
  }

  /// Until each has come to the last event that it may have, or has taken too long; then everything
  /// against the log as it is in the database.
  void ExpectEverybodyHasAll() {
    const auto log = ReadLogItself();
    fmt::print("seed {}: {} commands, {} events, {} kills\n", seed_, acknowledged_.load(),
               log.size(), kills_);
    for (const auto& follower : followers_) {
      SCOPED_TRACE(follower.program->Name());
      std::vector<std::string> wanted;
      for (const auto& event : log) {
        if (!MayHave(follower, event)) continue;
        wanted.push_back(
            Named(event.position.value, event.id.value, event.stream.value, event.version.value));
      }
      ASSERT_FALSE(wanted.empty());
      const auto received = Await(follower, wanted.back(), log.back().position.value);
      EXPECT_EQ(received.events.size(), wanted.size());
      EXPECT_TRUE(received.events == wanted) << FirstDifference(received.events, wanted) << "\n"
                                             << follower.program->Said();
      if (follower.is_told_of_runs) {
        EXPECT_TRUE(received.skipped.empty()) << received.skipped.front();
        EXPECT_EQ(received.last, log.back().position.value);
      }
    }
  }

 private:
  milliseconds UpTo(milliseconds most) {
    return milliseconds(static_cast<std::int64_t>(random_() % static_cast<unsigned>(most.count())));
  }
  std::unique_ptr<Restarted> ServerAt(int number, std::uint16_t port, const std::string& clock) {
    const auto name = fmt::format("server-{}", number);
    return std::make_unique<Restarted>(
        name,
        std::vector<std::string>{DOCKET_BINARY_DIR "/docket", "serve", "--store", url_, "--office",
                                 DOCKET_SOURCE_DIR "/data/sample/office.json", "--listen",
                                 fmt::format("127.0.0.1:{}", port), "--redis",
                                 fmt::format("redis://127.0.0.1:{}/0", redis_.Port()),
                                 "--webhooks-allow-private", clock},
        In(name + ".log"));
  }
  /// The port that a program says it listens on.
  static std::uint16_t AwaitPort(const Restarted& program) {
    constexpr std::string_view kBefore = "127.0.0.1:";
    const auto give_up = steady_clock::now() + kPatience;
    for (;;) {
      const auto said = program.Said();
      const auto at = said.find(kBefore);
      if (at != std::string::npos && said.find('\n', at) != std::string::npos) {
        return static_cast<std::uint16_t>(std::stoi(said.substr(at + kBefore.size())));
      }
      ENSURE(steady_clock::now() < give_up, "{} listens nowhere: {}", program.Name(), said);
      std::this_thread::sleep_for(5ms);
    }
  }
  static void AwaitServing(std::uint16_t port) {
    const auto give_up = steady_clock::now() + kPatience;
    for (;;) {
      try {
        if (Client(port, "").Get("/readyz").status == 200) return;
      } catch (const Poco::Exception&) {
        // It is starting.
      }
      ENSURE(steady_clock::now() < give_up, "nobody serves at {}", port);
      std::this_thread::sleep_for(20ms);
    }
  }
  Follower& Add(const std::string& name, std::vector<std::string> command) {
    const auto out = In(name + ".jsonl");
    command.insert(command.end(), {"--out", out});
    auto program = std::make_unique<Restarted>(name, std::move(command), In(name + ".log"));
    program->Start();
    return followers_.emplace_back(Follower{std::move(program), out, "", "", false});
  }
  void AddWebhook(const std::string& name, const std::string& account, const std::string& type) {
    const std::vector<std::string> command = {
        "python3",       DOCKET_SOURCE_DIR "/docs/examples/webhook_receiver.py",
        "--secret-file", In(name + ".secret"),
        "--port",        "0"};
    Follower& follower = Add(name, command);
    follower.account = account;
    follower.type = type;
    const auto port = AwaitPort(*follower.program);
    // From now on where the subscription has it.
    follower.program->Kill9();
    auto at_port = command;
    at_port.back() = std::to_string(port);
    at_port.insert(at_port.end(), {"--out", follower.out});
    follower.program = std::make_unique<Restarted>(name, at_port, In(name + ".log"));
    const Client owner(ports_[0], account);
    Json ask = {{"url", fmt::format("http://127.0.0.1:{}/hook", port)}};
    if (!type.empty()) ask["filter"] = {{"type", type}};
    const Reply made = owner.Post("/v1/webhooks", ask);
    ENSURE(made.status == 201, "a subscription is made: {}", made.text);
    std::ofstream(In(name + ".secret")) << made.body["secret"].get<std::string>();
    follower.program->Start();
    const auto path = "/v1/webhooks/" + made.body["id"].get<std::string>() + "/verify";
    const auto give_up = steady_clock::now() + kPatience;
    while (owner.Post(path, Json::object()).status != 200) {
      ENSURE(steady_clock::now() < give_up, "{} verifies: {}", name, follower.program->Said());
      std::this_thread::sleep_for(50ms);
    }
  }
  std::vector<RecordedEvent> ReadLogItself() const {
    constexpr std::size_t kPage = 1000;
    const SystemClock clock;
    const auto store = OpenStore({.url = url_, .owner = "a test"});
    ENSURE(store.has_value(), "the store opens");
    const auto log = (*store)->OpenLog(clock);
    std::vector<RecordedEvent> all;
    for (;;) {
      auto page =
          log->ReadLog(LogId::kCases, Position{static_cast<std::int64_t>(all.size())}, kPage);
      if (page.empty()) return all;
      all.insert(all.end(), std::make_move_iterator(page.begin()),
                 std::make_move_iterator(page.end()));
      ENSURE(all.back().position.value == static_cast<std::int64_t>(all.size()), "dense positions");
    }
  }
  /// Who may open the case may have its events.
  bool MayHave(const Follower& follower, const RecordedEvent& event) {
    if (follower.account.empty()) return true;
    if (!event.type.starts_with(follower.type)) return false;
    const auto [found, is_new] =
        readable_.try_emplace(std::pair(follower.account, event.stream.value));
    if (is_new) {
      const Client client(ports_[0], follower.account);
      found->second = client.Get("/v1/cases/" + event.stream.value).status == 200;
    }
    return found->second;
  }
  /// Until it has the last event that it may have, and what is left out behind that, which an
  /// empty page tells only when its time is over.
  static Received Await(const Follower& follower, const std::string& last, std::int64_t head) {
    const auto give_up = steady_clock::now() + kPatience;
    for (;;) {
      auto received = ReadReceived(follower.out);
      const bool is_there = !received.events.empty() && received.events.back() == last &&
                            (!follower.is_told_of_runs || received.last == head);
      if (is_there || steady_clock::now() > give_up) return received;
      std::this_thread::sleep_for(50ms);
    }
  }
  static std::string FirstDifference(const std::vector<std::string>& had,
                                     const std::vector<std::string>& wanted) {
    const auto [one, other] = std::ranges::mismatch(had, wanted);
    return fmt::format("after {} events: {} instead of {}", one - had.begin(),
                       one == had.end() ? "nothing" : *one,
                       other == wanted.end() ? "nothing" : *other);
  }

  std::map<std::pair<std::string, std::string>, bool> readable_;

 protected:
  TemporaryFolder folder_;
  unsigned seed_;
  std::mt19937 random_;
  std::string url_;
  testing::RedisServer redis_;
  std::vector<std::uint16_t> ports_;
  std::vector<std::unique_ptr<Restarted>> servers_;
  std::vector<Follower> followers_;
  std::atomic<bool> is_over_{false};
  std::atomic<int> acknowledged_{0};
  int kills_ = 0;
};

TEST_F(FeedFireTest, EverySubscriberHasEveryPositionItMaySeeInOrder) {
  StartServers();
  StartFollowers();
  for (int run = 0; run < NumberFrom("DOCKET_FIRE_RUNS", kRuns); ++run) {
    SCOPED_TRACE("run " + std::to_string(run));
    is_over_ = false;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([this, writer, run] { Write(writer + run * kWriters); });
    }
    Fire(std::chrono::seconds(NumberFrom("DOCKET_FIRE_SECONDS", kSeconds)));
    is_over_ = true;
    for (auto& writer : writers) writer.join();
    ExpectEverybodyHasAll();
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace docket::test
