#include "api/http/body.hpp"

#include <array>
#include <charconv>

#include "api/http/limits.hpp"
#include "api/http/problem.hpp"

namespace docket::http {

Expected<Framing> FramingOf(const std::optional<std::string>& transfer_encoding,
                            const std::optional<std::string>& content_length) {
  const auto ambiguous = [] {
    return Refuse(RejectionKind::kInvalid, {"framing_ambiguous", "请求内容的长度标识有歧义",
                                            "the body's length is stated ambiguously"});
  };
  Framing framing;
  if (transfer_encoding) {
    if (content_length || *transfer_encoding != "chunked") return ambiguous();
    framing.chunked = true;
    return framing;
  }
  if (!content_length) return framing;
  std::uint64_t length = 0;
  const char* const end = content_length->data() + content_length->size();
  const auto [stop, error] = std::from_chars(content_length->data(), end, length);
  if (content_length->empty() || error != std::errc() || stop != end) return ambiguous();
  if (length > kBodyBytesMax) return tl::unexpected(BodyTooLarge());
  framing.length = length;
  return framing;
}

Expected<std::string> ReadBody(std::istream& stream, const Framing& framing,
                               std::size_t bytes_max) {
  std::string body;
  // Without either header a request has no body: waiting for the connection's end would hang.
  if (!framing.chunked && framing.length.value_or(0) == 0) return body;
  std::array<char, 16 * 1024> buffer;
  while (stream.good() && (framing.chunked || body.size() < *framing.length)) {
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto count = static_cast<std::size_t>(stream.gcount());
    if (body.size() + count > bytes_max) return tl::unexpected(BodyTooLarge());
    body.append(buffer.data(), count);
  }
  if (stream.bad() || (framing.length && body.size() != *framing.length)) {
    return tl::unexpected(BodyUnreadable());
  }
  return body;
}

}  // namespace docket::http
