/// The AsyncAPI 3 document of everything that Docket sends by itself: the stream, webhooks and the
/// Redis Stream, made from the envelope and the tables of the workflows.
#pragma once

#include "domain/json.hpp"

namespace docket {

Json AsyncApiDocument();

}  // namespace docket
