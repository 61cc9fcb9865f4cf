// The policy of every workflow is the one that was reviewed: tests/data/policy_matrix.txt.
#include "api/auth/policy_matrix.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

namespace docket {
namespace {

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string Golden() {
  std::ifstream file(DOCKET_SOURCE_DIR "/tests/data/policy_matrix.txt", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(PolicyMatrix, IsTheOneThatWasReviewed) {
  const auto reviewed = LinesOf(Golden());
  const auto now = LinesOf(PolicyText());
  const std::set<std::string> known(reviewed.begin(), reviewed.end());
  const std::set<std::string> is(now.begin(), now.end());
  std::string difference;
  for (const auto& line : reviewed) {
    if (!is.contains(line)) difference += "- " + line + "\n";
  }
  for (const auto& line : now) {
    if (!known.contains(line)) difference += "+ " + line + "\n";
  }
  EXPECT_EQ(reviewed, now)
      << "The policy differs from what was reviewed:\n"
      << difference
      << "Read each line: is this role the one that the article names for this act, in this "
         "state? May it read that much from there? Are duties apart that must be? Then\n"
         "  build/release/docket policy matrix > tests/data/policy_matrix.txt\n";
}

/// Every cell of role x workflow x command x state, against the reviewed lines.
TEST(PolicyMatrix, EveryCellFollowsTheReviewedLines) {
  std::map<std::string, std::string> acts;
  for (const auto& line : LinesOf(Golden())) {
    const auto colon = line.find(": ");
    if (line.starts_with("act ")) acts[line.substr(4, colon - 4)] = line.substr(colon + 1) + " ";
  }
  const Unit unit{UnitId("unit"), "承办单位", RegionCode("330482"), {}};
  std::size_t cells = 0;
  for (const Workflow* workflow : AllWorkflows()) {
    const Description& table = workflow->Describe();
    CaseSummary summary;
    summary.region = unit.region;
    summary.unit = unit.id;
    summary.respondents = {ActorId("someone")};
    for (const auto& role : EnumTable<Role>::kNames) {
      const Actor actor{ActorId("someone"), unit.id, {role.value}};
      const CaseOutline outline = OutlineOf(table.name, summary, actor.id);
      for (const auto& state : table.states) {
        for (const auto& command : table.commands) {
          const auto cell = acts.find(table.name + " " + state.name + " " + command.name);
          const bool listed = cell != acts.end() && cell->second.find(fmt::format(
                                                        " {} ", role.name)) != std::string::npos;
          const auto refusal =
              RefusalToAct(outline, state.name, {actor, unit, Date()}, {{command.name, &actor}});
          const bool may = SideOf(role.value) == Side::kSystem ? listed : !refusal;
          const bool elsewhere = cell == acts.end() && !refusal;
          EXPECT_TRUE(may == listed || elsewhere)
              << role.name << " " << table.name << " " << state.name << " " << command.name;
          ++cells;
        }
      }
    }
  }
  EXPECT_GT(cells, 10'000u);
}

TEST(PolicyMatrix, JsonHoldsTheSameCells) {
  const Json json = PolicyJson();
  std::size_t acts = 0;
  for (const Workflow* workflow : AllWorkflows()) acts += ActCells(workflow->Describe()).size();
  EXPECT_EQ(json["acts"].size(), acts);
  EXPECT_EQ(json["readings"].size(), AllWorkflows().size() * EnumTable<Role>::kNames.size() *
                                         EnumTable<Standing>::kNames.size());
  EXPECT_FALSE(json["operations"].empty());
}

}  // namespace
}  // namespace docket
