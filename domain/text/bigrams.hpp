/// Full-text search for Chinese without a dictionary: texts become words of two characters.
///
/// The index of no database that we use finds a Chinese word of two characters, which is what most
/// are. So a run of Chinese characters becomes its overlapping pairs (滨江路: 滨江, 江路) and its
/// last character, a run of letters and digits becomes a word, and both stores keep the same words
/// in a plain table. What the words find is confirmed against the normalised text, so that
/// 中国 does not match 中…国.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace docket {

/// The text as it is searched: full-width forms made half-width, A to Z lower case, ① and Ⅱ as
/// digits and letters, marks that are not seen left out; each stretch of punctuation, symbols,
/// space and bytes that are not UTF-8 is one space, none at the ends. Always valid UTF-8.
/// Normalising again changes nothing.
std::string NormaliseForSearch(std::string_view text);

/// The words under which a text is found, sorted, each once: of a run of Chinese (Japanese,
/// Korean) characters the pairs and the last one; of a run of other letters and digits the whole
/// and, where it changes between letters and digits, the parts (fj2024: also fj, 2024).
std::vector<std::string> SearchWords(std::string_view normalised);

/// What a query asks of a text: every term, each a stretch without spaces.
struct SearchTerm {
  std::string text;  ///< Must be contained in the normalised text.
  /// Words among which the index must hold each: a fast necessary condition, kSearchWordsMax at
  /// most. One that begins words is found as the beginning of any.
  struct Word {
    std::string text;
    bool begins = false;
    friend bool operator==(const Word&, const Word&) = default;
  };
  std::vector<Word> words;
  friend bool operator==(const SearchTerm&, const SearchTerm&) = default;
};
/// Terms of a query as people type it; none where it holds nothing that can be searched.
/// Terms beyond kSearchTermsMax are left out.
std::vector<SearchTerm> ParseSearch(std::string_view query);
constexpr std::size_t kSearchTermsMax = 8;
constexpr std::size_t kSearchWordsMax = 4;

}  // namespace docket
