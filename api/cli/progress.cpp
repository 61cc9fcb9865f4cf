#include "api/cli/progress.hpp"

#include <algorithm>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace docket::cli {

namespace {

constexpr std::size_t kBarColumns = 30;
constexpr const char* kClearLine = "\r\033[K";
constexpr std::chrono::milliseconds kBarEvery{100};
constexpr std::chrono::seconds kLineEvery{1};

std::string Bar(double part) {
  const auto full = static_cast<std::size_t>(part * static_cast<double>(kBarColumns));
  return fmt::format(" [{:<{}}]", std::string(full, '#'), kBarColumns);
}

}  // namespace

Progress::Progress(std::ostream& err)
    : err_(err), is_terminal_(&err == &std::cerr && isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (is_terminal_) err_ << kClearLine << std::flush;
}

void Progress::Show(std::string_view doing, std::int64_t done, std::int64_t total,
                    std::string_view more) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  std::string line(doing);
  if (total > 0) {
    const double part =
        std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
    if (is_terminal_) line += Bar(part);
    line += fmt::format(" {} / {} ({:.0f}%)", done, total, part * 100);
  } else {
    line += fmt::format(" {}", done);
  }
  if (!more.empty()) line += fmt::format("  {}", more);
  if (is_terminal_) err_ << kClearLine << line << std::flush;
  else err_ << line << std::endl;
  next_ = now + (is_terminal_ ? kBarEvery : std::chrono::milliseconds{kLineEvery});
}

}  // namespace docket::cli
