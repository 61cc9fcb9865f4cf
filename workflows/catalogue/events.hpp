/// What happened to an edition of the catalogue. Stored format: add a version instead of changing
/// one.
#pragma once

#include <variant>

#include "workflows/catalogue/commands.hpp"
#include "workflows/catalogue/facts.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::catalogue {

/// One edition in force a region (workflows/engine/claims.hpp). Stored in stream ids.
inline constexpr std::string_view kInForceRegistry = "catalogue_in_force";

struct CatalogueDrafted : Draft {
  static constexpr std::string_view kType = "catalogue.drafted", kZh = "目录已起草";
};
struct CatalogueRevised : Revise {
  static constexpr std::string_view kType = "catalogue.revised", kZh = "目录草案已修改";
};
struct DepartmentsConsulted : Consult {
  static constexpr std::string_view kType = "catalogue.consulted", kZh = "已征求意见";
};
struct OpinionGiven : GiveOpinion {
  static constexpr std::string_view kType = "catalogue.opinion_given", kZh = "意见已反馈";
};
struct CatalogueApproved : Approve {
  static constexpr std::string_view kType = "catalogue.approved", kZh = "目录已批准";
  Date effective_on;  ///< In force when this day begins.
  static CatalogueApproved From(const Approve& c, const Facts& facts, const Context&) {
    return {c, *facts.effective_on};
  }
  static FieldList Fields() {
    return FieldList(
        Approve::Fields(),
        FieldList{Field{"effective_on", &CatalogueApproved::effective_on, "施行日期"}});
  }
};
struct CatalogueInForce : TakeEffect {
  static constexpr std::string_view kType = "catalogue.in_force", kZh = "目录已施行";
  /// The region's edition before is superseded in the same append.
  std::vector<Claim> Claims(const Facts& before) const;
};
struct CatalogueSuperseded : Supersede {
  static constexpr std::string_view kType = "catalogue.superseded", kZh = "目录已被取代";
};
struct CatalogueAbandoned : Abandon {
  static constexpr std::string_view kType = "catalogue.abandoned", kZh = "目录制定已终止";
};
struct EntryChecked : CheckEntry {
  static constexpr std::string_view kType = "catalogue.entry_checked", kZh = "项目进场已检查";
  bool must_enter = false;
  static EntryChecked From(const CheckEntry& c, const Facts& facts, const Context&) {
    return {c, MustEnter(facts, c.trade)};
  }
  static FieldList Fields() {
    return FieldList(CheckEntry::Fields(),
                     FieldList{Field{"must_enter", &EntryChecked::must_enter, "应当进场"}});
  }
};
/// 应进未进, with the basis of the entry.
struct EntryMissing {
  static constexpr std::string_view kType = "catalogue.entry_missing", kZh = "项目应进未进";
  ProjectCode project;
  std::string basis;
  static std::optional<EntryMissing> From(const CheckEntry& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return {Field{"project", &EntryMissing::project, "招标项目编号"},
            Field{"basis", &EntryMissing::basis, "依据"}};
  }
};
struct EnteredVoluntarily : EnterVoluntarily {
  static constexpr std::string_view kType = "catalogue.entered_voluntarily", kZh = "已自愿进场";
};
struct EntryWithdrawn : WithdrawEntry {
  static constexpr std::string_view kType = "catalogue.entry_withdrawn", kZh = "已撤回自愿进场";
};
struct PlatformChosen : ChoosePlatform {
  static constexpr std::string_view kType = "catalogue.platform_chosen", kZh = "已选择交易平台";
};
using Event =
    std::variant<CatalogueDrafted, CatalogueRevised, DepartmentsConsulted, OpinionGiven,
                 CatalogueApproved, CatalogueInForce, CatalogueSuperseded, CatalogueAbandoned,
                 EntryChecked, EntryMissing, EnteredVoluntarily, EntryWithdrawn, PlatformChosen>;

void Apply(Facts& facts, const CatalogueDrafted& e, const RecordedEvent& event);
void Apply(Facts& facts, const CatalogueRevised& e, const RecordedEvent&);
void Apply(Facts& facts, const DepartmentsConsulted& e, const RecordedEvent&);
void Apply(Facts& facts, const OpinionGiven& e, const RecordedEvent& event);
void Apply(Facts& facts, const CatalogueApproved& e, const RecordedEvent&);
void Apply(Facts& facts, const CatalogueInForce& e, const RecordedEvent&);
void Apply(Facts& facts, const CatalogueSuperseded& e, const RecordedEvent&);
void Apply(Facts& facts, const CatalogueAbandoned& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryChecked& e, const RecordedEvent&);
void Apply(Facts& facts, const EntryMissing& e, const RecordedEvent&);
void Apply(Facts& facts, const EnteredVoluntarily& e, const RecordedEvent& event);
void Apply(Facts& facts, const EntryWithdrawn& e, const RecordedEvent&);
void Apply(Facts& facts, const PlatformChosen& e, const RecordedEvent& event);

}  // namespace docket::catalogue
