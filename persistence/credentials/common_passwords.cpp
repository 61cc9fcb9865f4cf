#include "persistence/credentials/common_passwords.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "domain/embedded.hpp"
#include "domain/ensure.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& CommonPasswords();
}

namespace {

constexpr std::size_t kCharactersLeftMin = 6;

/// Longest first.
std::vector<std::string_view> ReadWords() {
  const auto& files = embedded::CommonPasswords();
  ENSURE(files.size() == 1, "the list of common words is one file");
  std::vector<std::string_view> words;
  for (std::string_view rest = files.front().text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = rest.substr(0, end);
    if (!line.empty() && line.front() != '#') words.push_back(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::sort(words.begin(), words.end(),
            [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
  return words;
}

const std::vector<std::string_view>& Words() {
  static const std::vector<std::string_view> words = ReadWords();
  return words;
}

std::string InSmallLetters(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

/// The letter that a sign usually stands for.
char LetterOf(char sign) {
  constexpr std::string_view kSigns = "@4310$5!7";
  constexpr std::string_view kLetters = "aaeiossit";
  const auto at = kSigns.find(sign);
  return at == std::string_view::npos ? sign : kLetters[at];
}

/// Bytes of the character that begins there; text is UTF-8.
std::size_t LengthAt(std::string_view text, std::size_t at) {
  std::size_t length = 1;
  while (at + length < text.size() &&
         (static_cast<unsigned char>(text[at + length]) & 0xc0U) == 0x80U) {
    ++length;
  }
  return length;
}

/// Different characters beside the words.
std::size_t LeftOf(std::string_view text) {
  std::set<std::string_view> left;
  for (std::size_t at = 0; at < text.size();) {
    const auto word = std::find_if(Words().begin(), Words().end(), [&](std::string_view candidate) {
      return text.substr(at).starts_with(candidate);
    });
    const std::size_t length = word == Words().end() ? LengthAt(text, at) : word->size();
    if (word == Words().end()) left.insert(text.substr(at, length));
    at += length;
  }
  return left.size();
}

}  // namespace

bool IsCommonPassword(std::string_view password) {
  const std::string small = InSmallLetters(password);
  if (LeftOf(small) < kCharactersLeftMin) return true;
  std::string read = small;
  std::transform(read.begin(), read.end(), read.begin(), LetterOf);
  return LeftOf(read) < kCharactersLeftMin;
}

}  // namespace docket
