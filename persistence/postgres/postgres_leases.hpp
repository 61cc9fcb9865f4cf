/// Leases among all processes of a PostgreSQL store.
#pragma once

#include <mutex>
#include <set>
#include <string>

#include "persistence/postgres/connection.hpp"
#include "persistence/store.hpp"

namespace docket {

/// A lease is an advisory lock of a session of its own: it ends with the session, when the process
/// dies or the network between is silent (settings of the session, about half a minute).
/// Thread-safe; outlives the leases that it gives. Needs a direct connection: behind a pooler that
/// shares sessions between transactions, a lock belongs to nobody.
class PostgresLeases : public Leases {
 public:
  PostgresLeases(PostgresUrl url, SessionSettings settings)
      : url_(std::move(url)), settings_(std::move(settings)) {}
  std::unique_ptr<Lease> TryTake(std::string_view name) override;

 private:
  class Held;
  void GiveBack(const std::string& name);

  const PostgresUrl url_;
  const SessionSettings settings_;
  std::mutex mutex_;  ///< Guards held_.
  std::set<std::string> held_;
};

}  // namespace docket
