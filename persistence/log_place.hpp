/// How far something that follows a log has come (断点), and what a fork of its history does to it.
#pragma once

#include <vector>

#include "persistence/store.hpp"

namespace docket {

struct LogPlace {
  Epoch epoch;        ///< Of the history that was read.
  Position position;  ///< Everything up to here was followed.
};

/// Where to go on in the history of today, the last of `epochs`: what was followed behind a fork
/// was another's.
LogPlace BeforeForks(const LogPlace& place, const std::vector<EpochStart>& epochs);

}  // namespace docket
