/// The cases that this process has last seen, in memory.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "workflows/engine/case_engine.hpp"

namespace docket {

constexpr std::size_t kCachedCasesMax = 2048;

/// The cases last touched, up to a number. Thread-safe.
class CaseCache : public RecentCases {
 public:
  explicit CaseCache(std::size_t cases_max = kCachedCasesMax) : cases_max_(cases_max) {}

  std::unique_ptr<CaseModel> Find(const StreamId& case_id) override;
  void Put(const StreamId& case_id, std::shared_ptr<const CaseModel> model) override;
  void Drop(const StreamId& case_id) override;

 private:
  struct Entry {
    StreamId case_id;
    std::shared_ptr<const CaseModel> model;
  };
  using Entries = std::list<Entry>;

  const std::size_t cases_max_;
  std::mutex mutex_;  ///< Guards what follows.
  Entries entries_;   ///< Last touched first.
  std::unordered_map<StreamId, Entries::iterator> by_id_;
};

}  // namespace docket
