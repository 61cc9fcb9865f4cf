/// One session of a PostgreSQL server, with its settings made explicit and its errors as ours.
///
/// Nothing is ever reconnected behind the caller's back: a broken connection stays broken, so that
/// whoever holds a transaction or an advisory lock learns that it is gone.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pqxx/binarystring>
#include <pqxx/connection>
#include <pqxx/errorhandler>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include "persistence/appender.hpp"
#include "persistence/postgres/postgres_url.hpp"
#include "persistence/postgres/reply_deadline.hpp"

namespace docket {

/// SQLSTATE of a statement that the role may not run.
constexpr const char* kInsufficientPrivilege = "42501";

/// The server refused a statement. Its connection is still good.
class PostgresError : public StoreError {
 public:
  PostgresError(const std::string& message, std::string state)
      : StoreError(message), state_(std::move(state)) {}
  /// SQLSTATE, five characters.
  const std::string& State() const { return state_; }

 private:
  std::string state_;
};

struct SessionSettings {
  std::string purpose = "docket";  ///< Shown in pg_stat_activity.
  std::string role = {};           ///< SET ROLE; empty: the login's own.
  std::string search_path = "docket";
  /// Plans go by an index whatever the statistics say: those of a log that grows from nothing are
  /// wrong until the next ANALYZE, and a plan made on an empty table is kept.
  bool index_plans = false;
  std::chrono::milliseconds statement_timeout{30'000};
  std::chrono::milliseconds lock_timeout{10'000};
  /// A transaction that we ourselves forgot must not hold the head for ever.
  std::chrono::milliseconds idle_in_transaction_timeout{30'000};
};

/// Beyond the statement timeout, which the server keeps itself: after that it is taken to be gone.
constexpr std::chrono::milliseconds kReplyGrace{5'000};

/// A statement that is prepared when a connection first runs it.
struct PostgresStatement {
  const char* name;  ///< Unique in the program.
  const char* sql;
};

/// Not thread-safe. Throws ConnectionLost when the connection is gone (also when it cannot be
/// made), PostgresError when the server refuses; no message holds the password.
class PostgresConnection {
 public:
  explicit PostgresConnection(const PostgresUrl& url, const SessionSettings& settings = {});
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  /// Statements without parameters, several separated by semicolons, in one round trip. The result
  /// is that of the last.
  pqxx::result Execute(const std::string& sql);
  /// One round trip, once the statement is prepared; its own transaction unless one is open.
  template <class... Arguments>
  pqxx::result Run(const PostgresStatement& statement, const Arguments&... arguments) {
    return Guarded([&] {
      Prepare(statement);
      pqxx::nontransaction work(*connection_);
      return work.exec_prepared(statement.name, arguments...);
    });
  }
  /// Prepares now, so that nothing but the execution is left for Run.
  void Prepare(const PostgresStatement& statement);

  /// False once the connection is known to be gone.
  bool IsOpen() const;
  /// As !IsOpen(), but also looks whether the server has ended the session since it was last used.
  /// Not for a session that listens: anything that came in unasked counts as an end.
  bool IsStale() const;
  /// For what this class has no word for: notifications.
  pqxx::connection& Raw() { return *connection_; }
  const PostgresUrl& Url() const { return url_; }
  /// Hands what has come in to the receivers of Raw(), without waiting.
  void TakeNotifications();

 private:
  template <class Work>
  auto Guarded(const Work& work) {
    const ReplyDeadline deadline(connection_->sock(), reply_wait_);
    try {
      return work();
    } catch (...) {
      Rethrow();
    }
  }
  std::string MessageOf(const std::exception& error) const;
  /// Throws what is being handled again, as one of ours.
  [[noreturn]] void Rethrow();

  PostgresUrl url_;
  std::chrono::milliseconds reply_wait_;
  std::unique_ptr<pqxx::connection> connection_;
  std::unique_ptr<pqxx::quiet_errorhandler> quiet_;  ///< What fails is thrown, never printed.
  std::set<std::string> prepared_;
  bool lost_ = false;
};

/// Connections for reading, lent to one thread at a time. Thread-safe; leases end before the pool.
class PostgresPool {
 public:
  PostgresPool(PostgresUrl url, SessionSettings settings, std::size_t sessions_max = 8)
      : url_(std::move(url)), settings_(std::move(settings)), sessions_max_(sessions_max) {}

  /// Runs `read` on a connection. Where the connection turns out to be gone, all idle ones are
  /// dropped and `read` runs once more on a new one: so it must only read.
  template <class Read>
  auto Reading(const Read& read) {
    const Turn turn(*this);
    try {
      return On(Borrow(), read);
    } catch (const ConnectionLost&) {
      DropIdle();
    }
    return On(Connect(), read);
  }
  /// Runs `write` once, on a connection that may turn out to be gone.
  template <class Write>
  auto Writing(const Write& write) {
    const Turn turn(*this);
    return On(Borrow(), write);
  }
  void DropIdle();

 private:
  using Connection = std::unique_ptr<PostgresConnection>;

  /// The right to use one of the sessions. Whoever finds all in use waits: a session is far dearer
  /// to open than to wait for. Throws StoreError after kTurnTimeout.
  class Turn {
   public:
    explicit Turn(PostgresPool& pool);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    PostgresPool& pool_;
  };

  template <class Use>
  auto On(Connection connection, const Use& use) {
    auto result = use(*connection);
    Return(std::move(connection));
    return result;
  }
  Connection Borrow();
  Connection Connect() const;
  void Return(Connection connection);

  PostgresUrl url_;
  SessionSettings settings_;
  std::size_t sessions_max_;
  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable free_;
  std::vector<Connection> idle_;
  std::size_t in_use_ = 0;
};
constexpr std::chrono::seconds kTurnTimeout{30};

}  // namespace docket
