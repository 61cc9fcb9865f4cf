#include "api/feed/feed_hub.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include "domain/ensure.hpp"
#include "workflows/engine/reading_events.hpp"

namespace docket {

namespace {

constexpr auto kSource = "feed";
constexpr std::uint64_t kWakeId = 0;
constexpr int kEventsAtOnce = 256;
constexpr std::chrono::milliseconds kTick{50};

}  // namespace

FeedHub::FeedHub(const FeedReader& reader, FeedHubOptions options)
    : reader_(reader),
      options_(std::move(options)),
      poll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      recent_(options_.recent_events_max),
      workers_(options_.readers) {
  ENSURE(poll_.IsOpen() && wake_.IsOpen(), "there are files left for an epoll");
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  wanted.data.u64 = kWakeId;
  epoll_ctl(poll_.Number(), EPOLL_CTL_ADD, wake_.Number(), &wanted);
  thread_ = std::thread([this] { Run(); });
}

bool FeedHub::HasRoom() const {
  return subscribers_count_.load() < static_cast<std::int64_t>(options_.subscribers_max);
}

FeedHub::Status FeedHub::Now() const {
  return {.subscribers = subscribers_count_.load(),
          .slow_dropped = slow_dropped_.load(),
          .lag_max = lag_max_.load(),
          .read_to = Position{read_to_.load()}};
}

void FeedHub::Stream(StreamRequest request) {
  ++subscribers_count_;
  // A task is copied, a socket is not.
  auto shared = std::make_shared<StreamRequest>(std::move(request));
  Post([this, shared] {
    auto subscriber = std::make_unique<Subscriber>(std::move(shared->socket));
    subscriber->epoch = shared->after.epoch;
    subscriber->position = subscriber->told = shared->after.position;
    subscriber->connection.Add(std::make_shared<const std::string>(std::move(shared->preamble)));
    Begin(std::move(subscriber), std::move(shared->view), std::move(shared->renew));
  });
}

void FeedHub::Wait(WaitRequest request) {
  ++subscribers_count_;
  auto shared = std::make_shared<WaitRequest>(std::move(request));
  Post([this, shared] {
    auto subscriber = std::make_unique<Subscriber>(std::move(shared->socket));
    subscriber->epoch = shared->after.epoch;
    subscriber->position = subscriber->told = shared->after.position;
    subscriber->waits_once = true;
    subscriber->answer = std::move(shared->answer);
    subscriber->answer_by = options_.now() + shared->timeout;
    Begin(std::move(subscriber), std::move(shared->view), nullptr);
  });
}

void FeedHub::Wake() {
  if (subscribers_count_ == 0) return;
  Post([this] {
    if (!subscribers_.empty()) ReadEnd();
  });
}

void FeedHub::Stop() {
  if (!thread_.joinable()) return;
  Post([this] { EndAll(); });
  thread_.join();
  workers_.Stop();
}

void FeedHub::Post(Task task) {
  {
    const std::lock_guard guard(mutex_);
    tasks_.push_back(std::move(task));
  }
  eventfd_write(wake_.Number(), 1);
}

void FeedHub::Run() {
  std::array<epoll_event, kEventsAtOnce> events{};
  while (!stop_by_ || (!subscribers_.empty() && std::chrono::steady_clock::now() < *stop_by_)) {
    const int count = epoll_wait(poll_.Number(), events.data(), kEventsAtOnce, PauseMillis());
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      if (event.data.u64 == kWakeId) TakeTasks();
      else Serve(event.data.u64, event.events);
    }
    Tick();
    CloseThose();
  }
}

int FeedHub::PauseMillis() const {
  if (subscribers_.empty() && !stop_by_) return -1;
  if (end_wanted_ && !reading_end_) return 1;
  return static_cast<int>(kTick.count());
}

void FeedHub::TakeTasks() {
  eventfd_t count = 0;
  eventfd_read(wake_.Number(), &count);
  std::vector<Task> tasks;
  {
    const std::lock_guard guard(mutex_);
    tasks.swap(tasks_);
  }
  for (const auto& task : tasks) task();
}

void FeedHub::Begin(std::unique_ptr<Subscriber> subscriber, FeedView view,
                    std::function<Renewal()> renew) {
  Subscriber& one = *subscriber;
  one.id = next_id_++;
  one.moved_at = options_.now();
  auto key = KeyOf(view);
  auto& group = groups_[key];
  if (!group) {
    group = std::make_unique<Group>();
    group->view = std::move(view);
    group->key = std::move(key);
    group->begins = group->checked = std::max(recent_.After(), one.told);
  } else if (one.told < group->begins) {
    group->begins = group->checked = recent_.After();
    group->visible.clear();
  }
  if (!group->renew) group->renew = std::move(renew);
  ++group->users;
  one.group = group.get();
  epoll_event wanted{};
  wanted.events = EPOLLIN | EPOLLRDHUP;
  wanted.data.u64 = one.id;
  if (subscribers_.empty()) heartbeat_at_ = options_.now() + options_.heartbeat;
  subscribers_.emplace(one.id, std::move(subscriber));
  if (epoll_ctl(poll_.Number(), EPOLL_CTL_ADD, one.connection.File(), &wanted) != 0) {
    return CloseLater(one);
  }
  Flush(one);
  if (!started_) ReadEnd();
  else if (one.epoch != recent_.Epoch()) return End(one, "history_forked");
  Heartbeat(one);
  Advance(one);
}

void FeedHub::Serve(std::uint64_t id, std::uint32_t events) {
  const auto found = subscribers_.find(id);
  if (found == subscribers_.end()) return;
  Subscriber& one = *found->second;
  const bool gone = (events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0;
  if (gone || ((events & EPOLLIN) != 0 && !one.connection.Listen())) return CloseLater(one);
  if ((events & EPOLLOUT) == 0) return;
  Flush(one);
  Advance(one);
}

void FeedHub::Tick() {
  const auto now = options_.now();
  const bool gathered = now - end_read_at_ >= options_.gather;
  if (end_wanted_ && gathered && !subscribers_.empty()) ReadEnd();
  if (now - ticked_at_ < kTick) return;
  ticked_at_ = now;
  if (subscribers_.empty()) {
    lag_max_ = 0;
    return;
  }
  TickAll(now);
}

void FeedHub::TickAll(SteadyTime now) {
  if (now - end_read_at_ >= options_.poll) ReadEnd();
  if (now >= renew_at_) {
    renew_at_ = now + options_.renew_every;
    RenewAll();
  }
  const bool beats = now >= heartbeat_at_;
  if (beats) heartbeat_at_ = now + options_.heartbeat;
  std::int64_t lag_max = 0;
  for (auto& [id, subscriber] : subscribers_) {
    if (beats) Heartbeat(*subscriber);
    TickOne(*subscriber, now);
    lag_max = std::max(lag_max, head_.value - subscriber->position.value);
  }
  lag_max_ = lag_max;
}

void FeedHub::TickOne(Subscriber& one, SteadyTime now) {
  if (one.ending) {
    if (one.connection.Pending() == 0 || now >= one.close_by) CloseLater(one);
    return;
  }
  if (one.connection.Pending() > 0 && now - one.moved_at >= options_.stall_max) {
    ++slow_dropped_;
    return End(one, "slow_consumer");
  }
  if (one.answer && now >= one.answer_by) return Finish(one);
  if (started_ && one.told < recent_.After()) Advance(one);
}

void FeedHub::CloseLater(Subscriber& one) {
  one.ending = true;
  closing_.push_back(one.id);
}

void FeedHub::CloseThose() {
  for (const auto id : closing_) {
    const auto found = subscribers_.find(id);
    if (found == subscribers_.end()) continue;
    Group* group = found->second->group;
    if (--group->users == 0) groups_.erase(std::string(group->key));
    // Before the client can know that it was closed.
    --subscribers_count_;
    subscribers_.erase(found);
  }
  closing_.clear();
  // Nobody follows the log any more; whoever comes next begins at its end of then.
  if (subscribers_.empty()) started_ = false;
}

void FeedHub::Flush(Subscriber& one) {
  if (!one.wants_write) one.moved_at = options_.now();
  const auto sent = one.connection.Flush();
  if (sent == FeedConnection::Sent::kBroken) return CloseLater(one);
  if (sent == FeedConnection::Sent::kSome) one.moved_at = options_.now();
  WatchWrite(one, one.connection.Pending() > 0);
  if (one.ending && one.connection.Pending() == 0) CloseLater(one);
}

void FeedHub::WatchWrite(Subscriber& one, bool wanted) {
  if (one.wants_write == wanted) return;
  one.wants_write = wanted;
  epoll_event events{};
  events.events = EPOLLIN | EPOLLRDHUP | (wanted ? EPOLLOUT : 0U);
  events.data.u64 = one.id;
  epoll_ctl(poll_.Number(), EPOLL_CTL_MOD, one.connection.File(), &events);
}

void FeedHub::ReadEnd() {
  end_wanted_ = true;
  const auto now = options_.now();
  if (reading_end_ || (started_ && now - end_read_at_ < options_.gather)) return;
  end_wanted_ = false;
  reading_end_ = true;
  end_read_at_ = now;
  workers_.Do([this, starting = !started_, after = recent_.End()] {
    auto page = TryRead([&] {
      return starting ? FeedPage{reader_.ReadHead(), {}}
                      : reader_.ReadPage(after, options_.page_events);
    });
    Post([this, starting, page] { TakeEnd(starting, page); });
  });
}

void FeedHub::TakeEnd(bool starting, const std::shared_ptr<FeedPage>& page) {
  reading_end_ = false;
  fresh_ = page != nullptr;
  if (!page) return;
  // Read for those who have gone meanwhile.
  if (starting == started_) {
    if (!subscribers_.empty()) ReadEnd();
    return;
  }
  if (starting) return Start(page->head);
  if (page->head.epoch != recent_.Epoch()) return Fork();
  head_ = page->head.position;
  for (auto& event : page->events) {
    const bool restricts = event.event.type == reading::Restricted::kType;
    recent_.Add(std::move(event));
    if (restricts) CheckAgain(recent_.At(recent_.End()));
  }
  read_to_ = recent_.End().value;
  if (!page->events.empty()) AdvanceAll();
  if (page->events.size() == options_.page_events) ReadEnd();
}

void FeedHub::Start(const Head& head) {
  recent_.Restart(head.epoch, head.position);
  head_ = head.position;
  read_to_ = head_.value;
  started_ = true;
  for (auto& [key, group] : groups_) {
    group->begins = group->checked = head_;
    group->visible.clear();
  }
  for (auto& [id, subscriber] : subscribers_) {
    if (subscriber->epoch != head.epoch) End(*subscriber, "history_forked");
  }
  AdvanceAll();
}

void FeedHub::ReadBehind(Subscriber& one) {
  if (one.connection.Pending() >= options_.output_bytes_max) return;
  one.reading = true;
  auto& waiting = behind_[one.told];
  waiting.push_back(one.id);
  if (waiting.size() > 1) return;
  workers_.Do([this, after = one.told] {
    auto page = TryRead([&] { return reader_.ReadPage(after, options_.page_events); });
    Post([this, after, page] { TakeBehind(after, page); });
  });
}

void FeedHub::TakeBehind(Position after, const std::shared_ptr<FeedPage>& page) {
  const auto waiting = behind_.extract(after);
  fresh_ = page != nullptr;
  for (const auto id : waiting.mapped()) {
    const auto found = subscribers_.find(id);
    if (found == subscribers_.end()) continue;
    Subscriber& one = *found->second;
    one.reading = false;
    // After a failure the next tick asks again.
    if (one.ending || !page || page->events.empty()) continue;
    if (page->head.epoch != one.epoch) {
      End(one, "history_forked");
      continue;
    }
    TellFromPage(one, *page);
    Flush(one);
    Advance(one);
  }
}

std::shared_ptr<FeedPage> FeedHub::TryRead(const std::function<FeedPage()>& read) {
  try {
    auto page = std::make_shared<FeedPage>(read());
    if (failing_.exchange(false)) {
      options_.report({NoticeLevel::kInfo, kSource, "the feed goes on"});
    }
    return page;
  } catch (const std::exception& error) {
    if (!failing_.exchange(true)) {
      options_.report(
          {NoticeLevel::kWarning, kSource, fmt::format("the feed waits: {}", error.what())});
    }
    return nullptr;
  }
}

}  // namespace docket
