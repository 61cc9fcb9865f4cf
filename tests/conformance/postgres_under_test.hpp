/// The conformance suite's store on PostgreSQL: a database of its own on a real server, and each
/// node a store of its own, as processes on several machines have it.
#pragma once

#include <string>

#include "persistence/postgres/postgres_url.hpp"
#include "tests/conformance/store_under_test.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket::testing {

/// The suite's server, started when first asked for. It does not wait for the disk: nothing here
/// takes the machine's power away, and a database for each test is made in a tenth of the time.
/// (tests/faults kills servers that do.)
PostgresServer& ConformanceServer();

class PostgresUnderTest : public StoreUnderTest {
 public:
  PostgresUnderTest();
  std::shared_ptr<Store> Open() override;
  HeldWriter OpenWriter() override;
  Frontier StoredTree(LogId log) override;

  const PostgresUrl& Url() const { return url_; }
  /// As superuser, in the store's database; the first column of the first row.
  std::string Query(const std::string& sql) const;

 private:
  PostgresUrl url_;
};

}  // namespace docket::testing
