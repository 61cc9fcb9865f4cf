#include "persistence/log_place.hpp"

#include <algorithm>

namespace docket {

LogPlace BeforeForks(const LogPlace& place, const std::vector<EpochStart>& epochs) {
  Position from = place.position;
  for (auto epoch = epochs.rbegin(); epoch != epochs.rend() && epoch->epoch != place.epoch;
       ++epoch) {
    from = std::min(from, epoch->fork);
  }
  return {epochs.back().epoch, from};
}

}  // namespace docket
