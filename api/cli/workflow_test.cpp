#include "api/cli/workflow.hpp"

#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "workflows/engine/workflow.hpp"

namespace docket::cli {
namespace {

struct Said {
  ExitCode code = ExitCode::kDone;
  std::string out;
  std::string err;
};

Said RunWorkflowVerb(std::vector<std::string> arguments) {
  std::istringstream in;
  std::ostringstream out, err;
  Terminal terminal{in, out, err};
  const auto code = RunCommandLine({AddWorkflowVerb}, std::move(arguments), terminal);
  return {code, out.str(), err.str()};
}

TEST(WorkflowVerb, ListsEveryWorkflowOfTheRegulations) {
  const auto said = RunWorkflowVerb({"workflow", "list", "--json"});
  ASSERT_EQ(said.code, ExitCode::kDone) << said.err;
  std::set<std::string> names;
  const Json answer = Json::parse(said.out);
  for (const auto& one : answer.at("workflows")) {
    names.insert(one.at("name"));
    EXPECT_GT(one.at("rows").get<int>(), 3) << one;
    EXPECT_FALSE(one.at("zh").get<std::string>().empty()) << one;
  }
  const std::set<std::string> wanted = {
      "account",       "archive",     "bulletin",      "catalogue",     "clue",
      "complaint",     "credit",      "data_check",    "data_push",     "evaluation",
      "filing",        "handover",    "inspection",    "investigation", "objection",
      "project",       "publication", "rectification", "registration",  "rule_register",
      "security_duty", "supervision", "viewing",       "warning"};
  EXPECT_EQ(names, wanted);
}

TEST(WorkflowVerb, ChecksEachTableAndTheLinks) {
  const auto said = RunWorkflowVerb({"workflow", "check"});
  EXPECT_EQ(said.code, ExitCode::kDone) << said.err;
  EXPECT_EQ(said.err, "");
  for (const auto* workflow : AllWorkflows()) {
    EXPECT_NE(said.out.find(std::string(workflow->Name()) + " "), std::string::npos)
        << workflow->Name();
  }
  EXPECT_NE(said.out.find("links"), std::string::npos);
}

}  // namespace
}  // namespace docket::cli
