#include "api/http/parameters.hpp"

#include <algorithm>
#include <charconv>

#include "api/as_of.hpp"
#include "api/http/limits.hpp"
#include "api/http/problem.hpp"

namespace docket::http {

namespace {

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

tl::unexpected<Rejection> InvalidHeader(std::string_view name, const Refusal& refusal) {
  return tl::unexpected(InvalidParameter({{PointerTo("/header", name), std::string(refusal.code),
                                           std::string(refusal.zh), std::string(refusal.en)}}));
}

}  // namespace

void Parameters::Wrong(std::string_view name, const Refusal& refusal) {
  json_detail::Add(errors_, PointerTo("/query", name), refusal);
}

std::optional<std::string> Parameters::Text(std::string_view name) {
  auto text = request_.Query(name);
  if (text && (text->empty() || text->size() > kTextBytesMax)) {
    Wrong(name, {"text_empty", "内容为空或过长", "the value is empty or too long"});
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> Parameters::Known(
    std::string_view name, const std::function<bool(const std::string&)>& is_known) {
  auto text = Text(name);
  if (text && !is_known(*text)) {
    Wrong(name, {"unknown_choice", "取值无效", "not one of the known values"});
    return std::nullopt;
  }
  return text;
}

std::optional<std::int64_t> Parameters::Integer(std::string_view name, IntegerRange range) {
  const auto text = request_.Query(name);
  if (!text) return std::nullopt;
  const auto value = ParseInteger(*text);
  if (value && *value >= range.min && *value <= range.max) return value;
  const std::string limits = std::to_string(range.min) + "–" + std::to_string(range.max);
  errors_.push_back({PointerTo("/query", name), "number_out_of_range",
                     "应为 " + limits + " 之间的整数", "expected an integer within " + limits});
  return std::nullopt;
}

std::optional<bool> Parameters::Flag(std::string_view name) {
  const auto text = request_.Query(name);
  if (!text) return std::nullopt;
  if (*text == "true") return true;
  if (*text == "false") return false;
  Wrong(name, {"flag_invalid", "应为 true 或 false", "expected true or false"});
  return std::nullopt;
}

std::optional<Date> Parameters::Day(std::string_view name) {
  const auto text = request_.Query(name);
  if (!text) return std::nullopt;
  const auto date = Date::Parse(*text);
  if (!date) {
    Wrong(name, {"date_invalid", "日期无效，应为 YYYY-MM-DD", "not a date: expected YYYY-MM-DD"});
  }
  return date;
}

std::optional<RegionCode> Parameters::Region(std::string_view name) {
  const auto text = request_.Query(name);
  if (!text) return std::nullopt;
  if (RegionCode region(*text); region.IsValid()) return region;
  Wrong(name, {"region_invalid", "行政区划代码无效", "not a GB/T 2260 division code"});
  return std::nullopt;
}

AsOf Parameters::ReadAsOf(Position head) {
  const auto text = request_.Query("as_of");
  if (!text) return {};
  const auto as_of = ParseAsOf(*text);
  if (!as_of) {
    Wrong("as_of", {"as_of_invalid", "应为带时区的时间、日期或事件位置",
                    "expected an RFC 3339 instant, a date or a position"});
  }
  if (as_of && as_of->position && *as_of->position > head) {
    Wrong("as_of",
          {"position_ahead_of_log", "事件库尚无该位置", "the log has not come to that position"});
  }
  return as_of.value_or(AsOf());
}

Expected<void> Parameters::Check() const {
  if (!errors_.empty()) return tl::unexpected(InvalidParameter(errors_));
  return {};
}

Expected<CommandId> CommandIdOf(const Request& request) {
  const auto key = request.Header("Idempotency-Key");
  if (!key) return CommandId();
  const bool printable =
      std::all_of(key->begin(), key->end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (key->empty() || key->size() > kCommandIdBytesMax || !printable) {
    return InvalidHeader(
        "Idempotency-Key",
        {"idempotency_key_invalid", "幂等键应为 1 至 128 个可打印 ASCII 字符，不含空格",
         "expected 1 to 128 printable ASCII characters without spaces"});
  }
  return CommandId(*key);
}

Expected<std::optional<Version>> IfMatchOf(const Request& request) {
  const auto tag = request.Header("If-Match");
  if (!tag || *tag == "*") return std::nullopt;
  if (tag->size() > 2 && tag->front() == '"' && tag->back() == '"') {
    const auto version = ParseInteger(std::string_view(*tag).substr(1, tag->size() - 2));
    if (version && *version >= 0) return Version(*version);
  }
  return InvalidHeader("If-Match", {"if_match_invalid", "应为带引号的版本号，如 \"7\"",
                                    "expected one quoted version, such as \"7\""});
}

std::string ETagOf(Version people_version) {
  return "\"" + std::to_string(people_version.value) + "\"";
}

}  // namespace docket::http
