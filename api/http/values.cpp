#include "api/http/values.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/ranges.h>

#include "api/as_of.hpp"
#include "api/http/limits.hpp"
#include "api/http/message.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::http {

namespace {

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

/// A type that is right or wrong as a whole.
template <class IsRight>
ValueType Checked(Json schema, const Refusal& refusal, IsRight is_right) {
  return {std::move(schema),
          [refusal, is_right](const std::string& text) -> std::optional<FieldError> {
            if (is_right(text)) return std::nullopt;
            return FieldError{"", std::string(refusal.code), std::string(refusal.zh),
                              std::string(refusal.en)};
          }};
}

bool IsShortText(const std::string& text) { return !text.empty() && text.size() <= kTextBytesMax; }

bool IsPrintable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool IsQuotedVersion(std::string_view text) {
  if (text == "*") return true;
  if (text.size() <= 2 || text.front() != '"' || text.back() != '"') return false;
  const auto version = ParseInteger(text.substr(1, text.size() - 2));
  return version && *version >= 0;
}

}  // namespace

ValueType AnyText() {
  return Checked({{"type", "string"}, {"minLength", 1}, {"maxLength", kTextBytesMax}},
                 {"text_empty", "内容为空或过长", "the value is empty or too long"}, IsShortText);
}

ValueType IntegerWithin(IntegerRange range, std::optional<std::int64_t> by_default) {
  Json schema = {{"type", "integer"}, {"format", "int64"}, {"minimum", range.min}};
  if (range.max < INT64_MAX) schema["maximum"] = range.max;
  if (by_default) schema["default"] = *by_default;
  return {std::move(schema), [range](const std::string& text) -> std::optional<FieldError> {
            const auto value = ParseInteger(text);
            if (value && *value >= range.min && *value <= range.max) return std::nullopt;
            const std::string limits = fmt::format("{}–{}", range.min, range.max);
            return FieldError{"", "number_out_of_range", "应为 " + limits + " 之间的整数",
                              "expected an integer within " + limits};
          }};
}

ValueType Flag() {
  return Checked({{"type", "boolean"}},
                 {"flag_invalid", "应为 true 或 false", "expected true or false"},
                 [](const std::string& text) { return text == "true" || text == "false"; });
}

ValueType Day() {
  return Checked({{"type", "string"}, {"format", "date"}},
                 {"date_invalid", "日期无效，应为 YYYY-MM-DD", "not a date: expected YYYY-MM-DD"},
                 [](const std::string& text) { return Date::Parse(text).has_value(); });
}

ValueType AsOfText() {
  const Json schema = {{"anyOf",
                        {{{"type", "string"}, {"format", "date-time"}},
                         {{"type", "string"}, {"format", "date"}},
                         {{"type", "integer"}, {"minimum", 1}}}}};
  return Checked(schema,
                 {"as_of_invalid", "应为带时区的时间、日期或事件位置",
                  "expected an RFC 3339 instant, a date or a position"},
                 [](const std::string& text) { return ParseAsOf(text).has_value(); });
}

ValueType Region() {
  return Checked({{"type", "string"}, {"pattern", "^[0-9]{6}$"}},
                 {"region_invalid", "行政区划代码无效", "not a GB/T 2260 division code"},
                 [](const std::string& text) { return RegionCode(text).IsValid(); });
}

ValueType OneOf(std::vector<std::string> names) {
  return Checked({{"type", "string"}, {"enum", names}},
                 {"unknown_choice", "取值无效", "not one of the known values"},
                 [names](const std::string& text) {
                   return std::find(names.begin(), names.end(), text) != names.end();
                 });
}

ValueType MembersOf(const Json& schema) {
  std::set<std::string> names;
  for (const auto& member : schema["properties"].items()) names.insert(member.key());
  const std::string name = fmt::format("({})", fmt::join(names, "|"));
  return Checked({{"type", "string"},
                  {"pattern", "^" + name + "(," + name + ")*$"},
                  {"examples", {*names.begin()}}},
                 {"member_unknown", "没有该字段，多个字段以逗号分开",
                  "there is no such member; several are apart by commas"},
                 [names](const std::string& text) {
                   const auto given = SplitAt(text, ',');
                   return std::all_of(given.begin(), given.end(), [&](std::string_view one) {
                     return names.contains(std::string(one));
                   });
                 });
}

ValueType CaseIdText() {
  std::vector<std::string_view> names;
  for (const auto* workflow : AllWorkflows()) names.push_back(workflow->Name());
  return Checked({{"type", "string"}, {"pattern", fmt::format("^({})-.+$", fmt::join(names, "|"))}},
                 {"unknown_choice", "取值无效", "not one of the known values"},
                 [](const std::string& text) { return WorkflowOf(StreamId(text)) != nullptr; });
}

ValueType IdempotencyKey() {
  const Json schema = {{"type", "string"},
                       {"minLength", 1},
                       {"maxLength", kCommandIdBytesMax},
                       {"pattern", "^[!-~]+$"}};
  return Checked(schema,
                 {"idempotency_key_invalid", "幂等键应为 1 至 128 个可打印 ASCII 字符，不含空格",
                  "expected 1 to 128 printable ASCII characters without spaces"},
                 [](const std::string& text) {
                   return !text.empty() && text.size() <= kCommandIdBytesMax && IsPrintable(text);
                 });
}

ValueType VersionTag() {
  return Checked({{"type", "string"}, {"pattern", "^(\\*|\"[0-9]+\")$"}},
                 {"if_match_invalid", "应为带引号的版本号，如 \"7\"",
                  "expected one quoted version, such as \"7\""},
                 [](const std::string& text) { return IsQuotedVersion(text); });
}

}  // namespace docket::http
