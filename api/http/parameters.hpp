/// Query parameters and conditional headers as typed values; every wrong one is named.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "api/http/message.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::http {

struct IntegerRange {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// Reads parameter after parameter, then `Check` says whether one of them was wrong. A wrong one
/// reads as absent.
class Parameters {
 public:
  explicit Parameters(const Request& request) : request_(request) {}

  std::optional<std::string> Text(std::string_view name);
  /// A text that `is_known` says stands for something: a filter that matches nothing ever is a
  /// mistake, not an empty list.
  std::optional<std::string> Known(std::string_view name,
                                   const std::function<bool(const std::string&)>& is_known);
  std::optional<std::int64_t> Integer(std::string_view name, IntegerRange range);
  std::optional<bool> Flag(std::string_view name);
  std::optional<Date> Day(std::string_view name);
  std::optional<RegionCode> Region(std::string_view name);
  /// `as_of`: an RFC 3339 instant, a China date (up to its end), or a position up to the head.
  AsOf ReadAsOf(Position head);
  template <Named E>
  std::optional<E> Choice(std::string_view name) {
    const auto text = Text(name);
    if (!text) return std::nullopt;
    const auto value = FromName<E>(*text);
    if (!value) Wrong(name, {"unknown_choice", "取值无效", "not one of the known values"});
    return value;
  }
  template <class Id>
  std::optional<Id> Identifier(std::string_view name) {
    const auto text = Text(name);
    return text ? std::optional(Id(*text)) : std::nullopt;
  }

  Expected<void> Check() const;

 private:
  void Wrong(std::string_view name, const Refusal& refusal);
  const Request& request_;
  FieldErrors errors_;
};

/// `Idempotency-Key`: 1 to 128 printable ASCII characters; empty when absent.
Expected<CommandId> CommandIdOf(const Request& request);
/// `If-Match: "7"`; nullopt when absent or `*`.
Expected<std::optional<Version>> IfMatchOf(const Request& request);
std::string ETagOf(Version people_version);

}  // namespace docket::http
