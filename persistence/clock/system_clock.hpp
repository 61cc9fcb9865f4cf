/// Legal time as the machine tells it.
#pragma once

#include "domain/time.hpp"

namespace docket {

/// Thread-safe. May go back when the machine's clock is set; the log's recorded_at does not.
class SystemClock : public Clock {
 public:
  Instant Now() const override;
};

}  // namespace docket
