/// Records of one type in a CredentialTable: decoded, encoded, and changed by compare and set.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "domain/json.hpp"
#include "persistence/credentials/credential_table.hpp"

namespace docket {

template <class Record>
class CredentialsOf {
 public:
  /// `table` outlives it.
  CredentialsOf(CredentialTable& table, CredentialKind kind) : table_(table), kind_(kind) {}

  /// Throws StoreError when what is stored cannot be read.
  static Record Read(const CredentialRow& row) {
    const auto json = ParseJson(row.record);
    auto record = json ? Decode<Record>(*json) : tl::unexpected(json.error());
    if (!record) throw StoreError("the credentials of " + row.owner + " cannot be read");
    return std::move(*record);
  }
  std::optional<Record> Find(const std::string& name) const {
    const auto row = table_.Find(kind_, name);
    return row ? std::optional(Read(*row)) : std::nullopt;
  }
  struct Key {
    std::string name;
    std::string owner;
  };
  /// Lets `change` alter the record, again where another writer was faster; an absent one begins
  /// empty. `change` returns whether to store it, and may be called more than once.
  template <class Change>
  void Update(const Key& key, const Change& change) {
    for (;;) {
      auto row = table_.Find(kind_, key.name).value_or(CredentialRow{key.name, key.owner, 0, ""});
      Record record = row.version == 0 ? Record() : Read(row);
      if (!change(record)) return;
      row.record = CanonicalJson(Encode(record));
      if (table_.Write(kind_, row)) return;
    }
  }
  void Remove(const std::string& name) { table_.Remove(kind_, name); }

 private:
  CredentialTable& table_;
  CredentialKind kind_;
};

}  // namespace docket
