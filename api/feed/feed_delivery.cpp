/// The half of FeedHub that says what a subscriber is sent; the other half moves bytes.
#include <algorithm>

#include <fmt/format.h>

#include "api/feed/feed_hub.hpp"

namespace docket {

namespace {

/// Of the recent events, the share that may be left out before an idle client is told so.
constexpr std::int64_t kOmittedShare = 4;

struct Farewell {
  std::string_view reason;
  std::string_view zh;
  std::string_view en;
};
constexpr std::array kFarewells{
    Farewell{"shutting_down", "服务正在停止，请稍后从断点续读",
             "the server stops; go on from your checkpoint"},
    Farewell{"slow_consumer", "接收过慢，请从断点续读",
             "too little was taken for too long; go on from your checkpoint"},
    Farewell{"access_revoked", "账号或权限已失效", "this account may no longer read the feed"},
    Farewell{"access_changed", "权限已变更，请从断点续读",
             "what this account may read has changed; go on from your checkpoint"},
    Farewell{"history_forked", "事件库已从备份恢复或切换，请凭断点查询分叉点",
             "the log was restored or failed over; ask with your checkpoint for the fork"},
};

std::string FarewellText(std::string_view reason) {
  const auto* const found =
      std::find_if(kFarewells.begin(), kFarewells.end(),
                   [&](const Farewell& farewell) { return farewell.reason == reason; });
  return fmt::format(R"({{"reason":"{}","zh":"{}","en":"{}"}})", found->reason, found->zh,
                     found->en);
}

}  // namespace

void FeedHub::Check(Group& group) {
  group.checked = std::max(group.checked, recent_.After());
  while (group.checked < recent_.End()) {
    group.checked = group.checked.Next();
    const FeedEvent& event = recent_.At(group.checked);
    if (!Shows(group.view, event)) continue;
    const auto text = TextFor(group.view, event);
    const bool is_whole = text == event.text;
    group.visible.push_back(
        {group.checked,
         is_whole ? nullptr : MakeFrame("", {recent_.Epoch(), group.checked}, *text)});
  }
  while (!group.visible.empty() && group.visible.front().position <= recent_.After()) {
    group.visible.pop_front();
  }
}

void FeedHub::CheckAgain(const FeedEvent& restricted) {
  recent_.Renew(restricted);
  for (auto& [key, group] : groups_) {
    std::erase_if(group->visible, [&, &view = group->view](const Visible& one) {
      return one.position > recent_.After() && !Shows(view, recent_.At(one.position));
    });
  }
}

void FeedHub::AdvanceAll() {
  for (auto& [id, subscriber] : subscribers_) Advance(*subscriber);
}

void FeedHub::Advance(Subscriber& one) {
  if (one.ending || one.reading || !started_) return;
  if (one.told < recent_.After()) {
    one.position = one.told;
    return ReadBehind(one);
  }
  Check(*one.group);
  if (!one.waits_once) {
    // What its client takes at once leaves room for more, of which nothing else would remind.
    do {
      TellFromRecent(one);
      Flush(one);
    } while (!one.ending && one.connection.Pending() == 0 && one.position < recent_.End());
    return;
  }
  const auto& visible = one.group->visible;
  if (!visible.empty() && visible.back().position > one.position) return Finish(one);
  one.position = one.told = std::max(one.position, recent_.End());
}

void FeedHub::TellFromRecent(Subscriber& one) {
  const auto& visible = one.group->visible;
  auto next =
      std::upper_bound(visible.begin(), visible.end(), one.position,
                       [](Position told, const Visible& event) { return told < event.position; });
  for (; next != visible.end(); ++next) {
    // It goes on from here when the client has taken some.
    if (one.connection.Pending() >= options_.output_bytes_max) return;
    TellOmitted(one, Position{next->position.value - 1});
    one.connection.Add(next->frame ? next->frame : recent_.FrameAt(next->position));
    one.position = one.told = next->position;
  }
  one.position = std::max(one.position, recent_.End());
  const auto untold = one.position.value - one.told.value;
  const auto kept = static_cast<std::int64_t>(options_.recent_events_max);
  if (untold > kept / kOmittedShare) TellOmitted(one, one.position);
}

void FeedHub::TellOmitted(Subscriber& one, Position last) {
  last = std::min(last, recent_.End());
  if (last <= one.told) return;
  one.connection.Add(recent_.OmittedFrame(one.told.Next(), last));
  one.told = last;
}

void FeedHub::TellFromPage(Subscriber& one, const FeedPage& page) {
  std::vector<std::string_view> omitted;
  const auto tell_omitted = [&](Position last) {
    if (omitted.empty()) return;
    one.connection.Add(
        MakeFrame("omitted", {one.epoch, last}, OmittedText(one.told.Next(), omitted)));
    omitted.clear();
  };
  for (const auto& event : page.events) {
    const Position position = event.event.position;
    if (position <= one.told) continue;
    if (!Shows(one.group->view, event)) {
      omitted.push_back(event.event.leaf_hash);
      continue;
    }
    if (one.waits_once) return Finish(one);
    if (one.connection.Pending() >= options_.output_bytes_max) return;
    tell_omitted(Position{position.value - 1});
    one.connection.Add(MakeFrame("", {one.epoch, position}, *TextFor(one.group->view, event)));
    one.position = one.told = position;
  }
  const Position last = page.events.back().event.position;
  if (!one.waits_once) tell_omitted(last);
  one.position = one.told = std::max(one.told, last);
}

void FeedHub::Heartbeat(Subscriber& one) {
  // A client that does not take what waits for it needs no sign of life.
  const bool waits = one.connection.Pending() > 0 && one.wants_write;
  if (one.waits_once || one.ending || waits) return;
  const bool abreast = started_ && !one.reading && one.told >= recent_.After();
  if (abreast) TellOmitted(one, one.position);
  const auto head = std::max(head_, one.told);
  one.connection.Add(MakeFrame("heartbeat", {one.epoch, one.told},
                               fmt::format(R"({{"position":{},"head":{},"fresh":{}}})",
                                           one.told.value, head.value, fresh_)));
  Flush(one);
}

void FeedHub::End(Subscriber& one, std::string_view reason) {
  if (one.ending) return;
  if (one.waits_once) return Finish(one);
  one.connection.DropUnbegun();
  one.connection.Add(std::make_shared<const std::string>(
      fmt::format("event: end\ndata: {}\n\n", FarewellText(reason))));
  one.ending = true;
  one.close_by = options_.now() + options_.farewell;
  Flush(one);
}

void FeedHub::Finish(Subscriber& one) {
  if (!one.answer) return;
  one.reading = true;
  workers_.Do([this, id = one.id, answer = std::exchange(one.answer, nullptr)] {
    auto text = std::make_shared<const std::string>(answer());
    Post([this, id, text] {
      const auto found = subscribers_.find(id);
      if (found == subscribers_.end()) return;
      Subscriber& waiting = *found->second;
      waiting.connection.Add(text);
      waiting.ending = true;
      waiting.close_by = options_.now() + options_.stall_max;
      Flush(waiting);
    });
  });
}

void FeedHub::Fork() {
  for (auto& [id, subscriber] : subscribers_) End(*subscriber, "history_forked");
  started_ = false;
  ReadEnd();
}

void FeedHub::EndAll() {
  stop_by_ = std::chrono::steady_clock::now() + options_.farewell;
  for (auto& [id, subscriber] : subscribers_) End(*subscriber, "shutting_down");
}

void FeedHub::RenewAll() {
  std::vector<std::pair<std::string, std::function<Renewal()>>> asked;
  for (const auto& [key, group] : groups_) {
    if (group->renew) asked.emplace_back(key, group->renew);
  }
  if (asked.empty()) return;
  workers_.Do([this, asked = std::move(asked)] {
    for (const auto& [key, renew] : asked) {
      const Renewal renewal = renew();
      if (renewal == Renewal::kSame) continue;
      Post([this, group = key, renewal] { TakeRenewal(group, renewal); });
    }
  });
}

void FeedHub::TakeRenewal(const std::string& key, Renewal renewal) {
  const auto group = groups_.find(key);
  if (group == groups_.end()) return;
  const auto reason = renewal == Renewal::kGone ? "access_revoked" : "access_changed";
  for (auto& [id, subscriber] : subscribers_) {
    if (subscriber->group == group->second.get()) End(*subscriber, reason);
  }
}

}  // namespace docket
