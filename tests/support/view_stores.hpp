/// Read models on every store, for tests that are one text for all of them.
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "persistence/projections/view_store.hpp"
#include "persistence/sqlite/store_url.hpp"

namespace docket::testing {

enum class StoreKind : std::uint8_t { kSqlite, kPostgres };

/// What INSTANTIATE_TEST_SUITE_P names its tests after.
std::string NameOfStoreKind(const ::testing::TestParamInfo<StoreKind>& info);

/// A place for read models of a test's own, empty. Open gives what a process has of it; several at
/// once are several processes.
class ViewPlace {
 public:
  /// `paths`: of the log; on SQLite the read models are beside it.
  ViewPlace(StoreKind kind, SqlitePaths paths);
  std::unique_ptr<ViewStore> Open() const;

 private:
  StoreKind kind_;
  SqlitePaths paths_;
  std::string url_;
};

/// Every row of the generation's own tables, ordered by key, one a line.
std::string DumpTables(ViewStore& views, const ProjectionSchema& schema,
                       const Generation& generation);

}  // namespace docket::testing
