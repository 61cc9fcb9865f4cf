#include "persistence/projections/projector.hpp"

namespace docket {

Projector::Projector(ViewStore& views, const EventLog& log, Projection& projection, Options options)
    : views_(views), log_(log), projection_(projection), options_(std::move(options)) {}

template <class Work>
auto Projector::OnLive(const Work& work) {
  try {
    return work(Live());
  } catch (...) {
    live_.reset();
    throw;
  }
}

Applier& Projector::Live() {
  const auto found = views_.FindLive(projection_.Schema());
  if (live_ && found == live_->Of()) return *live_;
  live_.reset();
  const Generation generation = found && started_ ? *found : views_.TakeLive(projection_.Schema());
  live_ = std::make_unique<Applier>(Applier::Target{views_, generation, projection_, token_});
  started_ = true;
  return *live_;
}

std::size_t Projector::RunOnce() {
  return OnLive([&](Applier& opened) {
    Applier* live = &opened;
    // The checkpoint was read before the head, and the head before the events: so the checkpoint
    // is behind the head, and the events belong to the head's epoch or to a later one.
    const Head head = log_.ReadHead(LogId::kCases);
    seen_head_ = head.position;
    if (IsStale(head)) {
      views_.Replace(projection_.Schema(), live->Of());
      live = &Live();
    }
    const auto events = log_.ReadLog(LogId::kCases, live->At().position, options_.batch_events_max);
    if (events.empty()) return std::size_t{0};
    for (const auto& parked : live->Apply(events, head.epoch)) options_.on_parked(parked);
    return events.size();
  });
}

bool Projector::IsStale(const Head& head) const {
  const Checkpoint& at = live_->At();
  // One that is live and retired was left by a power cut in the middle of a switch. A checkpoint
  // beyond the head was taken from a log that is no longer there.
  return at.token == kRetiredToken || (!at.epoch.empty() && at.epoch != head.epoch) ||
         at.position > head.position;
}

Checkpoint Projector::ReadCheckpoint() {
  const auto live = views_.FindLive(projection_.Schema());
  if (!live) return {};
  try {
    if (!look_ || look_of_ != *live) look_ = views_.OpenReader(projection_.Schema(), *live);
    look_of_ = *live;
    return look_->ReadCheckpoint();
  } catch (...) {
    look_.reset();
    throw;
  }
}

std::vector<ParkedStream> Projector::Parked() {
  return OnLive([](Applier& live) { return live.Parked(); });
}

std::size_t Projector::RetryParked() {
  return OnLive([this](Applier& live) { return live.RetryParked(log_); });
}

void Projector::Fence(std::int64_t token) {
  token_ = token;
  live_.reset();
}

}  // namespace docket
