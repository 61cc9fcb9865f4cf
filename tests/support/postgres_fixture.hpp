/// Stores on a database of a test's own, on the server that the process shares.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "persistence/postgres/postgres_store.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket::testing {

/// A store and its log, as one process has them.
struct OpenPostgres {
  OpenPostgres(PostgresStoreOptions options, const Clock& clock, AppenderLimits limits = {})
      : store(std::move(options)), log(store.OpenLog(clock, limits)) {}
  PostgresStore store;
  std::unique_ptr<StoreLog> log;
};

class PostgresFixture {
 public:
  PostgresFixture() : url(SharedPostgres().NewDatabase()) {}

  PostgresStoreOptions Options() const { return {.url = *ParsePostgresUrl(url)}; }
  std::unique_ptr<OpenPostgres> Open() const {
    return std::make_unique<OpenPostgres>(Options(), clock);
  }
  std::string Database() const { return Options().url.Database(); }
  /// As superuser.
  std::string Query(const std::string& sql) const {
    return SharedPostgres().Query(Database(), sql);
  }

  std::string url;
  SettableClock clock;
};

/// Waits until `sql` gives `wanted`; false: not within ten seconds.
inline bool AwaitQuery(const PostgresFixture& fixture, const std::string& sql,
                       const std::string& wanted) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (fixture.Query(sql) != wanted) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace docket::testing
