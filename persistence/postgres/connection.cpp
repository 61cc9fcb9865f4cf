#include "persistence/postgres/connection.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <pqxx/except>

namespace docket {

namespace {

/// Classes and codes of SQLSTATE after which a session is over: connection exceptions, and the
/// server ending it (shutdown, crash of another session, recovery).
bool EndsSession(const std::string& state) {
  return state.starts_with("08") || state.starts_with("57P0");
}

std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

constexpr std::string_view kIndexPlans =
    "; SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off"
    "; SET enable_mergejoin = off; SET enable_material = off"
    "; SET plan_cache_mode = force_generic_plan";

std::string SettingsText(const SessionSettings& settings) {
  std::string text = fmt::format(
      "SET application_name = {}; SET search_path = {}; SET client_encoding = 'UTF8';"
      " SET TimeZone = 'UTC'; SET client_min_messages = 'error'; SET synchronous_commit = 'on';"
      " SET statement_timeout = {}; SET lock_timeout = {};"
      " SET idle_in_transaction_session_timeout = {}; SET bytea_output = 'hex';"
      // The server lets go of what a vanished client held; its own default is two hours.
      " SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
      " SET tcp_keepalives_count = 3;"
      " SET jit = off",
      Quoted(settings.purpose), settings.search_path, settings.statement_timeout.count(),
      settings.lock_timeout.count(), settings.idle_in_transaction_timeout.count());
  if (settings.index_plans) text += kIndexPlans;
  if (!settings.role.empty()) text += fmt::format("; SET ROLE {}", settings.role);
  return text;
}

/// Without this libpqxx connects again by itself, without our settings, locks and transaction.
void StayBroken(pqxx::connection& connection) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

}  // namespace

PostgresConnection::PostgresConnection(const PostgresUrl& url, const SessionSettings& settings)
    : url_(url), reply_wait_(settings.statement_timeout + kReplyGrace) {
  try {
    connection_ = std::make_unique<pqxx::connection>(url.ConnectText());
  } catch (const std::exception& error) {
    throw ConnectionLost(
        url.WithoutSecret(fmt::format("cannot connect to {}: {}", url.Shown(), error.what())));
  }
  StayBroken(*connection_);
  quiet_ = std::make_unique<pqxx::quiet_errorhandler>(*connection_);
  Execute(SettingsText(settings));
}

PostgresConnection::~PostgresConnection() = default;

pqxx::result PostgresConnection::Execute(const std::string& sql) {
  return Guarded([&] {
    pqxx::nontransaction work(*connection_);
    return work.exec(sql);
  });
}

void PostgresConnection::Prepare(const PostgresStatement& statement) {
  if (prepared_.contains(statement.name)) return;
  Guarded([&] {
    connection_->prepare(statement.name, statement.sql);
    connection_->prepare_now(statement.name);
    prepared_.insert(statement.name);
  });
}

bool PostgresConnection::IsOpen() const { return !lost_ && connection_->is_open(); }

bool PostgresConnection::IsStale() const {
  if (!IsOpen()) return true;
  pollfd socket{.fd = connection_->sock(), .events = POLLIN, .revents = 0};
  return poll(&socket, 1, 0) != 0;
}

void PostgresConnection::TakeNotifications() {
  Guarded([&] { connection_->get_notifs(); });
  if (!IsOpen()) throw ConnectionLost(fmt::format("{}: the session has ended", url_.Shown()));
}

std::string PostgresConnection::MessageOf(const std::exception& error) const {
  return url_.WithoutSecret(fmt::format("{}: {}", url_.Shown(), error.what()));
}

void PostgresConnection::Rethrow() {
  try {
    throw;
  } catch (const StoreError&) {
    throw;
  } catch (const pqxx::insufficient_privilege& error) {
    // libpqxx names these by type and forgets their code.
    throw PostgresError(MessageOf(error), kInsufficientPrivilege);
  } catch (const pqxx::transaction_rollback& error) {
    throw PostgresError(MessageOf(error), "40000");
  } catch (const pqxx::sql_error& error) {
    const auto message = MessageOf(error);
    if (connection_->is_open() && !EndsSession(error.sqlstate())) {
      throw PostgresError(message, error.sqlstate());
    }
    lost_ = true;
    throw ConnectionLost(message);
  } catch (const std::exception& error) {
    // libpqxx names a broken connection in more than one way, some of them plain runtime errors.
    lost_ = true;
    throw ConnectionLost(MessageOf(error));
  }
}

PostgresPool::Turn::Turn(PostgresPool& pool) : pool_(pool) {
  std::unique_lock guard(pool_.mutex_);
  const auto is_free = [this] { return pool_.in_use_ < pool_.sessions_max_; };
  if (!pool_.free_.wait_for(guard, kTurnTimeout, is_free)) {
    throw StoreError(fmt::format("all {} sessions for {} are busy", pool_.sessions_max_,
                                 pool_.settings_.purpose));
  }
  ++pool_.in_use_;
}

PostgresPool::Turn::~Turn() {
  {
    const std::lock_guard guard(pool_.mutex_);
    --pool_.in_use_;
  }
  pool_.free_.notify_one();
}

PostgresPool::Connection PostgresPool::Borrow() {
  {
    const std::lock_guard guard(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return Connect();
}

PostgresPool::Connection PostgresPool::Connect() const {
  return std::make_unique<PostgresConnection>(url_, settings_);
}

void PostgresPool::Return(Connection connection) {
  const std::lock_guard guard(mutex_);
  if (connection->IsOpen()) idle_.push_back(std::move(connection));
}

void PostgresPool::DropIdle() {
  const std::lock_guard guard(mutex_);
  idle_.clear();
}

}  // namespace docket
