/// What is known of a credit entry, folded from its events.
#pragma once

#include "workflows/credit/vocabulary.hpp"

namespace docket::credit {

struct Facts {
  std::string state = "unproposed";
  UnitId unit;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<StreamId> source;
  std::vector<ActorId> handlers;
  EntryKind kind = EntryKind::kDishonesty;
  std::optional<CreditSubject> subject;
  std::optional<ActorId> account;
  std::string document_number;
  std::optional<ExpertAspect> aspect;
  bool restricts = false;
  RegionCode scope_region;
  std::vector<Industry> scope_industries;
  std::optional<Date> from;
  std::optional<Date> until;
  bool published = false;
  bool exempt = false;  ///< From publication.
  std::string outcome;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"unit", &Facts::unit, "决定单位"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "行业"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"handlers", &Facts::handlers, "承办人"},
            Field{"kind", &Facts::kind, "信用信息类别"},
            Field{"subject", &Facts::subject, "信用主体", Subject::kRespondent},
            Field{"account", &Facts::account, "主体账号"},
            Field{"document_number", &Facts::document_number, "来源决定文号"},
            Field{"aspect", &Facts::aspect, "履职方面"},
            Field{"restricts", &Facts::restricts, "限制参与"},
            Field{"scope_region", &Facts::scope_region, "适用区域"},
            Field{"scope_industries", &Facts::scope_industries, "适用行业"},
            Field{"from", &Facts::from, "起始日期"},
            Field{"until", &Facts::until, "截止日期"},
            Field{"published", &Facts::published, "已公布"},
            Field{"exempt", &Facts::exempt, "不予公开"},
            Field{"outcome", &Facts::outcome, "结果"}};
  }
};

/// What somebody wants to take part in.
struct Participation {
  Date on;
  RegionCode region;
  Industry industry = Industry::kConstruction;
};
/// True when the entry keeps its subject out of that: asked at 投标报名 (XX17-16).
bool Restricts(const Facts& facts, const Participation& participation);
/// True for what is to the subject's credit (FJ16-7 守信激励).
bool IsFavourable(EntryKind kind);

}  // namespace docket::credit
