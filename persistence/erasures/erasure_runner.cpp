#include "persistence/erasures/erasure_runner.hpp"

namespace docket {

namespace {

constexpr std::string_view kLease = "erasures";

}  // namespace

ErasureRunner::ErasureRunner(Erasures& erasures, Leases& leases, Options options)
    : erasures_(erasures), leases_(leases), options_(std::move(options)) {
  thread_ = std::thread([this] { Run(); });
}

ErasureRunner::~ErasureRunner() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void ErasureRunner::Wake() {
  {
    const std::lock_guard guard(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

std::optional<Erasure> ErasureRunner::Await(const std::string& id,
                                            std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    std::uint64_t rounds = 0;
    {
      const std::lock_guard guard(mutex_);
      rounds = rounds_;
    }
    auto erasure = erasures_.Find(id);
    if (!erasure || erasure->erased_at) return erasure;
    std::unique_lock guard(mutex_);
    const bool moved =
        done_.wait_until(guard, deadline, [&] { return rounds_ != rounds || stopping_; });
    if (!moved || stopping_) return erasure;
  }
}

void ErasureRunner::Run() {
  do {
    try {
      Round();
    } catch (const std::exception& error) {
      options_.report({NoticeLevel::kError, "erasures", error.what()});
    }
    {
      const std::lock_guard guard(mutex_);
      ++rounds_;
    }
    done_.notify_all();
  } while (Rest(options_.poll, true));
}

void ErasureRunner::Round() {
  if (!erasures_.HasUnfinished()) return;
  // Another process that holds it does what there is to do.
  const auto lease = leases_.TryTake(kLease);
  if (!lease) return;
  erasures_.Finish([this](std::chrono::milliseconds pause) { return Rest(pause, false); });
}

bool ErasureRunner::Rest(std::chrono::milliseconds pause, bool may_be_woken) {
  std::unique_lock guard(mutex_);
  wake_.wait_for(guard, pause, [&] { return stopping_ || (may_be_woken && woken_); });
  if (may_be_woken) woken_ = false;
  return !stopping_;
}

}  // namespace docket
