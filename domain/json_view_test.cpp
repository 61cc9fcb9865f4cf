// One way to read a value, whether it is a document or was parsed in place.

#include "domain/json_view.hpp"

#include <gtest/gtest.h>

#include "domain/json.hpp"

namespace docket {
namespace {

constexpr std::string_view kText =
    R"({"b":true,"list":[1,"二",{"deep":-9007199254740993}],"n":null,"text":"a\"\u4e00","x":1.5})";

/// Everything that can be asked of a value and of what is below it.
std::string Describe(const JsonView& value) {
  std::string out;
  if (const auto text = value.Text()) out += fmt::format("'{}'", *text);
  if (const auto number = value.Integer()) out += fmt::format("{}", *number);
  if (const auto boolean = value.Boolean()) out += *boolean ? "yes" : "no";
  if (value.IsObject()) {
    value.EachMember([&](std::string_view name, const JsonView& member) {
      out += fmt::format("{}={} ", name, Describe(member));
      EXPECT_EQ(Describe(*value.Find(name)), Describe(member));
    });
  }
  if (value.IsArray()) {
    value.EachItem([&](std::size_t i, const JsonView& item) {
      out += fmt::format("{}:{} ", i, Describe(item));
    });
  }
  return out + fmt::format("({})", value.Size());
}

TEST(JsonViewTest, ADocumentAndTextThatWasParsedInPlaceReadAlike) {
  const Json document = Json::parse(kText);
  const StoredJson stored(kText);
  ASSERT_TRUE(stored.View());
  EXPECT_EQ(Describe(*stored.View()), Describe(document));
  EXPECT_EQ(stored.View()->ToJson(), document);
  EXPECT_EQ(JsonView(document).ToJson(), document);
}

TEST(JsonViewTest, WhatIsNotThereIsNotFound) {
  const Json document = Json::parse(kText);
  const StoredJson stored(kText);
  for (const JsonView& view : {*stored.View(), JsonView(document)}) {
    EXPECT_FALSE(view.Find("absent"));
    EXPECT_FALSE(view.Find("list")->Find("deep"));
    EXPECT_FALSE(view.Find("x")->Integer());
    EXPECT_FALSE(view.Find("n")->Text());
    EXPECT_EQ(view.Find("text")->Size(), 0U);
  }
}

TEST(JsonViewTest, NumbersBeyondSixtyFourBitsWithSignAreNoIntegers) {
  constexpr std::string_view kLarge =
      "[9223372036854775807,9223372036854775808,-9223372036854775808]";
  const Json document = Json::parse(kLarge);
  const StoredJson stored(kLarge);
  for (const JsonView& view : {*stored.View(), JsonView(document)}) {
    std::vector<bool> integers;
    view.EachItem(
        [&](std::size_t, const JsonView& item) { integers.push_back(item.Integer().has_value()); });
    EXPECT_EQ(integers, (std::vector<bool>{true, false, true}));
  }
}

TEST(JsonViewTest, TextThatIsNoJsonHasNoView) {
  for (const auto text : {"", "{", "{\"a\":}", "nothing", "\"\xff\"", "{} {}"}) {
    EXPECT_FALSE(StoredJson(text).View()) << text;
  }
}

TEST(JsonViewTest, OneThreadMayHoldSeveralAtATime) {
  const StoredJson first(R"({"a":"first"})");
  const StoredJson second(R"({"a":"second"})");
  EXPECT_EQ(first.View()->Find("a")->Text(), "first");
  EXPECT_EQ(second.View()->Find("a")->Text(), "second");
}

TEST(JsonViewTest, StoredTextDecodesAsTheDocumentItWas) {
  const JsonPath root("/data");
  FieldErrors errors;
  const StoredJson stored(R"({"parties":[{"name":1}]})");
  const auto parties = *stored.View()->Find("parties");
  parties.EachItem([&](std::size_t i, const JsonView& party) {
    const JsonPath list(root, "parties");
    const JsonPath item(list, i);
    DecodeAt<std::string>(*party.Find("name"), JsonPath(item, "na/me"), errors);
  });
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].pointer, "/data/parties/0/na~1me");
  EXPECT_EQ(errors[0].code, "wrong_type");
}

}  // namespace
}  // namespace docket
