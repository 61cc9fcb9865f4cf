/// Walks the tree and holds every file to the house rules of tests/support/tidy_rules.hpp.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/tidy_rules.hpp"

namespace docket::tidy {

namespace {

namespace fs = std::filesystem;

/// Built, fetched, local or hidden: what git does not keep.
bool IsSkippedFolder(const std::string& path) {
  const auto name = fs::path(path).filename().string();
  return path == "data/local" || name == "build" || name == "node_modules" ||
         (name.starts_with('.') && path != ".ci");
}

bool IsText(const std::string& path) {
  static constexpr std::array<std::string_view, 14> kEndings = {
      ".hpp", ".cpp", ".md",   ".txt",  ".cmake", ".json", ".sql",
      ".ts",  ".css", ".html", ".yaml", ".yml",   ".sh",   "/LICENSE"};
  if (path.starts_with("script/") || path.starts_with(".ci/")) return true;
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

struct Tree {
  std::vector<std::string> paths;  ///< Every file, below the root.
  std::vector<Source> sources;     ///< The text files among them.
};

Tree ReadTree() {
  Tree tree;
  const fs::path root = DOCKET_SOURCE_DIR;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::end(it); ++it) {
    const auto path = it->path().lexically_relative(root).generic_string();
    if (it->is_directory()) {
      if (IsSkippedFolder(path)) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    tree.paths.push_back(path);
    if (!IsText(path)) continue;
    std::ostringstream text;
    text << std::ifstream(it->path(), std::ios::binary).rdbuf();
    tree.sources.push_back({path, text.str()});
  }
  const auto by_path = [](const Source& a, const Source& b) { return a.path < b.path; };
  std::sort(tree.sources.begin(), tree.sources.end(), by_path);
  return tree;
}

const Tree& TheTree() {
  static const Tree tree = ReadTree();
  return tree;
}

void ExpectNone(const Violations& violations) {
  std::string all;
  for (const auto& violation : violations) all += violation.ToString() + "\n";
  EXPECT_TRUE(violations.empty()) << all;
}

template <class Rule>
void ExpectEverywhere(const Rule& rule) {
  Violations all;
  for (const auto& source : TheTree().sources) {
    for (auto& violation : rule(source)) all.push_back(std::move(violation));
  }
  ExpectNone(all);
}

bool Exists(const std::string& path) { return fs::exists(fs::path(DOCKET_SOURCE_DIR) / path); }

}  // namespace

TEST(Tidy, TheTreeIsFound) {
  const auto& paths = TheTree().paths;
  EXPECT_NE(std::find(paths.begin(), paths.end(), "tests/tidy_test.cpp"), paths.end());
  EXPECT_TRUE(Exists("domain/ensure.hpp"));
  EXPECT_GT(TheTree().sources.size(), 20U);
}

TEST(Tidy, IncludesPointOneWay) { ExpectEverywhere(IncludesPointOneWay); }
TEST(Tidy, ThirdPartyStaysAtItsEdge) { ExpectEverywhere(ThirdPartyStaysAtItsEdge); }
TEST(Tidy, CoreIsPure) { ExpectEverywhere(CoreIsPure); }

TEST(Tidy, EveryAllowanceIsStillNeeded) {
  for (const auto& allowance : CoreAllowances()) {
    const auto& sources = TheTree().sources;
    const auto at = std::find_if(sources.begin(), sources.end(),
                                 [&](const Source& s) { return s.path == allowance.path; });
    ASSERT_NE(at, sources.end()) << allowance.path;
    EXPECT_NE(at->text.find(allowance.what), std::string::npos)
        << allowance.path << " no longer has " << allowance.what;
    EXPECT_FALSE(allowance.reason.empty());
  }
}

TEST(Tidy, LinesFit) { ExpectEverywhere(LinesFit); }
TEST(Tidy, FilesFit) { ExpectEverywhere(FilesFit); }
TEST(Tidy, FunctionsFit) { ExpectEverywhere(FunctionsFit); }
TEST(Tidy, LeftoversNameAnIssue) { ExpectEverywhere(LeftoversNameAnIssue); }
TEST(Tidy, NoCommentedOutCode) { ExpectEverywhere(NoCommentedOutCode); }
TEST(Tidy, WhitespaceIsClean) { ExpectEverywhere(WhitespaceIsClean); }
TEST(Tidy, HeadersOpenWithTheirPurpose) { ExpectEverywhere(HeadersOpenWithTheirPurpose); }
TEST(Tidy, HeadersKeepNamespacesClosed) { ExpectEverywhere(HeadersKeepNamespacesClosed); }
TEST(Tidy, NamesNoMachine) { ExpectEverywhere(NamesNoMachine); }
TEST(Tidy, MarkdownHasOneTitle) { ExpectEverywhere(MarkdownHasOneTitle); }

TEST(Tidy, MarkdownLinksResolve) {
  ExpectEverywhere([](const Source& source) { return MarkdownLinksResolve(source, Exists); });
}

TEST(Tidy, NamedTestsExist) {
  std::set<std::string> tests;
  for (const auto& source : TheTree().sources) {
    if (!source.path.ends_with("_test.cpp")) continue;
    for (auto& name : TestsIn(source.text)) tests.insert(std::move(name));
  }
  ExpectEverywhere([&](const Source& source) {
    return NamedTestsExist(source, [&](const std::string& name) { return tests.contains(name); });
  });
}

TEST(Tidy, WorkflowFoldersAreComplete) { ExpectNone(WorkflowFoldersAreComplete(TheTree().paths)); }

TEST(Tidy, ScriptsCanBeRun) {
  for (const auto& path : TheTree().paths) {
    if (!path.starts_with("script/") && path != ".ci/run") continue;
    const auto mode = fs::status(fs::path(DOCKET_SOURCE_DIR) / path).permissions();
    EXPECT_NE(mode & fs::perms::owner_exec, fs::perms::none) << path << " is not executable";
  }
}

}  // namespace docket::tidy
