// The consumers that people start from, killed and resumed while cases go on and the server itself
// is killed: every position comes once and in order.
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "domain/ensure.hpp"
#include "tests/api/complaint_requests.hpp"
#include "tests/api/process.hpp"
#include "tests/support/message_reader.hpp"

namespace docket::test {
namespace {

using testing::Positions;

constexpr int kKills = 4;

class ConsumersTest : public ::testing::Test {
 protected:
  ConsumersTest() {
    Serve("--virtual-clock=2024-08-08T09:00:00+08:00");
    std::ofstream(TokenFile()) << "demo-resource-0001-change-me\n";
    std::filesystem::permissions(TokenFile(), std::filesystem::perms::owner_read);
  }

  /// `clock`: where the virtual clock begins, or goes on.
  void Serve(const std::string& clock) {
    server_ = std::make_unique<Process>(std::vector<std::string>{
        "serve", "--store", "sqlite:" + (folder_.Path() / "docket.db").string(), "--office",
        DOCKET_SOURCE_DIR "/data/sample/office.json", "--listen",
        "127.0.0.1:" + std::to_string(port_), clock});
    std::string line = server_->ReadLine();
    // A consumer that had waited may be served before the server has said where it is.
    while (line.starts_with('{')) line = server_->ReadLine();
    ENSURE(line.find("http://") != std::string::npos, "an address is expected: {}", line);
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  }
  void RestartServer() {
    server_->Kill9();
    server_->Wait();
    Serve("--virtual-clock");
  }
  void Lodge() const {
    EXPECT_EQ(Client(port_, "portal-0001").Post("/v1/cases", LodgeBody()).status, 201);
  }
  std::int64_t Head() const { return Client(port_, "").Get("/v1/health").body["head"]; }
  std::string TokenFile() const { return (folder_.Path() / "token").string(); }
  std::string OutFile() const { return (folder_.Path() / "events.jsonl").string(); }
  std::string Url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  /// Starts the consumer, kills it when it has written something more, and again; the server too.
  void ConsumeThroughKills(std::vector<std::string> command) {
    command.insert(command.end(),
                   {"--server", Url(), "--token-file", TokenFile(), "--out", OutFile()});
    for (int kill = 0; kill < kKills; ++kill) {
      const auto written = SizeOfOut();
      const auto consumer = Process::Of(command);
      Lodge();
      if (kill == 1) RestartServer();
      Lodge();
      while (SizeOfOut() == written) std::this_thread::yield();
      consumer->Kill9();
      consumer->Wait();
      // As if it had been killed after the output and before the checkpoint.
      std::ofstream(OutFile(), std::ios::app) << R"({"position":"half a li)";
    }
    command.insert(command.end(), {"--until", std::to_string(Head())});
    const auto last = Process::Of(command);
    const std::string said = last->ReadRest();
    EXPECT_EQ(last->Wait(), 0) << said;
    ExpectEveryPositionOnce();
  }

  void ExpectEveryPositionOnce() const {
    Positions positions;
    std::ifstream file(OutFile());
    for (std::string line; std::getline(file, line);) {
      const Json json = Json::parse(line);
      if (json.contains("omitted")) positions.Take({"omitted", "", json["omitted"]});
      else positions.Take({"", "", json});
    }
    EXPECT_TRUE(positions.skipped.empty()) << positions.skipped.front();
    EXPECT_EQ(positions.last, Head());
    EXPECT_EQ(positions.shown.size(), static_cast<std::size_t>(Head()));
  }

 private:
  std::uintmax_t SizeOfOut() const {
    std::error_code none;
    const auto size = std::filesystem::file_size(OutFile(), none);
    return none ? 0 : size;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Process> server_;
  std::uint16_t port_ = 0;
};

TEST_F(ConsumersTest, ThePythonConsumerHasEveryPositionOnceThroughKills) {
  ConsumeThroughKills({"python3", DOCKET_SOURCE_DIR "/docs/examples/feed_consumer.py"});
}

TEST_F(ConsumersTest, ThePythonConsumerCutsOffWhatWasHalfWrittenThoughNothingComes) {
  Lodge();
  const std::vector<std::string> command = {
      "python3",      DOCKET_SOURCE_DIR "/docs/examples/feed_consumer.py",
      "--server",     Url(),
      "--token-file", TokenFile(),
      "--out",        OutFile()};
  const auto until_head = [&] {
    auto words = command;
    words.insert(words.end(), {"--until", std::to_string(Head())});
    const auto consumer = Process::Of(words);
    const std::string said = consumer->ReadRest();
    EXPECT_EQ(consumer->Wait(), 0) << said;
  };
  until_head();
  std::ofstream(OutFile(), std::ios::app) << R"({"position":"half a li)";
  const auto written = std::filesystem::last_write_time(OutFile() + ".checkpoint");
  {
    auto words = command;
    words.insert(words.end(), {"--wait", "1"});
    const auto consumer = Process::Of(words);
    while (std::filesystem::last_write_time(OutFile() + ".checkpoint") == written) {
      std::this_thread::yield();
    }
  }
  Lodge();
  until_head();
  ExpectEveryPositionOnce();
}

TEST_F(ConsumersTest, TheNodeConsumerHasEveryPositionOnceThroughKills) {
  ConsumeThroughKills({"node", DOCKET_SOURCE_DIR "/docs/examples/feed_consumer.mjs"});
}

TEST_F(ConsumersTest, TheVerbFollowsThroughKillsAndRestarts) {
  const std::string checkpoint = OutFile() + ".checkpoint";
  const std::vector<std::string> command = {"feed",         "--follow",     "--server",
                                            Url(),          "--token-file", TokenFile(),
                                            "--checkpoint", checkpoint};
  Positions positions;
  for (int kill = 0; kill < kKills; ++kill) {
    Lodge();
    const auto follower = std::make_unique<Process>(command);
    if (kill == 1) RestartServer();
    Lodge();
    const auto head = Head();
    while (positions.last < head) {
      const std::string line = follower->ReadLine();
      if (!line.starts_with('{')) continue;  // That it waits for the server.
      const Json event = Json::parse(line);
      // It was killed after the output and before the checkpoint.
      if (Positions::PositionOf(event) <= positions.last) continue;
      positions.Take({"", "", event});
    }
    follower->Kill9();
    follower->Wait();
  }
  EXPECT_TRUE(positions.skipped.empty()) << positions.skipped.front();
  EXPECT_EQ(positions.last, Head());
}

TEST_F(ConsumersTest, TheVerbEndsAtTheHeadAndSaysWhyItIsRefused) {
  Lodge();
  const auto once = RunDocket(
      {"feed", "--server", Url(), "--token-file", TokenFile(), "--type", "complaint.lodged"});
  EXPECT_EQ(once.exit_code, 0) << once.said;
  EXPECT_EQ(std::count(once.said.begin(), once.said.end(), '\n'), 1) << once.said;
  std::ofstream(OutFile()) << "another-epoch:1\n";
  const auto forked = RunDocket(
      {"feed", "--server", Url(), "--token-file", TokenFile(), "--checkpoint", OutFile()});
  EXPECT_EQ(forked.exit_code, 1);
  EXPECT_NE(forked.said.find("epoch_unknown"), std::string::npos) << forked.said;
  std::filesystem::permissions(TokenFile(), std::filesystem::perms(0644));
  const auto exposed = RunDocket({"feed", "--server", Url(), "--token-file", TokenFile()});
  EXPECT_EQ(exposed.exit_code, 1);
  EXPECT_NE(exposed.said.find("secret_file_exposed"), std::string::npos) << exposed.said;
  std::filesystem::permissions(TokenFile(), std::filesystem::perms::owner_read);
  EXPECT_EQ(RunDocket({"feed", "--server", "https://x", "--token-file", TokenFile()}).exit_code, 1);
  EXPECT_EQ(
      RunDocket({"feed", "--server", "http://127.0.0.1:1", "--token-file", TokenFile()}).exit_code,
      3);
}

}  // namespace
}  // namespace docket::test
