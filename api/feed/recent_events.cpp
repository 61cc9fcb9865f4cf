#include "api/feed/recent_events.hpp"

#include <fmt/format.h>

#include "domain/ensure.hpp"

namespace docket {

Frame MakeFrame(std::string_view name, const FeedCheckpoint& checkpoint, std::string_view data) {
  const std::string event = name.empty() ? "" : fmt::format("event: {}\n", name);
  return std::make_shared<const std::string>(
      fmt::format("{}id: {}\ndata: {}\n\n", event, ToText(checkpoint), data));
}

void RecentEvents::Restart(const docket::Epoch& epoch, Position after) {
  epoch_ = epoch;
  after_ = after;
  entries_.clear();
  omitted_.reset();
}

void RecentEvents::Add(FeedEvent event) {
  ENSURE(event.event.position == End().Next(), "the log is dense: {} follows {}",
         event.event.position.value, End().value);
  entries_.push_back({std::move(event), nullptr});
  if (entries_.size() <= events_max_) return;
  entries_.pop_front();
  after_ = after_.Next();
}

void RecentEvents::Renew(const FeedEvent& last) {
  for (auto& entry : entries_) {
    if (entry.event.event.stream == last.event.stream) entry.event.outline = last.outline;
  }
}

Position RecentEvents::End() const {
  return Position{after_.value + static_cast<std::int64_t>(entries_.size())};
}

std::size_t RecentEvents::IndexOf(Position position) const {
  ENSURE(position > after_ && position <= End(), "position {} is not kept", position.value);
  return static_cast<std::size_t>(position.value - after_.value - 1);
}

const FeedEvent& RecentEvents::At(Position position) const {
  return entries_[IndexOf(position)].event;
}

const Frame& RecentEvents::FrameAt(Position position) {
  Entry& entry = entries_[IndexOf(position)];
  if (!entry.frame) entry.frame = MakeFrame("", {epoch_, position}, *entry.event.text);
  return entry.frame;
}

const Frame& RecentEvents::OmittedFrame(Position first, Position last) {
  if (omitted_ && omitted_first_ == first && omitted_last_ == last) return omitted_;
  std::vector<std::string_view> hashes;
  for (std::size_t i = IndexOf(first); i <= IndexOf(last); ++i) {
    hashes.push_back(entries_[i].event.event.leaf_hash);
  }
  omitted_first_ = first;
  omitted_last_ = last;
  omitted_ = MakeFrame("omitted", {epoch_, last}, OmittedText(first, hashes));
  return omitted_;
}

}  // namespace docket
