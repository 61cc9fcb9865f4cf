/// Reading a request's body: bounded while it arrives, whatever its framing promises.
#pragma once

#include <istream>
#include <string>

#include "api/http/message.hpp"
#include "domain/rejection.hpp"

namespace docket::http {

/// How many bytes of body follow the headers; 0 when none are announced. Only Content-Length says
/// so: a chunked body is refused with `length_required`, because the library that undoes chunks
/// takes truncated and malformed ones for whole. `framing_ambiguous`: a repeated Content-Length,
/// one that is no number or beside a Transfer-Encoding, and names with spaces in them; two
/// servers might see two different requests. How much is too much, the router knows.
Expected<std::size_t> BodyLengthOf(const Request& request);

/// Exactly `length` bytes; `body_unreadable` when the stream ends before.
Expected<std::string> ReadBody(std::istream& stream, std::size_t length);

}  // namespace docket::http
