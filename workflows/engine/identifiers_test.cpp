// Which fields identify a person, and whose keys they lead to.
#include "workflows/engine/identifiers.hpp"

#include <gtest/gtest.h>

#include "workflows/engine/sealing.hpp"

namespace docket {
namespace {

const StreamId kCase("complaint-01900000-0000-7000-8000-000000000001");
const EventId kEvent("01900000-0000-7000-8000-0000000000e1");

std::vector<IdentifierKind> KindsOf(const PersonalDetails& details) {
  std::vector<IdentifierKind> kinds;
  for (const auto& identifier : IdentifiersOf(details)) kinds.push_back(identifier.kind);
  return kinds;
}

TEST(Identifiers, ANameAloneIdentifiesNobody) {
  EXPECT_TRUE(IdentifiersOf({.name = "王小满"}).empty());
  EXPECT_TRUE(IdentifiersOf({.address = "某路一号"}).empty());
  EXPECT_EQ(KindsOf({.name = "某公司", .organisation = true}),
            (std::vector{IdentifierKind::kOrganisation}));
  EXPECT_EQ(KindsOf({.name = "王小满", .phone = "139"}),
            (std::vector{IdentifierKind::kNameAndPhone, IdentifierKind::kPhone}));
}

TEST(Identifiers, WhatMayBeSharedIsNotStrong) {
  EXPECT_TRUE(IsStrong(IdentifierKind::kIdNumber));
  EXPECT_TRUE(IsStrong(IdentifierKind::kNameAndAddress));
  EXPECT_FALSE(IsStrong(IdentifierKind::kPhone));
  EXPECT_FALSE(IsStrong(IdentifierKind::kOrganisation));
}

TEST(Identifiers, APartyIsReadFromItsFields) {
  const auto details =
      DetailsOf({{"kind", "legal_person"}, {"name", "某公司"}, {"id_number", "91X"}, {"phone", 1}});
  EXPECT_EQ(details.name, "某公司");
  EXPECT_EQ(details.id_number, "91X");
  EXPECT_FALSE(details.phone) << "no text";
  EXPECT_EQ(details.organisation, true);
  EXPECT_EQ(DetailsOf({{"holder", "赵"}, {"identity", "110"}}).id_number, "110");
  EXPECT_FALSE(DetailsOf("text").name);
}

TEST(Identifiers, EachPersonOfAListIsFoundUnderItsOwnKey) {
  EventDraft draft;
  draft.data = {{"complainant", {{"kind", "person"}, {"name", "甲"}, {"phone", "139"}}},
                {"respondents", Json::array({{{"kind", "person"}, {"id_number", "1"}},
                                             {{"kind", "person"}, {"id_number", "2"}}})},
                {"evidence", Json::array({{{"name", "证据.pdf"}}})}};
  draft.personal = {{"/complainant/name", Subject::kComplainant},
                    {"/complainant/phone", Subject::kComplainant},
                    {"/respondents/0/id_number", Subject::kRespondent},
                    {"/respondents/1/id_number", Subject::kRespondent},
                    {"/evidence/0/name", Subject::kParties}};
  std::set<std::pair<KeyId, Identifier>> found;
  for (const auto& mark : MarksOf(draft, kCase, kEvent)) found.emplace(mark.key, mark.identifier);
  const KeyId complainant = SubjectKey(kCase, Subject::kComplainant);
  const KeyId first(kCase.value + "/respondent/" + kEvent.value + "/respondents/0");
  const KeyId second(kCase.value + "/respondent/" + kEvent.value + "/respondents/1");
  EXPECT_EQ(found, (std::set<std::pair<KeyId, Identifier>>{
                       {complainant, {IdentifierKind::kNameAndPhone, "甲\n139"}},
                       {complainant, {IdentifierKind::kPhone, "139"}},
                       {first, {IdentifierKind::kIdNumber, "1"}},
                       {second, {IdentifierKind::kIdNumber, "2"}}}));
}

}  // namespace
}  // namespace docket
