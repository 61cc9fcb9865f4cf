/// What happened to a credit entry. Stored format: add a version instead of changing one.
#pragma once

#include <variant>

#include "workflows/credit/commands.hpp"
#include "workflows/credit/facts.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::credit {

struct EntryProposed : Propose {
  static constexpr std::string_view kType = "credit.proposed", kZh = "信用记录已提出";
};
struct EntryDecided : Decide {
  static constexpr std::string_view kType = "credit.decided", kZh = "已决定记入";
  std::optional<Date> banned_from;  ///< Of a ban: where its least and its most count from.
  static EntryDecided From(const Decide& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(Decide::Fields(),
                     FieldList{Field{"banned_from", &EntryDecided::banned_from, "禁止起始日期"}});
  }
};
struct EntryDeclined : Decline {
  static constexpr std::string_view kType = "credit.declined", kZh = "已决定不予记入";
};
struct EntryPublished : Publish {
  static constexpr std::string_view kType = "credit.published", kZh = "已公布";
};
struct EntryExempted : ExemptFromPublication {
  static constexpr std::string_view kType = "credit.exempted", kZh = "已决定不予公开";
};
struct RepairApplied : ApplyForRepair {
  static constexpr std::string_view kType = "credit.repair_applied", kZh = "已申请信用修复";
};
struct RepairDenied : DenyRepair {
  static constexpr std::string_view kType = "credit.repair_denied", kZh = "已决定不予修复";
};

// What ends an entry says from which day its publication has to go, where it was published.
struct EntryRepaired : GrantRepair {
  static constexpr std::string_view kType = "credit.repaired", kZh = "已准予修复";
  std::optional<Date> take_down_from;
  static EntryRepaired From(const GrantRepair& c, const Facts& facts, const Context& context);
  static FieldList Fields() {
    return FieldList(
        GrantRepair::Fields(),
        FieldList{Field{"take_down_from", &EntryRepaired::take_down_from, "撤下起算日"}});
  }
};
struct EntryRevoked : SourceAnnulled {
  static constexpr std::string_view kType = "credit.revoked", kZh = "已随来源决定撤销";
  std::optional<Date> take_down_from;
  static EntryRevoked From(const SourceAnnulled& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(
        SourceAnnulled::Fields(),
        FieldList{Field{"take_down_from", &EntryRevoked::take_down_from, "撤下起算日"}});
  }
};
struct EntryEnded {
  static constexpr std::string_view kType = "credit.ended", kZh = "期限已届满";
  std::optional<Date> take_down_from;
  static EntryEnded From(const EndByTime&, const Facts& facts, const Context& context);
  static FieldList Fields() {
    return {Field{"take_down_from", &EntryEnded::take_down_from, "撤下起算日"}};
  }
};
struct EntryTakenDown : TakeDown {
  static constexpr std::string_view kType = "credit.taken_down", kZh = "公示已撤下";
};
using Event = std::variant<EntryProposed, EntryDecided, EntryDeclined, EntryPublished,
                           EntryExempted, RepairApplied, RepairDenied, EntryRepaired, EntryRevoked,
                           EntryEnded, EntryTakenDown>;

void Apply(Facts& facts, const EntryProposed& e, const RecordedEvent& event);
void Apply(Facts& facts, const EntryDecided& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryDeclined& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryPublished& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryExempted& e, const RecordedEvent&);
void Apply(Facts& facts, const RepairApplied& e, const RecordedEvent&);
void Apply(Facts& facts, const RepairDenied& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryRepaired& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryRevoked& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryEnded& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryTakenDown& e, const RecordedEvent&);

}  // namespace docket::credit
