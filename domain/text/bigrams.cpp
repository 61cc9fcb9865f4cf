#include "domain/text/bigrams.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace docket {

namespace {

enum class Kind : std::uint8_t {
  kSeparator,
  kIdeograph,  ///< Written without spaces between words.
  kLetter,
  kDigit,
  kUnseen,  ///< Joins, selects a variant or marks a direction: no part of what is read.
};

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array kUnseen = {
    Range{0xAD, 0xAD},     Range{0x200B, 0x200F}, Range{0x202A, 0x202E},  Range{0x2060, 0x2064},
    Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}, Range{0xE0000, 0xE0FFF}};
// Private use areas hold rare characters of names and places in Chinese office systems.
constexpr std::array kIdeographs = {
    Range{0x3005, 0x3007}, Range{0x3040, 0x30FA},   Range{0x30FC, 0x30FF},   Range{0x3105, 0x312F},
    Range{0x3400, 0x4DBF}, Range{0x4E00, 0x9FFF},   Range{0xAC00, 0xD7AF},   Range{0xE000, 0xF8FF},
    Range{0xF900, 0xFAFF}, Range{0x20000, 0x3FFFF}, Range{0xF0000, 0x10FFFF}};
// Punctuation, spaces, symbols, arrows, boxes, emoji; what is normalised away is not among them.
constexpr std::array kSeparators = {
    Range{0x80, 0xA9},      Range{0xAB, 0xB4},     Range{0xB6, 0xB9},     Range{0xBB, 0xBF},
    Range{0xD7, 0xD7},      Range{0xF7, 0xF7},     Range{0x1680, 0x1680}, Range{0x2000, 0x206F},
    Range{0x20A0, 0x20CF},  Range{0x2190, 0x2BFF}, Range{0x2E00, 0x2E7F}, Range{0x3000, 0x303F},
    Range{0x30FB, 0x30FB},  Range{0x3200, 0x33FF}, Range{0xFE10, 0xFE6F}, Range{0xFF00, 0xFFFF},
    Range{0x1F000, 0x1FBFF}};

bool IsIn(std::span<const Range> ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return range.first <= c && c <= range.last; });
}

Kind KindOf(char32_t c) {
  if (c < 0x80) {
    if (c >= '0' && c <= '9') return Kind::kDigit;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter ? Kind::kLetter : Kind::kSeparator;
  }
  if (c >= 0x4E00 && c <= 0x9FFF) return Kind::kIdeograph;
  if (IsIn(kUnseen, c)) return Kind::kUnseen;
  if (IsIn(kIdeographs, c)) return Kind::kIdeograph;
  return IsIn(kSeparators, c) ? Kind::kSeparator : Kind::kLetter;
}

/// Takes one code point off the front; nullopt, and one byte taken, where it is not UTF-8.
std::optional<char32_t> TakeCodePoint(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80             ? 1
                             : (first & 0xE0) == 0xC0 ? 2
                             : (first & 0xF0) == 0xE0 ? 3
                             : (first & 0xF8) == 0xF0 ? 4
                                                      : 0;
  char32_t c = length == 1 ? first : first & (0xFF >> (length + 1));
  bool valid = length > 0 && text.size() >= length;
  for (std::size_t i = 1; valid && i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    valid = (next & 0xC0) == 0x80;
    c = (c << 6) | (next & 0x3F);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  valid = valid && c >= kLeast[length] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
  text.remove_prefix(valid ? length : 1);
  return valid ? std::optional(c) : std::nullopt;
}

void Append(std::string& text, char32_t c) {
  const auto add = [&](char32_t bits) { text += static_cast<char>(bits); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    add(0xE0 | (c >> 12));
    add(0x80 | ((c >> 6) & 0x3F));
  } else {
    add(0xF0 | (c >> 18));
    add(0x80 | ((c >> 12) & 0x3F));
    add(0x80 | ((c >> 6) & 0x3F));
  }
  add(0x80 | (c & 0x3F));
}

/// Number signs that project titles are full of, as people type them; empty for anything else.
std::string Spelt(char32_t c) {
  constexpr std::array<const char*, 12> kRoman = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                                  "vii", "viii", "ix",  "x",  "xi", "xii"};
  if (c >= 0x2460 && c <= 0x2473) return std::to_string(c - 0x2460 + 1);
  if (c >= 0x2160 && c <= 0x216B) return kRoman[c - 0x2160];
  if (c >= 0x2170 && c <= 0x217B) return kRoman[c - 0x2170];
  return "";
}

struct Character {
  std::string_view bytes;
  Kind kind;
};

std::vector<Character> CharactersOf(std::string_view normalised) {
  std::vector<Character> characters;
  while (!normalised.empty()) {
    std::string_view rest = normalised;
    const auto c = TakeCodePoint(rest);
    characters.push_back(
        {normalised.substr(0, normalised.size() - rest.size()), c ? KindOf(*c) : Kind::kSeparator});
    normalised = rest;
  }
  return characters;
}

std::string_view Joined(const Character& first, const Character& last) {
  const char* end = last.bytes.data() + last.bytes.size();
  return {first.bytes.data(), static_cast<std::size_t>(end - first.bytes.data())};
}

using Run = std::span<const Character>;

/// Calls `visit` for each run of ideographs, and for each run of letters and digits.
template <class Visit>
void EachRun(const std::vector<Character>& characters, const Visit& visit) {
  const auto is_ideograph = [](const Character& c) { return c.kind == Kind::kIdeograph; };
  std::size_t begin = 0;
  while (begin < characters.size()) {
    std::size_t end = begin + 1;
    if (characters[begin].kind != Kind::kSeparator) {
      while (end < characters.size() && characters[end].kind != Kind::kSeparator &&
             is_ideograph(characters[end]) == is_ideograph(characters[begin])) {
        ++end;
      }
      visit(Run(characters).subspan(begin, end - begin));
    }
    begin = end;
  }
}

void AddPairs(Run run, std::vector<std::string>& words) {
  for (std::size_t i = 0; i + 1 < run.size(); ++i) words.emplace_back(Joined(run[i], run[i + 1]));
}

/// The run, and its stretches of letters and of digits.
void AddParts(Run run, std::vector<std::string>& words) {
  words.emplace_back(Joined(run.front(), run.back()));
  for (std::size_t begin = 0; begin < run.size();) {
    std::size_t end = begin + 1;
    while (end < run.size() && run[end].kind == run[begin].kind) ++end;
    words.emplace_back(Joined(run[begin], run[end - 1]));
    begin = end;
  }
}

}  // namespace

std::string NormaliseForSearch(std::string_view text) {
  std::string normalised;
  bool apart = false;
  while (!text.empty()) {
    auto c = TakeCodePoint(text);
    if (c && *c >= 0xFF01 && *c <= 0xFF5E) *c -= 0xFEE0;
    if (c && *c >= 'A' && *c <= 'Z') *c += 'a' - 'A';
    const std::string spelt = c ? Spelt(*c) : "";
    const Kind kind = !c ? Kind::kSeparator : spelt.empty() ? KindOf(*c) : Kind::kLetter;
    if (kind == Kind::kUnseen) continue;
    if (kind == Kind::kSeparator) {
      apart = !normalised.empty();
      continue;
    }
    if (apart) normalised += ' ';
    apart = false;
    if (spelt.empty()) Append(normalised, *c);
    else normalised += spelt;
  }
  return normalised;
}

std::vector<std::string> SearchWords(std::string_view normalised) {
  std::vector<std::string> words;
  EachRun(CharactersOf(normalised), [&](Run run) {
    if (run.front().kind != Kind::kIdeograph) return AddParts(run, words);
    AddPairs(run, words);
    words.emplace_back(run.back().bytes);
  });
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<SearchTerm> ParseSearch(std::string_view query) {
  const std::string normalised = NormaliseForSearch(query);
  std::vector<SearchTerm> terms;
  std::string_view rest = normalised;
  while (!rest.empty() && terms.size() < kSearchTermsMax) {
    const std::string_view text = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), text.size() + 1));
    SearchTerm term{std::string(text), {}};
    EachRun(CharactersOf(text), [&](Run run) {
      const bool pairs = run.front().kind == Kind::kIdeograph && run.size() > 1;
      std::vector<std::string> words;
      if (pairs) AddPairs(run, words);
      else words.emplace_back(Joined(run.front(), run.back()));
      for (auto& word : words) {
        if (term.words.size() < kSearchWordsMax) term.words.push_back({std::move(word), !pairs});
      }
    });
    terms.push_back(std::move(term));
  }
  return terms;
}

}  // namespace docket
