#include "persistence/keys/table_keys.hpp"

#include <atomic>
#include <semaphore>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/memory_key_table.hpp"

namespace docket {
namespace {

/// Insertions can be held up and made to fail.
class HeldTable : public testing::MemoryKeyTable {
 public:
  std::set<KeyId> InsertAbsent(const std::vector<NewKey>& keys,
                               const std::vector<IndexRow>& rows) override {
    ++inserts;
    if (hold) {
      entered.release();
      go_on.acquire();
    }
    if (fail) throw StoreError("no space left");
    return MemoryKeyTable::InsertAbsent(keys, rows);
  }

  std::atomic<int> inserts{0};
  std::atomic<bool> hold{false};
  std::atomic<bool> fail{false};
  std::counting_semaphore<> entered{0};
  std::counting_semaphore<> go_on{0};
};

class TableKeysTest : public ::testing::Test {
 protected:
  std::unique_ptr<HeldTable> owned_ = std::make_unique<HeldTable>();
  HeldTable& table_ = *owned_;
  TableKeys keys_{std::move(owned_)};
};

TEST_F(TableKeysTest, KeysWantedTogetherAreMadeInOneTransaction) {
  keys_.Ensure({KeyId("a"), KeyId("b"), KeyId("a")}, {});
  EXPECT_EQ(table_.inserts, 1);
  keys_.Seal(KeyId("a"), "", "x");
  keys_.Seal(KeyId("b"), "", "x");
  keys_.Ensure({KeyId("b")}, {});
  EXPECT_EQ(table_.inserts, 1);
}

TEST_F(TableKeysTest, WhoeverComesWhileOneRunsJoinsTheNext) {
  table_.hold = true;
  std::vector<std::thread> threads;
  threads.emplace_back([&] { keys_.Ensure({KeyId("first")}, {}); });
  table_.entered.acquire();
  std::atomic<int> arrived{0};
  for (int i = 0; i < 10; ++i) {
    threads.emplace_back([&, i] {
      ++arrived;
      keys_.Ensure({KeyId("key-" + std::to_string(i))}, {});
    });
  }
  while (arrived < 10) std::this_thread::yield();
  table_.hold = false;
  table_.go_on.release();
  for (auto& thread : threads) thread.join();
  // Threads that had arrived but not yet joined may need one more.
  EXPECT_LT(table_.inserts, 11);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(table_.Find(KeyId("key-" + std::to_string(i))));
}

TEST_F(TableKeysTest, FailureIsThatOfEveryoneInTheTransactionAndOfNobodyElse) {
  table_.fail = true;
  EXPECT_THROW(keys_.Ensure({KeyId("a")}, {}), StoreError);
  EXPECT_THROW(keys_.Seal(KeyId("a"), "", "x"), StoreError);
  table_.fail = false;
  EXPECT_NO_THROW(keys_.Seal(KeyId("a"), "", "x"));
}

TEST_F(TableKeysTest, KeyDestroyedWhileItIsMadeIsNotUsed) {
  table_.hold = true;
  std::thread maker([&] { keys_.Ensure({KeyId("a")}, {}); });
  table_.entered.acquire();
  table_.hold = false;
  keys_.Destroy(KeyId("a"));
  table_.go_on.release();
  maker.join();
  EXPECT_THROW(keys_.Seal(KeyId("a"), "", "x"), KeyDestroyed);
}

}  // namespace
}  // namespace docket
