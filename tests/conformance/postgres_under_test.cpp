#include "tests/conformance/postgres_under_test.hpp"

#include "persistence/postgres/postgres_batch_store.hpp"
#include "persistence/postgres/postgres_store.hpp"

namespace docket::testing {

namespace {

/// Sessions as the store's own appender has them.
SessionSettings WriterSession() {
  return {.purpose = "held writer", .role = "docket_app", .index_plans = true};
}

/// Migrated once: a copy of it is much cheaper than another migration.
const std::string& MigratedTemplate() {
  static const std::string name = [] {
    const std::string url = ConformanceServer().CreateDatabase("migrated");
    const PostgresStore store({.url = *ParsePostgresUrl(url)});
    return std::string("migrated");
  }();
  return name;
}

std::string BytesOfHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

}  // namespace

PostgresServer& ConformanceServer() {
  static PostgresServer server({.settings = {"fsync = off", "full_page_writes = off"}});
  return server;
}

PostgresUnderTest::PostgresUnderTest()
    : url_(*ParsePostgresUrl(ConformanceServer().NewDatabase(MigratedTemplate()))) {}

std::shared_ptr<Store> PostgresUnderTest::Open() {
  return std::make_shared<PostgresStore>(PostgresStoreOptions{.url = url_, .owner = "a test"});
}

HeldWriter PostgresUnderTest::OpenWriter() {
  return {Open(), std::make_unique<PostgresBatchStore>(url_, WriterSession())};
}

Frontier PostgresUnderTest::StoredTree(LogId log) {
  const auto where = " FROM docket.heads WHERE log = " + std::to_string(static_cast<int>(log));
  const auto size = Query("SELECT position" + where);
  return Frontier(std::stoll(size), BytesOfHex(Query("SELECT encode(tree, 'hex')" + where)));
}

std::string PostgresUnderTest::Query(const std::string& sql) const {
  return ConformanceServer().Query(url_.Database(), sql);
}

std::unique_ptr<StoreUnderTest> NewStoreUnderTest() {
  return std::make_unique<PostgresUnderTest>();
}

}  // namespace docket::testing
