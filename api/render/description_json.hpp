/// A workflow's description as JSON: what a console draws its buttons and forms from.
#pragma once

#include "workflows/engine/description.hpp"

namespace docket {

Json DescriptionJson(const Description& description);
Json DescriptionSchema();

}  // namespace docket
