/// Reads the log for subscribers: pages with what deciding on readers needs, and whole answers.
#pragma once

#include <vector>

#include "api/feed/checkpoint.hpp"
#include "api/feed/feed_view.hpp"
#include "persistence/store.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

/// Positions that one answer looks at, however few of them it shows.
constexpr std::size_t kFeedScanMax = 5000;
constexpr std::size_t kFeedLookMax = 1000;

/// Some positions in order, all of one epoch.
struct FeedPage {
  Head head;
  std::vector<FeedEvent> events;
};

/// One answer: `{"events", "omitted", "next", "head", "epoch"}`.
struct FeedAnswer {
  Head head;
  Position next;  ///< Everything up to here is in the answer, as an event or in `omitted`.
  std::size_t shown = 0;
  std::string text;
};

/// What was left out between two events, as JSON `{"first", "last", "subtrees"}`: filtered out, or
/// not for this subscriber. `subtrees` stands for the leaves (domain/evidence/covering.hpp).
std::string OmittedText(Position first, const std::vector<std::string_view>& leaf_hashes);

/// Thread-safe.
class FeedReader {
 public:
  /// Both outlive the reader.
  FeedReader(const StoreLog& log, const CaseEngine& engine) : log_(log), engine_(engine) {}

  Head ReadHead() const { return log_.ReadHead(LogId::kCases); }
  /// At most `limit` positions after `after`; throws StoreError.
  FeedPage ReadPage(Position after, std::size_t limit) const;
  /// Up to `limit` events that the view shows.
  FeedAnswer ReadAnswer(const FeedView& view, Position after, std::size_t limit) const;
  /// See CheckCheckpoint.
  std::optional<FeedBreak> Check(const FeedCheckpoint& checkpoint) const;

 private:
  const StoreLog& log_;
  const CaseEngine& engine_;
};

}  // namespace docket
