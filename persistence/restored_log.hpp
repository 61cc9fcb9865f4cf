/// What restoring a log led to: a new epoch, and from where on its history may differ.
#pragma once

#include "domain/ids.hpp"

namespace docket {

struct RestoredLog {
  Epoch epoch;        ///< New.
  Epoch from_epoch;   ///< Of the history that was restored.
  Position position;  ///< Where the two may fork: the last event that was restored.
};

}  // namespace docket
