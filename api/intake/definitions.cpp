#include "api/intake/definitions.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "domain/embedded.hpp"
#include "domain/ensure.hpp"
#include "domain/trade.hpp"

namespace docket::embedded {
const std::vector<File>& IntakeDefinitions();
}  // namespace docket::embedded

namespace docket::intake {

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

constexpr std::string_view kFolder = "data/intake/";
constexpr std::string_view kEnding = ".json";
constexpr std::string_view kEnvelope = "envelope";
constexpr std::array<std::string_view, 15> kOrder = {
    "project",     "section",    "notice",    "enrolment", "draw",
    "opening",     "evaluation", "publicity", "award",     "contract",
    "performance", "deposit",    "media",     "closing",   "heartbeat"};

std::size_t RankOf(std::string_view name) {
  return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), name) - kOrder.begin());
}

std::vector<MessageDefinition> ReadDefinitions() {
  std::map<std::string, std::map<std::string, Json>> versions;
  for (const auto& file : embedded::IntakeDefinitions()) {
    std::string_view path = file.path;
    ENSURE(path.starts_with(kFolder) && path.ends_with(kEnding), "{} is a definition", path);
    path.remove_prefix(kFolder.size());
    path.remove_suffix(kEnding.size());
    const auto slash = path.find('/');
    versions[std::string(path.substr(0, slash))][std::string(path.substr(slash + 1))] =
        Json::parse(file.text);
  }
  std::vector<MessageDefinition> definitions;
  for (auto& [version, files] : versions) {
    const Json envelope = files.at(std::string(kEnvelope));
    for (auto& [name, body] : files) {
      if (name == kEnvelope) continue;
      ENSURE(RankOf(name) < kOrder.size(), "{} has a place among the messages", name);
      body.erase("$schema");
      Json whole = envelope;
      whole["title"] = body["title"];
      whole["properties"]["standard_version"]["const"] = version;
      whole["properties"]["message"]["const"] = name;
      whole["properties"]["body"] = body;
      definitions.push_back({version, name, body["title"], std::move(whole)});
    }
  }
  std::stable_sort(definitions.begin(), definitions.end(),
                   [](const MessageDefinition& a, const MessageDefinition& b) {
                     if (a.version != b.version) return a.version < b.version;
                     return RankOf(a.name) < RankOf(b.name);
                   });
  return definitions;
}

/// Parsed once: parsing takes longer than validating.
const valijson::Schema& ParsedSchema(const MessageDefinition& definition) {
  static const auto parsed = [] {
    std::map<const MessageDefinition*, std::unique_ptr<valijson::Schema>> schemas;
    for (const auto& one : MessageDefinitions()) {
      auto schema = std::make_unique<valijson::Schema>();
      valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
      parser.populateSchema(Adapter(one.schema), *schema);
      schemas.emplace(&one, std::move(schema));
    }
    return schemas;
  }();
  return *parsed.at(&definition);
}

/// `<root>`, `[body]`, `[bidders]`, `[0]` as a pointer.
std::string PointerOf(const std::vector<std::string>& context) {
  std::string pointer;
  for (const auto& step : context) {
    const bool is_name = step.size() >= 2 && step.front() == '[' && step.back() == ']';
    if (is_name) pointer = PointerTo(pointer, step.substr(1, step.size() - 2));
  }
  return pointer;
}

std::string QuotedIn(const std::string& text) {
  const auto first = text.find('\'');
  const auto last = text.rfind('\'');
  return first == last ? "" : text.substr(first + 1, last - first - 1);
}

/// What the validator says, as every other field error is said. Errors that only repeat what is
/// said of a member are left out; unknown names, of which it says the first alone, are found below.
void AddComplaint(FieldErrors& errors, const valijson::ValidationResults::Error& error) {
  const std::string& said = error.description;
  const std::string pointer = PointerOf(error.context);
  if (said.starts_with("Failed to validate") || said.starts_with("Object contains a property")) {
    return;
  }
  if (said.starts_with("Missing required property")) {
    const std::string missing = PointerTo(pointer, QuotedIn(said));
    json_detail::AddMissing(errors, missing);
  } else {
    errors.push_back({pointer, "field_invalid", "内容不符合数据规范", said});
  }
}

std::optional<Date> ReadCompactDate(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  return Date::Parse(
      fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)));
}

/// nullopt: the text is not of its kind.
std::optional<std::string> InOrder(const std::string& kind, const std::string& text) {
  if (kind == "instant") {
    const auto at = ReadCompactInstant(text);
    return at ? std::optional(at->ToString()) : std::nullopt;
  }
  if (kind == "date") {
    const auto day = ReadCompactDate(text);
    return day ? std::optional(day->ToString()) : std::nullopt;
  }
  return CreditCode(text).IsWellFormed() ? std::optional(text) : std::nullopt;
}

constexpr Refusal kUnknownField{"field_unknown", "未知字段", "there is no such field"};
constexpr Refusal kNoSuchTime{"instant_invalid", "时间无效，应为 yyyyMMddHHmmss 或 yyyyMMdd",
                              "there is no such time: yyyyMMddHHmmss or yyyyMMdd"};

/// Puts every text that has a kind in order, and reports those that are not of it, and names that
/// the schema does not have.
void PutInOrder(const Json& schema, Json& value, const JsonPath& path, FieldErrors& errors) {
  const auto kind = schema.find("x-kind");
  if (kind != schema.end() && value.is_string()) {
    if (auto text = InOrder(*kind, value.get<std::string>())) value = std::move(*text);
    else
      json_detail::Add(errors, path, *kind == "credit_code" ? CreditCode::kMalformed : kNoSuchTime);
  } else if (value.is_object() && schema.contains("properties")) {
    for (const auto& [name, member] : schema["properties"].items()) {
      const auto found = value.find(name);
      if (found != value.end()) PutInOrder(member, *found, JsonPath(path, name), errors);
    }
    for (const auto& [name, _] : value.items()) {
      if (!schema["properties"].contains(name)) {
        json_detail::Add(errors, JsonPath(path, name), kUnknownField);
      }
    }
  } else if (value.is_array() && schema.contains("items")) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      PutInOrder(schema["items"], value[i], JsonPath(path, i), errors);
    }
  }
}

}  // namespace

const std::vector<MessageDefinition>& MessageDefinitions() {
  static const std::vector<MessageDefinition> definitions = ReadDefinitions();
  return definitions;
}

const MessageDefinition* FindDefinition(std::string_view version, std::string_view name) {
  for (const auto& one : MessageDefinitions()) {
    if (one.version == version && one.name == name) return &one;
  }
  return nullptr;
}

const MessageDefinition* NewestDefinition(std::string_view name) {
  const MessageDefinition* newest = nullptr;
  for (const auto& one : MessageDefinitions()) {
    if (one.name == name) newest = &one;
  }
  return newest;
}

std::vector<std::string> MessageNames() {
  std::vector<std::string> names;
  for (const auto name : kOrder) {
    if (NewestDefinition(name) != nullptr) names.emplace_back(name);
  }
  return names;
}

FieldErrors CheckMessage(const MessageDefinition& definition, const Json& message) {
  FieldErrors errors;
  // It keeps the patterns that it has compiled.
  thread_local valijson::Validator validator;
  valijson::ValidationResults results;
  if (!validator.validate(ParsedSchema(definition), Adapter(message), &results)) {
    valijson::ValidationResults::Error error;
    while (results.popError(error)) AddComplaint(errors, error);
  }
  FieldErrors of_kinds;
  Json copy = message;
  PutInOrder(definition.schema, copy, JsonPath(), of_kinds);
  for (auto& error : of_kinds) {
    const bool is_told = std::any_of(errors.begin(), errors.end(), [&](const FieldError& known) {
      return known.pointer == error.pointer;
    });
    if (!is_told) errors.push_back(std::move(error));
  }
  return errors;
}

Json BodyInOrder(const MessageDefinition& definition, const Json& message) {
  FieldErrors none;
  Json body = message.at("body");
  PutInOrder(definition.schema.at("properties").at("body"), body, JsonPath(), none);
  return body;
}

std::optional<Instant> ReadCompactInstant(std::string_view text) {
  if (text.size() != 14) return std::nullopt;
  return Instant::Parse(fmt::format("{}-{}-{}T{}:{}:{}+08:00", text.substr(0, 4), text.substr(4, 2),
                                    text.substr(6, 2), text.substr(8, 2), text.substr(10, 2),
                                    text.substr(12, 2)));
}

}  // namespace docket::intake
