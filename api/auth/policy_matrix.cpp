#include "api/auth/policy_matrix.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/auth/operations.hpp"

namespace docket {

namespace {

const RegionCode kCounty{"330482"};
const RegionCode kNextCounty{"330424"};
const RegionCode kCity{"330400"};

std::vector<std::string> NamesOf(const std::vector<Role>& roles) {
  std::vector<std::string> names;
  for (const Role role : roles) names.emplace_back(NameOf(role));
  return names;
}

std::string OperationLines() {
  std::string out;
  for (const auto& rule : OperationRules()) {
    out += fmt::format("use {} {}: {}{}\n", rule.method, rule.pattern, NameOf(rule.audience),
                       IsByField(rule.pattern) ? " by-field" : "");
  }
  return out;
}

std::string ReadingLines(const Description& table) {
  std::string out;
  for (const auto& role : EnumTable<Role>::kNames) {
    std::string cells;
    for (const auto& standing : EnumTable<Standing>::kNames) {
      const Access access = AccessFrom(standing.value, role.value, table);
      if (access == Access::kNone) continue;
      cells += fmt::format(" {}={}", standing.name, NameOf(access));
    }
    out += fmt::format("read {} {}:{}\n", table.name, role.name, cells.empty() ? " none" : cells);
  }
  return out;
}

std::string ActLines(const Description& table) {
  std::string out;
  for (const auto& cell : ActCells(table)) {
    out += fmt::format("act {} {} {}: {}", table.name, cell.state, cell.command,
                       fmt::join(NamesOf(cell.roles), " "));
    if (!cell.apart.empty()) out += fmt::format(" apart-from {}", fmt::join(cell.apart, " "));
    out += '\n';
  }
  return out;
}

std::string StateLines(const Description& table) {
  std::string out;
  for (const auto& state : table.states) {
    if (state.shown_as.empty()) continue;
    out += fmt::format("show {} {}: {}\n", table.name, state.name, state.shown_as);
  }
  return out;
}

Json ReadingsJson(const Description& table) {
  Json list = Json::array();
  for (const auto& role : EnumTable<Role>::kNames) {
    for (const auto& standing : EnumTable<Standing>::kNames) {
      list.push_back({{"workflow", table.name},
                      {"role", role.name},
                      {"standing", standing.name},
                      {"access", NameOf(AccessFrom(standing.value, role.value, table))}});
    }
  }
  return list;
}

}  // namespace

std::vector<ActCell> ActCells(const Description& table) {
  std::vector<ActCell> cells;
  for (const auto& row : table.rows) {
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const ActCell& cell) {
      return cell.state == row.from && cell.command == row.command;
    });
    if (found != cells.end()) continue;
    cells.push_back({row.from, row.command, RolesWith(table, row.command, row.from), row.apart});
  }
  return cells;
}

Access AccessFrom(Standing standing, Role role, const Description& table) {
  const Industry trade = Industry::kGovernmentProcurement;
  Unit unit{UnitId("unit"), "承办单位", kCounty, {trade}};
  Actor actor{ActorId("reader"), unit.id, {role}};
  CaseOutline outline;
  outline.table = &table;
  outline.region = kCounty;
  outline.industry = trade;
  outline.unit = unit.id;
  outline.handlers = {ActorId("handler")};
  outline.opened_by = ActorId("citizen");
  const auto move_to = [&](const char* id, const RegionCode& region) {
    unit.id = actor.unit = UnitId(id);
    unit.region = region;
  };
  switch (standing) {
    case Standing::kAssigned: outline.handlers.push_back(actor.id); break;
    case Standing::kOwnUnit: break;
    case Standing::kUnitAbove: move_to("above", kCity); break;
    case Standing::kOtherTrade:
      move_to("other", kCounty);
      unit.industries = {Industry::kWater};
      break;
    case Standing::kElsewhere: move_to("elsewhere", kNextCounty); break;
    case Standing::kOpened:
      move_to("elsewhere", kNextCounty);
      outline.opened_by = actor.id;
      break;
    case Standing::kRecused: outline.recused.push_back(actor.id); break;
    case Standing::kRestricted: outline.confidentiality = Confidentiality::kRestricted; break;
    case Standing::kAboveRestricted:
      move_to("above", kCity);
      outline.confidentiality = Confidentiality::kRestricted;
      break;
    case Standing::kOutsideGrant: actor.scopes.push_back({.region = kNextCounty}); break;
  }
  return ReadingOf(outline, {actor, unit, Date()}).access;
}

std::string PolicyText() {
  std::string out = OperationLines();
  for (const Workflow* workflow : AllWorkflows()) {
    const Description& table = workflow->Describe();
    out += ReadingLines(table) + StateLines(table) + ActLines(table);
  }
  return out;
}

Json PolicyJson() {
  Json operations = Json::array();
  for (const auto& rule : OperationRules()) {
    operations.push_back(
        {{"method", rule.method}, {"pattern", rule.pattern}, {"audience", NameOf(rule.audience)}});
  }
  Json readings = Json::array();
  Json acts = Json::array();
  for (const Workflow* workflow : AllWorkflows()) {
    const Description& table = workflow->Describe();
    for (auto& reading : ReadingsJson(table)) readings.push_back(std::move(reading));
    for (const auto& cell : ActCells(table)) {
      acts.push_back({{"workflow", table.name},
                      {"state", cell.state},
                      {"command", cell.command},
                      {"roles", Encode(cell.roles)},
                      {"apart", cell.apart}});
    }
  }
  return {{"operations", std::move(operations)},
          {"readings", std::move(readings)},
          {"acts", std::move(acts)}};
}

}  // namespace docket
