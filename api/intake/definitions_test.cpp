// Definitions of messages beside the commands that they become, and what they say of wrong ones.
#include "api/intake/definitions.hpp"

#include <set>

#include <gtest/gtest.h>

#include "workflows/engine/workflow.hpp"

namespace docket::intake {
namespace {

std::string CommandNamed(const std::string& message) {
  return message == "closing" ? "close" : "record_" + message;
}

std::set<std::string> NamesIn(const Json& properties) {
  std::set<std::string> names;
  for (const auto& [name, _] : properties.items()) names.insert(name);
  return names;
}

/// Members and choices are the same, however deep.
void ExpectSame(const Json& body, const Json& command, const std::string& at) {
  EXPECT_EQ(body.value("enum", Json()), command.value("enum", Json())) << at;
  if (command.contains("items")) ExpectSame(body["items"], command["items"], at + "/items");
  if (!command.contains("properties")) return;
  EXPECT_EQ(NamesIn(body["properties"]), NamesIn(command["properties"])) << at;
  for (const auto& [name, member] : command["properties"].items()) {
    ExpectSame(body["properties"][name], member, at + "/" + name);
  }
}

TEST(IntakeDefinitions, AreOfTheCommandsThatTheyBecome) {
  const auto& description = FindWorkflow("project")->Describe();
  EXPECT_EQ(MessageNames().size(), 15U);
  for (const auto& definition : MessageDefinitions()) {
    if (definition.name == "heartbeat") continue;
    const auto* command = description.FindCommand(CommandNamed(definition.name));
    ASSERT_NE(command, nullptr) << definition.name;
    Json schema = command->schema;
    schema["properties"].erase("record");
    schema["properties"].erase("provider");
    Json body = definition.schema["properties"]["body"];
    if (definition.name != "project") body["properties"].erase("project");
    ExpectSame(body, schema, definition.version + "/" + definition.name);
  }
}

TEST(IntakeDefinitions, OfAnotherVersionOrNameThereAreNone) {
  EXPECT_NE(FindDefinition("2.0", "award"), nullptr);
  EXPECT_EQ(FindDefinition("1.0", "award"), nullptr);
  EXPECT_EQ(FindDefinition("2.0", "rumour"), nullptr);
  EXPECT_EQ(NewestDefinition("rumour"), nullptr);
}

TEST(IntakeDefinitions, TimesAreReadAsThoseOfChina) {
  EXPECT_EQ(ReadCompactInstant("20240808090000")->ToString(), "2024-08-08T09:00:00+08:00");
  EXPECT_FALSE(ReadCompactInstant("20240231090000"));
  EXPECT_FALSE(ReadCompactInstant("2024080809000"));
  EXPECT_FALSE(ReadCompactInstant(""));
}

TEST(IntakeDefinitions, EveryMistakeIsReportedOnceHoweverDeep) {
  const auto& definition = *FindDefinition("2.0", "enrolment");
  const Json message = {{"message_id", "message-1"},
                        {"standard_version", "2.0"},
                        {"key", "K"},
                        {"occurred_at", "20240808090000"},
                        {"digest", "sha256:" + std::string(64, 'a')},
                        {"signature", {{"key", "k1"}, {"value", std::string(86, 'A') + "=="}}},
                        {"body",
                         {{"project", "A3304820001234567890"},
                          {"enrolled_at", "20240808090000"},
                          {"bidders",
                           {{{"name", "甲"}, {"credit_code", "91350100M000100Y44"}},
                            {{"names", "乙"}, {"phone", 1}}}}}}};
  std::set<std::string> wrong;
  for (const auto& error : CheckMessage(definition, message)) {
    EXPECT_TRUE(wrong.insert(error.pointer + " " + error.code).second) << error.pointer;
  }
  EXPECT_EQ(wrong, (std::set<std::string>{"/body/bidders/0/credit_code credit_code_invalid",
                                          "/body/bidders/1/name field_missing",
                                          "/body/bidders/1/names field_unknown",
                                          "/body/bidders/1/phone field_invalid"}));
}

}  // namespace
}  // namespace docket::intake
