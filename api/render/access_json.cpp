#include "api/render/access_json.hpp"

#include "persistence/access/access_events.hpp"

namespace docket {

Json AccessEventJson(const RecordedEvent& event) {
  const bool is_read = event.type == AccessWasRead::kType;
  Json json = {{"position", event.position.value},
               {"type", event.type},
               {"zh", is_read ? AccessWasRead::kZh : AccessWasDenied::kZh},
               {"recorded_at", event.recorded_at.ToString()},
               {"virtual_clock", event.virtual_clock},
               {"leaf_hash", event.leaf_hash}};
  // Without an account there is no unit, no role, and no single request either.
  if (!event.actor.empty()) {
    json["account"] = event.actor.value;
    json["unit"] = event.unit.value;
    json["role"] = Encode(event.role);
    json["request_id"] = event.correlation.value;
  }
  json.update(Json::parse(event.data));
  return json;
}

}  // namespace docket
