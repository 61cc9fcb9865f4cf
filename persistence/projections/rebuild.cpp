#include "persistence/projections/rebuild.hpp"

#include <future>
#include <optional>

#include <fmt/format.h>

namespace docket {

namespace {

constexpr Refusal kRebuildRunning{"rebuild_running", "该视图正在重建中",
                                  "this read model is being rebuilt by another process"};

/// The log page by page: the next page is read while the caller works on the last.
class Pages {
 public:
  Pages(const EventLog& log, Position after, std::size_t size)
      : log_(log), after_(after), size_(size) {
    Ask();
  }
  /// Empty: there is no more yet.
  std::vector<RecordedEvent> Next() {
    auto page = next_.get();
    if (!page.empty()) after_ = page.back().position;
    Ask();
    return page;
  }

 private:
  void Ask() {
    next_ = std::async(std::launch::async, [this, after = after_] {
      return log_.ReadLog(LogId::kCases, after, size_);
    });
  }

  const EventLog& log_;
  Position after_;
  const std::size_t size_;
  std::future<std::vector<RecordedEvent>> next_;
};

class Run {
 public:
  Run(ViewStore& views, const EventLog& log, Projection& projection, const RebuildOptions& options)
      : views_(views), log_(log), projection_(projection), options_(options) {}

  RebuildResult ToItsEnd() {
    const Head head = log_.ReadHead(LogId::kCases);
    Open(head);
    epoch_ = head.epoch;
    progress_.head = head.position;
    progress_.began_at = built_->At().position;
    BuildUntilNearHead();
    built_->Writer().CreateIndexes();
    BuildUntilNearHead();
    SwitchOver();
    return {built_->Of(), progress_, built_->Parked()};
  }

 private:
  void Open(const Head& head) {
    const auto open = [&] {
      const Generation generation = views_.TakeUnfinished(projection_.Schema());
      built_.emplace(Applier::Target{views_, generation, projection_});
    };
    open();
    const Checkpoint& at = built_->At();
    const bool stale = (!at.epoch.empty() && at.epoch != head.epoch) || at.position > head.position;
    if (!stale) return;
    const Generation generation = built_->Of();
    built_.reset();
    views_.Discard(generation);
    open();
  }

  void BuildUntilNearHead() {
    Pages pages(log_, built_->At().position, options_.batch_events_max);
    for (;;) {
      const auto events = pages.Next();
      if (!events.empty()) Apply(events);
      // A page that is not full ends at the head of a moment ago.
      if (events.size() < options_.batch_events_max) return;
    }
  }

  void Apply(const std::vector<RecordedEvent>& events) {
    built_->Apply(events, epoch_);
    progress_.position = events.back().position;
    progress_.took = std::chrono::steady_clock::now() - began_;
    if (progress_.position > progress_.head) {
      progress_.head = log_.ReadHead(LogId::kCases).position;
    }
    options_.on_progress(progress_);
  }

  /// Nobody moves the live generation meanwhile: who has waited for a position there must not
  /// find less here. Should this process die, the database lets go of it.
  void SwitchOver() {
    const auto served = OpenServed();
    std::optional<ViewTransaction> held;
    Checkpoint reached;
    if (served) {
      held.emplace(*served);
      served->Retire();
      reached = served->ReadCheckpoint();
    }
    while (reached.epoch == epoch_ && built_->At().position < reached.position) {
      const auto events =
          log_.ReadLog(LogId::kCases, built_->At().position, options_.batch_events_max);
      if (events.empty()) throw StoreError("the log ends before its read model");
      Apply(events);
    }
    if (log_.ReadHead(LogId::kCases).epoch != epoch_) {
      throw StoreError("the log has begun a new epoch; rebuild again");
    }
    views_.Switch(built_->Of());
    if (held) held->Commit();
  }

  std::unique_ptr<ViewWriter> OpenServed() {
    const auto& schema = projection_.Schema();
    const auto live = views_.FindLive(schema);
    if (!live) return nullptr;
    try {
      auto served = views_.OpenWriter(schema, *live);
      served->ReadCheckpoint();
      return served;
    } catch (const StoreError&) {
      // Its tables are lost: nobody is served by them, and nobody need be kept from moving them.
      return nullptr;
    }
  }

  ViewStore& views_;
  const EventLog& log_;
  Projection& projection_;
  const RebuildOptions& options_;
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  Epoch epoch_;
  RebuildProgress progress_;
  std::optional<Applier> built_;
};

}  // namespace

double RebuildProgress::EventsPerSecond() const {
  const double seconds = std::chrono::duration<double>(took).count();
  return seconds > 0 ? static_cast<double>(position.value - began_at.value) / seconds : 0;
}

Expected<RebuildResult> Rebuild(ViewStore& views, const EventLog& log, Projection& projection,
                                const RebuildOptions& options) {
  const auto lock = views.TryLockRebuild(projection.Schema().name);
  if (!lock) return Refuse(RejectionKind::kConflict, kRebuildRunning);
  return Run(views, log, projection, options).ToItsEnd();
}

}  // namespace docket
