// Strict JSON: what decoding refuses and where it points, what round-trips, and RFC 8785.

#include "domain/json.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace docket {
namespace {

enum class Colour : std::uint8_t { kRed, kGreen };

struct Part {
  std::string name;
  std::optional<std::int64_t> weight;
  static FieldList Fields() {
    return {Field{"name", &Part::name, "名称"}, Field{"weight", &Part::weight}};
  }
  friend bool operator==(const Part&, const Part&) = default;
};

struct Thing {
  std::string title;
  std::int64_t count = 0;
  bool open = false;
  Date day;
  Instant at;
  Colour colour = Colour::kRed;
  ActorId actor;
  std::vector<Part> parts;
  std::optional<Part> spare;
  PersonalText complainant;
  static FieldList Fields() {
    return {Field{"title", &Thing::title, "标题"},
            Field{"count", &Thing::count},
            Field{"open", &Thing::open},
            Field{"day", &Thing::day},
            Field{"at", &Thing::at},
            Field{"colour", &Thing::colour},
            Field{"actor", &Thing::actor},
            Field{"parts", &Thing::parts},
            Field{"spare", &Thing::spare},
            Field{"complainant", &Thing::complainant, "投诉人", Subject::kComplainant}};
  }
  friend bool operator==(const Thing&, const Thing&) = default;
};

Thing SampleThing() {
  return {.title = "招标投诉 \"甲\"",
          .count = -9'007'199'254'740'993,
          .open = true,
          .day = *Date::Parse("2024-02-29"),
          .at = *Instant::Parse("2024-02-29T15:59:59.000001Z"),
          .colour = Colour::kGreen,
          .actor = ActorId("李四"),
          .parts = {{"a", 1}, {"b", std::nullopt}},
          .spare = Part{"c", 3},
          .complainant = PersonalText("张三")};
}

/// The pointers and codes of what is wrong with the sample after `patch` (RFC 7396).
std::map<std::string, std::string> WrongAfter(std::string_view patch) {
  Json json = Encode(SampleThing());
  json.merge_patch(Json::parse(patch));
  const auto decoded = Decode<Thing>(json);
  std::map<std::string, std::string> wrong;
  if (decoded) return wrong;
  EXPECT_EQ(decoded.error().code, "invalid_fields");
  for (const auto& field : decoded.error().fields) {
    EXPECT_FALSE(field.zh.empty());
    EXPECT_FALSE(field.en.empty());
    wrong[field.pointer] = field.code;
  }
  return wrong;
}

using Wrong = std::map<std::string, std::string>;

std::string CodeOf(std::string_view text, const JsonLimits& limits = {}) {
  const auto json = ParseJson(text, limits);
  return json ? "" : json.error().code;
}

}  // namespace

template <>
struct EnumTable<Colour> {
  static constexpr std::array kNames{EnumName<Colour>{Colour::kRed, "red", "红"},
                                     EnumName<Colour>{Colour::kGreen, "green", "绿"}};
};

namespace {

TEST(JsonTest, EveryFieldRoundTrips) {
  const Json json = Encode(SampleThing());
  const auto decoded = Decode<Thing>(json);
  ASSERT_TRUE(decoded) << decoded.error().en;
  EXPECT_EQ(*decoded, SampleThing());
  const auto text = CanonicalJson(json);
  EXPECT_EQ(CanonicalJson(*ParseJson(text)), text);
}

TEST(JsonTest, AnAbsentOptionalIsNotWritten) {
  const Json json = Encode(Part{"a", std::nullopt});
  EXPECT_EQ(CanonicalJson(json), R"({"name":"a"})");
  EXPECT_EQ(*Decode<Part>(json), (Part{"a", std::nullopt}));
}

TEST(JsonTest, ASealedValueRoundTrips) {
  Thing thing = SampleThing();
  thing.complainant = {};
  thing.complainant.sealed = SealedValue{1, KeyId("k"), "AAAA"};
  EXPECT_EQ(*Decode<Thing>(Encode(thing)), thing);
  EXPECT_EQ(WrongAfter(R"({"complainant":{"$sealed":1,"key":"k"}})"),
            (Wrong{{"/complainant", "sealed_value_invalid"}}));
}

TEST(JsonTest, UnknownAndMissingNamesAreRefusedWhereTheyAre) {
  EXPECT_EQ(WrongAfter(R"({"titel":"x"})"), (Wrong{{"/titel", "field_unknown"}}));
  EXPECT_EQ(WrongAfter(R"({"title":null})"), (Wrong{{"/title", "field_missing"}}));
  EXPECT_EQ(WrongAfter(R"({"a/b~c":1})"), (Wrong{{"/a~1b~0c", "field_unknown"}}));
  EXPECT_EQ(WrongAfter(R"({"spare":{"name":null,"size":1}})"),
            (Wrong{{"/spare/name", "field_missing"}, {"/spare/size", "field_unknown"}}));
  EXPECT_EQ(WrongAfter(R"({"parts":[{"name":"a"},{}]})"),
            (Wrong{{"/parts/1/name", "field_missing"}}));
}

TEST(JsonTest, EveryWrongFieldIsReportedNotOnlyTheFirst) {
  EXPECT_EQ(WrongAfter(R"({"title":1,"count":"2","open":0,"day":5,"at":6,"colour":"blue",
                           "actor":7,"parts":{},"spare":[],"complainant":8})"),
            (Wrong{{"/title", "wrong_type"},
                   {"/count", "wrong_type"},
                   {"/open", "wrong_type"},
                   {"/day", "date_invalid"},
                   {"/at", "instant_invalid"},
                   {"/colour", "unknown_choice"},
                   {"/actor", "wrong_type"},
                   {"/parts", "wrong_type"},
                   {"/spare", "wrong_type"},
                   {"/complainant", "wrong_type"}}));
}

TEST(JsonTest, ImpossibleDatesAndFractionsAreRefused) {
  for (const char* day : {"2024-02-31", "0000-01-01", "2023-02-29", "2024-2-1", ""}) {
    EXPECT_EQ(WrongAfter(Json{{"day", day}}.dump()), (Wrong{{"/day", "date_invalid"}})) << day;
  }
  EXPECT_EQ(WrongAfter(R"({"at":"2024-02-29T15:59:59"})"), (Wrong{{"/at", "instant_invalid"}}));
  EXPECT_EQ(WrongAfter(R"({"count":1.5})"), (Wrong{{"/count", "wrong_type"}}));
  EXPECT_EQ(WrongAfter(R"({"count":1.0})"), (Wrong{{"/count", "wrong_type"}}));
  EXPECT_EQ(WrongAfter(R"({"count":9223372036854775808})"), (Wrong{{"/count", "wrong_type"}}));
  EXPECT_EQ(WrongAfter(R"({"count":9223372036854775807})"), Wrong{});
}

TEST(JsonTest, TextHasLimits) {
  EXPECT_EQ(WrongAfter(R"({"title":" \t"})"), (Wrong{{"/title", "text_empty"}}));
  EXPECT_EQ(WrongAfter(R"({"title":"a\u0000b"})"), (Wrong{{"/title", "text_has_nul"}}));
  const std::string longest(kTextBytesMax, 'x');
  EXPECT_EQ(WrongAfter(Json{{"title", longest}}.dump()), Wrong{});
  EXPECT_EQ(WrongAfter(Json{{"title", longest + "x"}}.dump()),
            (Wrong{{"/title", "text_too_long"}}));
  Json list = Json::array();
  for (std::size_t i = 0; i <= kListItemsMax; ++i) list.push_back({{"name", "a"}});
  EXPECT_EQ(WrongAfter(Json{{"parts", list}}.dump()), (Wrong{{"/parts", "list_too_long"}}));
}

TEST(JsonTest, ParsingIsStrict) {
  EXPECT_EQ(CodeOf(R"({"a":1,"b":[true,null]})"), "");
  for (const char* text : {"", "{", "{} {}", "{'a':1}", "[1,]", "{\"a\":01}", "NaN", "\"\xff\"",
                           "\"\xed\xa0\x80\"", "// c\n{}", "\"\\ud800\"", "1e999", "[1,-1e999]"}) {
    EXPECT_EQ(CodeOf(text), "json_malformed") << text;
  }
}

TEST(JsonTest, ANameGivenTwiceIsRefused) {
  const auto json = ParseJson(R"({"a":1,"b":2,"a":3})");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code, "json_duplicate_name");
  EXPECT_EQ(json.error().fields.at(0).pointer, "/a");
  const auto nested = ParseJson(R"({"x":[0,{"a":[{}]}],"a":{"b":[[1,2],{"c/":[],"c/":{}}]}})");
  EXPECT_EQ(nested.error().fields.at(0).pointer, "/a/b/1/c~1");
  EXPECT_EQ(CodeOf(R"({"a":1,"\u0061":2})"), "json_duplicate_name");
  EXPECT_EQ(CodeOf(R"([{"a":1},{"a":2}])"), "");
}

TEST(JsonTest, SizeAndDepthAreLimited) {
  EXPECT_EQ(CodeOf("[[[1]]]", {.depth_max = 3}), "");
  EXPECT_EQ(CodeOf("[[[[1]]]]", {.depth_max = 3}), "json_too_deep");
  EXPECT_EQ(CodeOf(R"("[[[[\"[[[[")", {.depth_max = 1}), "");
  EXPECT_EQ(CodeOf(std::string(100'000, '['), {}), "json_too_deep");
  EXPECT_EQ(CodeOf("[1,2]", {.bytes_max = 5}), "");
  EXPECT_EQ(CodeOf("[1,2]", {.bytes_max = 4}), "json_too_large");
}

TEST(JsonTest, AMalformedTextIsNotQuoted) {
  const auto json = ParseJson(R"({"name":"张三" 李四})");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().en.find("李四"), std::string::npos);
  EXPECT_EQ(json.error().zh.find("张三"), std::string::npos);
}

/// The double with these bits, as RFC 8785 appendix B lists them.
double FromBits(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

TEST(CanonicalJsonTest, PrintsNumbersAsRfc8785AppendixB) {
  const std::vector<std::pair<std::uint64_t, std::string>> samples{
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const auto& [bits, expected] : samples) {
    EXPECT_EQ(CanonicalJson(Json(FromBits(bits))), expected);
  }
}

TEST(CanonicalJsonTest, PrintsTheExampleOfRfc8785) {
  const Json json = Json::parse(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]})");
  EXPECT_EQ(CanonicalJson(json),
            "{\"literals\":[null,true,false],"
            "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(CanonicalJsonTest, SortsNamesByUtf16AsRfc8785) {
  const Json json = Json::parse(R"({
    "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis"})");
  EXPECT_EQ(CanonicalJson(json),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
            "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(CanonicalJsonTest, KeepsIntegersExactly) {
  EXPECT_EQ(CanonicalJson(Json(std::int64_t{-9'223'372'036'854'775'807})), "-9223372036854775807");
  EXPECT_EQ(CanonicalJson(Json(std::uint64_t{18'446'744'073'709'551'615u})),
            "18446744073709551615");
}

/// A list that is not empty where nothing is said of it.
struct Usual {
  std::vector<std::string> channels{"mail", "phone"};
  static FieldList Fields() { return {Field{"channels", &Usual::channels}}; }
};

TEST(JsonDecodeTest, AListThatIsWrittenTakesThePlaceOfItsDefault) {
  EXPECT_EQ(Decode<Usual>(Json::object())->channels, (std::vector<std::string>{"mail", "phone"}));
  EXPECT_EQ(Decode<Usual>(Json({{"channels", {"post"}}}))->channels,
            std::vector<std::string>{"post"});
  EXPECT_TRUE(Decode<Usual>(Json({{"channels", Json::array()}}))->channels.empty());
}

TEST(JsonSchemaTest, NamesTitlesAndPersonalData) {
  const Json schema = Schema<Thing>();
  EXPECT_EQ(schema["properties"]["title"]["title"], "标题");
  EXPECT_EQ(schema["properties"]["complainant"]["x-personal"], "complainant");
  EXPECT_EQ(schema["properties"]["day"]["format"], "date");
  EXPECT_EQ(schema["additionalProperties"], false);
  const Json& required = schema["required"];
  EXPECT_EQ(std::count(required.begin(), required.end(), "title"), 1);
  EXPECT_EQ(std::count(required.begin(), required.end(), "spare"), 0);
}

}  // namespace
}  // namespace docket
