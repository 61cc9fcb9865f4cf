#include "persistence/projections/rebuild.hpp"

#include <future>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "persistence/log_pages.hpp"

namespace docket {

namespace {

constexpr Refusal kRebuildRunning{"rebuild_running", "该视图正在重建中",
                                  "this read model is being rebuilt by another process"};

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

  /// A page of the log and what it did.
  struct InHand {
    std::vector<RecordedEvent> events;
    Applier::Batch batch;
  };

  /// Three pages are worked on at once: one is read, one applied in memory, one written.
  void BuildUntilNearHead() {
    LogPages pages(log_, LogId::kCases, built_->At().position, options_.batch_events_max);
    std::vector<RecordedEvent> spent;
    InHand before;
    std::future<bool> written;
    // A page that is not full ends at the head of a moment ago.
    for (bool is_last = false; !is_last;) {
      InHand next{pages.Next(std::move(spent)), {}};
      is_last = next.events.size() < options_.batch_events_max;
      ApplyInMemory(next);
      if (written.valid()) Finish(before, written.get(), next);
      spent = std::exchange(before, std::move(next)).events;
      if (before.events.empty()) return;
      written =
          std::async(std::launch::async, [&] { return built_->TryWriteTogether(before.batch); });
    }
    InHand none;
    Finish(before, written.get(), none);
  }

  void ApplyInMemory(InHand& page) {
    if (!page.events.empty()) page.batch = built_->ApplyInMemory(page.events, epoch_);
  }

  void Finish(InHand& page, bool is_written, InHand& next) {
    if (!is_written) {
      // The next one was applied on top of rows that are not to be.
      if (!next.events.empty()) built_->TakeBack(next.batch);
      built_->WriteApart(page.batch);
      ApplyInMemory(next);
    }
    Show(page.events.back().position);
  }

  void Apply(const std::vector<RecordedEvent>& events) {
    built_->Apply(events, epoch_);
    Show(events.back().position);
  }

  void Show(Position position) {
    progress_.position = position;
    progress_.took = std::chrono::steady_clock::now() - began_;
    if (progress_.position > progress_.head) {
      progress_.head = log_.ReadHead(LogId::kCases).position;
    }
    options_.on_progress(progress_);
  }

  /// Again where a projector began a generation while none was held.
  void SwitchOver() {
    while (!TrySwitchOver()) {
    }
  }

  /// Nobody moves the live generation meanwhile: who has waited for a position there must not
  /// find less here. Should this process die, the database lets go of it.
  bool TrySwitchOver() {
    const auto live = views_.FindLive(projection_.Schema());
    const auto served = live ? OpenServed(*live) : nullptr;
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
    if (!views_.Switch(built_->Of(), live)) return false;
    if (held) held->Commit();
    return true;
  }

  std::unique_ptr<ViewWriter> OpenServed(const Generation& live) {
    try {
      auto served = views_.OpenWriter(projection_.Schema(), live);
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
