#include "tests/support/sample_cases.hpp"

#include <deque>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace docket::testing {

namespace {

struct Sample {
  std::int64_t version = 0;
  Json data;
};

/// The newest sample of each event type.
std::map<std::string, Sample> SamplesOf(const Workflow& workflow) {
  const auto folder =
      std::filesystem::path(DOCKET_SOURCE_DIR) / "workflows" / workflow.Name() / "history";
  std::map<std::string, Sample> samples;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const auto mark = name.rfind(".v");
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    Sample sample{std::stoll(name.substr(mark + 2)), Json::parse(text.str())};
    auto& known = samples[name.substr(0, mark)];
    if (known.version < sample.version) known = std::move(sample);
  }
  return samples;
}

struct Reached {
  std::shared_ptr<CaseModel> model;
  SampleHistory history;
};

class Walk {
 public:
  Walk(const Workflow& workflow, const std::function<Actor(Role)>& actor_of)
      : workflow_(workflow), actor_of_(actor_of), samples_(SamplesOf(workflow)) {}

  std::map<std::string, SampleHistory> Run() {
    std::map<std::string, Reached> reached;
    reached[workflow_.Describe().initial] = {workflow_.NewCase(), {}};
    // What people do at their desks first: recorded history has no unit, and what the clock brings
    // about may leave out who handles the case.
    for (const Role last : {Role::kIntake, Role::kClock}) {
      std::deque<std::string> open;
      for (const auto& [state, _] : reached) open.push_back(state);
      for (; !open.empty(); open.pop_front()) {
        for (const auto& row : workflow_.Describe().rows) {
          const bool by_system = SideOf(row.roles.front()) == Side::kSystem;
          if (row.from != open.front() || reached.contains(row.to)) continue;
          if (row.roles.front() == Role::kRecordKeeper || (by_system && last != Role::kClock)) {
            continue;
          }
          auto next = Take(reached[row.from], row);
          if (next.model->State() != row.to) continue;  // A row of the other profile.
          reached[row.to] = std::move(next);
          open.push_back(row.to);
        }
      }
    }
    std::map<std::string, SampleHistory> histories;
    for (auto& [state, found] : reached) histories[state] = std::move(found.history);
    return histories;
  }

 private:
  Reached Take(const Reached& from, const RowText& row) {
    Reached to{from.model->Clone(), from.history};
    for (const auto& type : row.emits) {
      const Sample& sample = samples_.at(type);
      for (const auto& data : VariantsOf(sample.data, *to.model)) {
        Add(to, type, sample.version, data, actor_of_(row.roles.front()), row.roles.front());
      }
    }
    return to;
  }

  /// What concerns one party concerns each: only then a case moves on.
  static std::vector<Json> VariantsOf(const Json& data, const CaseModel& model) {
    const Json facts = model.Facts();
    if (!data.contains("party") || !facts.contains("parties")) return {data};
    std::vector<Json> variants;
    for (const auto& party : facts["parties"]) {
      variants.push_back(data);
      variants.back()["party"] = party;
    }
    return variants;
  }

  static void Add(Reached& to, const std::string& type, std::int64_t version, const Json& data,
                  const Actor& actor, Role role) {
    RecordedEvent event;
    event.id = EventId("sample-" + std::to_string(to.history.size()));
    event.type = type;
    event.schema_version = version;
    event.occurred_at = *Instant::Parse("2024-08-08T09:00:00+08:00");
    event.actor = event.recorded_by = actor.id;
    event.unit = actor.unit;
    event.role = role;
    event.version = to.model->Version().Next();
    event.data = CanonicalJson(data);
    to.model->Apply(event, data);
    event.region = to.model->Summary().region;
    to.history.push_back(event);
  }

  const Workflow& workflow_;
  const std::function<Actor(Role)>& actor_of_;
  std::map<std::string, Sample> samples_;
};

}  // namespace

std::map<std::string, SampleHistory> SampleHistories(const Workflow& workflow,
                                                     const std::function<Actor(Role)>& actor_of) {
  return Walk(workflow, actor_of).Run();
}

}  // namespace docket::testing
