#include "persistence/sqlite/sqlite_store.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::LogFixture;
using testing::OpenStore;
using testing::Request;
using testing::Write;

const auto kAnyVersion = ExpectedVersion::Any();

TEST(StoreUrl, NamesTheFilesBesideTheLog) {
  const auto paths = *ParseSqliteUrl("sqlite:/var/lib/docket/office.db");
  EXPECT_EQ(paths.log, "/var/lib/docket/office.db");
  EXPECT_EQ(paths.keys, "/var/lib/docket/office.keys.db");
  EXPECT_EQ(paths.views, "/var/lib/docket/office.views.db");
  EXPECT_EQ(paths.lock, "/var/lib/docket/office.db.lock");
  EXPECT_EQ(ParseSqliteUrl("sqlite:office")->keys, "office.keys.db");
  EXPECT_EQ(ParseSqliteUrl("sqlite:./data/office.db")->views, "./data/office.views.db");
}

TEST(StoreUrl, RefusesWhatNamesNoFile) {
  EXPECT_EQ(ParseSqliteUrl("office.db").error().code, "store_url_scheme");
  EXPECT_EQ(ParseSqliteUrl("postgres://x").error().code, "store_url_scheme");
  for (const char* url : {"sqlite:", "sqlite:data/", "sqlite::memory:", "sqlite://host/x.db",
                          "sqlite:x.db?mode=ro"}) {
    EXPECT_EQ(ParseSqliteUrl(url).error().code, "store_url_path") << url;
  }
}

TEST(SqliteStore, SecondOwnerIsToldWhoTheFirstIs) {
  LogFixture fixture;
  try {
    const SqliteStore second({.paths = fixture.Paths(), .owner = "another"});
    FAIL() << "two owners";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("a test"), std::string::npos) << error.what();
  }
  fixture.Close();
  const SqliteStore second({.paths = fixture.Paths(), .owner = "another"});
}

TEST(SqliteStore, ReaderSeesWhatTheOwnerAppendsAndCannotAppend) {
  LogFixture fixture;
  SqliteStore store({.paths = fixture.Paths(), .access = StoreAccess::kReader});
  SqliteLog reader(store, fixture.clock);
  fixture.Log().Append(Request({Write("a", kAnyVersion, 3)}));
  EXPECT_EQ(reader.ReadLog(LogId::kCases, Position{}, 10).size(), 3u);
  EXPECT_THROW(reader.Append(Request({Write("a", kAnyVersion, 1)})), StoreError);
  EXPECT_EQ(store.FileId(), fixture.Store().FileId());
}

TEST(SqliteStore, ReaderOfNoStoreIsAnError) {
  const testing::TemporaryDirectory directory;
  const auto paths = *ParseSqliteUrl("sqlite:" + directory.File("none.db"));
  EXPECT_THROW(SqliteStore({.paths = paths, .access = StoreAccess::kReader}), StoreError);
}

class EpochTest : public ::testing::Test {
 protected:
  void CopyTo(const std::string& name) const {
    std::filesystem::copy_file(fixture_.Paths().log, fixture_.directory.File(name),
                               std::filesystem::copy_options::overwrite_existing);
  }
  Epoch EpochNow() { return fixture_.Log().ReadHead(LogId::kCases).epoch; }
  std::int64_t LastFork(const SqliteStore& store) const {
    auto reader = store.OpenLogReader();
    auto query = reader->Prepare(
        "SELECT max(fork_position), count(*) FROM epochs WHERE log = 1 AND store = ?");
    query.Bind(store.FileId());
    EXPECT_TRUE(query.Step());
    EXPECT_EQ(query.Integer(1), 1);
    return query.Integer(0);
  }
  LogFixture fixture_;
};

TEST_F(EpochTest, SameFileKeepsItsEpoch) {
  const auto epoch = EpochNow();
  const auto file_id = fixture_.Store().FileId();
  for (int i = 0; i < 3; ++i) {
    fixture_.Reopen();
    EXPECT_EQ(EpochNow(), epoch);
    EXPECT_EQ(fixture_.Store().FileId(), file_id);
  }
}

TEST_F(EpochTest, CopyOfTheFileBeginsANewEpoch) {
  fixture_.Log().Append(Request({Write("a", kAnyVersion, 5)}));
  const auto epoch = EpochNow();
  fixture_.Close();
  CopyTo("copy.db");
  std::filesystem::copy_file(fixture_.Paths().mark, fixture_.directory.File("copy.db.mark"));
  const auto paths = *ParseSqliteUrl("sqlite:" + fixture_.directory.File("copy.db"));
  OpenStore copy(paths, fixture_.clock);
  EXPECT_NE(copy.log.ReadHead(LogId::kCases).epoch, epoch);
  EXPECT_EQ(copy.log.ReadHead(LogId::kCases).position, Position{5});
  EXPECT_EQ(LastFork(copy.store), 5);
  fixture_.Open();
  EXPECT_EQ(EpochNow(), epoch);
}

TEST_F(EpochTest, BackupCopiedBackInPlaceBeginsANewEpoch) {
  fixture_.Log().Append(Request({Write("a", kAnyVersion, 2)}));
  const auto epoch = EpochNow();
  fixture_.Close();
  CopyTo("backup");
  fixture_.Open();
  fixture_.Log().Append(Request({Write("a", kAnyVersion, 3)}));
  fixture_.Close();
  {
    // As `cp backup office.db` does: the same inode, older bytes.
    std::ifstream backup(fixture_.directory.File("backup"), std::ios::binary);
    std::ofstream file(fixture_.Paths().log, std::ios::binary | std::ios::trunc);
    file << backup.rdbuf();
  }
  fixture_.Open();
  EXPECT_NE(EpochNow(), epoch);
  EXPECT_EQ(LastFork(fixture_.Store()), 2);
  const auto result = fixture_.Log().Append(Request({Write("a", kAnyVersion, 1)}));
  EXPECT_EQ(std::get<Appended>(result).first, Position{3});
  EXPECT_EQ(std::get<Appended>(result).epoch, EpochNow());
}

// Shows A070.
TEST(Triggers, RefuseToChangeOrRemoveHistory) {
  LogFixture fixture;
  fixture.Log().Append(Request({Write("a", kAnyVersion, 2)}, "c1"));
  auto access = Request({Write("a", kAnyVersion, 1)});
  access.log = LogId::kAccess;
  fixture.Log().Append(std::move(access));
  fixture.Close();
  Database file(fixture.Paths().log);
  for (const char* statement :
       {"UPDATE case_events SET data = '{}'", "DELETE FROM case_events WHERE position = 2",
        "UPDATE access_events SET actor = 'x'", "DELETE FROM access_events",
        "UPDATE commands SET content_mac = ''", "DELETE FROM commands", "DELETE FROM epochs",
        "UPDATE epochs SET fork_position = 0", "UPDATE heads SET position = 1", "DELETE FROM heads",
        "UPDATE heads SET recorded_at = 1", "UPDATE streams SET version = 1", "DELETE FROM streams",
        "INSERT OR REPLACE INTO case_events SELECT * FROM case_events WHERE position = 1"}) {
    EXPECT_THROW(file.Execute(statement), ConstraintError) << statement;
  }
  EXPECT_TRUE(file.Prepare("SELECT 1 FROM case_events WHERE position = 2").Step());
}

}  // namespace
}  // namespace docket
