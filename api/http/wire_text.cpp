#include "api/http/wire_text.hpp"

#include <Poco/Net/HTTPResponse.h>

#include <fmt/format.h>

namespace docket::http {

std::string HeadText(const Response& response, std::optional<std::size_t> length) {
  using Status = Poco::Net::HTTPResponse::HTTPStatus;
  const auto& reason =
      Poco::Net::HTTPResponse::getReasonForStatus(static_cast<Status>(response.status));
  std::string text = fmt::format("HTTP/1.1 {} {}\r\nConnection: close\r\nContent-Type: {}\r\n",
                                 response.status, reason, response.content_type);
  if (length) text += fmt::format("Content-Length: {}\r\n", *length);
  for (const auto& header : response.headers) {
    text += fmt::format("{}: {}\r\n", header.name, header.value);
  }
  return text + "\r\n";
}

std::string WireText(const Response& response) {
  return HeadText(response, response.body.size()) + response.body;
}

}  // namespace docket::http
