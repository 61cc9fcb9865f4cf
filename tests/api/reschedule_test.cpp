// Running cases after their working calendar was revised, as an operator sees to it: the Spring
// Festival of 2020, lengthened on 26 January.
#include <fstream>

#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

/// The calendar that the product ships, as it was announced in November 2019, or as it became.
Json CalendarOf2020(bool revised) {
  std::ifstream file(DOCKET_SOURCE_DIR "/data/calendars/cn.json");
  Json calendar = Json::parse(file);
  calendar["version"] = revised ? "office-2020-01-26" : "office-2019-11-21";
  calendar.erase("revisions");
  Json years = Json::object();
  for (const auto& [year, days] : calendar["years"].items()) {
    if (year <= "2020") years[year] = days;
  }
  if (!revised) {
    Json& days = years["2020"];
    std::erase_if(days["off_days"].get_ref<Json::array_t&>(), [](const Json& day) {
      return day["date"] == "2020-01-31" || day["date"] == "2020-02-01";
    });
    days["makeup_workdays"].push_back({{"date", "2020-02-01"}, {"dow", "Sat"}, {"name", "春节"}});
  }
  calendar["years"] = std::move(years);
  return calendar;
}

class RescheduleVerbTest : public ::testing::Test {
 protected:
  std::string Url() const { return "sqlite:" + (folder_.Path() / "office.db").string(); }

  void Publish(bool revised) const {
    const auto path = folder_.Path() / "calendar.json";
    std::ofstream(path) << CalendarOf2020(revised).dump();
    const auto done = RunDocket({"calendar", "import", path.string(), "--store", Url()});
    ASSERT_EQ(done.exit_code, 0) << done.said;
  }
  /// Serves at this legal time while `use` talks to it.
  template <class Use>
  void Serving(const std::string& now, const Use& use) const {
    Process server({"serve", "--store", Url(), "--office",
                    DOCKET_SOURCE_DIR "/data/sample/office.json", "--listen", "127.0.0.1:0",
                    "--virtual-clock" + (now.empty() ? "" : "=" + now)});
    const std::string line = server.ReadLine();
    use(static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1))));
    server.Stop();
    EXPECT_EQ(server.Wait(), 0);
  }
  std::vector<Json> Reschedule(bool dry_run) const {
    std::vector<std::string> arguments{"deadline", "reschedule",      "--store",
                                       Url(),      "--virtual-clock", "--json"};
    if (dry_run) arguments.emplace_back("--dry-run");
    const auto done = RunDocket(arguments);
    EXPECT_EQ(done.exit_code, 0) << done.said;
    std::vector<Json> moved;
    std::istringstream lines(done.said);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("{")) moved.push_back(Json::parse(line));
    }
    return moved;
  }
  static Json DeadlinesOf(std::uint16_t port, const std::string& case_id) {
    return Client(port, "intake-0001").Get("/v1/cases/" + case_id + "/deadlines").body["deadlines"];
  }

  TemporaryFolder folder_;
};

TEST_F(RescheduleVerbTest, ARevisedCalendarMovesTheDeadlinesOfRunningCasesOnce) {
  std::string case_id;
  Serving("2020-01-20T09:00:00+08:00", [](std::uint16_t) {});
  Publish(false);
  Serving("", [&](std::uint16_t port) {
    Json complaint = LodgeBody();
    for (auto& [name, value] : complaint["data"].items()) {
      if (name.ends_with("_on")) value = "2020-01-13";
    }
    const Reply reply = Client(port, "portal-0001").Post("/v1/cases", complaint);
    ASSERT_EQ(reply.status, 201) << reply.text;
    case_id = reply.body["case_id"];
  });
  EXPECT_TRUE(Reschedule(true).empty()) << "nothing was revised yet";
  Publish(true);

  const auto listed = Reschedule(true);
  ASSERT_FALSE(listed.empty());
  for (const auto& moved : listed) {
    EXPECT_EQ(moved["case_id"], case_id);
    EXPECT_EQ(moved["because"], "calendar");
    EXPECT_EQ(moved["from"]["calendar"], "office-2019-11-21");
    EXPECT_EQ(moved["to"]["calendar"], "office-2020-01-26");
    EXPECT_LT(moved["from"]["due_date"].get<std::string>(),
              moved["to"]["due_date"].get<std::string>());
  }
  EXPECT_EQ(Reschedule(true), listed) << "a dry run records nothing";
  EXPECT_EQ(Reschedule(false), listed);
  EXPECT_TRUE(Reschedule(false).empty());

  Serving("", [&](std::uint16_t port) {
    std::size_t recorded = 0;
    const Reply timeline = Client(port, "intake-0001").Get("/v1/cases/" + case_id + "/timeline");
    for (const auto& event : timeline.body["events"]) {
      if (event["type"] == "deadline.rescheduled") ++recorded;
    }
    EXPECT_EQ(recorded, listed.size());
    for (const auto& deadline : DeadlinesOf(port, case_id)) {
      for (const auto& moved : listed) {
        if (deadline["clock"] != moved["clock"]) continue;
        EXPECT_EQ(deadline["due_date"], moved["to"]["due_date"]) << deadline;
        EXPECT_EQ(deadline["calendar"], "office-2020-01-26");
      }
    }
  });
}

}  // namespace
}  // namespace docket::test
