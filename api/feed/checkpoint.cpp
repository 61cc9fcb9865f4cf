#include "api/feed/checkpoint.hpp"

#include <algorithm>
#include <charconv>

namespace docket {

namespace {

/// The last position that an epoch shares with the one of the head; nullopt: it is unknown.
std::optional<Position> ForkSince(const Epoch& epoch, const std::vector<EpochStart>& epochs) {
  const auto known = std::find_if(epochs.begin(), epochs.end(),
                                  [&](const EpochStart& start) { return start.epoch == epoch; });
  if (known == epochs.end()) return std::nullopt;
  Position fork(INT64_MAX);
  for (auto later = known + 1; later != epochs.end(); ++later) fork = std::min(fork, later->fork);
  return fork;
}

Rejection AheadOfLog() {
  return {RejectionKind::kConflict,
          {"position_ahead_of_log", "事件库尚无该位置，可能已从备份恢复",
           "the log has not come to that position; was it restored?"}};
}

Rejection Forked() {
  return {RejectionKind::kConflict,
          {"history_forked", "事件库已从备份恢复或切换，分叉点之后的历史可能不同",
           "the log was restored or failed over: behind the fork history may differ"}};
}

Rejection Unknown() {
  return {RejectionKind::kConflict,
          {"epoch_unknown", "这不是本事件库的历史编号，须从头读取",
           "this log never had that epoch: it is another log; begin anew"}};
}

}  // namespace

std::string ToText(const FeedCheckpoint& checkpoint) {
  return checkpoint.epoch.value + ':' + std::to_string(checkpoint.position.value);
}

std::optional<FeedCheckpoint> ParseCheckpoint(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  FeedCheckpoint checkpoint{Epoch(std::string(text.substr(0, colon))), {}};
  const char* const end = text.data() + text.size();
  const auto [stop, error] =
      std::from_chars(text.data() + colon + 1, end, checkpoint.position.value);
  if (error != std::errc() || stop != end || checkpoint.position.value < 0) return std::nullopt;
  return checkpoint;
}

std::vector<Rejection> BreakRejections() { return {AheadOfLog(), Forked(), Unknown()}; }

std::optional<FeedBreak> CheckCheckpoint(const FeedCheckpoint& checkpoint, const Head& head,
                                         const std::vector<EpochStart>& epochs) {
  if (!checkpoint.epoch.empty() && checkpoint.epoch != head.epoch) {
    const auto fork = ForkSince(checkpoint.epoch, epochs);
    if (!fork) return FeedBreak{Unknown(), head, Position{}};
    return FeedBreak{Forked(), head, std::min(*fork, head.position)};
  }
  if (checkpoint.position <= head.position) return std::nullopt;
  return FeedBreak{AheadOfLog(), head, head.position};
}

}  // namespace docket
