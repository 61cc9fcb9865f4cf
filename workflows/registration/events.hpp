/// Events of a registration. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflows/engine/workflow.hpp"
#include "workflows/registration/facts.hpp"

namespace docket::registration {

struct EntrySubmitted : Submit {
  static constexpr std::string_view kType = "registration.submitted", kZh = "登记申请已提交";
};
struct FoundNotCompetent : ReturnNotCompetent {
  static constexpr std::string_view kType = "registration.not_competent",
                                    kZh = "已退回（不属本部门）";
};
struct EntrySignedFor {
  static constexpr std::string_view kType = "registration.signed_for", kZh = "登记申请已签收";
  std::vector<ActorId> handlers;
  UnitId unit;
  static EntrySignedFor From(const SignFor& c, const Facts&, const Context& context) {
    return {c.handlers, context.unit};
  }
  static FieldList Fields() {
    return {Field{"handlers", &EntrySignedFor::handlers, "承办人"},
            Field{"unit", &EntrySignedFor::unit, "承办单位"}};
  }
};
struct CorrectionWasRequested : RequestCorrection {
  static constexpr std::string_view kType = "registration.correction_requested",
                                    kZh = "已一次性告知补正";
};
struct CorrectionSupplied : SupplyCorrection {
  static constexpr std::string_view kType = "registration.correction_supplied", kZh = "已补正";
};
struct EntryReturned : ReturnIncomplete {
  static constexpr std::string_view kType = "registration.returned", kZh = "已退回（材料不齐）";
};

/// Acceptance, from which the prescribed limit runs, and the promised one where there is one.
struct EntryAccepted {
  static constexpr std::string_view kType = "registration.accepted", kZh = "登记申请已受理";
  Date accepted_on;
  bool deemed = false;
  std::optional<std::int64_t> prescribed_workdays;
  std::optional<std::int64_t> promised_workdays;
  std::optional<Date> promised_from;  ///< Present where there is a promise.
  static EntryAccepted From(const Accept& c, const Facts&, const Context& context);
  /// From the day of receipt (行政许可法 32).
  static EntryAccepted From(const DeemAccept&, const Facts& facts, const Context&);
  static FieldList Fields() {
    return {Field{"accepted_on", &EntryAccepted::accepted_on, "受理日期"},
            Field{"deemed", &EntryAccepted::deemed, "视为受理"},
            Field{"prescribed_workdays", &EntryAccepted::prescribed_workdays, "规定期限（工作日）"},
            Field{"promised_workdays", &EntryAccepted::promised_workdays, "承诺期限（工作日）"},
            Field{"promised_from", &EntryAccepted::promised_from, "承诺起算日期"}};
  }
};
struct EntryReviewed : Review {
  static constexpr std::string_view kType = "registration.reviewed", kZh = "已审查";
};

/// The entry as it stands from now on: version 1, 2, 3 …
struct EntryRegistered : Register {
  static constexpr std::string_view kType = "registration.registered", kZh = "已登记";
  std::int64_t version = 0;
  static EntryRegistered From(const Register& c, const Facts& facts, const Context&) {
    return {c, facts.version + 1};
  }
  static FieldList Fields() {
    return FieldList(Register::Fields(),
                     FieldList{Field{"version", &EntryRegistered::version, "登记版本"}});
  }
};
struct EntryRefused : Refuse {
  static constexpr std::string_view kType = "registration.refused", kZh = "已决定不予登记";
};
/// The entry stays as it was.
struct UpdateRefused : Refuse {
  static constexpr std::string_view kType = "registration.update_refused", kZh = "已决定不予变更";
};

/// Runs under the limits under which the entry itself was accepted.
struct UpdateRequested : RequestUpdate {
  static constexpr std::string_view kType = "registration.update_requested",
                                    kZh = "已申请变更或维护";
  std::optional<std::int64_t> prescribed_workdays;
  std::optional<std::int64_t> promised_workdays;
  std::optional<Date> promised_from;  ///< Present where there is a promise.
  static UpdateRequested From(const RequestUpdate& c, const Facts& facts, const Context& context);
  static FieldList Fields() {
    return FieldList(
        RequestUpdate::Fields(),
        FieldList{
            Field{"prescribed_workdays", &UpdateRequested::prescribed_workdays,
                  "规定期限（工作日）"},
            Field{"promised_workdays", &UpdateRequested::promised_workdays, "承诺期限（工作日）"},
            Field{"promised_from", &UpdateRequested::promised_from, "承诺起算日期"}});
  }
};
struct EntryCancelled : Cancel {
  static constexpr std::string_view kType = "registration.cancelled", kZh = "登记已注销";
};
struct EntryWithdrawn : Withdraw {
  static constexpr std::string_view kType = "registration.withdrawn", kZh = "登记申请已撤回";
};
/// Also where an application that was deemed accepted still had no department.
struct HandlersAssigned : AssignHandlers {
  static constexpr std::string_view kType = "registration.handlers_assigned", kZh = "承办人已更换";
  UnitId unit;
  static HandlersAssigned From(const AssignHandlers& c, const Facts&, const Context& context) {
    return {c, context.unit};
  }
  static FieldList Fields() {
    return FieldList(AssignHandlers::Fields(),
                     FieldList{Field{"unit", &HandlersAssigned::unit, "承办单位"}});
  }
};

using Event = std::variant<EntrySubmitted, FoundNotCompetent, EntrySignedFor,
                           CorrectionWasRequested, CorrectionSupplied, EntryReturned, EntryAccepted,
                           EntryReviewed, EntryRegistered, EntryRefused, UpdateRefused,
                           UpdateRequested, EntryCancelled, EntryWithdrawn, HandlersAssigned>;

void Apply(Facts&, const EntrySubmitted&, const RecordedEvent&);
void Apply(Facts&, const FoundNotCompetent&, const RecordedEvent&);
void Apply(Facts&, const EntrySignedFor&, const RecordedEvent&);
void Apply(Facts&, const CorrectionWasRequested&, const RecordedEvent&);
void Apply(Facts&, const CorrectionSupplied&, const RecordedEvent&);
void Apply(Facts&, const EntryReturned&, const RecordedEvent&);
void Apply(Facts&, const EntryAccepted&, const RecordedEvent&);
void Apply(Facts&, const EntryReviewed&, const RecordedEvent&);
void Apply(Facts&, const EntryRegistered&, const RecordedEvent&);
void Apply(Facts&, const EntryRefused&, const RecordedEvent&);
void Apply(Facts&, const UpdateRefused&, const RecordedEvent&);
void Apply(Facts&, const UpdateRequested&, const RecordedEvent&);
void Apply(Facts&, const EntryCancelled&, const RecordedEvent&);
void Apply(Facts&, const EntryWithdrawn&, const RecordedEvent&);
void Apply(Facts&, const HandlersAssigned&, const RecordedEvent&);

}  // namespace docket::registration
