/// HTTP/1.1 answers as bytes, for connections that the server has handed over.
#pragma once

#include <optional>
#include <string>

#include "api/http/message.hpp"

namespace docket::http {

/// Status line and headers with the blank line; the connection ends with the answer. Without a
/// length the body lasts until then.
std::string HeadText(const Response& response, std::optional<std::size_t> length);
/// The whole answer.
std::string WireText(const Response& response);

}  // namespace docket::http
