/// What values outside a body may be: each type checks a text and says in JSON Schema what it is.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/json.hpp"
#include "domain/rejection.hpp"

namespace docket::http {

struct ValueType {
  Json schema;
  /// What is wrong with a text, without a pointer; nullopt when nothing is.
  std::function<std::optional<FieldError>(const std::string&)> check;
};

struct IntegerRange {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// Anything from 1 byte to kTextBytesMax.
ValueType AnyText();
/// `by_default` is only said, not applied.
ValueType IntegerWithin(IntegerRange range, std::optional<std::int64_t> by_default = {});
ValueType Flag();
ValueType Day();
/// An RFC 3339 instant, a China date or a position.
ValueType AsOfText();
ValueType Region();
/// One of a closed list: a filter that matches nothing ever is a mistake, not an empty list.
ValueType OneOf(std::vector<std::string> names);
template <Named E>
ValueType ChoiceOf() {
  std::vector<std::string> names;
  for (const auto& entry : EnumTable<E>::kNames) names.emplace_back(entry.name);
  return OneOf(std::move(names));
}
/// Names of members of an object of this schema, apart by commas.
ValueType MembersOf(const Json& schema);
/// The id of a case of any workflow.
ValueType CaseIdText();
/// 1 to 128 printable ASCII characters without spaces.
ValueType IdempotencyKey();
/// A version in quotes, or `*`.
ValueType VersionTag();

}  // namespace docket::http
