#include "persistence/notice.hpp"

#include <cstdio>

#include <fmt/format.h>

namespace docket {

void ReportToStderr(const Notice& notice) { fmt::print(stderr, "docket: {}\n", notice.message); }

}  // namespace docket
