#include "persistence/sqlite/migrations.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.hpp"

namespace docket {
namespace {

using Files = std::vector<embedded::File>;

constexpr embedded::File kFirst{"m/0001_a.sql", "CREATE TABLE a (x INTEGER);"};
constexpr embedded::File kFirstChanged{"m/0001_a.sql", "CREATE TABLE a (x TEXT);"};
constexpr embedded::File kSecond{"m/0002_b.sql", "CREATE TABLE b (x INTEGER);"};
constexpr embedded::File kBroken{"m/0003_c.sql", "CREATE TABLE c (x INTEGER); CREATE NONSENSE;"};

class MigrationsTest : public ::testing::Test {
 protected:
  bool HasTable(const std::string& name) {
    auto query = database_.Prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
    query.Bind(name);
    return query.Step();
  }
  std::string ErrorOf(const Files& files) {
    try {
      Migrate(database_, files);
    } catch (const StoreError& error) {
      return error.what();
    }
    return "";
  }

  testing::TemporaryDirectory directory_;
  Database database_{directory_.File("m.db")};
};

TEST_F(MigrationsTest, AppliesWhatIsMissingOnce) {
  Migrate(database_, {kFirst});
  EXPECT_TRUE(HasTable("a"));
  EXPECT_FALSE(HasTable("b"));
  EXPECT_THROW(CheckMigrated(database_, {kFirst, kSecond}), StoreError);
  Migrate(database_, {kFirst, kSecond});
  Migrate(database_, {kFirst, kSecond});
  EXPECT_TRUE(HasTable("b"));
  CheckMigrated(database_, {kFirst, kSecond});
}

TEST_F(MigrationsTest, RefusesATextThatChangedAfterwards) {
  Migrate(database_, {kFirst});
  EXPECT_NE(ErrorOf({kFirstChanged, kSecond}).find("0001_a.sql was applied with another text"),
            std::string::npos);
  EXPECT_FALSE(HasTable("b"));
}

TEST_F(MigrationsTest, RefusesAFileOfANewerProgram) {
  Migrate(database_, {kFirst, kSecond});
  EXPECT_NE(ErrorOf({kFirst}).find("newer version"), std::string::npos);
}

TEST_F(MigrationsTest, BrokenMigrationLeavesNothingOfItself) {
  EXPECT_NE(ErrorOf({kFirst, kBroken}), "");
  EXPECT_TRUE(HasTable("a"));
  EXPECT_FALSE(HasTable("c"));
  Migrate(database_, {kFirst, kSecond});
}

TEST_F(MigrationsTest, ShippedOnesAreThere) {
  for (const char* kind : {"log", "keys"}) {
    const auto files = MigrationsOf(kind);
    ASSERT_FALSE(files.empty()) << kind;
    EXPECT_NE(files.front().path.find("/0001_"), std::string_view::npos);
  }
}

}  // namespace
}  // namespace docket
