/// A request's body as the struct that its operation takes.
#pragma once

#include <string_view>

#include "api/http/message.hpp"
#include "domain/json.hpp"

namespace docket::http {

/// Refused as ParseJson and Decode refuse.
template <class Body>
Expected<Body> BodyFrom(std::string_view text) {
  const auto json = ParseJson(text);
  if (!json) return tl::unexpected(json.error());
  return Decode<Body>(*json);
}
template <class Body>
Expected<Body> BodyOf(const Request& request) {
  return BodyFrom<Body>(request.body);
}
/// No body at all is an empty object.
template <class Body>
Expected<Body> OptionalBodyOf(const Request& request) {
  return BodyFrom<Body>(request.body.empty() ? "{}" : std::string_view(request.body));
}

}  // namespace docket::http
