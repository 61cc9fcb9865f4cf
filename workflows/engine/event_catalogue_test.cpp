// Grants by field name what there is: every type of every workflow, and the fields of its data.
#include "workflows/engine/event_catalogue.hpp"

#include <set>

#include <gtest/gtest.h>

namespace docket {
namespace {

std::vector<std::string> Wrong(const std::vector<EventFields>& events) {
  std::vector<std::string> wrong;
  for (const auto& error : CheckEventFields(events, "/events")) {
    wrong.push_back(error.pointer + " " + error.code);
  }
  return wrong;
}

TEST(EventCatalogue, HasEachTypeOnce) {
  std::set<std::string> types;
  for (const auto& event : AllEvents()) {
    EXPECT_TRUE(types.insert(event.type).second) << event.type;
    EXPECT_FALSE(event.zh.empty()) << event.type;
    EXPECT_TRUE(event.schema.contains("properties")) << event.type;
  }
  for (const char* type : {"complaint.decided", "account.scopes_granted", "deadline.lapsed",
                           "back_entry.recorded", "personal.erased", "reading.restricted"}) {
    EXPECT_TRUE(types.contains(type)) << type;
  }
}

TEST(EventCatalogue, KnowsFieldsOfListsOfMembersAndOfTheMessage) {
  EXPECT_TRUE(Wrong({{"complaint.lodged",
                      {"/data", "/data/profile", "/data/respondents/*/name", "/actor", "/unit"}},
                     {"complaint.*", {"/data/outcome"}},
                     {"*", {}}})
                  .empty());
}

TEST(EventCatalogue, NamesWhatThereIsNot) {
  EXPECT_EQ(Wrong({{"complaint.won", {}}, {"nothing.*", {}}, {"", {}}}),
            (std::vector<std::string>{"/events/0/type unknown_event_type",
                                      "/events/1/type unknown_event_type",
                                      "/events/2/type unknown_event_type"}));
  EXPECT_EQ(
      Wrong({{"complaint.lodged",
              {"/data/profile", "/data/verdict", "/data/respondents/0/name", "/data/profile/x",
               "profile", "/leafhash", ""}}}),
      (std::vector<std::string>{
          "/events/0/fields/1 unknown_event_field", "/events/0/fields/2 unknown_event_field",
          "/events/0/fields/3 unknown_event_field", "/events/0/fields/4 unknown_event_field",
          "/events/0/fields/5 unknown_event_field", "/events/0/fields/6 unknown_event_field"}));
  const auto errors = CheckEventFields({{"complaint.lodged", {"/data/verdict"}}}, "/events");
  EXPECT_NE(errors.at(0).zh.find("/data/verdict"), std::string::npos);
}

}  // namespace
}  // namespace docket
