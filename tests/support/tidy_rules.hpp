/// The house rules that compilers and formatters do not know, as pure functions over text.
///
/// Each takes a file (path below the source root, and text) and gives what breaks the rule; it
/// decides by the path whether it applies at all. tidy_test.cpp runs them over the tree, and
/// tidy_rules_test.cpp shows for each that it can fail.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace docket::tidy {

struct Source {
  std::string path;
  std::string text;
};

struct Violation {
  std::string path;
  int line = 0;
  std::string rule;

  /// `path:line: rule`, which editors can jump to.
  std::string ToString() const;
};
using Violations = std::vector<Violation>;

constexpr std::size_t kColumnsMax = 100;
constexpr int kFunctionLinesMax = 70;
constexpr int kFileLinesMax = 500;
constexpr int kTestFileLinesMax = 800;

/// domain <- workflows <- persistence <- api, and no product code includes tests/ or bench/.
Violations IncludesPointOneWay(const Source& source);
/// Each third-party library has one place that knows it.
Violations ThirdPartyStaysAtItsEdge(const Source& source);
/// No clock, randomness, environment, thread or I/O in domain/ and workflows/.
Violations CoreIsPure(const Source& source);

/// What CoreIsPure lets pass, and why.
struct Allowance {
  std::string_view path;
  std::string_view what;
  std::string_view reason;
};
const std::vector<Allowance>& CoreAllowances();

Violations LinesFit(const Source& source);
Violations FilesFit(const Source& source);
Violations FunctionsFit(const Source& source);

/// Work left over carries the number of its issue, and no code is kept in comments.
Violations LeftoversNameAnIssue(const Source& source);
Violations NoCommentedOutCode(const Source& source);
/// No space at the end of a line, and a line end at the end of the file.
Violations WhitespaceIsClean(const Source& source);
/// A header opens with a `///` sentence on its purpose and has `#pragma once`.
Violations HeadersOpenWithTheirPurpose(const Source& source);
Violations HeadersKeepNamespacesClosed(const Source& source);
/// No path of somebody's machine and no address of a package registry.
Violations NamesNoMachine(const Source& source);

Violations MarkdownHasOneTitle(const Source& source);
/// `exists` answers for a path below the source root, of a file or a folder.
Violations MarkdownLinksResolve(const Source& source,
                                const std::function<bool(const std::string&)>& exists);

/// Every test that a document names as `Suite.Test` is there. `exists` answers for such a name.
Violations NamedTestsExist(const Source& source,
                           const std::function<bool(const std::string&)>& exists);
/// The names of the tests that a source defines.
std::vector<std::string> TestsIn(std::string_view text);

/// Every folder under workflows/ but engine/ has its machine, rules, test and printed page.
/// `paths` are all files of the tree.
Violations WorkflowFoldersAreComplete(const std::vector<std::string>& paths);

}  // namespace docket::tidy
