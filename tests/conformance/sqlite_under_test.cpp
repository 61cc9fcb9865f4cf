#include "persistence/sqlite/event_rows.hpp"
#include "persistence/sqlite/sqlite_batch_store.hpp"
#include "persistence/sqlite/sqlite_store.hpp"
#include "tests/conformance/store_under_test.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket::testing {

namespace {

class SqliteUnderTest : public StoreUnderTest {
 public:
  std::shared_ptr<Store> Open() override { return Opened(); }
  HeldWriter OpenWriter() override {
    auto store = Opened();
    auto batches = std::make_unique<SqliteBatchStore>(store->OpenLogWriter());
    return {std::move(store), std::move(batches)};
  }
  Frontier StoredTree(LogId log) override {
    return ReadHeadRow(*Opened()->OpenLogReader(), log).tree;
  }

 private:
  std::shared_ptr<SqliteStore> Opened() {
    auto store = opened_.lock();
    if (store) return store;
    const auto paths = *ParseSqliteUrl("sqlite:" + directory_.File("office.db"));
    store = std::make_shared<SqliteStore>(SqliteStoreOptions{.paths = paths, .owner = "a test"});
    opened_ = store;
    return store;
  }

  TemporaryDirectory directory_;
  std::weak_ptr<SqliteStore> opened_;
};

}  // namespace

std::unique_ptr<StoreUnderTest> NewStoreUnderTest() { return std::make_unique<SqliteUnderTest>(); }

}  // namespace docket::testing
