// Scenarios of the table of credentials: what is compared, what is kept, and where it is not.
#include <atomic>

#include "persistence/credentials/credential_table.hpp"
#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

constexpr auto kAccount = CredentialKind::kAccount;
constexpr auto kSession = CredentialKind::kSession;
constexpr auto kApiKey = CredentialKind::kApiKey;
constexpr auto kLogin = CredentialKind::kLogin;

class Credentials : public testing::ConformanceTest {
 protected:
  CredentialTable& Table() {
    if (!table_) {
      KeysOf(First());
      table_ = First().store->OpenCredentials();
    }
    return *table_;
  }
  static CredentialRow Row(const std::string& name, const std::string& record,
                           std::int64_t version = 0) {
    return {name, "zhao", version, record};
  }

  std::unique_ptr<CredentialTable> table_;
};

TEST_F(Credentials, ARowIsWrittenOnlyAtTheVersionThatItHas) {
  EXPECT_FALSE(Table().Find(kAccount, "zhao"));
  EXPECT_FALSE(Table().Write(kAccount, Row("zhao", "{}", 1))) << "there is none yet";
  EXPECT_TRUE(Table().Write(kAccount, Row("zhao", R"({"a":1})")));
  EXPECT_FALSE(Table().Write(kAccount, Row("zhao", R"({"a":2})"))) << "there is one now";
  EXPECT_TRUE(Table().Write(kAccount, Row("zhao", R"({"a":3})", 1)));
  EXPECT_FALSE(Table().Write(kAccount, Row("zhao", R"({"a":4})", 1))) << "another was faster";
  const auto found = Table().Find(kAccount, "zhao");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->record, R"({"a":3})");
  EXPECT_EQ(found->version, 2);
  EXPECT_EQ(found->owner, "zhao");
}

TEST_F(Credentials, KindsAreApartAndRowsAreFoundByOwner) {
  ASSERT_TRUE(Table().Write(kSession, Row("zhao", "{}")));
  EXPECT_FALSE(Table().Find(kAccount, "zhao"));
  for (const char* name : {"key-2", "key-1"}) ASSERT_TRUE(Table().Write(kApiKey, Row(name, "{}")));
  ASSERT_TRUE(Table().Write(kApiKey, {"key-3", "qian", 0, "{}"}));
  std::vector<std::string> names;
  for (const auto& row : Table().OwnedBy(kApiKey, "zhao")) names.push_back(row.name);
  EXPECT_EQ(names, (std::vector<std::string>{"key-1", "key-2"}));
  Table().Remove(kApiKey, "key-1");
  Table().Remove(kApiKey, "key-1");
  EXPECT_EQ(Table().OwnedBy(kApiKey, "zhao").size(), 1U);
  ASSERT_TRUE(Table().Write(kLogin, Row("certificate/1", "{}")));
  EXPECT_FALSE(Table().Write(kLogin, {"certificate/1", "qian", 0, "{}"})) << "it is another's";
  EXPECT_EQ(Table().OwnedBy(kLogin, "zhao").size(), 1U);
}

TEST_F(Credentials, TheyAreStillThereAfterARestart) {
  ASSERT_TRUE(Table().Write(kAccount, Row("zhao", "{}")));
  table_.reset();
  Reopen();
  EXPECT_TRUE(Table().Find(kAccount, "zhao"));
}

TEST_F(Credentials, OfManyWritersAtOneVersionOneWins) {
  Table();
  std::atomic<int> written{0};
  testing::InThreads(6, [&](int i) {
    if (Table().Write(kAccount, Row("zhao", std::to_string(i)))) ++written;
  });
  EXPECT_EQ(written, 1);
}

}  // namespace
}  // namespace docket
