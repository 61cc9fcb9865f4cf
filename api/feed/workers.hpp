/// A few threads that do what must not hold up the one that serves all connections.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace docket {

/// Thread-safe. Whatever a task throws is its own affair: it must not.
class Workers {
 public:
  using Task = std::function<void()>;

  explicit Workers(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { Run(); });
  }
  ~Workers() { Stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void Do(Task task) {
    {
      const std::lock_guard guard(mutex_);
      tasks_.push_back(std::move(task));
    }
    some_.notify_one();
  }
  /// Lets tasks that have begun come to their end; the others are dropped.
  void Stop() {
    {
      const std::lock_guard guard(mutex_);
      stopping_ = true;
    }
    some_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  void Run() {
    for (;;) {
      Task task;
      {
        std::unique_lock guard(mutex_);
        some_.wait(guard, [this] { return stopping_ || !tasks_.empty(); });
        if (stopping_) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      task();
    }
  }

  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable some_;
  std::deque<Task> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace docket
