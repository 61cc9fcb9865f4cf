/// The OpenAPI 3.1 document of the routes, and GET /v1/openapi.json, which serves it.
///
/// It is made from what each route says of itself (operation.hpp), from the workflows' tables and
/// from the refusals. Components are named by `schema::Component`.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/http/router.hpp"

namespace docket::http {

/// Throws std::logic_error when two different schemas share a component's name.
Json OpenApiDocument(const std::vector<const Route*>& routes);

/// Adds the route that serves the document of all routes of the router, its own included. Called
/// when all others have been added.
void AddOpenApiRoute(Router& router);

}  // namespace docket::http
