// Published decisions as input: every usable record becomes a command that its machine takes, and
// the periods counted from it agree with an independent count that stands in the same file.
#include <gtest/gtest.h>

#include <fstream>

#include "domain/calendar/calendar.hpp"
#include "workflows/complaint/decision_record.hpp"
#include "workflows/engine/rulebook.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::complaint {

namespace {

std::vector<Json> Records() {
  std::ifstream file(std::string(DOCKET_SOURCE_DIR) + "/tests/data/decisions.jsonl");
  std::vector<Json> records;
  for (std::string line; std::getline(file, line);) records.push_back(*ParseJson(line));
  return records;
}

const WorkCalendar& Calendar() { return *CalendarSet::Builtin().Newest(); }
const Rulebook& Rules() { return FindWorkflow("complaint")->Rules(); }

/// The finding of a rule, counted from the named start; nullptr when there is none.
const PeriodFinding* Find(const std::vector<PeriodFinding>& findings, const std::string& rule,
                          const std::string& start = "") {
  for (const auto& finding : findings) {
    const bool same_rule =
        finding.rule.size() >= rule.size() &&
        finding.rule.compare(finding.rule.size() - rule.size(), rule.size(), rule) == 0;
    if (same_rule && (start.empty() || finding.start == start)) return &finding;
  }
  return nullptr;
}

TEST(RecordedDecisions, EveryComplaintRecordBecomesACommandThatTheMachineTakes) {
  std::size_t taken = 0;
  std::size_t refused = 0;
  for (const auto& json : Records()) {
    SCOPED_TRACE(json["id"].get<std::string>());
    const auto record = ReadDecisionRecord(json);
    ASSERT_TRUE(record.has_value());
    const auto command = CommandFor(*record);
    if (!command) {
      EXPECT_EQ(command.error().code, "record_of_other_workflow");
      ++refused;
      continue;
    }
    Context context;
    context.now = *Instant::Parse("2026-11-21T00:00:00+08:00");
    context.occurred_at = context.now;
    context.rules = &Rules();
    context.calendar = &Calendar();
    const Acts acts;
    context.acts = &acts;
    const Actor keeper{ActorId("keeper"), UnitId("archive"), {Role::kRecordKeeper}};
    const auto decided =
        FindWorkflow("complaint")->NewCase()->Decide(command->name, command->body, keeper, context);
    EXPECT_TRUE(decided.has_value()) << decided.error().code;
    ++taken;
  }
  EXPECT_EQ(taken, 50u);
  EXPECT_EQ(refused, 9u);
}

TEST(RecordedDecisions, TheDecisionPeriodAgreesWithTheIndependentCount) {
  std::size_t compared = 0;
  for (const auto& json : Records()) {
    if (!json.contains("computed_working_days") || json["document_type"] != "complaint_decision") {
      continue;
    }
    SCOPED_TRACE(json["id"].get<std::string>());
    const auto& expected = json["computed_working_days"];
    const auto findings = CountPeriods(*ReadDecisionRecord(json), Rules(), Calendar());
    if (expected.contains("start_key")) {
      const auto* finding = Find(findings, "_decide", expected["start_key"]);
      ASSERT_NE(finding, nullptr);
      EXPECT_EQ(finding->counted, expected["net_from_start"].get<std::int64_t>());
      EXPECT_EQ(finding->excluded, expected["excluded"].get<std::int64_t>());
      EXPECT_EQ(finding->due_on.ToString(), expected["due_from_start"]);
      EXPECT_EQ(finding->result == "met", expected["within_30_from_start"].get<bool>());
      ++compared;
    }
    if (expected.contains("net_from_accepted")) {
      const auto* finding = Find(findings, "_decide", "accepted");
      ASSERT_NE(finding, nullptr);
      EXPECT_EQ(finding->counted, expected["net_from_accepted"].get<std::int64_t>());
      ++compared;
    }
  }
  EXPECT_GT(compared, 10u);
}

TEST(RecordedDecisions, OtherPeriodsAgreeWithTheIndependentCount) {
  const std::vector<std::pair<std::string, std::string>> counts = {
      {"query_to_answer_wd(limit 7)", "procurement_challenge_reply"},
      {"receipt_to_correction_notice_wd(limit 5)", "procurement_correction_notice"},
      {"receipt_to_reply_notice_wd(limit 8)", "procurement_reply_notice"}};
  const std::vector<std::pair<std::string, std::string>> dues = {
      {"suspension_last_day_if_served_same_day", "procurement_suspension"},
      {"correction_due", "procurement_correction_supply"},
      {"correction_due_if_delivered_on_notice_day", "procurement_correction_supply"}};
  std::size_t compared = 0;
  for (const auto& json : Records()) {
    if (!json.contains("computed_other")) continue;
    SCOPED_TRACE(json["id"].get<std::string>());
    const auto& expected = json["computed_other"];
    const auto findings = CountPeriods(*ReadDecisionRecord(json), Rules(), Calendar());
    for (const auto& [name, rule] : counts) {
      if (!expected.contains(name)) continue;
      ASSERT_NE(Find(findings, rule), nullptr) << rule;
      EXPECT_EQ(Find(findings, rule)->counted, expected[name].get<std::int64_t>()) << rule;
      ++compared;
    }
    for (const auto& [name, rule] : dues) {
      if (!expected.contains(name)) continue;
      ASSERT_NE(Find(findings, rule), nullptr) << rule;
      EXPECT_EQ(Find(findings, rule)->due_on.ToString(), expected[name]) << rule;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 15u);
}

TEST(RecordedDecisions, ARecordThatCannotBeReadNamesThePlace) {
  Json json = Records().front();
  json["dates"]["decided"] = "2024-02-31";
  json["profile"] = "unknown";
  json.erase("authority");
  const auto record = ReadDecisionRecord(json);
  ASSERT_FALSE(record.has_value());
  std::vector<std::string> pointers;
  for (const auto& field : record.error().fields) pointers.push_back(field.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/authority", "/profile", "/dates/decided"}));
}

TEST(RecordedDecisions, WhatTheTextDoesNotSayIsNamedAndNeverInvented) {
  const auto records = Records();
  const auto record = ReadDecisionRecord(records.front());
  const auto lacks = LacksOf(*record);
  for (const char* name : {"parties", "handlers", "document_no"}) {
    EXPECT_NE(std::find(lacks.begin(), lacks.end(), name), lacks.end()) << name;
  }
  const auto command = CommandFor(*record);
  EXPECT_FALSE(command->body.contains("handlers"));
  EXPECT_EQ(command->body["unknowns"], Json(lacks));
}

}  // namespace

}  // namespace docket::complaint
