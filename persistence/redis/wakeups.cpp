#include "persistence/redis/wakeups.hpp"

#include <fmt/format.h>

namespace docket {

namespace {

/// How long the end of the process may wait for a listener that hears nothing.
constexpr std::chrono::milliseconds kStopDelayMax{100};

}  // namespace

std::string WakeChannel(const std::string& prefix, LogId log) {
  return fmt::format("{}:{}:appended", prefix, log == LogId::kCases ? "cases" : "access");
}

WakeupSender::WakeupSender(WakeupOptions options)
    : options_(std::move(options)), redis_(options_.redis), thread_([this] { Run(); }) {}

WakeupSender::~WakeupSender() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void WakeupSender::Appended(Position position) {
  {
    const std::lock_guard guard(mutex_);
    next_ = std::max(position, next_.value_or(position));
  }
  wake_.notify_one();
}

void WakeupSender::Run() {
  bool reported = false;
  while (const auto position = TakeNext()) {
    try {
      redis_.Run({"PUBLISH", options_.channel, std::to_string(position->value)});
      reported = false;
    } catch (const RedisError& error) {
      // Whoever listens polls, too: what could not be said is not said later.
      if (!std::exchange(reported, true)) {
        options_.report({NoticeLevel::kWarning, "wakeups",
                         fmt::format("no wake-ups through redis: {}", error.what())});
      }
    }
  }
}

std::optional<Position> WakeupSender::TakeNext() {
  std::unique_lock guard(mutex_);
  wake_.wait(guard, [this] { return stopping_ || next_; });
  if (stopping_) return std::nullopt;
  return std::exchange(next_, std::nullopt);
}

WakeupListener::WakeupListener(WakeupOptions options, std::function<void()> wake)
    : options_(std::move(options)),
      wake_(std::move(wake)),
      redis_(options_.redis),
      thread_([this] { Run(); }) {}

WakeupListener::~WakeupListener() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  thread_.join();
}

void WakeupListener::Run() {
  int failures = 0;
  while (!IsStopping()) {
    try {
      Subscribe();
      failures = 0;
      wake_();
      Listen();
    } catch (const RedisError& error) {
      if (++failures == 1) {
        options_.report({NoticeLevel::kWarning, "wakeups",
                         fmt::format("no wake-ups from redis: {}", error.what())});
      }
      if (!WaitToRetry(failures)) return;
    }
  }
}

void WakeupListener::Subscribe() { redis_.Run({"SUBSCRIBE", options_.channel}); }

void WakeupListener::Listen() {
  using Clock = std::chrono::steady_clock;
  auto heard = Clock::now();
  bool asked = false;
  while (!IsStopping()) {
    if (const auto message = redis_.Receive(kStopDelayMax)) {
      heard = Clock::now();
      asked = false;
      const auto& parts = message->elements;
      if (!parts.empty() && parts.front().text == "message") wake_();
      continue;
    }
    const auto silence = Clock::now() - heard;
    if (asked && silence > options_.silence_max + options_.redis.command_timeout) {
      redis_.Close();
      throw RedisError("the subscription answers no more");
    }
    if (!asked && silence > options_.silence_max) {
      redis_.Send({"PING"});
      asked = true;
    }
  }
}

bool WakeupListener::WaitToRetry(int failures) {
  const auto delay = DelayAfter(failures, 0.5, options_.redis.backoff);
  std::unique_lock guard(mutex_);
  return !stop_.wait_for(guard, delay, [this] { return stopping_; });
}

bool WakeupListener::IsStopping() {
  const std::lock_guard guard(mutex_);
  return stopping_;
}

}  // namespace docket
