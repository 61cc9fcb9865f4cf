#include "api/http/message.hpp"

#include <algorithm>

#include "api/http/problem.hpp"
#include "domain/ensure.hpp"
#include "domain/text/utf8.hpp"

namespace docket::http {

namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Lower(x) == Lower(y); });
}

std::optional<std::string> FindHeader(const std::vector<NamedValue>& headers,
                                      std::string_view name) {
  for (const auto& header : headers) {
    if (SameName(header.name, name)) return header.value;
  }
  return std::nullopt;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { kPlus, kSpace };

std::optional<std::string> PercentDecode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::kSpace) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (!IsUtf8Text(out)) return std::nullopt;
  return out;
}

}  // namespace

std::vector<std::string_view> SplitAt(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string MediaTypeOf(std::string_view header) {
  std::string type(header.substr(0, header.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(), Lower);
  return type;
}

Expected<Target> Target::Parse(std::string_view text) {
  if (text.empty() || text.front() != '/') return tl::unexpected(TargetMalformed());
  Target target;
  const auto question = text.find('?');
  for (const auto part : SplitAt(text.substr(1, question - 1), '/')) {
    auto segment = PercentDecode(part, Plus::kPlus);
    if (!segment) return tl::unexpected(TargetMalformed());
    target.segments.push_back(std::move(*segment));
  }
  if (question == std::string_view::npos) return target;
  for (const auto part : SplitAt(text.substr(question + 1), '&')) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    auto name = PercentDecode(part.substr(0, equals), Plus::kSpace);
    auto value = equals == std::string_view::npos
                     ? std::optional<std::string>("")
                     : PercentDecode(part.substr(equals + 1), Plus::kSpace);
    if (!name || !value) return tl::unexpected(TargetMalformed());
    target.query.push_back({std::move(*name), std::move(*value)});
  }
  return target;
}

std::optional<std::string> Request::Header(std::string_view name) const {
  return FindHeader(headers, name);
}

std::size_t Request::HeaderCount(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(headers.begin(), headers.end(),
                    [&](const NamedValue& header) { return SameName(header.name, name); }));
}

const std::string& Request::Path(std::string_view name) const {
  const auto found = std::find_if(path.begin(), path.end(),
                                  [&](const NamedValue& value) { return value.name == name; });
  ENSURE(found != path.end(), "the route's pattern names {}", name);
  return found->value;
}

std::optional<std::string> Request::Query(std::string_view name) const {
  for (const auto& value : parsed.query) {
    if (value.name == name) return value.value;
  }
  return std::nullopt;
}

bool IsRequestId(std::string_view text) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return text.size() == kShape.size() &&
         std::equal(text.begin(), text.end(), kShape.begin(),
                    [](char c, char shape) { return shape == 'x' ? HexDigit(c) >= 0 : c == '-'; });
}

std::optional<std::string> Response::Header(std::string_view name) const {
  return FindHeader(headers, name);
}

std::string ToText(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace docket::http
