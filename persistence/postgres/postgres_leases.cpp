#include "persistence/postgres/postgres_leases.hpp"

#include "persistence/postgres/event_rows.hpp"

namespace docket {

namespace {

// The first half of the key keeps our locks apart from those of other programs.
constexpr PostgresStatement kTryLock{
    "try_lease", "SELECT pg_try_advisory_lock(hashtext('docket.leases'), hashtext($1))"};
constexpr PostgresStatement kEndLease{
    "end_lease", "SELECT pg_advisory_unlock(hashtext('docket.leases'), hashtext($1))"};
constexpr PostgresStatement kNextToken{
    "next_token",
    "INSERT INTO docket.leases AS l (name, token) VALUES ($1, 1)"
    " ON CONFLICT (name) DO UPDATE SET token = l.token + 1 RETURNING token"};
constexpr PostgresStatement kSelectToken{"select_token",
                                         "SELECT token FROM docket.leases WHERE name = $1"};

}  // namespace

class PostgresLeases::Held : public Lease {
 public:
  Held(PostgresLeases& leases, std::string name, std::unique_ptr<PostgresConnection> connection,
       std::int64_t token)
      : leases_(leases),
        name_(std::move(name)),
        token_(token),
        connection_(std::move(connection)) {}
  ~Held() override {
    try {
      connection_->Run(kEndLease, name_);
    } catch (const StoreError&) {
      // The lock ends with the session.
    }
    connection_.reset();
    leases_.GiveBack(name_);
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  std::int64_t Token() const override { return token_; }

  /// That the session still answers says that its lock is still held; that the token is the last
  /// one says that nobody has had it since.
  bool IsHeld() override {
    const std::lock_guard guard(mutex_);
    try {
      const auto rows = connection_->Run(kSelectToken, name_);
      return !rows.empty() && NumberAt(rows, 0, 0) == token_;
    } catch (const StoreError&) {
      return false;
    }
  }

 private:
  PostgresLeases& leases_;
  const std::string name_;
  const std::int64_t token_;
  std::mutex mutex_;  ///< Guards connection_.
  std::unique_ptr<PostgresConnection> connection_;
};

std::unique_ptr<Lease> PostgresLeases::TryTake(std::string_view name) {
  std::string taken(name);
  {
    const std::lock_guard guard(mutex_);
    if (!held_.insert(taken).second) return nullptr;
  }
  try {
    auto connection = std::make_unique<PostgresConnection>(url_, settings_);
    if (TextAt(connection->Run(kTryLock, taken), 0, 0) == "t") {
      const auto token = NumberAt(connection->Run(kNextToken, taken), 0, 0);
      return std::make_unique<Held>(*this, taken, std::move(connection), token);
    }
  } catch (...) {
    GiveBack(taken);
    throw;
  }
  GiveBack(taken);
  return nullptr;
}

void PostgresLeases::GiveBack(const std::string& name) {
  const std::lock_guard guard(mutex_);
  held_.erase(name);
}

}  // namespace docket
