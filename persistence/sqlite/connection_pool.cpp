#include "persistence/sqlite/connection_pool.hpp"

namespace docket {

ConnectionPool::Lease ConnectionPool::Borrow() {
  {
    const std::lock_guard guard(mutex_);
    if (!idle_.empty()) {
      auto database = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(database));
    }
  }
  return Lease(*this, open_());
}

void ConnectionPool::Return(std::unique_ptr<Database> database) {
  const std::lock_guard guard(mutex_);
  if (idle_.size() < kIdleConnectionsMax) idle_.push_back(std::move(database));
}

}  // namespace docket
