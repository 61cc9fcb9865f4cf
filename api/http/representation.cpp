#include "api/http/representation.hpp"

#include <algorithm>
#include <sstream>

#include <Poco/DeflatingStream.h>

#include "api/http/limits.hpp"
#include "api/http/problem.hpp"
#include "domain/evidence/sha256.hpp"

namespace docket::http {

namespace {

/// A quarter of the time of the usual level for a tenth more bytes.
constexpr int kGzipLevel = 2;

std::string_view Trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return "";
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

std::string_view Opaque(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

/// Does `is_one` hold for a part, without the blanks around it?
template <class IsOne>
bool AnyPart(std::string_view list, char separator, const IsOne& is_one) {
  const auto parts = SplitAt(list, separator);
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return is_one(Trimmed(part)); });
}

/// `q=0`, `q=0.0`, `q=0.000`: not wanted.
bool IsWeightZero(std::string_view parameter) {
  if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return false;
  return parameter.find_first_of("123456789") == std::string_view::npos;
}

bool IsGzip(std::string_view name) {
  return name.size() == 4 && std::equal(name.begin(), name.end(), "gzip",
                                        [](char a, char b) { return (a | 0x20) == b; });
}

std::string Gzip(const std::string& text) {
  std::ostringstream out;
  Poco::DeflatingOutputStream deflating(out, Poco::DeflatingStreamBuf::STREAM_GZIP, kGzipLevel);
  deflating.write(text.data(), static_cast<std::streamsize>(text.size()));
  deflating.close();
  return out.str();
}

}  // namespace

std::string WeakTagOf(std::string_view body) {
  constexpr std::size_t kDigits = 32;
  return "W/\"" + Sha256Hex(body).substr(0, kDigits) + "\"";
}

bool HoldsTag(std::string_view list, std::string_view tag) {
  return AnyPart(list, ',', [&](std::string_view part) {
    return part == "*" || (!part.empty() && Opaque(part) == Opaque(tag));
  });
}

bool TakesGzip(std::string_view accept_encoding) {
  return AnyPart(accept_encoding, ',', [](std::string_view part) {
    const auto end = part.find(';');
    if (!IsGzip(Trimmed(part.substr(0, end)))) return false;
    return end == std::string_view::npos || !AnyPart(part.substr(end + 1), ';', IsWeightZero);
  });
}

void Represent(const Request& request, Response& response) {
  if (response.take_over || response.parts) return;
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (reads && response.status == status::kOk && !response.Header("ETag")) {
    const std::string tag = WeakTagOf(response.body);
    response.Set("ETag", tag);
    if (HoldsTag(request.Header("If-None-Match").value_or(""), tag)) {
      response.status = status::kNotModified;
      response.body.clear();
    }
  }
  if (response.body.size() < kCompressBytesMin) return;
  if (!TakesGzip(request.Header("Accept-Encoding").value_or(""))) return;
  response.body = Gzip(response.body);
  response.Set("Content-Encoding", "gzip");
}

}  // namespace docket::http
