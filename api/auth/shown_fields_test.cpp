// What a grant by field withholds is in no byte of a message: tried on every type of event, with
// data made from its schema in which each value is like no other.
#include "api/auth/shown_fields.hpp"

#include <random>
#include <set>

#include <gtest/gtest.h>

#include "domain/cloud_event.hpp"
#include "domain/evidence/leaf.hpp"
#include "workflows/engine/event_catalogue.hpp"

namespace docket {
namespace {

/// One place that a grant may name, and the values that stand there.
struct Leaf {
  std::string pattern;  ///< `/data/parties/*/name`
  std::vector<std::string> marks;
};

/// Data of a schema in which each text and number is a mark of its own.
class Marked {
 public:
  Json Make(const Json& schema, const std::string& pattern) {
    if (schema.contains("properties")) {
      Json object = Json::object();
      for (const auto& [name, member] : schema["properties"].items()) {
        object[name] = Make(member, pattern + "/" + name);
      }
      return object;
    }
    if (schema.contains("items")) {
      Json list = Json::array();
      for (int i = 0; i < 2; ++i) list.push_back(Make(schema["items"], pattern + "/*"));
      return list;
    }
    const std::int64_t number = 7'000'000'000 + next_++;
    const bool is_number = schema.value("type", "") == "integer";
    Note(pattern, std::to_string(number));
    // Where a person may be named stands a sealed box.
    if (schema.contains("x-personal")) {
      return {{"$sealed", 1}, {"key", "key"}, {"box", "mark" + std::to_string(number)}};
    }
    return is_number ? Json(number) : Json("mark" + std::to_string(number));
  }
  const std::vector<Leaf>& Leaves() const { return leaves_; }

 private:
  void Note(const std::string& pattern, std::string mark) {
    for (auto& leaf : leaves_) {
      if (leaf.pattern == pattern) return leaf.marks.push_back(std::move(mark));
    }
    leaves_.push_back({pattern, {std::move(mark)}});
  }

  std::vector<Leaf> leaves_;
  std::int64_t next_ = 0;
};

std::string MessageOf(const std::string& type, const Json& data) {
  RecordedEvent event;
  event.id = EventId("event-1");
  event.stream = StreamId("complaint-1");
  event.type = type;
  event.actor = ActorId("the-actor");
  event.recorded_by = ActorId("the-recorder");
  event.unit = UnitId("the-unit");
  event.command_id = CommandId("the-command");
  event.correlation = CorrelationId("the-correlation");
  event.role = Role::kHandler;
  event.position = Position{7};
  event.version = Version{3};
  event.salt = std::string(32, '5');
  event.data = CanonicalJson(data);
  event.data_digest = DataDigest(event.salt, event.data);
  event.leaf_hash = LeafHash(LogId::kCases, event);
  return CloudEventText({event, LogId::kCases, Epoch("epoch-1")});
}

const std::map<std::string, std::string>& Attributes() {
  static const std::map<std::string, std::string> values = {{"actor", "the-actor"},
                                                            {"recordedby", "the-recorder"},
                                                            {"unit", "the-unit"},
                                                            {"commandid", "the-command"},
                                                            {"correlation", "the-correlation"}};
  return values;
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

ShownFields Granted(const std::vector<std::string>& fields) {
  ShownFields shown{false, {}};
  for (const auto& field : fields) shown.places.push_back(NamesOfPointer(field));
  return shown;
}

TEST(ShownFields, NoByteOfAWithheldFieldIsInAMessageOfAnyType) {
  std::mt19937 random(20240808);
  std::size_t withheld_values = 0;
  for (const auto& type : AllEvents()) {
    Marked marked;
    const std::string whole = MessageOf(type.type, marked.Make(type.schema, "/data"));
    for (int round = 0; round < 6; ++round) {
      std::vector<std::string> fields;
      const auto takes = [&] { return round > 0 && (round == 5 || random() % 2 == 0); };
      for (const auto& leaf : marked.Leaves()) {
        if (takes()) fields.push_back(leaf.pattern);
      }
      for (const auto& [name, value] : Attributes()) {
        if (takes()) fields.push_back("/" + name);
      }
      EXPECT_TRUE(CheckEventFields({{type.type, fields}}, "").empty()) << type.type;
      const std::string text = NarrowedText(whole, Granted(fields));
      const std::set<std::string> granted(fields.begin(), fields.end());
      for (const auto& leaf : marked.Leaves()) {
        for (const auto& mark : leaf.marks) {
          EXPECT_EQ(Has(text, mark), granted.contains(leaf.pattern)) << type.type << leaf.pattern;
          if (!granted.contains(leaf.pattern)) ++withheld_values;
        }
      }
      for (const auto& [name, value] : Attributes()) {
        EXPECT_EQ(Has(text, value), granted.contains("/" + name)) << type.type << " " << name;
      }
      const Json json = Json::parse(text);
      EXPECT_EQ(json["leafhash"], Json::parse(whole)["leafhash"]);
      EXPECT_EQ(json["type"], type.type);
      EXPECT_EQ(json.contains("withheld"), text != whole) << type.type;
      EXPECT_EQ(json.contains("salt"), text == whole) << "with it few values are soon tried";
    }
  }
  EXPECT_GT(withheld_values, 1000U);
}

TEST(ShownFields, WhatIsWithheldIsNamedAndWhatNeverWasIsNot) {
  const std::string whole = MessageOf(
      "complaint.decided",
      {{"outcome", "upheld"}, {"parties", {{{"name", "甲"}, {"kind", "person"}}}}, {"note", "x"}});
  const Json json = Json::parse(
      NarrowedText(whole, Granted({"/data/outcome", "/data/parties/*/kind", "/actor", "/recordedby",
                                   "/unit", "/commandid", "/correlation"})));
  EXPECT_EQ(json["withheld"], "/data/note /data/parties/0/name /salt");
  EXPECT_EQ(json["data"], Json({{"outcome", "upheld"}, {"parties", {{{"kind", "person"}}}}}));
  EXPECT_TRUE(json.contains("datadigest")) << "the header of the leaf is whole";
}

TEST(ShownFields, TheDigestGoesWithTheHeader) {
  const std::string whole = MessageOf("complaint.decided", {{"outcome", "upheld"}});
  const Json json = Json::parse(NarrowedText(whole, Granted({"/data"})));
  EXPECT_EQ(json["withheld"], "/actor /recordedby /unit /commandid /correlation /salt /datadigest");
  EXPECT_FALSE(json.contains("datadigest"));
  EXPECT_EQ(json["data"]["outcome"], "upheld");
}

TEST(ShownFields, ASealedBoxIsOneValueAndAnEmptyListHidesItsLength) {
  const Json data = {{"name", {{"$sealed", 1}, {"key", "k"}, {"box", "b"}}}, {"list", {1, 2, 3}}};
  const auto whole = MessageOf("complaint.decided", data);
  EXPECT_EQ(Json::parse(NarrowedText(whole, Granted({"/data/name"})))["data"]["name"],
            data["name"]);
  const Json without = Json::parse(NarrowedText(whole, Granted({"/data/name/box"})));
  EXPECT_EQ(without["data"], Json::object());
  EXPECT_TRUE(Has(without["withheld"], "/data/list /data/name"));
}

const Unit kUnit{UnitId("finance"), "财政局", RegionCode("330482"), {}};
const Date kShownOn = *Date::Parse("2024-09-20");

std::optional<CaseOutline> TheCase(Confidentiality confidentiality) {
  CaseSummary summary;
  summary.region = RegionCode("330482");
  summary.unit = UnitId("other");
  summary.confidentiality = confidentiality;
  return OutlineOf("complaint", summary, ActorId("citizen"));
}

Scope WholeScope() { return Scope{RegionCode("330482")}; }

Scope ScopeWith(EventFields events, bool restricted = false) {
  Scope scope = WholeScope();
  scope.events = std::vector<EventFields>{std::move(events)};
  scope.restricted = restricted;
  return scope;
}

TEST(ShownFields, GrantsThatCoverTheCaseAddUp) {
  const auto shown = [&](std::vector<Scope> scopes, const char* type,
                         Confidentiality confidentiality = Confidentiality::kOrdinary) {
    const Actor actor{ActorId("credit"), kUnit.id, {Role::kAudit}, std::move(scopes)};
    return ShownTo({actor, kUnit, kShownOn}, TheCase(confidentiality), type);
  };
  const Scope decided = ScopeWith({"complaint.decided", {"/data/outcome"}});
  const Scope all = ScopeWith({"complaint.*", {"/actor"}});
  EXPECT_TRUE(shown({}, "complaint.decided")->whole);
  EXPECT_FALSE(shown({decided}, "complaint.lodged")) << "not even that it happened";
  EXPECT_EQ(shown({decided}, "complaint.decided")->places.size(), 1U);
  EXPECT_EQ(shown({decided, all}, "complaint.decided")->places.size(), 2U);
  EXPECT_TRUE(shown({decided, WholeScope()}, "complaint.lodged")->whole);
  Scope elsewhere = WholeScope();
  elsewhere.region = RegionCode("330424");
  EXPECT_FALSE(shown({decided, elsewhere}, "complaint.lodged")) << "it does not cover the case";
  Scope over = WholeScope();
  over.until = *Date::Parse("2024-09-19");
  EXPECT_FALSE(shown({decided, over}, "complaint.lodged"));
  EXPECT_FALSE(shown({decided}, "complaint.decided", Confidentiality::kRestricted));
  EXPECT_TRUE(shown({decided, ScopeWith({"*", {}}, true)}, "complaint.decided",
                    Confidentiality::kRestricted)
                  ->places.empty());
}

}  // namespace
}  // namespace docket
