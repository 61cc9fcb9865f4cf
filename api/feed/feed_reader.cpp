#include "api/feed/feed_reader.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "domain/cloud_event.hpp"
#include "domain/evidence/covering.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

namespace {

/// What a page needs of its cases, each looked up once.
class Cases {
 public:
  explicit Cases(const CaseEngine& engine) : engine_(engine) {}
  std::optional<CaseOutline> OutlineFor(const StreamId& stream) {
    const auto* known = Find(stream);
    return known == nullptr ? std::nullopt : std::optional(known->outline);
  }
  /// When the first of the event's personal texts that are erased was.
  std::optional<Instant> ErasedAt(const RecordedEvent& event) {
    const auto* known = Find(event.stream);
    std::optional<Instant> erased_at;
    if (known == nullptr || known->erased.empty()) return erased_at;
    EachSealedKey(DataOf(event), [&](const std::string&, const KeyId& key) {
      const auto found = known->erased.find(key);
      if (found == known->erased.end()) return;
      erased_at = erased_at ? std::min(*erased_at, found->second) : found->second;
    });
    return erased_at;
  }

 private:
  struct Known {
    CaseOutline outline;
    personal::ErasedKeys erased;
  };
  /// nullptr: no case.
  const Known* Find(const StreamId& stream) {
    const auto* workflow = WorkflowOf(stream);
    if (workflow == nullptr) return nullptr;
    const auto found = known_.find(stream);
    if (found != known_.end()) return &found->second;
    const auto model = engine_.Load(stream);
    // A case that cannot be folded has no region, so that no region covers it.
    Known known{OutlineOf(workflow->Name(), {}, {}), {}};
    if (model) {
      known = {OutlineOf(workflow->Name(), (*model)->Summary(), (*model)->OpenedBy()),
               (*model)->PersonalRecord().Erased()};
    }
    return &known_.emplace(stream, std::move(known)).first->second;
  }

  const CaseEngine& engine_;
  std::map<StreamId, Known> known_;
};

/// Two arrays in the making: what is shown, and the runs in between.
class AnswerText {
 public:
  void Show(const std::string& event) {
    EndRun();
    Append(events_, event);
  }
  void Omit(const FeedEvent& event) {
    if (hashes_.empty()) first_ = event.event.position;
    hashes_.push_back(event.event.leaf_hash);
  }
  std::string Finish(const Head& head, Position next) {
    EndRun();
    return fmt::format(R"({{"events":[{}],"omitted":[{}],"next":{},"head":{},"epoch":"{}"}})",
                       events_, omitted_, next.value, head.position.value, head.epoch.value);
  }

 private:
  static void Append(std::string& list, const std::string& item) {
    if (!list.empty()) list += ',';
    list += item;
  }
  void EndRun() {
    if (hashes_.empty()) return;
    Append(omitted_, OmittedText(first_, {hashes_.begin(), hashes_.end()}));
    hashes_.clear();
  }

  std::string events_;
  std::string omitted_;
  Position first_;
  std::vector<std::string> hashes_;
};

}  // namespace

std::string OmittedText(Position first, const std::vector<std::string_view>& leaf_hashes) {
  std::string subtrees;
  for (const auto& hash : CoveringSubtrees(first, leaf_hashes)) {
    subtrees += fmt::format("{}\"{}\"", subtrees.empty() ? "" : ",", hash);
  }
  const auto last = first.value + static_cast<std::int64_t>(leaf_hashes.size()) - 1;
  return fmt::format(R"({{"first":{},"last":{},"subtrees":[{}]}})", first.value, last, subtrees);
}

FeedPage FeedReader::ReadPage(Position after, std::size_t limit) const {
  for (;;) {
    const Head before = ReadHead();
    auto events = log_.ReadLog(LogId::kCases, after, limit);
    FeedPage page{ReadHead(), {}};
    // Restored or failed over in between: the events may be of either history.
    if (page.head.epoch != before.epoch) continue;
    Cases cases(engine_);
    const Date today = engine_.Ports().clock.Now().ChinaDate();
    page.events.reserve(events.size());
    for (auto& event : events) {
      auto outline = cases.OutlineFor(event.stream);
      auto text = std::make_shared<const std::string>(
          CloudEventText({event, LogId::kCases, page.head.epoch, cases.ErasedAt(event)}));
      page.events.push_back({std::move(event), std::move(outline), today, std::move(text)});
    }
    return page;
  }
}

FeedAnswer FeedReader::ReadAnswer(const FeedView& view, Position after, std::size_t limit) const {
  FeedAnswer answer;
  answer.next = after;
  AnswerText text;
  for (std::size_t scanned = 0; scanned < kFeedScanMax && answer.shown < limit;) {
    // Where little is shown, the next look takes in more.
    const std::size_t wanted = scanned == 0 ? limit : kFeedLookMax;
    auto page = ReadPage(answer.next, std::min(wanted, kFeedScanMax - scanned));
    const bool forked = scanned > 0 && page.head.epoch != answer.head.epoch;
    if (forked) break;
    answer.head = page.head;
    if (page.events.empty()) break;
    for (const auto& event : page.events) {
      if (answer.shown == limit) break;
      if (Shows(view, event)) {
        text.Show(*TextFor(view, event));
        ++answer.shown;
      } else {
        text.Omit(event);
      }
      answer.next = event.event.position;
      ++scanned;
    }
    if (answer.next >= answer.head.position) break;
  }
  answer.text = text.Finish(answer.head, answer.next);
  return answer;
}

std::optional<FeedBreak> FeedReader::Check(const FeedCheckpoint& checkpoint) const {
  const Head head = ReadHead();
  const bool same = checkpoint.epoch.empty() || checkpoint.epoch == head.epoch;
  return CheckCheckpoint(checkpoint, head,
                         same ? std::vector<EpochStart>() : log_.ReadEpochs(LogId::kCases));
}

}  // namespace docket
