/// How an answer is sent: not at all where the caller's copy is still right, and smaller where the
/// caller can read gzip.
#pragma once

#include <string>
#include <string_view>

#include "api/http/message.hpp"

namespace docket::http {

/// A weak entity tag of the bytes: equal bytes, equal tag.
std::string WeakTagOf(std::string_view body);

/// Does a list of tags, as in If-None-Match, hold this one? Weak comparison (RFC 9110, 8.8.3.2);
/// `*` holds any.
bool HoldsTag(std::string_view list, std::string_view tag);

/// Does this Accept-Encoding take gzip? Only where it is named with a weight above zero.
bool TakesGzip(std::string_view accept_encoding);

/// Gives an answer to a GET its tag, unless the handler has given one, and makes it a 304 when the
/// caller has it already. Then compresses what is left of at least kCompressBytesMin.
void Represent(const Request& request, Response& response);

}  // namespace docket::http
