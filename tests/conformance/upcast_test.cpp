// Scenario E4: events of four versions of a type are read by the code of the fourth, and what is
// stored stays as it was.
#include "tests/conformance/conformance.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::ledger {

struct Open : State<Open> {
  static constexpr std::string_view kName = "open", kZh = "登记中";
};
struct Closed : State<Closed> {
  static constexpr std::string_view kName = "closed", kZh = "已结";
  static constexpr bool kTerminal = true;
};

struct Enter {
  static constexpr std::string_view kName = "enter", kZh = "登记";
  std::string text;
  std::string author;
  bool urgent = false;
  static FieldList Fields() {
    return {Field{"text", &Enter::text, "内容"}, Field{"author", &Enter::author, "登记人"},
            Field{"urgent", &Enter::urgent, "加急"}};
  }
};
struct Close {
  static constexpr std::string_view kName = "close", kZh = "结束";
  static FieldList Fields() { return {}; }
};

/// Version 1 called the text `note`; version 2 knew no author; version 3 no urgency.
struct Entered : Enter {
  static constexpr std::string_view kType = "ledger.entered", kZh = "已登记";
  static constexpr std::int64_t kVersion = 4;
};
struct Ended : Close {
  static constexpr std::string_view kType = "ledger.ended", kZh = "已结束";
};
using Event = std::variant<Entered, Ended>;

struct Facts {
  std::string state = "open";
  std::vector<std::string> entries;
  static FieldList Fields() {
    return {Field{"state", &Facts::state}, Field{"entries", &Facts::entries}};
  }
};
void Apply(Facts& facts, const Entered& event, const RecordedEvent&) {
  facts.entries.push_back(event.text + " by " + event.author + (event.urgent ? "!" : ""));
}
void Apply(Facts& facts, const Ended&, const RecordedEvent&) { facts.state = Closed::kName; }

struct Ledger : Definition<Ledger, Facts, Event> {
  static constexpr std::string_view kName = "ledger", kZh = "台账", kPurpose = "试验。";
  using initial_state = Open;
  using States = TypeList<Open, Closed>;
  // clang-format off
  using Rows = Table<
    Row<Open, Enter, Same,   Emit<Entered>, By<Role::kHandler>>,
    Row<Open, Close, Closed, Emit<Ended>,   By<Role::kHandler>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts&) { return {}; }
  static Json Upcast(const std::string&, std::int64_t version, Json data) {
    if (version == 1) {
      data["text"] = data.at("note");
      data.erase("note");
    } else if (version == 2) {
      data["author"] = "unknown";
    } else {
      data["urgent"] = false;
    }
    return data;
  }
};

const Workflow& Definition() {
  static const WorkflowFor<Ledger> workflow(R"({"workflow": "ledger"})");
  return workflow;
}

class Upcasting : public testing::ConformanceTest {};

TEST_F(Upcasting, E04LeavesStoredBytesAndHashesUntouched) {
  const std::vector<std::string> versions = {R"({"note":"一"})", R"({"text":"二"})",
                                             R"({"author":"lin","text":"三"})",
                                             R"({"author":"lin","text":"四","urgent":true})"};
  const StreamId stream("ledger-1");
  for (std::size_t i = 0; i < versions.size(); ++i) {
    auto event = testing::MakeEvent(versions[i]);
    event.type = Entered::kType;
    event.schema_version = static_cast<std::int64_t>(i) + 1;
    Accepted(testing::Request({{stream, testing::kAny, {event}}}));
  }
  const auto stored = All();
  const auto tree = store_->StoredTree(LogId::kCases);
  for (int round = 0; round < 2; ++round) {
    const auto model = Definition().NewCase();
    for (const auto& event : Log().ReadStream(LogId::kCases, stream, Version{}, 10)) {
      model->Apply(event);
    }
    EXPECT_EQ(model->Facts()["entries"],
              (Json{"一 by unknown", "二 by unknown", "三 by lin", "四 by lin!"}));
    Reopen();
    EXPECT_EQ(All(), stored);
    for (std::size_t i = 0; i < versions.size(); ++i) EXPECT_EQ(stored[i].data, versions[i]);
    EXPECT_EQ(store_->StoredTree(LogId::kCases), tree);
  }
}

}  // namespace docket::ledger
