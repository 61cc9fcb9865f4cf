// `docket user` as people run it, and the first login that it makes possible.
#include <gtest/gtest.h>

#include "tests/api/process.hpp"
#include "tests/api/test_server.hpp"

namespace docket::test {
namespace {

class User : public ::testing::Test {
 protected:
  std::string Store() const { return "sqlite:" + (folder_.Path() / "docket.db").string(); }
  Finished Run(const std::string& use, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {
        "user", use, "--store", Store(), "--office", DOCKET_SOURCE_DIR "/data/sample/office.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunDocket(arguments);
  }
  Finished Bootstrap(const std::string& account, const std::string& role) const {
    return Run("bootstrap", {"--account", account, "--holder", "钱某", "--unit",
                             "operations-330482", "--role", role});
  }
  static std::string PasswordIn(const std::string& said) {
    const auto mark = said.rfind(": ");
    return said.substr(mark + 2, said.size() - mark - 3);
  }

  TemporaryFolder folder_;
};

TEST_F(User, TheFirstAdministratorIsOpenedOnceAndLogsIn) {
  const auto opened = Bootstrap("root", "system_administrator");
  ASSERT_EQ(opened.exit_code, 0) << opened.said;
  const auto again = Bootstrap("root", "system_administrator");
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_NE(again.said.find("account_name_taken"), std::string::npos) << again.said;
  const auto list = Run("list", {"--json"});
  EXPECT_EQ(list.exit_code, 0) << list.said;
  const Json accounts = Json::parse(list.said);
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0]["account"], "root");
  EXPECT_EQ(accounts[0]["state"], "active");

  Process server({"serve", "--store", Store(), "--office",
                  DOCKET_SOURCE_DIR "/data/sample/office.json", "--listen", "127.0.0.1:0"});
  const std::string line = server.ReadLine();
  ASSERT_NE(line.find("http://"), std::string::npos) << line;
  const Client nobody(static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1))), "");
  const auto login =
      nobody.Post("/v1/session", {{"account", "root"}, {"password", PasswordIn(opened.said)}});
  EXPECT_EQ(login.status, 201) << login.text;
  EXPECT_EQ(login.body["stage"], "password");
  EXPECT_EQ(Run("list").exit_code, 3) << "a server owns the store";
}

TEST_F(User, AnAdministratorGetsANewPasswordAndOthersDoNot) {
  ASSERT_EQ(Bootstrap("root", "system_administrator").exit_code, 0);
  const auto unverified = Run("reset", {"--account", "root", "--forget-second-factor"});
  EXPECT_EQ(unverified.exit_code, 1);
  EXPECT_NE(unverified.said.find("identity_not_verified"), std::string::npos) << unverified.said;
  const auto reset =
      Run("reset", {"--account", "root", "--forget-second-factor", "--identity-verified"});
  EXPECT_EQ(reset.exit_code, 0) << reset.said;
  EXPECT_EQ(PasswordIn(reset.said).size(), 20U) << reset.said;
  const auto unlock = Run("unlock", {"--account", "root", "--identity-verified"});
  EXPECT_EQ(unlock.exit_code, 1);
  EXPECT_NE(unlock.said.find("command_not_allowed_in_state"), std::string::npos) << unlock.said;
  const auto unknown = Run("reset", {"--account", "nobody"});
  EXPECT_NE(unknown.said.find("unknown_account"), std::string::npos) << unknown.said;
}

TEST_F(User, AUnitHasOneAdministrator) {
  ASSERT_EQ(Bootstrap("admin-1", "unit_administrator").exit_code, 0);
  const auto second = Bootstrap("admin-2", "unit_administrator");
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_NE(second.said.find("unit_administrator_exists"), std::string::npos) << second.said;
}

}  // namespace
}  // namespace docket::test
