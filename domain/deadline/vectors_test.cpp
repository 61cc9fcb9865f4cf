// Every shared vector: due dates on which two independent implementations agree.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "domain/deadline/period.hpp"

namespace docket {
namespace {

Json ReadVectors() {
  std::ifstream file(DOCKET_SOURCE_DIR "/tests/data/deadline_vectors.json");
  std::ostringstream text;
  text << file.rdbuf();
  auto document = ParseJson(text.str());
  return document ? (*document)["vectors"] : Json::array();
}

Count CountOf(const Json& vector) {
  const Json& rule = vector["rule"];
  Count count;
  count.start = *Instant::ParseDateOrInstant(vector["start"].get<std::string>());
  count.period = {.amount = rule["amount"].get<std::int64_t>(),
                  .unit = *FromName<PeriodUnit>(rule["unit"].get<std::string>()),
                  .direction = *FromName<Direction>(rule["direction"].get<std::string>()),
                  .roll = *FromName<Roll>(rule["roll"].get<std::string>())};
  for (const Json& pause : vector["pauses"]) {
    count.pauses.push_back({*Date::Parse(pause["from"].get<std::string>()),
                            Date::Parse(pause["to"].get<std::string>()),
                            pause["reason"].get<std::string>()});
  }
  return count;
}

TEST(DeadlineVectors, AllAreMet) {
  const Json vectors = ReadVectors();
  ASSERT_EQ(vectors.size(), 200u);
  for (const Json& vector : vectors) {
    SCOPED_TRACE(vector.dump());
    const auto calendar =
        CalendarSet::Builtin().Find(vector["calendar_version"].get<std::string>());
    ASSERT_NE(calendar, nullptr);
    const auto due = ComputeDue(CountOf(vector), *calendar);
    ASSERT_TRUE(due) << due.error().en;
    ASSERT_TRUE(due->date);
    EXPECT_EQ(due->date->ToString(), vector["expected_due_date"]);
    EXPECT_EQ(due->instant->ToString(), vector["due_instant_exclusive"]);
  }
}

TEST(DeadlineVectors, TheExplanationEndsOnTheDueDay) {
  for (const Json& vector : ReadVectors()) {
    SCOPED_TRACE(vector.dump());
    const auto due = ComputeDue(CountOf(vector), *CalendarSet::Builtin().Newest());
    ASSERT_TRUE(due);
    ASSERT_FALSE(due->days.empty());
    EXPECT_EQ(due->days.front().code, "start_day");
    EXPECT_EQ(due->days.back().code, "due");
    EXPECT_EQ(due->days.back().date, *due->date);
  }
}

}  // namespace
}  // namespace docket
