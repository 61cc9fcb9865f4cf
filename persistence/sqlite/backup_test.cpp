#include "persistence/sqlite/backup.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "persistence/sqlite/key_store.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

namespace fs = std::filesystem;
using testing::LogFixture;
using testing::OpenStore;
using testing::Request;
using testing::Write;

const auto kAny = ExpectedVersion::Any();

class BackupTest : public ::testing::Test {
 protected:
  void Append(std::size_t count, const std::string& stream = "a") {
    log_.Log().Append(Request({Write(stream, kAny, count)}));
  }
  std::string File(const std::string& name) const { return log_.directory.File(name); }
  SqlitePaths Target() const { return *ParseSqliteUrl("sqlite:" + File("restored.db")); }
  /// A backup without the append-only triggers and with one thing changed.
  void Tamper(const std::string& change) {
    Database file(File("backup"), {.single_file = true});
    for (const char* table : {"case_events", "heads", "streams"}) {
      for (const char* kind : {"update", "delete"}) {
        file.Execute("DROP TRIGGER IF EXISTS " + std::string(table) + "_" + kind);
      }
    }
    file.Execute(change);
  }
  std::string DamageOf(const std::string& change) {
    fs::remove(File("backup"));
    EXPECT_TRUE(BackUpStore(log_.Paths(), {File("backup"), ""}).has_value());
    Tamper(change);
    try {
      static_cast<void>(RestoreStore({File("backup"), ""}, Target()));
    } catch (const LogDamaged& damage) {
      EXPECT_FALSE(fs::exists(Target().log)) << change;
      return damage.what();
    }
    return "";
  }

  LogFixture log_;
};

TEST_F(BackupTest, CopiesALogInUseAndSaysWhatItHolds) {
  Append(3);
  const auto head = log_.Log().ReadHead(LogId::kCases);
  const auto made = BackUpStore(log_.Paths(), {File("backup"), ""});
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->cases.epoch, head.epoch);
  EXPECT_EQ(made->cases.position, Position{3});
  EXPECT_EQ(made->cases.root.size(), 64u);
  EXPECT_EQ(made->access.position, Position{0});
  EXPECT_EQ(made->log.bytes, static_cast<std::int64_t>(fs::file_size(File("backup"))));
  EXPECT_EQ(made->log.sha256.size(), 64u);
  EXPECT_EQ(fs::status(File("backup")).permissions(), fs::perms(0600));
  for (const char* suffix : {".part", "-wal", "-shm", "-journal"}) {
    EXPECT_FALSE(fs::exists(File("backup") + suffix)) << suffix;
  }
}

TEST_F(BackupTest, IsOneMomentWhileOthersAppend) {
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 0; !done; ++i) {
      log_.Log().Append(Request({Write("a", kAny, 2), Write("b" + std::to_string(i), kAny, 1)}));
    }
  });
  for (int round = 0; round < 5; ++round) {
    const auto before = log_.Log().ReadHead(LogId::kCases).position;
    const auto made = BackUpStore(log_.Paths(), {File("backup" + std::to_string(round)), ""});
    ASSERT_TRUE(made.has_value());
    EXPECT_GE(made->cases.position, before);
    EXPECT_EQ(made->cases.position.value % 3, 0) << "an append in part";
  }
  done = true;
  writer.join();
}

TEST_F(BackupTest, OverwritesNothing) {
  Append(1);
  std::ofstream(File("backup")) << "something else";
  const auto refused = BackUpStore(log_.Paths(), {File("backup"), ""});
  EXPECT_EQ(refused.error().code, "file_exists");
  std::ofstream(File("keys")) << "something else";
  EXPECT_EQ(BackUpStore(log_.Paths(), {File("new"), File("keys")}).error().code, "file_exists");
  EXPECT_FALSE(fs::exists(File("new")));
  std::ofstream(File("new.part")) << "left by another";
  EXPECT_THROW(static_cast<void>(BackUpStore(log_.Paths(), {File("new"), ""})), StoreError);
  EXPECT_TRUE(fs::exists(File("new.part")));
}

TEST_F(BackupTest, RestoringBeginsANewEpochThatNamesTheFork) {
  Append(5);
  const auto events = log_.Log().ReadLog(LogId::kCases, Position{}, 10);
  const auto epoch = log_.Log().ReadHead(LogId::kCases).epoch;
  ASSERT_TRUE(BackUpStore(log_.Paths(), {File("backup"), ""}).has_value());
  Append(2);
  const auto restored = RestoreStore({File("backup"), ""}, Target());
  ASSERT_TRUE(restored.has_value());
  EXPECT_EQ(restored->from_epoch, epoch);
  EXPECT_NE(restored->epoch, epoch);
  EXPECT_EQ(restored->position, Position{5});
  OpenStore open(Target(), log_.clock);
  EXPECT_EQ(open.log.ReadHead(LogId::kCases).epoch, restored->epoch);
  EXPECT_EQ(open.log.ReadLog(LogId::kCases, Position{}, 10), events);
  auto reader = open.store.OpenLogReader();
  auto fork = reader->Prepare("SELECT fork_position FROM epochs WHERE log = 1 AND epoch = ?");
  fork.Bind(restored->epoch.value);
  ASSERT_TRUE(fork.Step());
  EXPECT_EQ(fork.Integer(0), 5);
  const auto next = open.log.Append(Request({Write("a", kAny, 1)}));
  EXPECT_EQ(std::get<Appended>(next).first, Position{6});
}

TEST_F(BackupTest, ABackupOfACrashedSessionInPlaceIsNotTheOriginal) {
  Append(2);
  const auto epoch = log_.Log().ReadHead(LogId::kCases).epoch;
  ASSERT_TRUE(BackUpStore(log_.Paths(), {File("backup"), ""}).has_value());
  Append(3);
  // As a crash leaves it: the mark of the session's start stays beside the file.
  fs::copy_file(log_.Paths().mark, File("mark"));
  log_.Close();
  fs::rename(File("mark"), log_.Paths().mark);
  {
    std::ifstream backup(File("backup"), std::ios::binary);
    std::ofstream file(log_.Paths().log, std::ios::binary | std::ios::trunc);
    file << backup.rdbuf();
  }
  log_.Open();
  EXPECT_NE(log_.Log().ReadHead(LogId::kCases).epoch, epoch);
}

TEST_F(BackupTest, RestoresOnlyWhereNothingLies) {
  Append(1);
  ASSERT_TRUE(BackUpStore(log_.Paths(), {File("backup"), ""}).has_value());
  EXPECT_EQ(RestoreStore({File("backup"), ""}, log_.Paths()).error().code, "store_exists");
  std::ofstream(Target().log + "-wal") << "of an older log";
  EXPECT_EQ(RestoreStore({File("backup"), ""}, Target()).error().code, "store_exists");
  fs::remove(Target().log + "-wal");
  {
    const StoreLock lock({.path = Target().lock, .owner = "another"});
    EXPECT_THROW(static_cast<void>(RestoreStore({File("backup"), ""}, Target())), StoreError);
  }
  EXPECT_TRUE(RestoreStore({File("backup"), ""}, Target()).has_value());
}

TEST_F(BackupTest, KeysGoIntoAFileOfTheirOwn) {
  const KeyId key("case/complainant");
  SealedValue sealed;
  {
    const auto keys = log_.Store().OpenKeys();
    sealed = keys->Seal(key, "event/name", "张三丰");
    Append(1);
    const auto made = BackUpStore(log_.Paths(), {File("backup"), File("keys")});
    ASSERT_TRUE(made.has_value());
    ASSERT_TRUE(made->keys.has_value());
    EXPECT_EQ(fs::status(File("keys")).permissions(), fs::perms(0600));
  }
  ASSERT_TRUE(RestoreStore({File("backup"), File("keys")}, Target()).has_value());
  OpenStore open(Target(), log_.clock);
  EXPECT_EQ(open.store.OpenKeys()->Open(sealed, "event/name"), "张三丰");
}

TEST_F(BackupTest, KeysOfAnotherLogAreRefused) {
  static_cast<void>(log_.Store().OpenKeys());
  Append(1);
  ASSERT_TRUE(BackUpStore(log_.Paths(), {File("backup"), ""}).has_value());
  LogFixture other;
  static_cast<void>(other.Store().OpenKeys());
  ASSERT_TRUE(BackUpStore(other.Paths(), {File("other"), File("keys")}).has_value());
  EXPECT_THROW(static_cast<void>(RestoreStore({File("backup"), File("keys")}, Target())),
               StoreError);
  EXPECT_FALSE(fs::exists(Target().log));
  EXPECT_FALSE(fs::exists(Target().keys));
}

TEST_F(BackupTest, NoticesEveryChange) {
  Append(3);
  Append(2, "b");
  EXPECT_EQ(DamageOf("UPDATE case_events SET data = '{}' WHERE position = 2"),
            "the data at position 2 was changed");
  EXPECT_EQ(DamageOf("UPDATE case_events SET actor = 'another' WHERE position = 3"),
            "the event at position 3 was changed");
  EXPECT_EQ(DamageOf("DELETE FROM case_events WHERE position = 4"), "position 4 is missing");
  EXPECT_EQ(DamageOf("DELETE FROM case_events WHERE position = 5"),
            "the log ends at position 4 and its head is at 5");
  EXPECT_EQ(DamageOf("UPDATE streams SET version = 9 WHERE stream = 'b'"),
            "the versions of b are not dense");
  EXPECT_EQ(DamageOf("INSERT INTO streams VALUES (1, 'ghost', 1)"),
            "the versions of ghost are not dense");
  EXPECT_EQ(DamageOf("UPDATE heads SET tree = zeroblob(length(tree)) WHERE log = 1"),
            "the tree of the head is not the tree of the leaves");
  EXPECT_EQ(DamageOf("UPDATE heads SET epoch = 'forged' WHERE log = 1"),
            "the epoch of the head is not among the epochs");
}

TEST_F(BackupTest, RefusesWhatIsNoBackup) {
  std::ofstream(File("text")) << std::string(8'192, 'x');
  EXPECT_THROW(static_cast<void>(RestoreStore({File("text"), ""}, Target())), StoreError);
  EXPECT_THROW(static_cast<void>(RestoreStore({File("none"), ""}, Target())), StoreError);
  EXPECT_FALSE(fs::exists(Target().log));
}

}  // namespace
}  // namespace docket
