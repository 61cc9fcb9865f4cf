/// How far a long verb has come: a bar that is drawn over itself where a person looks on, else a
/// line a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string_view>

namespace docket::cli {

/// Its bar is gone when it goes.
class Progress {
 public:
  /// `err` outlives it; a bar is drawn where it is standard error and that is a terminal.
  explicit Progress(std::ostream& err);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `total` 0: it is not known how much there is. `more`: to stand beside the bar.
  void Show(std::string_view doing, std::int64_t done, std::int64_t total,
            std::string_view more = "");

 private:
  std::ostream& err_;
  const bool is_terminal_;
  std::chrono::steady_clock::time_point next_{};  ///< Nothing is written before.
};

}  // namespace docket::cli
