/// Shows for each tidy rule that it can fail, and what it must leave alone.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/source_text.hpp"
#include "tests/support/tidy_rules.hpp"

namespace docket::tidy {

namespace {

/// The lines that `rule` objects to in a file of this path and text.
template <class Rule>
std::vector<int> LinesOf(const Rule& rule, std::string path, std::string text) {
  std::vector<int> lines;
  for (const auto& violation : rule(Source{std::move(path), std::move(text)})) {
    lines.push_back(violation.line);
  }
  return lines;
}

using Numbers = std::vector<int>;

std::string Repeat(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST(TidyRules, ViolationsNameTheirPlace) {
  EXPECT_EQ((Violation{"domain/a.hpp", 7, "too long"}).ToString(), "domain/a.hpp:7: too long");
}

TEST(TidyRules, IncludesPointOneWay) {
  const auto lines = [](std::string path, const std::string& included) {
    return LinesOf(IncludesPointOneWay, std::move(path), "\n#include \"" + included + "\"\n");
  };
  EXPECT_EQ(lines("domain/a.hpp", "workflows/b.hpp"), Numbers{2});
  EXPECT_EQ(lines("domain/a_test.cpp", "persistence/b.hpp"), Numbers{2});
  EXPECT_EQ(lines("workflows/a.cpp", "persistence/b.hpp"), Numbers{2});
  EXPECT_EQ(lines("workflows/a.cpp", "api/b.hpp"), Numbers{2});
  EXPECT_EQ(lines("persistence/a.cpp", "api/b.hpp"), Numbers{2});
  EXPECT_EQ(lines("api/a.cpp", "tests/support/b.hpp"), Numbers{2});
  EXPECT_EQ(lines("domain/a.cpp", "../domain/b.hpp"), Numbers{2});
  EXPECT_EQ(lines("domain/a.cpp", "b.hpp"), Numbers{2});
  EXPECT_EQ(lines("api/a.cpp", "domain/b.hpp"), Numbers{});
  EXPECT_EQ(lines("workflows/a_test.cpp", "tests/support/b.hpp"), Numbers{});
  EXPECT_EQ(lines("tests/a_test.cpp", "api/b.hpp"), Numbers{});
  EXPECT_EQ(LinesOf(IncludesPointOneWay, "domain/a.hpp", "// #include \"api/b.hpp\"\n"), Numbers{});
}

TEST(TidyRules, ThirdPartyStaysAtItsEdge) {
  const auto lines = [](std::string path, const std::string& included) {
    return LinesOf(ThirdPartyStaysAtItsEdge, std::move(path), "#include <" + included + ">\n");
  };
  EXPECT_EQ(lines("workflows/complaint/complaint.hpp", "boost/msm/front.hpp"), Numbers{1});
  EXPECT_EQ(lines("workflows/engine/machine.hpp", "boost/msm/front.hpp"), Numbers{});
  EXPECT_EQ(lines("persistence/a.cpp", "Poco/Net/Socket.h"), Numbers{1});
  EXPECT_EQ(lines("api/http/server.cpp", "Poco/Net/Socket.h"), Numbers{});
  EXPECT_EQ(lines("api/a.cpp", "sqlite3.h"), Numbers{1});
  EXPECT_EQ(lines("persistence/sqlite/log.cpp", "sqlite3.h"), Numbers{});
  EXPECT_EQ(lines("domain/a.cpp", "sodium.h"), Numbers{1});
  EXPECT_EQ(lines("persistence/keys.cpp", "sodium.h"), Numbers{});
  EXPECT_EQ(lines("persistence/a.cpp", "openssl/evp.h"), Numbers{1});
  EXPECT_EQ(lines("domain/evidence/hash.cpp", "openssl/evp.h"), Numbers{});
  EXPECT_EQ(lines("api/a.cpp", "nlohmann/json.hpp"), Numbers{1});
  EXPECT_EQ(lines("domain/json_view.hpp", "nlohmann/json.hpp"), Numbers{});
  EXPECT_EQ(lines("workflows/a.cpp", "CLI/CLI.hpp"), Numbers{1});
  EXPECT_EQ(lines("domain/a.cpp", "gtest/gtest.h"), Numbers{1});
  EXPECT_EQ(lines("domain/a_test.cpp", "gtest/gtest.h"), Numbers{});
  EXPECT_EQ(lines("tests/support/spec.hpp", "gtest/gtest.h"), Numbers{});
}

TEST(TidyRules, CoreIsPure) {
  const auto lines = [](std::string path, std::string text) {
    return LinesOf(CoreIsPure, std::move(path), std::move(text));
  };
  for (const auto* impure :
       {"#include <fstream>\n", "#include <mutex>\n", "#include <cstdio>\n",
        "auto t = std::chrono::system_clock::to_time_t(x);\n", "auto t = Clock::now();\n",
        "auto t = std::time(nullptr);\n", "std::random_device device;\n",
        "auto path = std::getenv(\"PATH\");\n", "std::cerr << 1;\n"}) {
    EXPECT_FALSE(lines("domain/a.cpp", impure).empty()) << impure;
    EXPECT_FALSE(lines("workflows/x/a.hpp", impure).empty()) << impure;
    EXPECT_EQ(lines("domain/a_test.cpp", impure), Numbers{}) << impure;
    EXPECT_EQ(lines("persistence/a.cpp", impure), Numbers{}) << impure;
  }
  EXPECT_EQ(lines("domain/a.cpp", "/// Never system_clock.\nauto operand = \"getenv\";\n"),
            Numbers{});
  EXPECT_EQ(lines("domain/ensure.hpp", "#include <cstdio>\n"), Numbers{});
  EXPECT_EQ(lines("domain/ensure.hpp", "#include <fstream>\n"), Numbers{1});
}

TEST(TidyRules, LinesFit) {
  EXPECT_EQ(LinesOf(LinesFit, "domain/a.cpp", "x\n" + Repeat("x", 101) + "\n"), Numbers{2});
  EXPECT_EQ(LinesOf(LinesFit, "script/a", Repeat("x", 101)), Numbers{1});
  EXPECT_EQ(LinesOf(LinesFit, "domain/a.cpp", Repeat("x", 100) + "\n"), Numbers{});
  EXPECT_EQ(LinesOf(LinesFit, "domain/a.cpp", Repeat("案", 100) + "\n"), Numbers{});
  EXPECT_EQ(LinesOf(LinesFit, "domain/a.cpp", Repeat("案", 101) + "\n"), Numbers{1});
}

TEST(TidyRules, FilesFit) {
  EXPECT_EQ(LinesOf(FilesFit, "domain/a.cpp", Repeat("\n", 501)), Numbers{501});
  EXPECT_EQ(LinesOf(FilesFit, "domain/a.cpp", Repeat("\n", 500)), Numbers{});
  EXPECT_EQ(LinesOf(FilesFit, "domain/a_test.cpp", Repeat("\n", 800)), Numbers{});
  EXPECT_EQ(LinesOf(FilesFit, "domain/a_test.cpp", Repeat("\n", 801)), Numbers{801});
}

TEST(TidyRules, FunctionsFit) {
  const std::string body = Repeat("  x();\n", 71);
  for (const std::string head :
       {"void F() {\n", "int C::F(int a) const noexcept {\n", "auto F() -> std::vector<int> {\n",
        "C::C(int a) : a_(a), b_{a} {\n", "TEST(Suite, Name) {\n", "auto f = [&](int a) {\n",
        "struct S {\n  void F() override {\n", "template <class T>\nvoid F(T a) {\n",
        "bool operator()(int a) const {\n"}) {
    EXPECT_EQ(LinesOf(FunctionsFit, "domain/a.cpp", head + body + "}\n").size(), 1U) << head;
    const std::string shorter = body.substr(body.find('\n') + 1);
    EXPECT_EQ(LinesOf(FunctionsFit, "domain/a.cpp", head + shorter + "}\n").size(), 0U) << head;
  }
  for (const std::string head :
       {"namespace docket {\n", "class C : public B {\n", "enum class E {\n",
        "constexpr std::array kNames{\n", "const List list = {\n"}) {
    EXPECT_EQ(LinesOf(FunctionsFit, "domain/a.cpp", head + body + "}\n").size(), 0U) << head;
  }
}

TEST(TidyRules, ABodyIsFoundInsideWhatSurroundsIt) {
  const std::string text =
      "namespace a {\n"
      "void F(std::vector<int> list = {1, 2}) {\n"
      "  if (list.empty()) {\n"
      "    for (int i = 0; i < 3; ++i) {\n"
      "    }\n"
      "  }\n"
      "}\n"
      "}\n";
  const auto bodies = FunctionBodies(text);
  ASSERT_EQ(bodies.size(), 1U);
  EXPECT_EQ(bodies[0].line, 2);
  EXPECT_EQ(bodies[0].lines, 4);
  EXPECT_TRUE(FunctionBodies("if (x) [[unlikely]] {\n}\n").empty());
  EXPECT_TRUE(FunctionBodies("case f(1): {\n}\n").empty());
  EXPECT_TRUE(FunctionBodies("#define F() { \\\n  do {\nint a;\n").empty());
}

TEST(TidyRules, LeftoversNameAnIssue) {
  const std::string word = std::string("TO") + "DO";
  EXPECT_EQ(LinesOf(LeftoversNameAnIssue, "domain/a.cpp", "// " + word + ": later\n"), Numbers{1});
  EXPECT_EQ(LinesOf(LeftoversNameAnIssue, "docs/a.md", std::string("FIX") + "ME\n"), Numbers{1});
  EXPECT_EQ(LinesOf(LeftoversNameAnIssue, "script/a", "# " + word + "(me)\n"), Numbers{1});
  EXPECT_EQ(LinesOf(LeftoversNameAnIssue, "domain/a.cpp", "// TODO(#12): later\n"), Numbers{});
}

TEST(TidyRules, NoCommentedOutCode) {
  for (const std::string code :
       {"return x;", "x = 1 + y; z = 2;", "Call(x, y);", "if (x) {", "}", "#include <x>"}) {
    EXPECT_EQ(LinesOf(NoCommentedOutCode, "domain/a.cpp", "  // " + code + "\n"), Numbers{1})
        << code;
  }
  for (const std::string prose :
       {"Only the place: the parser quotes the input;", "As before (see above);",
        "clang-format off", "A brace { opens."}) {
    EXPECT_EQ(LinesOf(NoCommentedOutCode, "domain/a.cpp", "// " + prose + "\n"), Numbers{})
        << prose;
  }
  EXPECT_EQ(LinesOf(NoCommentedOutCode, "domain/a.hpp", "///   Call(example);\n"), Numbers{});
}

TEST(TidyRules, WhitespaceIsClean) {
  EXPECT_EQ(LinesOf(WhitespaceIsClean, "a.md", "x \n\ty\t\nz\r\n"), (Numbers{1, 2, 3}));
  EXPECT_EQ(LinesOf(WhitespaceIsClean, "a.md", "x\ny"), Numbers{2});
  EXPECT_EQ(LinesOf(WhitespaceIsClean, "a.md", "x\n\ny\n"), Numbers{});
}

TEST(TidyRules, HeadersOpenWithTheirPurpose) {
  const auto count = [](const std::string& text) {
    return LinesOf(HeadersOpenWithTheirPurpose, "domain/a.hpp", text).size();
  };
  EXPECT_EQ(count("/// Why.\n#pragma once\n"), 0U);
  EXPECT_EQ(count("#pragma once\n"), 1U);
  EXPECT_EQ(count("/// Why.\n"), 1U);
  EXPECT_EQ(count("#include <x>\n"), 2U);
  EXPECT_EQ(LinesOf(HeadersOpenWithTheirPurpose, "domain/a.cpp", "int x;\n"), Numbers{});
}

TEST(TidyRules, HeadersKeepNamespacesClosed) {
  const std::string inside = "void F() {\n  using namespace detail;\n}\n";
  EXPECT_EQ(LinesOf(HeadersKeepNamespacesClosed, "domain/a.hpp", "using namespace std;\n"),
            Numbers{1});
  EXPECT_EQ(LinesOf(HeadersKeepNamespacesClosed, "domain/a.hpp", inside), Numbers{});
  EXPECT_EQ(LinesOf(HeadersKeepNamespacesClosed, "domain/a.cpp", "using namespace std;\n"),
            Numbers{});
}

TEST(TidyRules, NamesNoMachine) {
  const std::string home = std::string("/ho") + "me/ada/docket";
  const std::string address = std::string("https:") + "//registry.example.org/x";
  EXPECT_EQ(LinesOf(NamesNoMachine, "docs/a.md", "cd " + home + "\n"), Numbers{1});
  EXPECT_EQ(LinesOf(NamesNoMachine, "script/a", "path=" + home + "\n"), Numbers{1});
  EXPECT_EQ(LinesOf(NamesNoMachine, "web/lock.json", "\"" + address + "\"\n"), Numbers{1});
  EXPECT_EQ(LinesOf(NamesNoMachine, "docs/a.md", "docs/homes/a.md https://example.org/registry\n"),
            Numbers{});
}

TEST(TidyRules, MarkdownHasOneTitle) {
  EXPECT_EQ(LinesOf(MarkdownHasOneTitle, "a.md", "text\n"), Numbers{1});
  EXPECT_EQ(LinesOf(MarkdownHasOneTitle, "a.md", "# A\n\n# B\n"), Numbers{3});
  EXPECT_EQ(LinesOf(MarkdownHasOneTitle, "a.md", "# A\n\n```\n# a comment\n```\n"), Numbers{});
}

TEST(TidyRules, MarkdownLinksResolve) {
  const auto rule = [](const Source& source) {
    return MarkdownLinksResolve(
        source, [](const std::string& path) { return path == "docs/b.md" || path == "README.md"; });
  };
  EXPECT_EQ(LinesOf(rule, "docs/a.md", "[x](gone.md)\n[b](b.md) [c](gone/)\n"), (Numbers{1, 2}));
  EXPECT_EQ(LinesOf(rule, "docs/a.md", "[b](b.md#part) [r](../README.md) [r](/README.md)\n"),
            Numbers{});
  EXPECT_EQ(LinesOf(rule, "docs/a.md", "[w](https://example.org/x) [p](#part) `[x](gone.md)`\n"),
            Numbers{});
}

TEST(TidyRules, NamedTestsExist) {
  const auto rule = [](const Source& source) {
    return NamedTestsExist(source, [](const std::string& name) { return name == "Log.Grows"; });
  };
  EXPECT_EQ(LinesOf(rule, "docs/a.md", "`Log.Grows` `Log.Shrinks`\n\n| `Log.Falls` |\n"),
            (Numbers{1, 3}));
  EXPECT_EQ(LinesOf(rule, "docs/a.md", "`log.cpp` `README.md` `Log.Grows` Log.Shrinks\n"),
            Numbers{});
  EXPECT_EQ(TestsIn("TEST_F(Log, Grows) {\n  TEST(no)\n}\nTEST(Log, Falls) {\n"),
            (std::vector<std::string>{"Log.Grows", "Log.Falls"}));
}

TEST(TidyRules, WorkflowFoldersAreComplete) {
  const std::vector<std::string> complete = {
      "workflows/complaint/complaint.hpp",      "workflows/complaint/complaint.cpp",
      "workflows/complaint/rules.json",         "workflows/complaint/notices.json",
      "workflows/complaint/complaint_test.cpp", "docs/workflows/complaint.md",
      "workflows/engine/machine.hpp",           "workflows/CMakeLists.txt"};
  EXPECT_TRUE(WorkflowFoldersAreComplete(complete).empty());
  for (std::size_t i = 0; i < 6; ++i) {
    auto lacking = complete;
    lacking.erase(lacking.begin() + static_cast<std::ptrdiff_t>(i));
    const auto found = WorkflowFoldersAreComplete(lacking);
    ASSERT_EQ(found.size(), 1U) << complete[i];
    EXPECT_EQ(found[0].path, complete[i]);
  }
}

TEST(SourceText, CodeOnlyKeepsPlaces) {
  EXPECT_EQ(CodeOnly("a(\"x\\\"y\"); // c\n"), "a(\"    \");     \n");
  EXPECT_EQ(CodeOnly("x = 1'000; y = '\\''; /* {\n */ z"), "x = 1'000; y = '  ';     \n    z");
  EXPECT_EQ(CodeOnly("auto s = R\"j({\"a\": 1})j\"; {"),
            "auto s = R\"" + std::string(12, ' ') + "\"; {");
}

}  // namespace docket::tidy
