#include "api/cli/progress.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace docket::cli {

namespace {

constexpr int kBarColumns = 30;
constexpr const char* kClearLine = "\r\033[K";

}  // namespace

Progress::Progress(std::ostream& err) : err_(err), is_terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (is_terminal_) err_ << kClearLine << std::flush;
}

void Progress::Show(std::string_view doing, std::int64_t done, std::int64_t total) {
  if (!is_terminal_) return;
  if (total <= 0) {
    err_ << fmt::format("{}{} {}", kClearLine, doing, done) << std::flush;
    return;
  }
  const double part = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  const auto full = static_cast<std::size_t>(part * kBarColumns);
  err_ << fmt::format("{}{} [{:<{}}] {:.0f}%", kClearLine, doing, std::string(full, '#'),
                      kBarColumns, part * 100)
       << std::flush;
}

}  // namespace docket::cli
