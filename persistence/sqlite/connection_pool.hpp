/// Reading connections, lent to one thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "persistence/sqlite/database.hpp"

namespace docket {

/// Thread-safe. Opens a connection when none is idle; keeps at most kIdleConnectionsMax. Leases
/// must end before the pool.
class ConnectionPool {
 public:
  using Open = std::function<std::unique_ptr<Database>()>;
  explicit ConnectionPool(Open open) : open_(std::move(open)) {}

  class Lease {
   public:
    Lease(ConnectionPool& pool, std::unique_ptr<Database> database)
        : pool_(pool), database_(std::move(database)) {}
    ~Lease() { pool_.Return(std::move(database_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Database& operator*() const { return *database_; }
    Database* operator->() const { return database_.get(); }

   private:
    ConnectionPool& pool_;
    std::unique_ptr<Database> database_;
  };
  Lease Borrow();

 private:
  void Return(std::unique_ptr<Database> database);

  Open open_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> idle_;
};
constexpr std::size_t kIdleConnectionsMax = 8;

}  // namespace docket
