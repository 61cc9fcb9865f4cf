/// What is known of an edition, folded from its events; and what it says of a project.
#pragma once

#include "workflows/catalogue/vocabulary.hpp"

namespace docket::catalogue {

/// Where a project trades: by its owner's choice.
struct PlatformChoice {
  ProjectCode project;
  UnitId owner;
  UnitId platform;
  bool voluntary = false;  ///< Outside of what must enter.
  static FieldList Fields() {
    return {Field{"project", &PlatformChoice::project, "招标项目编号"},
            Field{"owner", &PlatformChoice::owner, "项目单位"},
            Field{"platform", &PlatformChoice::platform, "选择的平台"},
            Field{"voluntary", &PlatformChoice::voluntary, "自愿进场"}};
  }
};

struct Facts {
  std::string state = "undrafted";
  RegionCode region;
  UnitId unit;
  std::string title;
  std::string document_number;
  std::optional<Date> effective_on;
  std::vector<CatalogueEntry> entries;
  std::vector<UnitId> departments;  ///< Consulted on the present text.
  std::vector<UnitId> answered;
  std::optional<Date> opinions_by;
  std::int64_t due = 0;  ///< Checked projects that had to enter.
  std::int64_t missing = 0;
  std::vector<PlatformChoice> choices;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"unit", &Facts::unit, "制定单位"},
            Field{"title", &Facts::title, "目录名称"},
            Field{"document_number", &Facts::document_number, "文号"},
            Field{"effective_on", &Facts::effective_on, "施行日期"},
            Field{"entries", &Facts::entries, "目录条目"},
            Field{"departments", &Facts::departments, "征求意见单位"},
            Field{"answered", &Facts::answered, "已反馈单位"},
            Field{"opinions_by", &Facts::opinions_by, "反馈期限"},
            Field{"due", &Facts::due, "应进场项目"},
            Field{"missing", &Facts::missing, "应进未进项目"},
            Field{"choices", &Facts::choices, "平台选择"}};
  }
};

/// The entry that the trade falls under: the latest in effect on its day for its class and owner,
/// where the trade reaches the threshold; nullptr when there is none.
const CatalogueEntry* EntryFor(const Facts& facts, const Trade& trade);
/// 应进必进: True where that entry obliges.
bool MustEnter(const Facts& facts, const Trade& trade);
/// nullptr when its owner has chosen nothing.
const PlatformChoice* ChoiceFor(const Facts& facts, const ProjectCode& project);

}  // namespace docket::catalogue
