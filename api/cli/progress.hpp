/// How far a long verb has come, on one line that is written again and again; for people only.
#pragma once

#include <cstdint>
#include <ostream>
#include <string_view>

namespace docket::cli {

/// Writes nothing where standard error is no terminal. Its line is gone when it goes.
class Progress {
 public:
  /// `err` outlives it; it is what standard error is written through.
  explicit Progress(std::ostream& err);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `total` 0: it is not known how much there is.
  void Show(std::string_view doing, std::int64_t done, std::int64_t total);

 private:
  std::ostream& err_;
  const bool is_terminal_;
};

}  // namespace docket::cli
