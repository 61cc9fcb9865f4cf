#include "domain/text/bigrams.hpp"

#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "domain/json.hpp"

namespace docket {
namespace {

using Words = std::vector<std::string>;

/// What a store does with words and texts.
bool Finds(const std::string& text, const std::string& query) {
  const std::string normalised = NormaliseForSearch(text);
  const auto words = SearchWords(normalised);
  const auto terms = ParseSearch(query);
  return std::all_of(terms.begin(), terms.end(), [&](const SearchTerm& term) {
    const bool indexed =
        std::all_of(term.words.begin(), term.words.end(), [&](const SearchTerm::Word& word) {
          return std::any_of(words.begin(), words.end(), [&](const std::string& known) {
            return word.begins ? known.starts_with(word.text) : known == word.text;
          });
        });
    return indexed && normalised.find(term.text) != std::string::npos;
  });
}

TEST(Bigrams, NormalisesWhatIsTypedInManyWays) {
  EXPECT_EQ(NormaliseForSearch("ＦＪ２０２４－００１　号"), "fj2024 001 号");
  EXPECT_EQ(NormaliseForSearch("《滨江路》（Ⅱ标段）第①包"), "滨江路 ii标段 第1包");
  EXPECT_EQ(NormaliseForSearch("  a,,b。 "), "a b");
  EXPECT_EQ(NormaliseForSearch("滨\u200B江\uFE0F路"), "滨江路");
  EXPECT_EQ(NormaliseForSearch(""), "");
  EXPECT_EQ(NormaliseForSearch("——…！"), "");
  EXPECT_EQ(NormaliseForSearch("a\xff\xfe"
                               "b\xe6\xbb"),
            "a b");
  EXPECT_EQ(NormaliseForSearch("\xc0\xaf\xed\xa0\x80x"), "x") << "overlong and surrogate";
  EXPECT_EQ(NormaliseForSearch(std::string("a\0b", 3)), "a b");
}

TEST(Bigrams, ChineseBecomesPairs) {
  EXPECT_EQ(SearchWords("滨江路"), (Words{"江路", "滨江", "路"}));
  EXPECT_EQ(SearchWords("路"), (Words{"路"}));
  EXPECT_EQ(SearchWords("路 桥"), (Words{"桥", "路"}));
  EXPECT_EQ(SearchWords("𠮷野家"), (Words{"家", "野家", "𠮷野"})) << "beyond the basic plane";
  EXPECT_TRUE(SearchWords("").empty());
}

TEST(Bigrams, LettersAndDigitsBecomeWordsAndParts) {
  EXPECT_EQ(SearchWords("fj2024 001"), (Words{"001", "2024", "fj", "fj2024"}));
  EXPECT_EQ(SearchWords("a标段"), (Words{"a", "标段", "段"}));
  EXPECT_EQ(SearchWords("über"), (Words{"über"}));
}

TEST(Bigrams, FindsWordsOfTwoAndOfOneCharacter) {
  const std::string title = "青川市滨江路改造工程（Ａ标段）FJ2024-001";
  for (const char* query : {"滨江", "路", "程", "青", "改造工程", "a标段", "Ａ标", "fj", "2024",
                            "001", "fj2024", "滨江 2024", "工程　A", "青川市滨江路改造工程"}) {
    EXPECT_TRUE(Finds(title, query)) << query;
  }
  for (const char* query : {"江滨", "滨路", "程a", "工程标段", "j2", "2025", "滨江 2025", "桥"}) {
    EXPECT_FALSE(Finds(title, query)) << query;
  }
}

TEST(Bigrams, CandidatesAreConfirmed) {
  EXPECT_FALSE(Finds("中央与国家", "中国"));
  EXPECT_FALSE(Finds("中，国", "中国")) << "punctuation keeps apart";
  EXPECT_FALSE(Finds("滨江 江路", "滨江路")) << "all its pairs are there";
  EXPECT_TRUE(Finds("中国", "中国"));
}

TEST(Bigrams, QueryIsBounded) {
  std::string query;
  for (int i = 0; i < 100; ++i) query += fmt::format("词语很多很多很多{} ", i);
  const auto terms = ParseSearch(query);
  EXPECT_EQ(terms.size(), kSearchTermsMax);
  for (const auto& term : terms) EXPECT_EQ(term.words.size(), kSearchWordsMax);
  EXPECT_TRUE(ParseSearch("%").empty());
}

class BigramsProperty : public ::testing::Test {
 protected:
  BigramsProperty() { fmt::print("seed {}\n", seed_); }
  std::size_t Below(std::size_t bound) { return random_() % bound; }
  std::string RandomText() {
    static const Words kPieces = {"中", "国",     "路",   "A",    "ｂ",
                                  "7",  "９",     " ",    "，",   "𠮷",
                                  "Ⅻ",  "⑳",      "\xff", "\xe4", "\xb8",
                                  "é",  "\u200d", "-",    "ｶ",    "한",
                                  "あ", "\0",     "%",    "_",    "\xf4\x8f\xbf\xbf"};
    std::string text;
    for (std::size_t i = Below(12); i > 0; --i) text += kPieces[Below(kPieces.size())];
    for (std::size_t i = Below(3); i > 0; --i) text += static_cast<char>(random_());
    return text;
  }
  std::random_device::result_type seed_ = std::random_device{}();
  std::mt19937 random_{seed_};
};

TEST_F(BigramsProperty, NormalisedIsValidAndStable) {
  for (int i = 0; i < 20'000; ++i) {
    const auto text = RandomText();
    const auto normalised = NormaliseForSearch(text);
    EXPECT_EQ(NormaliseForSearch(normalised), normalised);
    EXPECT_NO_THROW(Json(normalised).dump()) << "UTF-8";
    for (const auto& word : SearchWords(normalised)) {
      EXPECT_NE(normalised.find(word), std::string::npos);
    }
  }
}

TEST_F(BigramsProperty, EveryPieceOfATextFindsIt) {
  for (int i = 0; i < 20'000; ++i) {
    const auto text = NormaliseForSearch(RandomText());
    for (const auto& term : ParseSearch(text)) EXPECT_TRUE(Finds(text, term.text)) << text;
    const auto words = SearchWords(text);
    if (words.empty()) continue;
    EXPECT_TRUE(Finds(text, words[Below(words.size())])) << text;
  }
}

}  // namespace
}  // namespace docket
