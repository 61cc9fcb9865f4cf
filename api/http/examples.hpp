/// Examples of requests, from examples.json: one walk through a case, step by step. The document
/// shows them and a test sends them, in their order.
#pragma once

#include <string>

#include "domain/json.hpp"

namespace docket::http {

/// All steps: `{operation, as, summary, body}`; `as` is an account of the sample office, and the
/// case is the one that the first step opens.
const Json& ExampleWalk();

/// The examples of an operation's body as OpenAPI writes them; empty: there is none.
Json ExamplesOf(const std::string& operation_id);

}  // namespace docket::http
