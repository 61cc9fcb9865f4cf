/// A table of keys in memory.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "persistence/keys/key_table.hpp"

namespace docket::testing {

/// Thread-safe. Nothing is wrapped in it.
class MemoryKeyTable : public KeyTable {
 public:
  std::optional<Row> Find(const KeyId& key) const override {
    const std::lock_guard guard(mutex_);
    const auto found = rows_.find(key);
    return found == rows_.end() ? std::nullopt : std::optional(found->second);
  }
  std::set<KeyId> InsertAbsent(const std::vector<NewKey>& keys,
                               const std::vector<IndexRow>& rows) override {
    const std::lock_guard guard(mutex_);
    index_.insert(rows.begin(), rows.end());
    std::set<KeyId> inserted;
    for (const auto& [key, secret] : keys) {
      if (rows_.try_emplace(key, Row{secret, false}).second) inserted.insert(key);
    }
    return inserted;
  }
  void Destroy(const KeyId& key) override {
    const std::lock_guard guard(mutex_);
    rows_[key] = {"", true};
    std::erase_if(index_, [&](const IndexRow& row) { return row.key == key; });
  }
  std::vector<IndexRow> FindRows(const std::vector<std::string>& digests) const override {
    const std::lock_guard guard(mutex_);
    std::vector<IndexRow> found;
    for (const auto& row : index_) {
      const bool wanted = std::find(digests.begin(), digests.end(), row.digest) != digests.end();
      if (wanted) found.push_back(row);
    }
    return found;
  }
  void Scrub() override {}
  bool IsShared() const override { return false; }
  std::string Id() const override { return "id"; }
  std::vector<NamedRow> ReadAfter(const KeyId& after, std::size_t limit) const override {
    const std::lock_guard guard(mutex_);
    std::vector<NamedRow> page;
    for (auto row = rows_.upper_bound(after); row != rows_.end() && page.size() < limit; ++row) {
      page.push_back({row->first, row->second});
    }
    return page;
  }
  void Replace(const std::vector<Rewrap>& rewraps) override {
    const std::lock_guard guard(mutex_);
    for (const auto& [key, from, to] : rewraps) {
      const auto found = rows_.find(key);
      if (found != rows_.end() && found->second.secret == from) found->second.secret = to;
    }
  }
  std::optional<std::string> FindSetting(const std::string& name) const override {
    const std::lock_guard guard(mutex_);
    const auto found = settings_.find(name);
    return found == settings_.end() ? std::nullopt : std::optional(found->second);
  }
  void Write(const StoreSettings::Setting& setting) override {
    const std::lock_guard guard(mutex_);
    settings_[setting.name] = setting.value;
  }

 private:
  mutable std::mutex mutex_;
  std::map<KeyId, Row> rows_;
  std::set<IndexRow> index_;
  std::map<std::string, std::string> settings_;
};

}  // namespace docket::testing
