/// What is known of a publication, folded from its events.
#pragma once

#include <optional>
#include <string>

#include "workflows/publication/commands.hpp"

namespace docket::publication {

struct Facts {
  std::string state = "unproposed";
  std::optional<Class> publication_class;
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;    ///< Competent department; of a service guide nobody's.
  UnitId author;  ///< The centre that proposed it; otherwise empty.
  std::optional<ProjectCode> project;
  std::optional<StreamId> source;
  std::optional<StreamId> supersedes;
  std::optional<Date> display_until;
  bool names_complainant = false;
  CircularLevel level = CircularLevel::kPublic;
  std::optional<DocumentDigest> content;  ///< As it was last submitted.
  std::optional<ExemptionGround> ground;  ///< Of the last redaction, or of the exemption.
  std::optional<Date> published_on;
  std::optional<Date> source_annulled_on;
  std::optional<StreamId> successor;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"class", &Facts::publication_class, "公开类别"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "监管行业"},
            Field{"unit", &Facts::unit, "行政监督部门"},
            Field{"author", &Facts::author, "拟稿中心"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"supersedes", &Facts::supersedes, "替代的公开"},
            Field{"display_until", &Facts::display_until, "公示截止日期"},
            Field{"names_complainant", &Facts::names_complainant, "载明投诉人"},
            Field{"level", &Facts::level, "公开范围"},
            Field{"content", &Facts::content, "拟公开文本"},
            Field{"ground", &Facts::ground, "不公开事由"},
            Field{"published_on", &Facts::published_on, "公开日期"},
            Field{"source_annulled_on", &Facts::source_annulled_on, "依据撤销日期"},
            Field{"successor", &Facts::successor, "新公开"}};
  }
};

}  // namespace docket::publication
