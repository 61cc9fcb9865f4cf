// `docket rebuild` beside a process that serves, appends and projects: killed in the middle, started
// again, and what it has built is what a projector makes of the same log.
#include <csignal>
#include <cstdio>
#include <thread>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/json.hpp"
#include "persistence/open_store.hpp"
#include "persistence/projections/case_projection.hpp"
#include "persistence/projections/projector.hpp"
#include "persistence/runners/projector_runner.hpp"
#include "persistence/sqlite/sqlite_views.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/many_cases.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/view_stores.hpp"

extern char** environ;

namespace docket {
namespace {

using testing::StoreKind;

constexpr auto kPatience = std::chrono::seconds(60);
constexpr std::size_t kCases = 3000;

/// `docket rebuild cases`, its standard output and error read apart.
class RebuildProcess {
 public:
  explicit RebuildProcess(const std::string& url) {
    int out[2];
    int err[2];
    if (pipe(out) != 0 || pipe(err) != 0) throw StoreError("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    for (const int end : {out[0], err[0]}) posix_spawn_file_actions_addclose(&actions, end);
    std::vector<std::string> words = {
        DOCKET_BINARY_DIR "/docket", "rebuild", "cases", "--store", url, "--json"};
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int spawned =
        posix_spawn(&id_, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    close(err[1]);
    if (spawned != 0) throw StoreError("docket does not start");
    out_ = fdopen(out[0], "r");
    err_ = fdopen(err[0], "r");
  }
  ~RebuildProcess() {
    if (id_ > 0) {
      Kill();
      Wait();
    }
    std::fclose(out_);
    std::fclose(err_);
  }
  RebuildProcess(const RebuildProcess&) = delete;
  RebuildProcess& operator=(const RebuildProcess&) = delete;

  std::string ReadProgress() { return ReadLine(err_); }
  std::string ReadResult() { return ReadLine(out_); }
  void Kill() const { kill(id_, SIGKILL); }
  /// The exit code; negative: the signal.
  int Wait() {
    int status = 0;
    waitpid(id_, &status, 0);
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  static std::string ReadLine(FILE* file) {
    std::string line;
    for (int c = std::fgetc(file); c != EOF && c != '\n'; c = std::fgetc(file)) {
      line += static_cast<char>(c);
    }
    return line;
  }

  pid_t id_ = 0;
  FILE* out_ = nullptr;
  FILE* err_ = nullptr;
};

class RebuildKillTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  std::string Url() {
    if (GetParam() == StoreKind::kPostgres) return testing::SharedPostgres().NewDatabase();
    return "sqlite:" + directory_.File("office.db");
  }
  /// What a projector that was never disturbed makes of the log.
  std::string Reference() {
    SqliteViews views(*ParseSqliteUrl("sqlite:" + directory_.File("reference.db")));
    CaseProjection projection(*log_);
    Projector projector(views, *log_, projection, {.batch_events_max = 1000});
    while (projector.RunOnce() > 0) {
    }
    const auto& schema = CaseProjection::TheSchema();
    return testing::DumpTables(views, schema, views.FindLive(schema).value());
  }
  Generation Live() { return store_->Views().FindLive(CaseProjection::TheSchema()).value(); }
  Position Head() { return log_->ReadHead(LogId::kCases).position; }

  testing::TemporaryDirectory directory_;
  testing::SettableClock clock_;
  const std::string url_ = Url();
  std::unique_ptr<Store> store_ = OpenStore({.url = url_, .owner = "a test"}).value();
  std::unique_ptr<StoreLog> log_ = store_->OpenLog(clock_);
};

TEST_P(RebuildKillTest, GoesOnAfterKill9AndEqualsTheLiveOne) {
  testing::ManyCases cases(*log_, testing::RecordComplaint());
  cases.Append(kCases);
  CaseProjection projection(*log_);
  ProjectorRunner runner({store_->Views(), *log_, projection, store_->SingleRunners()});
  const auto subscription = log_->OnAppended([&](Position) { runner.Wake(); });
  ASSERT_TRUE(runner.CatchUpTo(Head(), kPatience));
  const Generation first = Live();

  std::atomic<bool> stop{false};
  std::thread writer([&] {
    while (!stop) cases.Append(5);
  });
  {
    RebuildProcess killed(url_);
    EXPECT_NE(killed.ReadProgress(), "");
    killed.Kill();
    EXPECT_EQ(killed.Wait(), -SIGKILL) << "it came to its end before it could be killed";
  }
  EXPECT_EQ(Live(), first) << "served until the switch";
  RebuildProcess resumed(url_);
  const auto result = ParseJson(resumed.ReadResult());
  EXPECT_EQ(resumed.Wait(), 0);
  stop = true;
  writer.join();

  ASSERT_TRUE(result.has_value());
  EXPECT_GT((*result)["began_at"].get<std::int64_t>(), 0) << result->dump();
  EXPECT_TRUE((*result)["parked"].empty());
  EXPECT_NE(Live(), first);
  EXPECT_EQ((*result)["generation"], Live().number);
  ASSERT_TRUE(runner.CatchUpTo(Head(), kPatience));
  const auto dump = testing::DumpTables(store_->Views(), CaseProjection::TheSchema(), Live());
  EXPECT_GT(dump.size(), kCases * 1000);
  EXPECT_TRUE(dump == Reference()) << "the tables differ";
}

TEST_P(RebuildKillTest, SecondRebuildIsRefusedWithItsCode) {
  testing::ManyCases(*log_, testing::RecordComplaint()).Append(10);
  const auto lock = store_->Views().TryLockRebuild("cases");
  ASSERT_NE(lock, nullptr);
  RebuildProcess second(url_);
  EXPECT_NE(second.ReadProgress().find("rebuild_running"), std::string::npos);
  EXPECT_EQ(second.Wait(), 1);
}

INSTANTIATE_TEST_SUITE_P(, RebuildKillTest,
                         ::testing::Values(StoreKind::kSqlite, StoreKind::kPostgres),
                         testing::NameOfStoreKind);

}  // namespace
}  // namespace docket
