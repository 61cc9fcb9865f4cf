/// Where credentials are kept: beside the keys of data subjects, outside the log, its read models
/// and its backups. A table of small records that are compared and set; what they mean is known in
/// credentials.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event_log.hpp"

namespace docket {

/// Stored as `account`, `session`, `api_key`, `login`.
enum class CredentialKind : std::uint8_t { kAccount, kSession, kApiKey, kLogin };
std::string_view CredentialKindName(CredentialKind kind);

struct CredentialRow {
  std::string name;          ///< Unique in its kind.
  std::string owner;         ///< The account that it belongs to.
  std::int64_t version = 0;  ///< 0: not stored yet.
  std::string record;        ///< JSON; see credential_records.hpp.
};

/// Thread-safe. What it has answered is durable. Failure: StoreError.
class CredentialTable {
 public:
  virtual ~CredentialTable() = default;
  virtual std::optional<CredentialRow> Find(CredentialKind kind, const std::string& name) const = 0;
  /// Stores the row as the version after `row.version`; false: it is not at that version.
  virtual bool Write(CredentialKind kind, const CredentialRow& row) = 0;
  /// Doing it again changes nothing.
  virtual void Remove(CredentialKind kind, const std::string& name) = 0;
  /// By name.
  virtual std::vector<CredentialRow> OwnedBy(CredentialKind kind,
                                             const std::string& owner) const = 0;
};

}  // namespace docket
