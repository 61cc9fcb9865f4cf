/// Read models on SQLite: a file for each generation beside the log, and a small one that says
/// which is live, so that projecting and rebuilding never block appending.
#pragma once

#include "persistence/projections/view_store.hpp"
#include "persistence/sqlite/store_url.hpp"

namespace docket {

/// Files are `office.views.db` (the registry) and `office.views.cases-1.db` (generations). They can
/// be rebuilt from the log, so rows do not wait for the disk. Several processes may use them.
class SqliteViews : public ViewStore {
 public:
  explicit SqliteViews(const SqlitePaths& paths);

  std::unique_ptr<RebuildLock> TryLockRebuild(const std::string& projection) override;
  std::unique_ptr<ViewConnection> OpenReader(const ProjectionSchema& schema,
                                             const Generation& generation) override;
  std::unique_ptr<ViewWriter> OpenWriter(const ProjectionSchema& schema,
                                         const Generation& generation) override;

 protected:
  std::unique_ptr<ViewWriter> OpenRegistry() override;
  std::unique_ptr<ViewConnection> OpenRegistryReader() override;
  void LockRegistry(ViewWriter& registry) override;
  /// Files are copied and left out of copies by people.
  bool HasTables(const Generation& generation) const override;
  void CreateTables(const ProjectionSchema& schema, const Generation& generation) override;
  void RemoveTables(const Generation& generation) override;

 private:
  std::string FileOf(const Generation& generation) const;

  const std::string registry_;  ///< `office.views.db`
  const std::string stem_;      ///< `office.views.`
};

}  // namespace docket
