#include "persistence/projections/case_views.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/office_fixture.hpp"
#include "tests/support/view_stores.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using testing::Office;
using testing::StoreKind;

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

class CaseViewsTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  std::set<std::string> Titles(const CaseFilter& filter) {
    std::set<std::string> titles;
    for (const auto& row : office_.views.ListCases(filter).rows) titles.insert(row.summary.title);
    return titles;
  }
  std::string Dump() {
    const auto& schema = CaseProjection::TheSchema();
    return testing::DumpTables(*views_, schema, views_->FindLive(schema).value());
  }
  /// Begins again from the first event, as after an upgrade.
  void RebuildViews(std::size_t batch_events_max) {
    const auto& schema = CaseProjection::TheSchema();
    views_->Replace(schema, views_->FindLive(schema).value());
    office_.OpenProjector(batch_events_max);
    office_.Project();
  }

  testing::TemporaryDirectory directory_;
  testing::ViewPlace place_{GetParam(), *ParseSqliteUrl("sqlite:" + directory_.File("office.db"))};
  std::unique_ptr<ViewStore> views_ = place_.Open();
  Office office_{views_.get()};
};

TEST_P(CaseViewsTest, RowTellsWhatTheCaseIs) {
  const auto id = office_.Lodge("350102", "滨江路改造");
  office_.Project();
  const auto page = office_.views.ListCases({});
  ASSERT_EQ(page.rows.size(), 1u);
  const auto& row = page.rows[0];
  EXPECT_EQ(row.case_id, id);
  EXPECT_EQ(row.workflow, "complaint");
  EXPECT_EQ(row.state, "lodged");
  EXPECT_EQ(row.summary.title, "滨江路改造");
  EXPECT_EQ(row.summary.region, RegionCode("350102"));
  EXPECT_EQ(row.summary.industry, Industry::kConstruction);
  EXPECT_EQ(row.summary.profile, "tendering");
  EXPECT_EQ(row.people_version, Version{1});
  EXPECT_EQ(row.opened_at, office_.log.clock.Now());
  EXPECT_EQ(row.changed_at, office_.log.clock.Now());
  EXPECT_FALSE(row.overdue);
  EXPECT_EQ(row.position, office_.log.Log().ReadHead(LogId::kCases).position);
  EXPECT_EQ(page.position, row.position);
  EXPECT_EQ(office_.views.ProjectedTo(), row.position);
  const auto model = office_.engine.Load(id);
  EXPECT_EQ(row.version, (*model)->Version());
  const auto deadlines = office_.views.ListDeadlines({.state = ClockState::kRunning});
  ASSERT_FALSE(deadlines.rows.empty());
  EXPECT_EQ(deadlines.rows[0].clock.due_date, row.next_due);
  EXPECT_EQ(deadlines.rows[0].title, "滨江路改造");
  EXPECT_EQ(deadlines.rows[0].clock, *(*model)->Clocks().Find(deadlines.rows[0].clock.clock));
}

TEST_P(CaseViewsTest, FiltersSelect) {
  const auto first = office_.Lodge("350102", "鼓楼一号");
  office_.Lodge("350203", "思明二号");
  office_.Lodge("350100", "福州三号");
  office_.log.clock.Set(office_.log.clock.Now() + 1h);
  ASSERT_TRUE(office_.Execute("clerk", first, "sign_for", {{"handlers", {"han", "lin"}}}));
  office_.Project();
  using Titles_ = std::set<std::string>;
  EXPECT_EQ(Titles({.region = RegionCode("350100")}), (Titles_{"鼓楼一号", "福州三号"}));
  EXPECT_EQ(Titles({.region = RegionCode("350102")}), (Titles_{"鼓楼一号"}));
  EXPECT_EQ(Titles({.region = RegionCode("350000")}).size(), 3u);
  EXPECT_EQ(Titles({.region = RegionCode("100000")}).size(), 3u);
  EXPECT_TRUE(Titles({.region = RegionCode("110000")}).empty());
  EXPECT_EQ(Titles({.handler = ActorId("lin")}), (Titles_{"鼓楼一号"}));
  EXPECT_TRUE(Titles({.handler = ActorId("head")}).empty());
  EXPECT_EQ(Titles({.state = "signed_for"}), (Titles_{"鼓楼一号"}));
  EXPECT_EQ(Titles({.unit = UnitId("bureau")}), (Titles_{"鼓楼一号"}));
  EXPECT_EQ(Titles({.text = "二号"}), (Titles_{"思明二号"}));
  EXPECT_TRUE(Titles({.text = "%"}).empty());
  EXPECT_TRUE(Titles({.industry = Industry::kWater}).empty());
  EXPECT_TRUE(Titles({.workflow = "penalty"}).empty());
  EXPECT_TRUE(Titles({.profile = "government_procurement"}).empty());
  EXPECT_EQ(Titles({.overdue = false}).size(), 3u);
}

TEST_P(CaseViewsTest, PagesNeitherRepeatNorSkip) {
  for (int i = 0; i < 7; ++i) office_.Lodge("350102", "项目" + std::to_string(i));
  office_.Project();
  std::vector<std::string> seen;
  CaseFilter filter{.limit = 3};
  for (int pages = 1;; ++pages) {
    const auto page = office_.views.ListCases(filter);
    for (const auto& row : page.rows) seen.push_back(row.summary.title);
    // A newer case and a change to an older one between two pages do not disturb the rest.
    if (pages == 1) {
      office_.Lodge("350102", "新项目");
      office_.Project();
    }
    if (page.next.empty()) break;
    filter.after = page.next;
  }
  ASSERT_EQ(seen.size(), 7u);
  for (int i = 0; i < 7; ++i) EXPECT_EQ(seen[i], "项目" + std::to_string(6 - i));

  std::set<std::string> clocks;
  std::size_t rows = 0;
  DeadlineFilter deadlines{.limit = 4};
  do {
    const auto page = office_.views.ListDeadlines(deadlines);
    for (const auto& row : page.rows) clocks.insert(row.case_id.value + row.clock.clock);
    rows += page.rows.size();
    deadlines.after = page.next;
  } while (!deadlines.after.empty());
  EXPECT_EQ(clocks.size(), rows);
  EXPECT_GE(rows, 8u);
  EXPECT_THROW(office_.views.ListCases({.after = "elsewhere"}), UnknownPage);
  EXPECT_THROW(office_.views.ListDeadlines({.after = "1.x"}), UnknownPage);
}

TEST_P(CaseViewsTest, SweepingRecordsLapsesOnce) {
  for (int i = 0; i < 5; ++i) office_.Lodge("350102", "项目" + std::to_string(i));
  office_.Project();
  EXPECT_TRUE(office_.views.DueCases(office_.log.clock.Now(), 10).empty());
  EXPECT_EQ(office_.Sweep(), 0u);
  // Three days of nobody looking, and then some: one round records all of it.
  office_.log.clock.Set(office_.log.clock.Now() + 24h * 30);
  EXPECT_EQ(office_.views.DueCases(office_.log.clock.Now(), 3).size(), 3u);
  EXPECT_EQ(office_.views.DueCases(office_.log.clock.Now(), 10).size(), 5u);
  EXPECT_GE(office_.Sweep(), 5u);
  const auto head = office_.log.Log().ReadHead(LogId::kCases).position;
  EXPECT_EQ(office_.Sweep(), 0u);
  EXPECT_EQ(office_.log.Log().ReadHead(LogId::kCases).position, head);
  EXPECT_EQ(Titles({.overdue = true}).size(), 5u);
  const auto lapsed = office_.views.ListDeadlines({.state = ClockState::kLapsed});
  ASSERT_EQ(lapsed.rows.size(), 5u);
  EXPECT_EQ(lapsed.rows[0].clock.rule, "tendering_accept");
  const auto by = *lapsed.rows[0].clock.due_date;
  EXPECT_EQ(office_.views.ListDeadlines({.due_by = by}).rows.size(), 5u);
  EXPECT_TRUE(office_.views.ListDeadlines({.due_by = by - 1}).rows.empty());
}

TEST_P(CaseViewsTest, RebuiltViewsEqualTheLiveOnes) {
  for (int i = 0; i < 4; ++i) {
    const auto id = office_.Lodge("350102", "项目" + std::to_string(i));
    office_.Project();
    if (i % 2 == 0) {
      ASSERT_TRUE(office_.Execute("clerk", id, "sign_for", {{"handlers", {"han", "lin"}}}));
      office_.Project();
    }
  }
  office_.log.clock.Set(office_.log.clock.Now() + 24h * 60);
  office_.Sweep();
  const auto live = Dump();
  EXPECT_FALSE(live.empty());
  for (const std::size_t batch : {1u, 3u, 1000u}) {
    RebuildViews(batch);
    EXPECT_EQ(Dump(), live) << "batch of " << batch;
  }
}

TEST_P(CaseViewsTest, TimelineShowsEveryEventAndNoPersonalData) {
  const auto id = office_.Lodge("350102", "滨江路改造");
  office_.Project();
  const auto timeline = office_.views.Timeline(id);
  ASSERT_GE(timeline.size(), 2u);
  EXPECT_EQ(timeline[0].type, "complaint.lodged");
  EXPECT_EQ(timeline[0].actor, ActorId("clerk"));
  EXPECT_TRUE(timeline[0].data["complainant"]["name"].contains("$sealed"));
  for (const auto& row : timeline) {
    EXPECT_NE(row.zh, "") << row.type;
    EXPECT_NE(row.zh, row.type);
  }
  EXPECT_EQ(Dump().find("张三丰"), std::string::npos);
  for (const auto& entry : std::filesystem::directory_iterator(directory_.File(""))) {
    EXPECT_EQ(BytesOf(entry.path()).find("张三丰"), std::string::npos) << entry.path();
  }
}

TEST_P(CaseViewsTest, SearchFindsChineseWords) {
  office_.Lodge("350102", "青川市滨江路改造工程（Ａ标段）");
  office_.Lodge("350102", "中央与国家机关办公楼");
  office_.Lodge("350102", "江滨公园FJ2024-001号");
  office_.Lodge("350102", "𠮷林路");
  office_.Project();
  using Found = std::set<std::string>;
  EXPECT_EQ(Titles({.text = "滨江"}), (Found{"青川市滨江路改造工程（Ａ标段）"}));
  EXPECT_EQ(Titles({.text = "江滨"}), (Found{"江滨公园FJ2024-001号"}));
  EXPECT_EQ(Titles({.text = "路"}), (Found{"青川市滨江路改造工程（Ａ标段）", "𠮷林路"}));
  EXPECT_EQ(Titles({.text = "a标段"}), (Found{"青川市滨江路改造工程（Ａ标段）"}));
  EXPECT_EQ(Titles({.text = "路　改造"}), (Found{"青川市滨江路改造工程（Ａ标段）"}));
  EXPECT_EQ(Titles({.text = "fj２０２４"}), (Found{"江滨公园FJ2024-001号"}));
  EXPECT_EQ(Titles({.text = "001"}), (Found{"江滨公园FJ2024-001号"}));
  EXPECT_EQ(Titles({.text = "𠮷"}), (Found{"𠮷林路"}));
  EXPECT_TRUE(Titles({.text = "中国"}).empty()) << "whose characters stand apart";
  EXPECT_TRUE(Titles({.text = "滨江 江滨"}).empty());
  EXPECT_TRUE(Titles({.text = "，"}).empty());
  EXPECT_TRUE(Titles({.text = "\xff"}).empty());
  EXPECT_EQ(Titles({.text = "  "}).size(), 4u);
  EXPECT_TRUE(Titles({.state = "signed_for", .text = "滨江"}).empty());
}

TEST_P(CaseViewsTest, UnreadableEventParksItsCaseAlone) {
  const auto bad = office_.Lodge("350102", "坏项目");
  auto event = testing::MakeEvent();
  event.type = "complaint.never_heard_of";
  office_.log.Log().Append(testing::Request({{bad, ExpectedVersion::Any(), {event}}}));
  const auto good = office_.Lodge("350102", "好项目");
  Json calendar = {{"not", "a case"}};
  office_.log.Log().Append(testing::Request(
      {{StreamId("elsewhere-1"), ExpectedVersion::Any(), {testing::MakeEvent(calendar.dump())}}}));
  office_.Project();
  const auto parked = office_.projector->Parked();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(parked[0].stream, bad);
  EXPECT_NE(parked[0].reason.find("complaint.never_heard_of"), std::string::npos);
  EXPECT_TRUE(Titles({}).contains("好项目"));
  EXPECT_EQ(office_.views.ProjectedTo(), office_.log.Log().ReadHead(LogId::kCases).position);
}

INSTANTIATE_TEST_SUITE_P(, CaseViewsTest,
                         ::testing::Values(StoreKind::kSqlite, StoreKind::kPostgres),
                         testing::NameOfStoreKind);

}  // namespace
}  // namespace docket
