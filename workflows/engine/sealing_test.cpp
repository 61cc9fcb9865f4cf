// Sealing personal texts at the door of the log, opening and hiding them again.
#include <map>

#include <gtest/gtest.h>

#include "workflows/engine/sealing.hpp"

namespace docket {
namespace {

const Reveal kAll = [](const KeyId&) { return true; };

/// Keys of a toy cipher: it shifts each byte by the key's number and writes down, in clear, what
/// the text is bound to. It keeps nothing secret; it only shows which key sealed what.
class ShiftKeys : public SubjectKeys {
 public:
  void Ensure(const std::vector<KeyId>&, const std::vector<PersonMark>&) override {}
  SealedValue Seal(const KeyId& key, const std::string& bound_to,
                   const std::string& clear) override {
    const int shift = keys_.try_emplace(key, static_cast<int>(keys_.size()) + 1).first->second;
    SealedValue value;
    value.key = key;
    value.box = bound_to + "|" + Shifted(clear, shift);
    return value;
  }
  std::optional<std::string> Open(const SealedValue& value,
                                  const std::string& bound_to) const override {
    const auto key = keys_.find(value.key);
    const std::string head = bound_to + "|";
    if (key == keys_.end() || value.box.rfind(head, 0) != 0) return std::nullopt;
    return Shifted(value.box.substr(head.size()), -key->second);
  }
  std::string Authenticate(const KeyId& key, const std::string& content) override {
    keys_.try_emplace(key, static_cast<int>(keys_.size()) + 1);
    return key.value + content;
  }
  std::optional<std::string> Reauthenticate(const KeyId& key,
                                            const std::string& content) const override {
    return keys_.contains(key) ? std::optional(key.value + content) : std::nullopt;
  }
  void Destroy(const KeyId& key) { keys_.erase(key); }

 private:
  static std::string Shifted(std::string text, int by) {
    for (char& c : text) c = static_cast<char>(c + by);
    return text;
  }
  std::map<KeyId, int> keys_;
};

const StreamId kCase("complaint-1");
const EventId kEvent("event-1");

/// A name and a text of the complainant, a list that names a respondent, and what is nobody's.
EventDraft Draft() {
  EventDraft draft;
  draft.data = {{"title", "青川大桥"},
                {"complainant", {{"name", "甲某"}}},
                {"claims", "请求重新评标"},
                {"respondents", Json::array({{{"name", "乙公司"}}})}};
  draft.personal = {{"/complainant/name", Subject::kComplainant},
                    {"/claims", Subject::kComplainant},
                    {"/respondents/0/name", Subject::kRespondent}};
  return draft;
}

TEST(SealingTest, EachPersonOfAListHasAKeyOfItsOwn) {
  const auto key_of = [](const char* pointer, Subject subject) {
    return KeyOf(kCase, kEvent, {pointer, subject}).value;
  };
  EXPECT_EQ(key_of("/respondents/0/name", Subject::kRespondent),
            "complaint-1/respondent/event-1/respondents/0");
  EXPECT_NE(key_of("/respondents/1/name", Subject::kRespondent),
            key_of("/respondents/0/name", Subject::kRespondent));
  EXPECT_EQ(key_of("/complainant/name", Subject::kComplainant), "complaint-1/complainant");
  EXPECT_EQ(key_of("/items/0", Subject::kComplainant), "complaint-1/complainant") << "no person";
  EXPECT_EQ(key_of("/evidence/0/name", Subject::kParties), "complaint-1/parties");
}

TEST(SealingTest, AKeySaysWhoseItIs) {
  const StreamId lodged("complaint-01900000-0000-7000-8000-000000000001");
  const KeyId person = KeyOf(lodged, kEvent, {"/respondents/0/name", Subject::kRespondent});
  EXPECT_EQ(CaseOfKey(person), lodged);
  EXPECT_EQ(SubjectOf(person), Subject::kRespondent);
  EXPECT_EQ(PlaceOf(person), "respondents/0");
  EXPECT_EQ(PlaceOf(SubjectKey(lodged, Subject::kRespondent)), "");
  const KeyId command = KeyOfCommand(lodged, "event-1");
  EXPECT_TRUE(IsCommandKey(command));
  EXPECT_EQ(SubjectOf(command), Subject::kNone);
  EXPECT_EQ(PlaceOf(command), "");
  EXPECT_TRUE(CaseOfKey(KeyId("log/commands")).empty());
  EXPECT_FALSE(IsCommandKey(KeyId("log/commands")));
}

TEST(SealingTest, OneKeyASubjectAndCase) {
  EXPECT_EQ(SubjectKey(kCase, Subject::kComplainant), KeyId("complaint-1/complainant"));
  EXPECT_NE(SubjectKey(kCase, Subject::kComplainant), SubjectKey(kCase, Subject::kRespondent));
}

// Shows A071.
TEST(SealingTest, PersonalTextsAreSealedAndNothingElse) {
  ShiftKeys keys;
  const Json sealed = SealDraft(Draft(), kCase, kEvent, keys);
  EXPECT_EQ(sealed.at("title"), "青川大桥");
  for (const char* place : {"/complainant/name", "/claims", "/respondents/0/name"}) {
    EXPECT_TRUE(sealed.at(Json::json_pointer(place)).contains("$sealed")) << place;
  }
  EXPECT_EQ(sealed.dump().find("甲某"), std::string::npos);
}

TEST(SealingTest, WhatWasSealedOpensToTheSame) {
  ShiftKeys keys;
  const Json sealed = SealDraft(Draft(), kCase, kEvent, keys);
  EXPECT_EQ(OpenSealed(sealed, kEvent, keys, kAll), Draft().data);
}

TEST(SealingTest, AReaderSeesTheTextsWhoseKeysItMayUse) {
  ShiftKeys keys;
  const Json sealed = SealDraft(Draft(), kCase, kEvent, keys);
  EXPECT_EQ(OpenSealed(sealed, kEvent, keys, Reveal()), sealed);
  const KeyId respondent = KeyOf(kCase, kEvent, {"/respondents/0/name", Subject::kRespondent});
  const Json opened =
      OpenSealed(sealed, kEvent, keys, [&](const KeyId& key) { return key == respondent; });
  EXPECT_EQ(opened.at("claims"), sealed.at("claims"));
  EXPECT_EQ(opened.at("respondents")[0].at("name"), "乙公司");
}

TEST(SealingTest, ADestroyedKeyTakesOnlyItsSubjectWithIt) {
  ShiftKeys keys;
  const Json sealed = SealDraft(Draft(), kCase, kEvent, keys);
  keys.Destroy(SubjectKey(kCase, Subject::kComplainant));
  const Json opened = OpenSealed(sealed, kEvent, keys, kAll);
  EXPECT_EQ(opened.at("claims"), sealed.at("claims"));
  EXPECT_EQ(opened.at("respondents")[0].at("name"), "乙公司");
}

TEST(SealingTest, ASealedTextOpensOnlyInItsEventAndItsPlace) {
  ShiftKeys keys;
  Json sealed = SealDraft(Draft(), kCase, kEvent, keys);
  EXPECT_EQ(OpenSealed(sealed, EventId("event-2"), keys, kAll), sealed);
  std::swap(sealed["claims"], sealed["complainant"]["name"]);
  const Json opened = OpenSealed(sealed, kEvent, keys, kAll);
  EXPECT_EQ(opened.at("claims"), sealed.at("claims"));
  EXPECT_EQ(opened.at("complainant").at("name"), sealed.at("complainant").at("name"));
}

TEST(SealingTest, ReadersWhoMayNotSeeThatThereIsSomething) {
  ShiftKeys keys;
  const Json hidden = HideSealed(SealDraft(Draft(), kCase, kEvent, keys));
  const Json mark = {{"sealed", true}};
  EXPECT_EQ(hidden.at("claims"), mark);
  EXPECT_EQ(hidden.at("respondents")[0].at("name"), mark);
  EXPECT_EQ(hidden.at("title"), "青川大桥");
}

}  // namespace
}  // namespace docket
