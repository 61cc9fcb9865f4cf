#include "persistence/cases/case_cache.hpp"

namespace docket {

std::unique_ptr<CaseModel> CaseCache::Find(const StreamId& case_id) {
  std::shared_ptr<const CaseModel> model;
  {
    const std::lock_guard guard(mutex_);
    const auto found = by_id_.find(case_id);
    if (found == by_id_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    model = found->second->model;
  }
  return model->Clone();
}

void CaseCache::Put(const StreamId& case_id, std::shared_ptr<const CaseModel> model) {
  const std::lock_guard guard(mutex_);
  const auto found = by_id_.find(case_id);
  if (found != by_id_.end()) {
    if (found->second->model->Version() < model->Version()) found->second->model = std::move(model);
    entries_.splice(entries_.begin(), entries_, found->second);
    return;
  }
  entries_.push_front({case_id, std::move(model)});
  by_id_.emplace(case_id, entries_.begin());
  if (entries_.size() <= cases_max_) return;
  by_id_.erase(entries_.back().case_id);
  entries_.pop_back();
}

void CaseCache::Drop(const StreamId& case_id) {
  const std::lock_guard guard(mutex_);
  const auto found = by_id_.find(case_id);
  if (found == by_id_.end()) return;
  entries_.erase(found->second);
  by_id_.erase(found);
}

}  // namespace docket
