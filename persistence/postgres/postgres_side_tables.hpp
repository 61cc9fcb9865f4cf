/// Side tables in the schema `docket`, on pooled sessions.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "persistence/postgres/connection.hpp"
#include "persistence/side_tables.hpp"

namespace docket {

class PostgresSideTables : public SideTables {
 public:
  PostgresSideTables(const PostgresUrl& url, const SessionSettings& settings)
      : sessions_(url, settings, 4) {}

  std::vector<ViewRow> Query(std::string_view sql, const ViewRow& parameters) override;
  std::int64_t Run(std::string_view sql, const ViewRow& parameters) override;

 private:
  struct Prepared {
    std::string name;
    std::string sql;
  };
  /// Lives as long as this.
  PostgresStatement StatementOf(std::string_view sql);

  PostgresPool sessions_;
  std::mutex mutex_;  ///< Guards prepared_.
  std::map<std::string, Prepared, std::less<>> prepared_;
};

}  // namespace docket
