// The committed AsyncAPI document is what the program prints, and its references lead somewhere.
#include "api/render/asyncapi.hpp"

#include <fstream>
#include <set>

#include <gtest/gtest.h>

namespace docket {
namespace {

void CollectReferences(const Json& value, std::set<std::string>& references) {
  if (!value.is_structured()) return;
  if (value.is_object() && value.contains("$ref")) references.insert(value["$ref"]);
  for (const auto& member : value) CollectReferences(member, references);
}

TEST(AsyncApi, TheCommittedDocumentIsFresh) {
  std::ifstream file(DOCKET_SOURCE_DIR "/docs/api/asyncapi.json");
  const Json committed = Json::parse(file, nullptr, false);
  EXPECT_TRUE(committed == AsyncApiDocument()) << "run script/docs and commit";
}

TEST(AsyncApi, EveryReferenceLeadsSomewhere) {
  const Json document = AsyncApiDocument();
  std::set<std::string> references;
  CollectReferences(document, references);
  EXPECT_GT(references.size(), 20u);
  for (const auto& reference : references) {
    // Names of messages have dots, none has a slash.
    const Json::json_pointer pointer(reference.substr(1));
    EXPECT_TRUE(document.contains(pointer)) << reference;
  }
}

TEST(AsyncApi, EveryEventSaysItsData) {
  const Json messages = AsyncApiDocument()["components"]["messages"];
  const Json& lodged = messages["complaint.lodged"]["payload"]["allOf"][1]["properties"];
  EXPECT_EQ(lodged["type"]["const"], "complaint.lodged");
  const Json& name = lodged["data"]["properties"]["complainant"]["properties"]["name"];
  EXPECT_EQ(name["anyOf"][0]["$ref"], "#/components/schemas/SealedText");
  EXPECT_TRUE(messages.contains("deadline.started"));
}

}  // namespace
}  // namespace docket
