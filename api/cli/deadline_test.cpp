// `docket deadline compute`, line by line and as a whole command line.

#include "api/cli/deadline.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "api/cli/calendar.hpp"

namespace docket::cli {
namespace {

std::vector<Json> Lines(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(Json::parse(line));
  return lines;
}

struct Computed {
  ExitCode code = ExitCode::kDone;
  std::vector<Json> answers;
  std::vector<Json> problems;
};

Computed Compute(const std::string& input, bool explain = false) {
  std::istringstream in(input);
  std::ostringstream out, err;
  Terminal terminal{in, out, err};
  const auto code = ComputeDeadlines(CalendarSet::Builtin(), {.explain = explain}, terminal);
  return {code, Lines(out.str()), Lines(err.str())};
}

struct VerbTexts {
  ExitCode code = ExitCode::kDone;
  std::string out;
  std::string err;
};

VerbTexts RunVerbs(std::vector<std::string> arguments, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out, err;
  Terminal terminal{in, out, err};
  const auto code =
      RunCommandLine({AddCalendarVerb, AddDeadlineVerb}, std::move(arguments), terminal);
  return {code, out.str(), err.str()};
}

/// The due date of three working days from that start, or the problem's first pointer and code.
std::string DueFrom(const std::string& start) {
  const auto run = Compute(R"({"start":)" + start + R"(,"rule":{"amount":3,"unit":"workday"}})");
  if (!run.answers.empty()) return run.answers[0]["due_date"];
  const Json& field = run.problems.at(0)["fields"][0];
  return field["pointer"].get<std::string>() + " " + field["code"].get<std::string>();
}

TEST(DeadlineVerbTest, AnswersEverySharedVector) {
  std::ifstream file(DOCKET_SOURCE_DIR "/tests/data/deadline_vectors.json");
  const Json vectors = Json::parse(file)["vectors"];
  ASSERT_EQ(vectors.size(), 200u);
  std::string input;
  for (const Json& vector : vectors) input += vector.dump() + "\n";
  const auto run = Compute(input);
  EXPECT_EQ(run.code, ExitCode::kDone);
  EXPECT_TRUE(run.problems.empty());
  ASSERT_EQ(run.answers.size(), vectors.size());
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    EXPECT_EQ(run.answers[i], (Json{{"id", vectors[i]["id"]},
                                    {"due_date", vectors[i]["expected_due_date"]},
                                    {"due_instant_exclusive", vectors[i]["due_instant_exclusive"]},
                                    {"provisional", false}}));
  }
}

TEST(DeadlineVerbTest, AStartIsADateAnInstantOrUnixSeconds) {
  EXPECT_EQ(DueFrom(R"("2024-02-29")"), "2024-03-05");
  EXPECT_EQ(DueFrom(R"("2024-02-29T15:59:59Z")"), "2024-03-05");
  EXPECT_EQ(DueFrom(R"("2024-02-29T16:00:00Z")"), "2024-03-06");
  EXPECT_EQ(DueFrom("1709222399"), "2024-03-05");
  EXPECT_EQ(DueFrom("1709222400"), "2024-03-06");
  EXPECT_EQ(DueFrom("\"1709222399\""), "2024-03-05");
  EXPECT_EQ(DueFrom("1709222399.0"), "2024-03-05");
  EXPECT_EQ(DueFrom("\"-1\""), "1970-01-06");
  for (const char* wrong : {"\"2024-02-30\"", "\"\"", "true", "1709222399000", "1e300",
                            "\"2024-02-29T15:59:59\"", "\"17092223990000000000\"", "\"-\""}) {
    EXPECT_EQ(DueFrom(wrong), "/start moment_invalid") << wrong;
  }
}

TEST(DeadlineVerbTest, AnOpenPauseHasNoDueDate) {
  const auto run =
      Compute(R"({"id":"P","start":"2024-03-01","rule":{"amount":30,"unit":"workday"},)"
              R"("pauses":[{"from":"2024-03-11","reason":"鉴定"}]})");
  EXPECT_EQ(run.code, ExitCode::kDone);
  EXPECT_EQ(run.answers.at(0), Json::parse(R"({"id":"P","due_date":null,
      "due_instant_exclusive":null,"provisional":false,"paused":true,"remaining":24})"));
}

TEST(DeadlineVerbTest, ExplainAddsEveryDay) {
  const auto run = Compute(R"({"start":"2024-04-26","rule":{"amount":1,"unit":"workday"}})", true);
  EXPECT_EQ(run.answers.at(0)["days"], Json::parse(R"([
      {"date":"2024-04-26","counted":false,"ordinal":0,"code":"start_day",
       "zh":"开始的当日，不计入","en":"the day of the start: not counted"},
      {"date":"2024-04-27","counted":false,"ordinal":0,"code":"weekend",
       "zh":"周末，不计入","en":"weekend: not counted"},
      {"date":"2024-04-28","counted":true,"ordinal":1,"code":"due",
       "zh":"第1个工作日（劳动节调休上班），期限届满日",
       "en":"working day 1 (make-up working day, 劳动节): the last day in time"}])"));
}

TEST(DeadlineVerbTest, ExtensionAndCalendarVersionAreUsed) {
  const std::string rule = R"("start":"2020-01-22","rule":{"amount":5,"unit":"workday"})";
  const auto run =
      Compute("{" + rule + "}\n{" + rule + ",\"calendar_version\":\"2019-11-21-original\"}\n{" +
              rule + ",\"calendar_version\":null,\"extension\":1}\r\n\n");
  ASSERT_EQ(run.answers.size(), 3u);
  EXPECT_EQ(run.answers[0]["due_date"], "2020-02-06");
  EXPECT_EQ(run.answers[1]["due_date"], "2020-02-04");
  EXPECT_EQ(run.answers[2]["due_date"], "2020-02-07");
}

TEST(DeadlineVerbTest, ABadLineIsToldAndTheOthersAreAnswered) {
  const auto run = Compute(
      R"({"id":"A","start":"2024-02-31","rule":{"amount":"3","unit":"week"},"pauses":[{"to":1}]})"
      "\nnonsense\n[1]\n"
      R"({"id":"B","start":"2024-03-01","rule":{"amount":3,"unit":"workday"}})"
      "\n"
      R"({"id":"C","start":"2024-03-01","rule":{"amount":20000,"unit":"workday"}})"
      "\n"
      R"({"id":"D","start":"2024-03-01","rule":{"amount":3,"unit":"workday"},)"
      R"("calendar_version":"x"})");
  EXPECT_EQ(run.code, ExitCode::kRefused);
  ASSERT_EQ(run.answers.size(), 1u);
  EXPECT_EQ(run.answers[0]["id"], "B");
  ASSERT_EQ(run.problems.size(), 5u);
  EXPECT_EQ(run.problems[0]["id"], "A");
  EXPECT_EQ(run.problems[0]["line"], 1);
  EXPECT_EQ(run.problems[0]["code"], "invalid_fields");
  std::vector<std::string> pointers;
  for (const Json& field : run.problems[0]["fields"]) pointers.push_back(field["pointer"]);
  EXPECT_EQ(pointers,
            (std::vector<std::string>{"/start", "/rule/amount", "/rule/unit", "/pauses/0/from"}));
  EXPECT_EQ(run.problems[1]["code"], "json_malformed");
  EXPECT_EQ(run.problems[1]["line"], 2);
  EXPECT_FALSE(run.problems[1].contains("id"));
  EXPECT_EQ(run.problems[2]["fields"][0]["code"], "wrong_type");
  EXPECT_EQ(run.problems[3]["code"], "amount_out_of_range");
  EXPECT_EQ(run.problems[3]["fields"][0]["pointer"], "/rule/amount");
  EXPECT_EQ(run.problems[4]["code"], "calendar_version_unknown");
  EXPECT_EQ(run.problems[4]["line"], 6);
  for (const Json& problem : run.problems) {
    EXPECT_FALSE(problem["zh"].get<std::string>().empty());
    EXPECT_FALSE(problem["en"].get<std::string>().empty());
  }
}

TEST(DeadlineVerbTest, AnUnknownMemberIsIgnoredAloudOnce) {
  const std::string line =
      R"({"start":"2024-03-01","rule":{"amount":3,"unit":"workday","rol":"none"},"pause":[]})";
  const auto run = Compute(line + "\n" + line);
  EXPECT_EQ(run.code, ExitCode::kDone);
  EXPECT_EQ(run.answers.size(), 2u);
  ASSERT_EQ(run.problems.size(), 2u);
  EXPECT_EQ(run.problems[0]["code"], "member_ignored");
  EXPECT_EQ(run.problems[0]["pointer"], "/pause");
  EXPECT_EQ(run.problems[1]["pointer"], "/rule/rol");
}

TEST(CommandLineTest, ComputesFromTheCommandLine) {
  const auto run =
      RunVerbs({"deadline", "compute"},
               R"({"id":1,"start":"2011-01-31","rule":{"amount":3,"unit":"workday"}})");
  EXPECT_EQ(run.code, ExitCode::kDone);
  EXPECT_EQ(run.out, R"({"due_date":"2011-02-10","due_instant_exclusive":)"
                     R"("2011-02-11T00:00:00+08:00","id":1,"provisional":false})"
                     "\n");
  const auto file = RunVerbs({"deadline", "compute", "--explain", "--calendar",
                              DOCKET_SOURCE_DIR "/data/calendars/cn.json"},
                             "nonsense");
  EXPECT_EQ(file.code, ExitCode::kRefused);
}

TEST(CommandLineTest, WrongUsageAndUnreadableFilesHaveTheirExitCodes) {
  EXPECT_EQ(RunVerbs({}).code, ExitCode::kUsage);
  EXPECT_EQ(RunVerbs({"deadline"}).code, ExitCode::kUsage);
  EXPECT_EQ(RunVerbs({"deadline", "compute", "--frobnicate"}).code, ExitCode::kUsage);
  EXPECT_EQ(RunVerbs({"--help"}).code, ExitCode::kDone);
  const auto absent = RunVerbs({"deadline", "compute", "--calendar", "/no/such/file"});
  EXPECT_EQ(absent.code, ExitCode::kInfrastructure);
  EXPECT_NE(absent.err.find("/no/such/file"), std::string::npos);
  const auto folder = RunVerbs({"deadline", "compute", "--calendar", "/"});
  EXPECT_EQ(folder.code, ExitCode::kInfrastructure);
}

}  // namespace
}  // namespace docket::cli
