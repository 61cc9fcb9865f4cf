/// What follows from the type of a filing (备案类型): its rule, its stage, whom it binds.
#pragma once

#include <optional>
#include <string>

#include "domain/actor.hpp"
#include "domain/trade.hpp"
#include "workflows/filing/vocabulary.hpp"

namespace docket::filing {

/// Id of the rule that gives its limit: `filing_written_report`.
std::string RuleOf(Type type);
/// The stage to which it belongs unless the obligation names another (HN17-1.2).
Stage StageOf(Type type);
/// True where the duty is an act, and what is submitted only shows that it was done.
bool IsAct(Type type);
/// True where no law gives a number, so that the obligation may bring its own.
bool HasOpenLimit(Type type);
/// True where only projects that must be tendered by law are bound (招标投标法 12, 47; 招标投标法
/// 实施条例 54).
bool BindsMandatoryTendersOnly(Type type);
/// True where the law of the type governs the trade: some are of procurement alone, some of
/// tendering alone. Without a trade nothing is excluded.
bool FitsTrade(Type type, const std::optional<Industry>& industry);
/// True where execution, change and payment are recorded and checked.
bool IsOfPerformance(Type type);

}  // namespace docket::filing
