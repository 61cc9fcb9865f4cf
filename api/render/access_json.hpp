/// An event of the second log as JSON, the same over HTTP and on the command line.
#pragma once

#include "domain/event.hpp"
#include "domain/json.hpp"

namespace docket {

Json AccessEventJson(const RecordedEvent& event);
/// What it writes.
Json AccessEventSchema();

}  // namespace docket
