/// Where secrets of data subjects are kept: what a store has to do for them.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "persistence/store.hpp"

namespace docket {

/// Thread-safe. Failure: StoreError. A secret is 64 hex digits, or wrapped (key_encryption.hpp).
class KeyTable {
 public:
  struct Row {
    std::string secret;  ///< Empty once destroyed.
    bool destroyed = false;
  };
  struct NamedRow {
    KeyId key;
    Row row;
  };
  virtual ~KeyTable() = default;
  virtual std::optional<Row> Find(const KeyId& key) const = 0;
  struct NewKey {
    KeyId key;
    std::string secret;
  };
  /// Those whose name is not there yet, in one transaction that is durable when it returns; names
  /// what it inserted. `keys` names each key once.
  virtual std::set<KeyId> InsertAbsent(const std::vector<NewKey>& keys) = 0;
  virtual void Destroy(const KeyId& key) = 0;
  /// A random id, made with the table.
  virtual std::string Id() const = 0;

  /// Rows after `after`, in order of their names, at most `limit`.
  virtual std::vector<NamedRow> ReadAfter(const KeyId& after, std::size_t limit) const = 0;
  struct Rewrap {
    KeyId key;
    std::string from;
    std::string to;
  };
  /// Puts `to` where `from` still is, all in one durable transaction: a key that was destroyed
  /// meanwhile stays so. What was there is overwritten as far as the store can.
  virtual void Replace(const std::vector<Rewrap>& rewraps) = 0;
  /// Of the table as a whole.
  virtual std::optional<std::string> FindSetting(const std::string& name) const = 0;
  virtual void Write(const StoreSettings::Setting& setting) = 0;
};

}  // namespace docket
