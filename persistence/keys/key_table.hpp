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
  /// A row of the blind index: whose digest it is.
  struct IndexRow {
    std::string digest;  ///< See person_index.hpp.
    KeyId key;
    friend auto operator<=>(const IndexRow&, const IndexRow&) = default;
  };
  /// Those keys whose name is not there yet, and those rows that are not, in one transaction that
  /// is durable when it returns; names the keys that it inserted. `keys` names each key once. A row
  /// of a key that was destroyed is left out.
  virtual std::set<KeyId> InsertAbsent(const std::vector<NewKey>& keys,
                                       const std::vector<IndexRow>& rows) = 0;
  /// Of the key and of its rows of the index nothing stays but the name. Again: nothing happens.
  virtual void Destroy(const KeyId& key) = 0;
  /// Rows with one of these digests, in order.
  virtual std::vector<IndexRow> FindRows(const std::vector<std::string>& digests) const = 0;
  /// What was destroyed stays in no free page of the table's own files. May wait for others who
  /// use the table, and throws StoreError where they do not let go.
  virtual void Scrub() = 0;
  /// Other processes may have the table open, too.
  virtual bool IsShared() const = 0;
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
