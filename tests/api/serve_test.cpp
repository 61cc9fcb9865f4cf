// `docket serve` as people run it: it prints its address, stops on SIGTERM, and owns its store.
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

std::vector<std::string> ServeArguments(const TemporaryFolder& folder,
                                        const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"serve",
                                        "--store",
                                        "sqlite:" + (folder.Path() / "docket.db").string(),
                                        "--office",
                                        DOCKET_SOURCE_DIR "/data/sample/office.json",
                                        "--listen",
                                        "127.0.0.1:0"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::uint16_t PortOf(const std::string& line) {
  return static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
}

TEST(Serve, PrintsItsAddressAnswersAndStopsInOrder) {
  const TemporaryFolder folder;
  Process server(ServeArguments(folder, {"--virtual-clock=2024-08-08T09:00:00+08:00"}));
  const std::string line = server.ReadLine();
  ASSERT_NE(line.find("http://127.0.0.1:"), std::string::npos) << line;
  const Client client(PortOf(line), "intake-0001");
  EXPECT_EQ(client.Get("/v1/clock").body["now"].get<std::string>().substr(0, 10), "2024-08-08");
  server.Stop();
  const std::string rest = server.ReadRest();
  EXPECT_EQ(server.Wait(), 0) << rest;
  EXPECT_NE(rest.find("demo-intake-0001-change-me"), std::string::npos);
}

TEST(Serve, TheStoreHasOneOwner) {
  const TemporaryFolder folder;
  Process server(ServeArguments(folder));
  ASSERT_NE(server.ReadLine().find("http://"), std::string::npos);
  Process second(ServeArguments(folder));
  const std::string said = second.ReadRest();
  EXPECT_EQ(second.Wait(), 3) << said;
  EXPECT_NE(said.find("docket serve"), std::string::npos) << said;
  Process reader({"case", "list", "--store", "sqlite:" + (folder.Path() / "docket.db").string()});
  const std::string list = reader.ReadRest();
  EXPECT_EQ(reader.Wait(), 0) << list;
}

TEST(Serve, ACalendarIsPublishedOnceAndNotWhileAServerOwnsTheStore) {
  const TemporaryFolder folder;
  Json document = Json::parse(std::ifstream(DOCKET_SOURCE_DIR "/data/calendars/cn.json"));
  document["version"] = "cn-test";
  const auto file = folder.Path() / "calendar.json";
  std::ofstream(file) << document;
  const std::vector<std::string> import = {"calendar", "import", file.string(), "--store",
                                           "sqlite:" + (folder.Path() / "docket.db").string()};
  const auto run = [&] {
    Process process(import);
    const std::string said = process.ReadRest();
    return std::pair(process.Wait(), said);
  };
  const auto first = run();
  EXPECT_EQ(first.first, 0) << first.second;
  EXPECT_NE(first.second.find("cn-test"), std::string::npos) << first.second;
  const auto again = run();
  EXPECT_EQ(again.first, 1) << again.second;
  EXPECT_NE(again.second.find("calendar_version_known"), std::string::npos) << again.second;
  Process server(ServeArguments(folder));
  ASSERT_NE(server.ReadLine().find("http://"), std::string::npos);
  EXPECT_EQ(run().first, 3);
}

TEST(Serve, ACalendarFileWithoutAVersionIsImportedUnderAName) {
  const TemporaryFolder folder;
  Json document = Json::parse(std::ifstream(DOCKET_SOURCE_DIR "/data/calendars/cn.json"));
  document.erase("version");
  const auto file = folder.Path() / "calendar.json";
  std::ofstream(file) << document;
  std::vector<std::string> import = {"calendar", "import", file.string(), "--store",
                                     "sqlite:" + (folder.Path() / "docket.db").string()};
  const auto run = [&] {
    Process process(import);
    const std::string said = process.ReadRest();
    return std::pair(process.Wait(), said);
  };
  EXPECT_EQ(run().first, 1);
  import.insert(import.end(), {"--version", "cn-named"});
  const auto named = run();
  EXPECT_EQ(named.first, 0) << named.second;
  EXPECT_NE(named.second.find("cn-named"), std::string::npos) << named.second;
}

TEST(Serve, ALostKeyStoreIsRefusedUntilAccepted) {
  const TemporaryFolder folder;
  {
    Process server(ServeArguments(folder, {"--virtual-clock=2024-08-08T09:00:00+08:00"}));
    const Client portal(PortOf(server.ReadLine()), "portal-0001");
    EXPECT_EQ(portal.Post("/v1/cases", LodgeBody()).status, 201);
    server.Stop();
    EXPECT_EQ(server.Wait(), 0);
  }
  for (const char* file : {"docket.keys.db", "docket.keys.db-wal", "docket.keys.db-shm"}) {
    std::filesystem::remove(folder.Path() / file);
  }
  {
    Process refused(ServeArguments(folder, {"--virtual-clock"}));
    const std::string said = refused.ReadRest();
    EXPECT_EQ(refused.Wait(), 3) << said;
    EXPECT_NE(said.find("--accept-lost-keys"), std::string::npos) << said;
  }
  Process server(ServeArguments(folder, {"--virtual-clock", "--accept-lost-keys"}));
  const Client portal(PortOf(server.ReadLine()), "portal-0001");
  const Reply list = portal.Get("/v1/cases");
  ASSERT_EQ(list.body["cases"].size(), 1u) << list.text;
  const Reply read = portal.Get("/v1/cases/" + list.body["cases"][0].value("case_id", ""));
  EXPECT_EQ(read.body["facts"]["complainant"]["name"], Json({{"sealed", true}})) << read.text;
}

TEST(Serve, RefusesWhatItCannotServe) {
  const TemporaryFolder folder;
  const auto exit_code = [&](const std::vector<std::string>& arguments) {
    Process process(arguments);
    const std::string said = process.ReadRest();
    EXPECT_FALSE(said.empty());
    return process.Wait();
  };
  auto arguments = ServeArguments(folder);
  arguments[6] = "0.0.0.0:0";
  EXPECT_EQ(exit_code(arguments), 1) << "the sample office beyond this machine";
  arguments = ServeArguments(folder);
  arguments[4] = DOCKET_SOURCE_DIR "/LICENSE";
  EXPECT_EQ(exit_code(arguments), 1) << "an office file that is none";
  arguments = ServeArguments(folder);
  arguments[2] = "oracle:x";
  EXPECT_EQ(exit_code(arguments), 1) << "an unknown kind of store";
  EXPECT_EQ(exit_code(ServeArguments(folder, {"--virtual-clock=2024-02-31"})), 1);
  EXPECT_EQ(exit_code({"serve"}), 2);
  EXPECT_EQ(exit_code({"case", "show", "x", "--store", "sqlite:/nonexistent/docket.db"}), 3);
}

/// An office with a fixed token that is not the sample's, and one without accounts.
std::string WriteOffice(const TemporaryFolder& folder, bool with_account) {
  Json office = Json::parse(std::ifstream(DOCKET_SOURCE_DIR "/data/sample/office.json"));
  Json account = office["accounts"][0];
  account["token"] = "a-token-of-this-office-only";
  office["accounts"] = with_account ? Json::array({account}) : Json::array();
  const auto file = folder.Path() / (with_account ? "tokens.json" : "office.json");
  std::ofstream(file) << office;
  return file.string();
}

class ServeBeyondThisMachine : public ::testing::Test {
 protected:
  /// The code of the refusal; empty where there is none, and only the address is not this
  /// machine's: 192.0.2.0/24 is nobody's.
  std::string CodeOf(const std::string& office, const std::vector<std::string>& more = {}) {
    auto arguments = ServeArguments(folder_, more);
    arguments[4] = office;
    arguments[6] = "192.0.2.1:0";
    const Finished end = RunDocket(arguments);
    if (end.exit_code == 3) return "";
    EXPECT_EQ(end.exit_code, 1) << end.said;
    for (const char* code : {"office_exposed", "fixed_tokens_exposed", "plain_http_exposed",
                             "sample_office_exposed", "redis_plain", "secret_file_exposed"}) {
      if (end.said.find(fmt::format("\"{}\"", code)) != std::string::npos) return code;
    }
    return end.said;
  }

  TemporaryFolder folder_;
};

TEST_F(ServeBeyondThisMachine, FixedTokensAndPlainHttpHaveToBeAllowed) {
  const std::string tokens = WriteOffice(folder_, true);
  const std::string office = WriteOffice(folder_, false);
  std::filesystem::permissions(tokens, std::filesystem::perms(0644));
  EXPECT_EQ(CodeOf(tokens), "office_exposed");
  std::filesystem::permissions(tokens, std::filesystem::perms(0600));
  EXPECT_EQ(CodeOf(tokens), "fixed_tokens_exposed");
  EXPECT_EQ(CodeOf(tokens, {"--allow-fixed-tokens"}), "plain_http_exposed");
  EXPECT_EQ(CodeOf(tokens, {"--allow-fixed-tokens", "--allow-plain-http"}), "");
  EXPECT_EQ(CodeOf(office), "plain_http_exposed");
  EXPECT_EQ(CodeOf(office, {"--allow-plain-http"}), "");
  EXPECT_EQ(CodeOf(DOCKET_SOURCE_DIR "/data/sample/office.json",
                   {"--allow-fixed-tokens", "--allow-plain-http"}),
            "sample_office_exposed");
}

TEST_F(ServeBeyondThisMachine, APlainRedisHasToBeAllowed) {
  const std::string office = WriteOffice(folder_, false);
  const std::string secret = (folder_.Path() / "redis.secret").string();
  std::ofstream(secret) << "correct horse\n";
  std::filesystem::permissions(secret, std::filesystem::perms(0640));
  const std::vector<std::string> redis = {"--allow-plain-http", "--redis",
                                          "redis://192.0.2.7:6379"};
  const auto with = [&](std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return CodeOf(office, words);
  };
  EXPECT_EQ(with(redis, {}), "redis_plain");
  EXPECT_EQ(with(redis, {"--redis-allow-plain"}), "");
  EXPECT_EQ(with(redis, {"--redis-password-file", secret}), "secret_file_exposed");
}

TEST(Serve, ALogFromTheFutureNeedsItsVirtualClock) {
  const TemporaryFolder folder;
  {
    Process server(ServeArguments(folder, {"--virtual-clock=2099-01-05T09:00:00+08:00"}));
    const Client client(PortOf(server.ReadLine()), "portal-0001");
    EXPECT_EQ(client.Get("/v1/clock").body["virtual"], true);
    server.Stop();
    EXPECT_EQ(server.Wait(), 0);
  }
  Process again(ServeArguments(folder, {"--virtual-clock"}));
  const Client client(PortOf(again.ReadLine()), "portal-0001");
  EXPECT_EQ(client.Get("/v1/clock").body["now"].get<std::string>().substr(0, 10), "2099-01-05");
}

}  // namespace
}  // namespace docket::test
