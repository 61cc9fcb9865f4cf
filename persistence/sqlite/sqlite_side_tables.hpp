/// Side tables in the file of the log, on a connection of their own.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "persistence/side_tables.hpp"
#include "persistence/sqlite/database.hpp"

namespace docket {

class SqliteSideTables : public SideTables {
 public:
  /// The file is opened when first used.
  explicit SqliteSideTables(std::string path) : path_(std::move(path)) {}

  std::vector<ViewRow> Query(std::string_view sql, const ViewRow& parameters) override;
  std::int64_t Run(std::string_view sql, const ViewRow& parameters) override;

 private:
  Database& Open();

  const std::string path_;
  std::mutex mutex_;  ///< Guards database_.
  std::unique_ptr<Database> database_;
};

}  // namespace docket
