/// Query parameters and conditional headers as typed values.
///
/// The router has checked them against what the route declares (values.hpp): what is read here is
/// well formed. What only the handler can judge it reports with `Wrong`, and asks `Check`.
#pragma once

#include <optional>
#include <string>

#include "api/http/message.hpp"
#include "api/http/operation.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::http {

/// The parameter names a position that no event has yet.
inline constexpr Refusal kPositionAheadOfLog{"position_ahead_of_log", "事件库尚无该位置",
                                             "the log has not come to that position"};

/// Every value that is not of its declared type, and every query parameter that is not declared
/// or is given twice: a parameter that nobody reads is a misspelt filter, and its answer would be
/// wrong in silence. `invalid_parameter`, with all of them.
Expected<void> CheckParameters(const Operation& operation, const Request& request);

class Parameters {
 public:
  explicit Parameters(const Request& request) : request_(request) {}

  std::optional<std::string> Text(std::string_view name) const { return request_.Query(name); }
  std::optional<std::int64_t> Integer(std::string_view name) const;
  std::optional<bool> Flag(std::string_view name) const;
  std::optional<Date> Day(std::string_view name) const;
  std::optional<RegionCode> Region(std::string_view name) const;
  /// `as_of`: an RFC 3339 instant, a China date (up to its end), or a position up to the head.
  AsOf ReadAsOf(Position head);
  template <Named E>
  std::optional<E> Choice(std::string_view name) const {
    const auto text = Text(name);
    return text ? FromName<E>(*text) : std::nullopt;
  }
  template <class Id>
  std::optional<Id> Identifier(std::string_view name) const {
    const auto text = Text(name);
    return text ? std::optional(Id(*text)) : std::nullopt;
  }

  /// What `fields` leaves of an object, or all of it. `always` is never left out.
  Json Only(Json object, std::string_view always) const;

  void Wrong(std::string_view name, const Refusal& refusal);
  Expected<void> Check() const;

 private:
  const Request& request_;
  FieldErrors errors_;
};

/// `Idempotency-Key`; empty when absent.
CommandId CommandIdOf(const Request& request);
/// `If-Match: "7"`; nullopt when absent or `*`.
std::optional<Version> IfMatchOf(const Request& request);
std::string ETagOf(Version people_version);

}  // namespace docket::http
