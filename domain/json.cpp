#include "domain/json.hpp"

#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "domain/json_refusals.hpp"

namespace docket {

namespace {

/// Finds what nlohmann's parser does not refuse by itself: a name given twice in one object.
class DuplicateFinder {
 public:
  void operator()(Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    if (event == Event::object_start || event == Event::array_start) {
      frames_.push_back({.in_array = event == Event::array_start});
    } else if (event == Event::key) {
      frames_.back().name = parsed.get<std::string>();
      const bool fresh = frames_.back().names.insert(frames_.back().name).second;
      if (!fresh && !duplicate_) duplicate_ = Pointer();
    } else {
      if (event != Event::value) frames_.pop_back();
      if (!frames_.empty() && frames_.back().in_array) ++frames_.back().index;
    }
  }
  const std::optional<std::string>& duplicate() const { return duplicate_; }

 private:
  /// One object or array that is being parsed, and the place in it.
  struct Frame {
    bool in_array = false;
    std::size_t index = 0;
    std::string name = {};
    std::set<std::string> names = {};
  };

  std::string Pointer() const {
    std::string pointer;
    for (const Frame& frame : frames_) {
      pointer = PointerTo(pointer, frame.in_array ? std::to_string(frame.index) : frame.name);
    }
    return pointer;
  }

  std::vector<Frame> frames_;
  std::optional<std::string> duplicate_;
};

/// Deep nesting must be refused before the recursive parser sees it.
bool NestsDeeperThan(std::string_view text, int depth_max) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      else if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > depth_max) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

std::u16string ToUtf16(std::string_view utf8) {
  std::u16string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) {
      code = (code << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
    }
    if (code >= 0x10000) {
      code -= 0x10000;
      out.push_back(static_cast<char16_t>(0xD800 + (code >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + (code & 0x3FF)));
    } else {
      out.push_back(static_cast<char16_t>(code));
    }
    i += length;
  }
  return out;
}

/// Number as ECMAScript prints it: plain between 1e-6 and 1e21, exponent outside.
std::string CanonicalNumber(double value) {
  ENSURE(std::isfinite(value), "a JSON number is finite");
  if (value == 0) return "0";
  std::array<char, 32> buffer{};
  const auto scientific = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                        std::chars_format::scientific);
  const std::string_view text(buffer.data(), scientific.ptr);
  const bool negative = text.front() == '-';
  const auto e = text.find('e');
  std::string digits(1, text[negative ? 1 : 0]);
  const std::size_t dot = text.find('.');
  if (dot != std::string_view::npos) digits += text.substr(dot + 1, e - dot - 1);
  const int exponent = std::stoi(std::string(text.substr(e + 1)));
  const int count = static_cast<int>(digits.size());
  std::string out;
  if (exponent >= 0 && exponent < 21) {
    out = digits.substr(0, std::min(count, exponent + 1));
    if (count <= exponent) out += std::string(exponent + 1 - count, '0');
    else if (count > exponent + 1) out += "." + digits.substr(exponent + 1);
  } else if (exponent < 0 && exponent >= -6) {
    out = "0." + std::string(-exponent - 1, '0') + digits;
  } else {
    out = digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "") +
          fmt::format("e{:+}", exponent);
  }
  return (negative ? "-" : "") + out;
}

void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
  }
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The members of an object by their names in UTF-16. Names of ASCII are in that order already.
std::vector<Json::const_iterator> InCanonicalOrder(const Json& object) {
  std::vector<Json::const_iterator> members;
  bool ascii = true;
  for (auto it = object.begin(); it != object.end(); ++it) {
    members.push_back(it);
    ascii = ascii && IsAscii(it.key());
  }
  if (ascii) return members;
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
    return ToUtf16(a.key()) < ToUtf16(b.key());
  });
  return members;
}

void AppendCanonical(std::string& out, const Json& value) {
  switch (value.type()) {
    case Json::value_t::object: {
      out += '{';
      bool first = true;
      for (const auto& member : InCanonicalOrder(value)) {
        if (!first) out += ',';
        first = false;
        AppendCanonicalString(out, member.key());
        out += ':';
        AppendCanonical(out, member.value());
      }
      out += '}';
      return;
    }
    case Json::value_t::array:
      out += '[';
      for (std::size_t i = 0; i < value.size(); ++i) {
        if (i > 0) out += ',';
        AppendCanonical(out, value[i]);
      }
      out += ']';
      return;
    case Json::value_t::string:
      AppendCanonicalString(out, value.get_ref<const std::string&>());
      return;
    case Json::value_t::number_integer: out += std::to_string(value.get<std::int64_t>()); return;
    case Json::value_t::number_unsigned: out += std::to_string(value.get<std::uint64_t>()); return;
    case Json::value_t::number_float: out += CanonicalNumber(value.get<double>()); return;
    case Json::value_t::boolean: out += value.get<bool>() ? "true" : "false"; return;
    default: out += "null"; return;
  }
}

}  // namespace

Expected<Json> ParseJson(std::string_view text, const JsonLimits& limits) {
  constexpr auto kInvalid = RejectionKind::kInvalid;
  if (text.size() > limits.bytes_max) {
    return Refuse(kInvalid, kJsonTooLarge);
  }
  if (NestsDeeperThan(text, limits.depth_max)) {
    return Refuse(kInvalid, kJsonTooDeep);
  }
  DuplicateFinder finder;
  Json value;
  try {
    value = Json::parse(text, [&](int, Json::parse_event_t event, const Json& parsed) {
      finder(event, parsed);
      return true;
    });
  } catch (const Json::out_of_range&) {
    return Refuse(kInvalid, kJsonNumberOutOfRange);
  } catch (const Json::parse_error& error) {
    auto rejection = Rejection(kInvalid, kJsonMalformed);
    // Only the place: the parser's own text quotes the input, which may hold personal data.
    rejection.en += fmt::format(" at byte {}", error.byte);
    rejection.zh += fmt::format("（第 {} 字节）", error.byte);
    return tl::unexpected(std::move(rejection));
  }
  if (finder.duplicate()) {
    auto rejection = Rejection(kInvalid, kJsonDuplicateName);
    rejection.fields.push_back({*finder.duplicate(), rejection.code, rejection.zh, rejection.en});
    return tl::unexpected(std::move(rejection));
  }
  return value;
}

void AppendCanonicalString(std::string& out, std::string_view text) {
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  };
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    // Runs of characters that stand for themselves are copied at once.
    std::size_t end = i;
    while (end < text.size() && is_plain(text[end])) ++end;
    out.append(text, i, end - i);
    if (end == text.size()) break;
    AppendEscaped(out, text[end]);
    i = end + 1;
  }
  out += '"';
}

std::string CanonicalJson(const Json& value) {
  std::string out;
  AppendCanonical(out, value);
  return out;
}

Rejection InvalidFields(FieldErrors errors) {
  Rejection rejection(RejectionKind::kInvalid,
                      {"invalid_fields", "字段填写有误", "one or more fields are invalid"});
  rejection.fields = std::move(errors);
  return rejection;
}

std::string PointerTo(const std::string& pointer, std::string_view name) {
  std::string out = pointer + "/";
  for (const char c : name) {
    if (c == '~') out += "~0";
    else if (c == '/') out += "~1";
    else out += c;
  }
  return out;
}

std::string JsonPath::ToPointer() const {
  if (above_ == nullptr) return std::string(name_);
  return PointerTo(above_->ToPointer(), index_ ? std::to_string(*index_) : std::string(name_));
}

namespace json_detail {

void Add(FieldErrors& errors, const JsonPath& path, const Refusal& refusal) {
  errors.push_back({path.ToPointer(), std::string(refusal.code), std::string(refusal.zh),
                    std::string(refusal.en)});
}

void AddWrongType(FieldErrors& errors, const JsonPath& path, std::string_view expected) {
  errors.push_back({path.ToPointer(), "wrong_type", fmt::format("类型错误，应为 {}", expected),
                    fmt::format("wrong type: expected {}", expected)});
}

void AddMissing(FieldErrors& errors, const JsonPath& path) {
  Add(errors, path, {"field_missing", "缺少必填字段", "this field is required"});
}

std::optional<std::string> DecodeText(const JsonView& json, const JsonPath& path,
                                      FieldErrors& errors) {
  const auto text = json.Text();
  if (!text) {
    AddWrongType(errors, path, "string");
    return std::nullopt;
  }
  if (text->find_first_not_of(" \t\r\n") == std::string_view::npos) {
    Add(errors, path, {"text_empty", "内容不能为空", "the text is empty"});
    return std::nullopt;
  }
  if (text->size() > kTextBytesMax) {
    Add(errors, path, {"text_too_long", "内容过长", "the text is too long"});
    return std::nullopt;
  }
  if (text->find('\0') != std::string_view::npos) {
    Add(errors, path, {"text_has_nul", "内容含空字符", "the text contains a NUL character"});
    return std::nullopt;
  }
  return std::string(*text);
}

std::optional<std::int64_t> DecodeInteger(const JsonView& json, const JsonPath& path,
                                          FieldErrors& errors) {
  const auto number = json.Integer();
  if (!number) AddWrongType(errors, path, "integer");
  return number;
}

std::optional<Date> DecodeDate(const JsonView& json, const JsonPath& path, FieldErrors& errors) {
  if (const auto text = json.Text()) {
    if (const auto date = Date::Parse(*text)) return date;
  }
  Add(errors, path,
      {"date_invalid", "日期无效，应为 YYYY-MM-DD", "not a date: expected YYYY-MM-DD"});
  return std::nullopt;
}

std::optional<Instant> DecodeInstant(const JsonView& json, const JsonPath& path,
                                     FieldErrors& errors) {
  if (const auto text = json.Text()) {
    if (const auto instant = Instant::Parse(*text)) return instant;
  }
  Add(errors, path,
      {"instant_invalid", "时间无效，应为 RFC 3339 格式并带时区",
       "not an instant: expected RFC 3339 with an offset"});
  return std::nullopt;
}

}  // namespace json_detail

}  // namespace docket
