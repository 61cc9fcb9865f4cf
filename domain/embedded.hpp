/// Text files compiled into the binary: rules, calendars, migrations.
#pragma once

#include <string_view>
#include <vector>

namespace docket::embedded {

/// One file: its path below the source root, and its bytes. Lives as long as the process.
struct File {
  std::string_view path;
  std::string_view text;
};

}  // namespace docket::embedded
