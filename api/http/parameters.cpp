#include "api/http/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "api/as_of.hpp"
#include "api/http/problem.hpp"

namespace docket::http {

namespace {

std::int64_t ToInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  // Only where a route forgot to declare the type of what its handler reads.
  if (!whole) throw std::logic_error("a number is read that the route does not declare");
  return value;
}

const Parameter* Declared(const Operation& operation, Place place, std::string_view name) {
  for (const auto& parameter : operation.parameters) {
    if (parameter.place == place && parameter.name == name) return &parameter;
  }
  return nullptr;
}

void CheckValue(const Parameter& parameter, const std::string& text, const std::string& pointer,
                FieldErrors& errors) {
  auto error = parameter.type.check(text);
  if (!error) return;
  error->pointer = pointer;
  errors.push_back(std::move(*error));
}

}  // namespace

Expected<void> CheckParameters(const Operation& operation, const Request& request) {
  FieldErrors errors;
  std::vector<std::string_view> seen;
  for (const auto& given : request.parsed.query) {
    const std::string pointer = PointerTo("/query", given.name);
    const auto* parameter = Declared(operation, Place::kQuery, given.name);
    if (parameter == nullptr) {
      errors.push_back({pointer, "parameter_unknown", "未知参数", "there is no such parameter"});
    } else if (std::find(seen.begin(), seen.end(), given.name) != seen.end()) {
      errors.push_back({pointer, "parameter_repeated", "参数重复", "given more than once"});
    } else {
      CheckValue(*parameter, given.value, pointer, errors);
    }
    seen.push_back(given.name);
  }
  for (const auto& parameter : operation.parameters) {
    if (parameter.place != Place::kHeader) continue;
    const auto value = request.Header(parameter.name);
    if (value) CheckValue(parameter, *value, PointerTo("/header", parameter.name), errors);
  }
  if (!errors.empty()) return tl::unexpected(InvalidParameter(std::move(errors)));
  return {};
}

std::optional<std::int64_t> Parameters::Integer(std::string_view name) const {
  const auto text = request_.Query(name);
  return text ? std::optional(ToInteger(*text)) : std::nullopt;
}

std::optional<bool> Parameters::Flag(std::string_view name) const {
  const auto text = request_.Query(name);
  return text ? std::optional(*text == "true") : std::nullopt;
}

std::optional<Date> Parameters::Day(std::string_view name) const {
  const auto text = request_.Query(name);
  return text ? Date::Parse(*text) : std::nullopt;
}

std::optional<RegionCode> Parameters::Region(std::string_view name) const {
  return Identifier<RegionCode>(name);
}

AsOf Parameters::ReadAsOf(Position head) {
  const auto text = request_.Query("as_of");
  const auto as_of = text ? ParseAsOf(*text) : std::nullopt;
  if (as_of && as_of->position && *as_of->position > head) {
    Wrong("as_of", kPositionAheadOfLog);
  }
  return as_of.value_or(AsOf());
}

Json Parameters::Only(Json object, std::string_view always) const {
  const auto fields = Text("fields");
  if (!fields) return object;
  Json some = Json::object();
  const auto keep = [&](std::string_view name) {
    const auto member = object.find(name);
    if (member != object.end()) some[std::string(name)] = *member;
  };
  keep(always);
  for (const auto name : SplitAt(*fields, ',')) keep(name);
  return some;
}

void Parameters::Wrong(std::string_view name, const Refusal& refusal) {
  json_detail::Add(errors_, PointerTo("/query", name), refusal);
}

Expected<void> Parameters::Check() const {
  if (!errors_.empty()) return tl::unexpected(InvalidParameter(errors_));
  return {};
}

CommandId CommandIdOf(const Request& request) {
  return CommandId(request.Header("Idempotency-Key").value_or(""));
}

std::optional<Version> IfMatchOf(const Request& request) {
  const auto tag = request.Header("If-Match");
  if (!tag || *tag == "*") return std::nullopt;
  return Version(ToInteger(std::string_view(*tag).substr(1, tag->size() - 2)));
}

std::string ETagOf(Version people_version) {
  return "\"" + std::to_string(people_version.value) + "\"";
}

}  // namespace docket::http
