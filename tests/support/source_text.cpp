#include "tests/support/source_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace docket::tidy {

namespace {

bool IsIdentifier(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string_view WithoutBlanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// Blanks [begin, end) but keeps the line ends.
void Blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

/// Just behind a quoted literal that begins at `open`.
std::size_t EndOfQuoted(std::string_view text, std::size_t open) {
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == text[open] || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

/// Just behind a raw literal whose quote stands at `open`: R"name( … )name".
std::size_t EndOfRaw(std::string_view text, std::size_t open) {
  const auto bracket = text.find('(', open);
  if (bracket == std::string_view::npos) return text.size();
  std::string close = ")";
  close.append(text, open + 1, bracket - open - 1).append(1, '"');
  const auto end = text.find(close, bracket);
  return end == std::string_view::npos ? text.size() : end + close.size();
}

bool BeginsLine(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at).find_last_not_of(" \t");
  return before == std::string_view::npos || text[before] == '\n';
}

/// Just behind a preprocessor line, its continuations included.
std::size_t EndOfDirective(std::string_view text, std::size_t hash) {
  auto end = text.find('\n', hash);
  while (end != std::string_view::npos && end > 0 && text[end - 1] == '\\') {
    end = text.find('\n', end + 1);
  }
  return end == std::string_view::npos ? text.size() : end;
}

enum class BraceKind { kFunction, kInitializer, kOther };

/// Position of the parenthesis that the last one of `head` closes.
std::size_t MatchingOpen(std::string_view head) {
  int depth = 0;
  for (std::size_t i = head.size(); i-- > 0;) {
    if (head[i] == ')') ++depth;
    if (head[i] == '(' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

/// The identifier that ends just before `at`; a closing bracket of a lambda is a word as well.
std::string_view WordBefore(std::string_view head, std::size_t at) {
  const auto before = WithoutBlanks(head.substr(0, at));
  if (before.empty()) return "";
  if (before.back() == ']' || before.back() == '>') return "[]";
  auto begin = before.size();
  while (begin > 0 && IsIdentifier(before[begin - 1])) --begin;
  return before.substr(begin);
}

/// `head` without what may stand between a parameter list and its body.
std::string_view WithoutSpecifiers(std::string_view head) {
  if (head.ends_with("]]")) head = WithoutBlanks(head.substr(0, head.rfind("[[")));
  const auto arrow = head.rfind("->");
  const auto parenthesis = head.rfind(')');
  if (arrow != std::string_view::npos && parenthesis != std::string_view::npos &&
      arrow > parenthesis) {
    head = WithoutBlanks(head.substr(0, arrow));
  }
  constexpr std::array<std::string_view, 7> kSpecifiers = {
      "const", "noexcept", "override", "final", "mutable", "&", "&&"};
  for (bool again = true; again;) {
    again = false;
    for (const auto specifier : kSpecifiers) {
      if (!head.ends_with(specifier)) continue;
      head = WithoutBlanks(head.substr(0, head.size() - specifier.size()));
      again = true;
    }
  }
  return head;
}

/// What the brace behind `head` opens; `head` begins behind the last `;`, `{` or `}`.
BraceKind KindOf(std::string_view head) {
  head = WithoutSpecifiers(WithoutBlanks(head));
  if (head.empty()) return BraceKind::kOther;
  if (head.ends_with(':')) {  // A label, or the list in `for (auto x : {1, 2})`.
    const auto opened = std::count(head.begin(), head.end(), '(');
    const auto closed = std::count(head.begin(), head.end(), ')');
    return opened > closed ? BraceKind::kInitializer : BraceKind::kOther;
  }
  // A constructor's members may end in a braced one, which the caller left as {}.
  const auto members = head.find(" : ");
  if (head.ends_with('}') && members != std::string_view::npos && head.find(')') < members) {
    return BraceKind::kFunction;
  }
  if (!head.ends_with(')')) {
    for (const std::string_view word :
         {"namespace", "class", "struct", "union", "enum", "else", "do", "try"}) {
      if (HasWord(head, word)) return BraceKind::kOther;
    }
    // Without parameters of its own: `[&] {`. Anything else is a value.
    return head.ends_with(']') ? BraceKind::kFunction : BraceKind::kInitializer;
  }
  const auto open = MatchingOpen(head);
  if (open == std::string_view::npos) return BraceKind::kOther;  // The rest of `for (;;)`.
  const auto word = WordBefore(head, open);
  for (const std::string_view control : {"if", "constexpr", "for", "while", "switch", "catch"}) {
    if (word == control) return BraceKind::kOther;
  }
  return BraceKind::kFunction;
}

}  // namespace

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string CodeOnly(std::string_view text, CodeOptions options) {
  std::string code(text);
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    const char c = text[i];
    const std::string_view rest = text.substr(i);
    if (c == '#' && BeginsLine(text, i)) {
      end = EndOfDirective(text, i);
      // An include's name is in quotes as well, so a kept directive is passed over whole.
      if (!options.keep_directives) Blank(code, i, end);
    } else if (rest.starts_with("//")) {
      end = std::min(text.find('\n', i), text.size());
      Blank(code, i, end);
    } else if (rest.starts_with("/*")) {
      const auto close = text.find("*/", i + 2);
      end = close == std::string_view::npos ? text.size() : close + 2;
      Blank(code, i, end);
    } else if (c == '"' || (c == '\'' && (i == 0 || !IsIdentifier(text[i - 1])))) {
      const bool raw = c == '"' && i > 0 && text[i - 1] == 'R';
      end = raw ? EndOfRaw(text, i) : EndOfQuoted(text, i);
      Blank(code, i + 1, end - 1);
    }
    i = end;
  }
  return code;
}

std::vector<Include> Includes(std::string_view text) {
  std::vector<Include> includes;
  const std::string code = CodeOnly(text);
  int number = 0;
  for (const auto line : Lines(code)) {
    ++number;
    auto rest = WithoutBlanks(line);
    if (!rest.starts_with('#')) continue;
    rest = WithoutBlanks(rest.substr(1));
    if (!rest.starts_with("include")) continue;
    rest = WithoutBlanks(rest.substr(7));
    if (rest.empty() || (rest.front() != '"' && rest.front() != '<')) continue;
    const bool quoted = rest.front() == '"';
    const auto close = rest.find(quoted ? '"' : '>', 1);
    includes.push_back({number, std::string(rest.substr(1, close - 1)), quoted});
  }
  return includes;
}

std::size_t CodePoints(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::vector<Body> FunctionBodies(std::string_view text) {
  struct Open {
    BraceKind kind = BraceKind::kOther;
    int line = 0;
    std::string head;
  };
  std::vector<Body> bodies;
  std::vector<Open> open;
  std::string head;
  int line = 1;
  for (const char c : CodeOnly(text, {.keep_directives = false})) {
    if (c == '\n') ++line;
    if (c == '{') {
      open.push_back({KindOf(head), line, head});
      head.clear();
    } else if (c == '}') {
      head.clear();
      if (open.empty()) continue;
      const Open closed = std::move(open.back());
      open.pop_back();
      if (closed.kind == BraceKind::kFunction) {
        bodies.push_back({closed.line, std::max(0, line - closed.line - 1)});
      }
      if (closed.kind == BraceKind::kInitializer) head = closed.head + "{}";
    } else if (c == ';') {
      head.clear();
    } else {
      head += c;
    }
  }
  return bodies;
}

bool HasWord(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const auto after = at + word.size();
    const bool starts = at == 0 || !IsIdentifier(line[at - 1]);
    const bool ends = after >= line.size() || !IsIdentifier(line[after]);
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace docket::tidy
