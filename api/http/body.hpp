/// Reading a request's body: bounded while it arrives, whatever its framing promises.
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "domain/rejection.hpp"

namespace docket::http {

/// How the body's end is known.
struct Framing {
  bool chunked = false;
  std::optional<std::uint64_t> length;
};

/// From the two headers that say so. Refused: both at once and odd encodings (two servers might
/// see two different requests), a length that is no number, one over the limit.
Expected<Framing> FramingOf(const std::optional<std::string>& transfer_encoding,
                            const std::optional<std::string>& content_length);

/// At most `bytes_max`; one byte more is refused with `body_too_large`. `body_unreadable` when the
/// stream ends before the framing says so.
Expected<std::string> ReadBody(std::istream& stream, const Framing& framing, std::size_t bytes_max);

}  // namespace docket::http
