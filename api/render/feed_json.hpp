/// JSON Schemas of what the feed hands out, whichever way: one source for OpenAPI and AsyncAPI.
#pragma once

#include "domain/json.hpp"

namespace docket {

/// The CloudEvent (domain/cloud_event.hpp).
Json CloudEventSchema();
/// A run of positions that a subscriber is not shown.
Json OmittedRunSchema();
/// One answer of GET /v1/feed.
Json FeedPageSchema();

}  // namespace docket
