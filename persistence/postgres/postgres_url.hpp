/// Where a store lives, as an operator writes it: `postgres://USER:PASSWORD@HOST:PORT/DATABASE?…`.
#pragma once

#include <string>
#include <string_view>

#include "domain/rejection.hpp"

namespace docket {

/// A checked URL. Its text holds the password and is for the driver alone; messages use Shown().
class PostgresUrl {
 public:
  /// What the driver is given: the URL, with limits on connecting and on a silent network added
  /// where the URL does not set them.
  std::string ConnectText() const;
  /// The URL without its password and without its parameters.
  std::string Shown() const;
  const std::string& Database() const { return database_; }
  /// The same server and login, another database.
  PostgresUrl WithDatabase(const std::string& name) const;
  /// Whether both name the same hosts.
  bool IsOnServerOf(const PostgresUrl& other) const { return hosts_ == other.hosts_; }
  /// `message` with the password blotted out, should the server or the driver have quoted it.
  std::string WithoutSecret(std::string message) const;

 private:
  friend Expected<PostgresUrl> ParsePostgresUrl(std::string_view url);
  std::string login_;     ///< `user:password@`, or empty.
  std::string hosts_;     ///< `host:port`, or several with commas, or empty (local socket).
  std::string database_;  ///< Decoded.
  std::string query_;     ///< Behind the question mark.
};

/// Also `postgresql://`. Parameters are passed to libpq (`sslmode=verify-full&sslrootcert=FILE`),
/// except those that Docket sets itself. Refusals (kInvalid), in this order: `store_url_scheme`,
/// `store_url_encoding`, `store_url_database`, `store_url_parameter`.
Expected<PostgresUrl> ParsePostgresUrl(std::string_view url);
/// Whether the URL names a PostgreSQL store at all.
bool IsPostgresUrl(std::string_view url);

}  // namespace docket
