#include "api/http/body.hpp"

#include <algorithm>
#include <charconv>

#include "api/http/problem.hpp"

namespace docket::http {

namespace {

bool IsTokenCharacter(char c) { return c > ' ' && c < 0x7f; }

}  // namespace

Expected<std::size_t> BodyLengthOf(const Request& request) {
  for (const auto& header : request.headers) {
    const auto& name = header.name;
    if (!std::all_of(name.begin(), name.end(), IsTokenCharacter))
      return tl::unexpected(FramingAmbiguous());
  }
  const auto lengths = request.HeaderCount("Content-Length");
  if (lengths > 1) return tl::unexpected(FramingAmbiguous());
  if (request.HeaderCount("Transfer-Encoding") > 0) {
    return tl::unexpected(lengths > 0 ? FramingAmbiguous() : LengthRequired());
  }
  if (lengths == 0) return std::size_t{0};
  const std::string text = *request.Header("Content-Length");
  std::size_t length = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, length);
  if (text.empty() || error != std::errc() || stop != end)
    return tl::unexpected(FramingAmbiguous());
  return length;
}

Expected<std::string> ReadBody(std::istream& stream, std::size_t length) {
  std::string body(length, '\0');
  stream.read(body.data(), static_cast<std::streamsize>(length));
  if (static_cast<std::size_t>(stream.gcount()) != length) {
    return tl::unexpected(BodyUnreadable());
  }
  return body;
}

}  // namespace docket::http
