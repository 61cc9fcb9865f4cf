/// What became of pushed messages (归集结果): message by message, whatever became of the others.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"

namespace docket::intake {

enum class Outcome : std::uint8_t {
  kAccepted,
  kDuplicate,    ///< Known already, with the same content.
  kConflict,     ///< Known already, with another content: what stands is not overwritten.
  kRejected,     ///< Not in order; it goes back to its provider as a data check.
  kQuarantined,  ///< From a system that is not admitted: nothing of it is taken in.
};

struct MessageReport {
  std::size_t index = 0;  ///< In the batch, from 0.
  std::optional<std::string> message{};
  std::optional<std::string> message_id{};
  std::optional<std::string> key{};
  Outcome outcome = Outcome::kRejected;
  bool late = false;               ///< Later than the agreed frequency of its kind.
  StreamId case_id{};              ///< The trade project; empty: none.
  StreamId check{};                ///< The data check that was opened; empty: none.
  std::optional<Rejection> why{};  ///< Why it was not accepted, every field at once.
};

struct BatchReport {
  std::string batch;  ///< The same for the same bytes of the same provider.
  Instant received_at;
  StreamId clue{};  ///< Raised because the system is not admitted; empty: none.
  std::vector<MessageReport> messages;

  std::int64_t Count(Outcome outcome) const;
};

/// For people and machines, on the command line and over HTTP.
Json ReportJson(const BatchReport& report);
Json ReportSchema();

}  // namespace docket::intake

namespace docket {

template <>
struct EnumTable<intake::Outcome> {
  using E = intake::Outcome;
  static constexpr std::array kNames{EnumName<E>{E::kAccepted, "accepted", "归集成功"},
                                     EnumName<E>{E::kDuplicate, "duplicate", "重复推送"},
                                     EnumName<E>{E::kConflict, "conflict", "内容冲突"},
                                     EnumName<E>{E::kRejected, "rejected", "归集失败"},
                                     EnumName<E>{E::kQuarantined, "quarantined", "已隔离"}};
};

}  // namespace docket
