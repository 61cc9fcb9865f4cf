#include "tests/support/tidy_rules.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "tests/support/source_text.hpp"

namespace docket::tidy {

namespace {

bool IsCpp(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".hpp"); }
bool IsHeader(std::string_view path) { return path.ends_with(".hpp"); }
bool IsMarkdown(std::string_view path) { return path.ends_with(".md"); }
bool IsScript(std::string_view path) {
  return path.starts_with("script/") || path.starts_with(".ci/") || path.ends_with(".sh");
}
bool IsTest(std::string_view path) {
  return path.ends_with("_test.cpp") || path.ends_with("_test_samples.hpp") ||
         path.starts_with("tests/");
}
bool InPureCore(std::string_view path) {
  return IsCpp(path) && !IsTest(path) &&
         (path.starts_with("domain/") || path.starts_with("workflows/"));
}

constexpr std::array<std::string_view, 4> kLayers = {"domain/", "workflows/", "persistence/",
                                                     "api/"};

/// 0 for the lowest layer; -1 for what is not in one.
int LayerOf(std::string_view path) {
  for (std::size_t i = 0; i < kLayers.size(); ++i) {
    if (path.starts_with(kLayers[i])) return static_cast<int>(i);
  }
  return -1;
}

/// A library, the start of its headers' names, and the places that may include them.
struct Edge {
  std::string_view library;
  std::string_view include;
  std::vector<std::string_view> places;
};

const std::vector<Edge>& Edges() {
  static const std::vector<Edge> edges = {
      {"Boost", "boost/", {"workflows/engine/machine.hpp"}},
      {"POCO", "Poco/", {"api/", "tests/api/"}},
      {"SQLite", "sqlite3.h", {"persistence/", "tests/", "bench/ceilings/"}},
      {"libpqxx", "pqxx/", {"persistence/", "tests/"}},
      {"libsodium", "sodium", {"persistence/"}},
      {"hiredis", "hiredis/", {"persistence/redis/"}},
      {"OpenSSL",
       "openssl/",
       {"domain/evidence/", "persistence/credentials/", "api/tls/", "api/oidc/", "tests/support/"}},
      {"nlohmann/json", "nlohmann/", {"domain/json_view.hpp"}},
      {"simdjson", "simdjson.h", {"domain/json_view.hpp"}},
      {"CLI11", "CLI/", {"api/"}},
      {"libgcrypt", "gcrypt.h", {"persistence/keys/"}},
      {"p11-kit", "p11-kit/", {"persistence/keys/", "tests/support/"}},
      {"libmagic", "magic.h", {"api/documents/"}},
      {"prometheus-cpp", "prometheus/", {"api/metrics/"}},
      {"Valijson", "valijson/", {"api/intake/", "tests/api/"}},
      {"GoogleTest", "gtest/", {"tests/support/", "tests/api/", "tests/conformance/"}},
      {"GoogleMock", "gmock/", {"tests/support/"}},
  };
  return edges;
}

bool MayInclude(const Edge& edge, std::string_view path) {
  if (edge.library.starts_with("Google") && path.ends_with("_test.cpp")) return true;
  return std::any_of(edge.places.begin(), edge.places.end(),
                     [&](std::string_view place) { return path.starts_with(place); });
}

constexpr std::array<std::string_view, 13> kImpureHeaders = {"condition_variable",
                                                             "cstdio",
                                                             "ctime",
                                                             "filesystem",
                                                             "fstream",
                                                             "future",
                                                             "iostream",
                                                             "mutex",
                                                             "random",
                                                             "stdio.h",
                                                             "thread",
                                                             "time.h",
                                                             "unistd.h"};
constexpr std::array<std::string_view, 16> kImpureWords = {
    "system_clock",  "steady_clock",  "high_resolution_clock",
    "::now(",        "time(nullptr)", "time(NULL)",
    "random_device", "rand",          "getenv",
    "fmt::print",    "printf",        "std::cout",
    "std::cerr",     "stdout",        "stderr",
    "this_thread"};

bool IsAllowed(std::string_view path, std::string_view what) {
  const auto& all = CoreAllowances();
  return std::any_of(all.begin(), all.end(), [&](const Allowance& allowance) {
    return allowance.path == path && allowance.what == what;
  });
}

std::string_view Trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Calls `visit(number, line)` for each line.
template <class Visit>
void EachLine(std::string_view text, const Visit& visit) {
  int number = 0;
  for (const auto line : Lines(text)) visit(++number, line);
}

/// As EachLine, for the prose of a markdown text: without fenced blocks and code spans.
template <class Visit>
void EachProseLine(std::string_view text, const Visit& visit) {
  bool fenced = false;
  EachLine(text, [&](int number, std::string_view line) {
    if (Trimmed(line).starts_with("```")) {
      fenced = !fenced;
      return;
    }
    if (fenced) return;
    std::string prose;
    bool in_code = false;
    for (const char c : line) {
      if (c == '`') in_code = !in_code;
      else prose += in_code ? ' ' : c;
    }
    visit(number, std::string_view(prose));
  });
}

bool LooksLikeCode(std::string_view comment) {
  if (comment == "}" || comment == "};" || comment == "});") return true;
  if (comment.starts_with("#include")) return true;
  if (comment.ends_with(") {")) return true;
  if (!comment.ends_with(';')) return false;
  if (comment.starts_with("return ") || comment.find(" = ") != std::string_view::npos) return true;
  // A call: a name stands right before the bracket, which no prose does.
  const auto bracket = comment.find('(');
  return comment.ends_with(");") && bracket != std::string_view::npos && bracket > 0 &&
         comment[bracket - 1] != ' ';
}

/// The host of the address behind `://`.
std::string_view HostAt(std::string_view line, std::size_t scheme_end) {
  const auto host = line.substr(scheme_end);
  return host.substr(0, host.find_first_of("/ \"'`)>"));
}

bool NamesHomeFolder(std::string_view line) {
  for (const std::string_view folder : {"home", "root", "work", "Users"}) {
    const std::string path = fmt::format("/{}/", folder);
    for (auto at = line.find(path); at != std::string_view::npos; at = line.find(path, at + 1)) {
      if (at == 0 || std::string_view(" \t\"'=(:`").find(line[at - 1]) != std::string_view::npos) {
        return true;
      }
    }
  }
  return false;
}

bool NamesRegistry(std::string_view line) {
  for (auto at = line.find("://"); at != std::string_view::npos; at = line.find("://", at + 1)) {
    const auto host = HostAt(line, at + 3);
    for (const std::string_view part :
         {"registry", "npmjs", "pypi", "crates.io", "rubygems", "goproxy", "proxy.golang",
          "docker.io", "ghcr.io", "artifactory", "nexus", "mirror", "deb.debian"}) {
      if (host.find(part) != std::string_view::npos) return true;
    }
  }
  return false;
}

}  // namespace

std::string Violation::ToString() const { return fmt::format("{}:{}: {}", path, line, rule); }

Violations IncludesPointOneWay(const Source& source) {
  Violations found;
  if (!IsCpp(source.path)) return found;
  const int layer = LayerOf(source.path);
  for (const auto& include : Includes(source.text)) {
    const auto add = [&](std::string rule) {
      found.push_back({source.path, include.line, std::move(rule)});
    };
    if (include.quoted && (include.name.find('/') == std::string::npos ||
                           include.name.find("..") != std::string::npos)) {
      add(fmt::format("\"{}\": includes are written from the root", include.name));
    }
    if (layer < 0) continue;
    const int included = LayerOf(include.name);
    if (included > layer) {
      add(fmt::format("{} may not include {}: dependencies point one way", kLayers[layer],
                      kLayers[included]));
    }
    const bool aside = include.name.starts_with("tests/") || include.name.starts_with("bench/");
    if (aside && !IsTest(source.path)) {
      add(fmt::format("\"{}\": product code includes no test or benchmark", include.name));
    }
  }
  return found;
}

Violations ThirdPartyStaysAtItsEdge(const Source& source) {
  Violations found;
  if (!IsCpp(source.path)) return found;
  for (const auto& include : Includes(source.text)) {
    for (const auto& edge : Edges()) {
      if (!include.name.starts_with(edge.include) || MayInclude(edge, source.path)) continue;
      found.push_back({source.path, include.line,
                       fmt::format("<{}>: {} belongs in {}", include.name, edge.library,
                                   fmt::join(edge.places, ", "))});
    }
  }
  return found;
}

const std::vector<Allowance>& CoreAllowances() {
  static const std::vector<Allowance> allowances = {
      {"domain/ensure.hpp", "cstdio", "says which promise was broken before it aborts"},
      {"domain/ensure.hpp", "fmt::print", "says which promise was broken before it aborts"},
      {"domain/ensure.hpp", "stderr", "says which promise was broken before it aborts"},
  };
  return allowances;
}

Violations CoreIsPure(const Source& source) {
  Violations found;
  if (!InPureCore(source.path)) return found;
  const auto add = [&](int line, std::string_view what) {
    if (IsAllowed(source.path, what)) return;
    found.push_back(
        {source.path, line,
         fmt::format("{}: the core has no clock, randomness, environment or I/O", what)});
  };
  for (const auto& include : Includes(source.text)) {
    for (const auto header : kImpureHeaders) {
      if (include.name == header) add(include.line, header);
    }
  }
  EachLine(CodeOnly(source.text, {.keep_directives = false}),
           [&](int number, std::string_view line) {
             for (const auto word : kImpureWords) {
               const bool call = word.ends_with('(');
               if (call ? line.find(word) != std::string_view::npos : HasWord(line, word)) {
                 add(number, word);
               }
             }
           });
  return found;
}

Violations LinesFit(const Source& source) {
  Violations found;
  if (!IsCpp(source.path) && !IsScript(source.path)) return found;
  EachLine(source.text, [&](int number, std::string_view line) {
    const auto columns = CodePoints(line);
    if (columns <= kColumnsMax) return;
    found.push_back(
        {source.path, number, fmt::format("{} columns, at most {}", columns, kColumnsMax)});
  });
  return found;
}

Violations FilesFit(const Source& source) {
  if (!IsCpp(source.path)) return {};
  const int lines = static_cast<int>(Lines(source.text).size());
  const int lines_max = IsTest(source.path) ? kTestFileLinesMax : kFileLinesMax;
  if (lines <= lines_max) return {};
  return {{source.path, lines, fmt::format("{} lines, at most {}", lines, lines_max)}};
}

Violations FunctionsFit(const Source& source) {
  Violations found;
  if (!IsCpp(source.path)) return found;
  for (const auto& body : FunctionBodies(source.text)) {
    if (body.lines <= kFunctionLinesMax) continue;
    found.push_back(
        {source.path, body.line,
         fmt::format("a function of {} lines, at most {}", body.lines, kFunctionLinesMax)});
  }
  return found;
}

Violations LeftoversNameAnIssue(const Source& source) {
  Violations found;
  EachLine(source.text, [&](int number, std::string_view line) {
    for (const auto& word : {std::string("TO") + "DO", std::string("FIX") + "ME"}) {
      if (!HasWord(line, word)) continue;
      const auto behind = line.substr(line.find(word) + word.size());
      if (behind.size() > 2 && behind.starts_with("(#") && std::isdigit(behind[2]) != 0) continue;
      found.push_back({source.path, number, fmt::format("{0} needs its issue: {0}(#12)", word)});
    }
  });
  return found;
}

Violations NoCommentedOutCode(const Source& source) {
  Violations found;
  if (!IsCpp(source.path)) return found;
  EachLine(source.text, [&](int number, std::string_view line) {
    const auto comment = Trimmed(line);
    if (!comment.starts_with("//") || comment.starts_with("///")) return;
    if (!LooksLikeCode(Trimmed(comment.substr(2)))) return;
    found.push_back({source.path, number, "code in a comment: the history keeps it"});
  });
  return found;
}

Violations WhitespaceIsClean(const Source& source) {
  Violations found;
  EachLine(source.text, [&](int number, std::string_view line) {
    if (!line.empty() && std::string_view(" \t\r").find(line.back()) != std::string_view::npos) {
      found.push_back({source.path, number, "a space or carriage return ends the line"});
    }
  });
  if (!source.text.empty() && source.text.back() != '\n') {
    found.push_back({source.path, static_cast<int>(Lines(source.text).size()),
                     "the file's last line has no end"});
  }
  return found;
}

Violations HeadersOpenWithTheirPurpose(const Source& source) {
  Violations found;
  if (!IsHeader(source.path)) return found;
  if (!source.text.starts_with("/// ")) {
    found.push_back({source.path, 1, "a header opens with a /// sentence on its purpose"});
  }
  const auto lines = Lines(source.text);
  if (std::find(lines.begin(), lines.end(), "#pragma once") == lines.end()) {
    found.push_back({source.path, 1, "a header has #pragma once"});
  }
  return found;
}

Violations HeadersKeepNamespacesClosed(const Source& source) {
  Violations found;
  if (!IsHeader(source.path)) return found;
  // Namespaces do not indent their content, so only a function's body stands further in.
  EachLine(CodeOnly(source.text), [&](int number, std::string_view line) {
    if (!line.starts_with("using namespace ")) return;
    found.push_back({source.path, number, "a header opens no namespace for those who include it"});
  });
  return found;
}

Violations NamesNoMachine(const Source& source) {
  Violations found;
  EachLine(source.text, [&](int number, std::string_view line) {
    if (NamesHomeFolder(line)) found.push_back({source.path, number, "a path of one machine"});
    if (NamesRegistry(line)) found.push_back({source.path, number, "the address of a registry"});
  });
  return found;
}

Violations MarkdownHasOneTitle(const Source& source) {
  if (!IsMarkdown(source.path)) return {};
  std::vector<int> titles;
  EachProseLine(source.text, [&](int number, std::string_view line) {
    if (line.starts_with("# ")) titles.push_back(number);
  });
  if (titles.size() == 1) return {};
  return {{source.path, titles.empty() ? 1 : titles[1],
           fmt::format("{} titles (# …), exactly one is wanted", titles.size())}};
}

Violations MarkdownLinksResolve(const Source& source,
                                const std::function<bool(const std::string&)>& exists) {
  Violations found;
  if (!IsMarkdown(source.path)) return found;
  EachProseLine(source.text, [&](int number, std::string_view line) {
    for (auto at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 1)) {
      auto target = line.substr(at + 2);
      target = target.substr(0, target.find_first_of(") #"));
      const bool elsewhere =
          target.find("://") != std::string_view::npos || target.starts_with("mailto:");
      if (target.empty() || elsewhere) continue;
      const bool from_root = target.starts_with('/');
      const auto folder =
          from_root ? std::filesystem::path() : std::filesystem::path(source.path).parent_path();
      const auto path = (folder / target.substr(from_root ? 1 : 0)).lexically_normal().string();
      if (exists(path)) continue;
      found.push_back({source.path, number, fmt::format("the link to {} leads nowhere", target)});
    }
  });
  return found;
}

namespace {

bool IsCamelCase(std::string_view word) {
  return !word.empty() && word.front() >= 'A' && word.front() <= 'Z' &&
         std::all_of(word.begin(), word.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

bool NamesTest(std::string_view text) {
  const auto dot = text.find('.');
  return dot != std::string_view::npos && IsCamelCase(text.substr(0, dot)) &&
         IsCamelCase(text.substr(dot + 1));
}

}  // namespace

Violations NamedTestsExist(const Source& source,
                           const std::function<bool(const std::string&)>& exists) {
  Violations found;
  if (!IsMarkdown(source.path)) return found;
  EachLine(source.text, [&](int number, std::string_view line) {
    for (auto from = line.find('`'); from != std::string_view::npos;) {
      const auto end = line.find('`', from + 1);
      if (end == std::string_view::npos) return;
      const std::string span(line.substr(from + 1, end - from - 1));
      if (NamesTest(span) && !exists(span)) {
        found.push_back({source.path, number, fmt::format("there is no test {}", span)});
      }
      from = line.find('`', end + 1);
    }
  });
  return found;
}

std::vector<std::string> TestsIn(std::string_view text) {
  std::vector<std::string> names;
  for (const auto line : Lines(text)) {
    const auto open = line.find('(');
    const auto comma = line.find(", ");
    const auto close = line.find(')');
    const bool is_test = line.starts_with("TEST") && open != std::string_view::npos &&
                         comma != std::string_view::npos && close != std::string_view::npos;
    if (!is_test) continue;
    names.push_back(std::string(line.substr(open + 1, comma - open - 1)) + "." +
                    std::string(line.substr(comma + 2, close - comma - 2)));
  }
  return names;
}

Violations WorkflowFoldersAreComplete(const std::vector<std::string>& paths) {
  Violations found;
  const std::set<std::string> known(paths.begin(), paths.end());
  std::set<std::string> names;
  for (const auto& path : paths) {
    constexpr std::string_view kRoot = "workflows/";
    const auto end = path.find('/', kRoot.size());
    if (!path.starts_with(kRoot) || end == std::string::npos) continue;
    names.insert(path.substr(kRoot.size(), end - kRoot.size()));
  }
  names.erase("engine");
  names.erase("links");
  for (const auto& name : names) {
    const std::string folder = "workflows/" + name + "/";
    for (const auto& wanted :
         {folder + name + ".hpp", folder + name + ".cpp", folder + "rules.json",
          folder + "notices.json", folder + name + "_test.cpp", "docs/workflows/" + name + ".md"}) {
      if (!known.contains(wanted)) found.push_back({wanted, 1, "every workflow has this file"});
    }
  }
  return found;
}

}  // namespace docket::tidy
