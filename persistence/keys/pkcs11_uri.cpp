#include "persistence/keys/pkcs11_uri.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace docket {

namespace {

constexpr Refusal kInvalid{
    "kek_uri_invalid",
    "令牌中密钥加密密钥的地址应为 "
    "pkcs11:token=标签;object=标签?module-path=/路径&pin-source=file:/路径",
    "a key-encryption key in a token is given as "
    "pkcs11:token=LABEL;object=LABEL?module-path=/PATH&pin-source=file:/PATH"};

tl::unexpected<Rejection> Wrong(std::string_view what) {
  Rejection rejection(RejectionKind::kInvalid, kInvalid);
  rejection.zh += fmt::format("（{}）", what);
  rejection.en += fmt::format(" ({})", what);
  return tl::unexpected(std::move(rejection));
}

int ValueOfHexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// nullopt: a % without its two digits, or a byte that no label and no path holds.
std::optional<std::string> PercentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? ValueOfHexDigit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? ValueOfHexDigit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < ' ') return std::nullopt;
    decoded += c;
  }
  return decoded;
}

/// What stands before the first `separator`; both are taken off `text`.
std::string_view TakeUntil(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

/// An attribute that is taken, and where its value goes.
struct Attribute {
  std::string_view name;
  std::string Pkcs11Uri::*value;
};
constexpr std::array kPathAttributes{Attribute{"token", &Pkcs11Uri::token},
                                     Attribute{"object", &Pkcs11Uri::object}};
constexpr std::array kQueryAttributes{Attribute{"module-path", &Pkcs11Uri::module},
                                      Attribute{"pin-source", &Pkcs11Uri::pin_file}};

/// `name=value`, with `separator` between two. False: what `wrong` names is wrong.
template <class Attributes>
bool Take(std::string_view text, char separator, const Attributes& attributes, Pkcs11Uri& uri,
          std::string& wrong) {
  if (text.ends_with(separator)) return false;
  while (!text.empty()) {
    std::string_view encoded = TakeUntil(text, separator);
    const bool has_name = encoded.find('=') != std::string_view::npos;
    // Without a name it may be a secret.
    wrong = has_name ? std::string(TakeUntil(encoded, '=')) : "=";
    const auto known = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const Attribute& one) { return one.name == wrong; });
    if (known == attributes.end()) return false;
    auto value = PercentDecoded(encoded);
    std::string& place = uri.*(known->value);
    if (!value || value->empty() || !place.empty()) return false;
    place = std::move(*value);
  }
  return true;
}

}  // namespace

Expected<Pkcs11Uri> ParsePkcs11Uri(std::string_view text) {
  if (!text.starts_with(kPkcs11Scheme) || text.size() > kPkcs11UriBytesMax) return Wrong("pkcs11");
  text.remove_prefix(kPkcs11Scheme.size());
  const auto path = TakeUntil(text, '?');
  Pkcs11Uri uri;
  std::string wrong = "=";
  if (!Take(path, ';', kPathAttributes, uri, wrong) ||
      !Take(text, '&', kQueryAttributes, uri, wrong)) {
    return Wrong(wrong);
  }
  for (const auto& attributes : {kPathAttributes, kQueryAttributes}) {
    for (const auto& attribute : attributes) {
      if ((uri.*(attribute.value)).empty()) return Wrong(attribute.name);
    }
  }
  constexpr std::string_view kFile = "file:";
  if (!uri.pin_file.starts_with("file:/")) return Wrong("pin-source");
  uri.pin_file.erase(0, kFile.size());
  // A name without a folder would be looked for along the library path.
  if (!uri.module.starts_with('/')) return Wrong("module-path");
  return uri;
}

}  // namespace docket
