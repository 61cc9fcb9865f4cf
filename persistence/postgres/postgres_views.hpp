/// Read models on PostgreSQL: tables of a schema of their own, named after their generation.
#pragma once

#include "persistence/postgres/connection.hpp"
#include "persistence/projections/view_store.hpp"

namespace docket {

/// Tables are `docket_views.cases_1_case_clocks`, the registry `docket_views.generations`. The
/// schema is made where the role may; else it must be there and grant the role USAGE and CREATE.
/// A rebuild holds an advisory lock of its session, so it needs a direct connection, not one
/// through a pooler that lends sessions by transaction. What a crash of the server loses of a read
/// model is applied again: commits do not wait for the disk.
class PostgresViews : public ViewStore {
 public:
  /// Sessions that only query, and sessions that may make and change tables.
  struct Sessions {
    SessionSettings reading;
    SessionSettings writing;
  };
  PostgresViews(PostgresUrl url, Sessions sessions)
      : url_(std::move(url)), sessions_(std::move(sessions)) {}

  std::unique_ptr<RebuildLock> TryLockRebuild(const std::string& projection) override;
  std::unique_ptr<ViewConnection> OpenReader(const ProjectionSchema& schema,
                                             const Generation& generation) override;
  std::unique_ptr<ViewWriter> OpenWriter(const ProjectionSchema& schema,
                                         const Generation& generation) override;

 protected:
  std::unique_ptr<ViewWriter> OpenRegistry() override;
  std::unique_ptr<ViewConnection> OpenRegistryReader() override;
  void LockRegistry(ViewWriter& registry) override;
  void CreateTables(const ProjectionSchema& schema, const Generation& generation) override;
  void RemoveTables(const Generation& generation) override;

 private:
  std::unique_ptr<PostgresConnection> Connect(const SessionSettings& settings) const;

  const PostgresUrl url_;
  const Sessions sessions_;
};

}  // namespace docket
