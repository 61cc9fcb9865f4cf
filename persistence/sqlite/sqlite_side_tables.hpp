/// Side tables in the file of the log, or in one of their own, on a connection of their own.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "persistence/side_tables.hpp"
#include "persistence/sqlite/database.hpp"

namespace docket {

class SqliteSideTables : public SideTables {
 public:
  struct Options {
    std::string path;
    bool read_only = false;
  };
  /// The file is opened when first used.
  explicit SqliteSideTables(Options options) : options_(std::move(options)) {}

  std::vector<ViewRow> Query(std::string_view sql, const ViewRow& parameters) override;
  std::int64_t Run(std::string_view sql, const ViewRow& parameters) override;

 private:
  Database& Open();

  const Options options_;
  std::mutex mutex_;  ///< Guards database_.
  std::unique_ptr<Database> database_;
};

}  // namespace docket
