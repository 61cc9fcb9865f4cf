#include "api/log/process_log.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

TEST(ProcessLog, EveryLineIsOneJsonObjectWithTimeLevelAndEvent) {
  std::vector<std::string> lines;
  const ProcessLog log([&](std::string_view line) { lines.emplace_back(line); });
  log.Write(NoticeLevel::kInfo, "started", {{"address", "http://127.0.0.1:1"}});
  log.Reporting()({NoticeLevel::kError, "sweeper", "two\nlines and a byte \xff"});
  ASSERT_EQ(lines.size(), 2u);
  for (const auto& line : lines) {
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    EXPECT_TRUE(Instant::Parse(Json::parse(line).at("time").get<std::string>()).has_value());
  }
  Json first = Json::parse(lines[0]);
  first.erase("time");
  EXPECT_EQ(first,
            Json({{"level", "info"}, {"event", "started"}, {"address", "http://127.0.0.1:1"}}));
  const Json second = Json::parse(lines[1]);
  EXPECT_EQ(second.at("level"), "error");
  EXPECT_EQ(second.at("event"), "notice");
  EXPECT_EQ(second.at("source"), "sweeper");
}

}  // namespace
}  // namespace docket
