#include "tests/support/sample_cases.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace docket::testing {

namespace {

struct Sample {
  std::int64_t version = 0;
  Json data;
};

/// The newest samples of each event type: one, and those that lead elsewhere, `x.y.v1.other.json`.
std::map<std::string, std::vector<Sample>> SamplesOf(const Workflow& workflow) {
  const auto folder =
      std::filesystem::path(DOCKET_SOURCE_DIR) / "workflows" / workflow.Name() / "history";
  std::map<std::string, std::vector<Sample>> samples;
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.insert(entry.path());
  for (const auto& file : files) {
    const std::string name = file.filename().string();
    const auto mark = name.rfind(".v");
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    Sample sample{std::stoll(name.substr(mark + 2)), Json::parse(text.str())};
    auto& known = samples[name.substr(0, mark)];
    if (!known.empty() && known.front().version < sample.version) known.clear();
    if (known.empty() || known.front().version == sample.version) {
      known.push_back(std::move(sample));
    }
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
          // None: a row of the other profile.
          auto next = Follow(reached[row.from], row);
          if (!next) continue;
          reached[row.to] = std::move(*next);
          open.push_back(row.to);
        }
      }
    }
    std::map<std::string, SampleHistory> histories;
    for (auto& [state, found] : reached) histories[state] = std::move(found.history);
    return histories;
  }

 private:
  std::optional<Reached> Follow(const Reached& from, const RowText& row) {
    std::size_t choices = 1;
    for (const auto& type : row.emits) choices = std::max(choices, samples_.at(type).size());
    for (std::size_t choice = 0; choice < choices; ++choice) {
      auto to = Take(from, row, choice);
      if (to.model->State() == row.to) return to;
    }
    return std::nullopt;
  }

  Reached Take(const Reached& from, const RowText& row, std::size_t choice) {
    Reached to{from.model->Clone(), from.history};
    for (const auto& type : row.emits) {
      const auto& samples = samples_.at(type);
      const Sample& sample = samples[std::min(choice, samples.size() - 1)];
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
  std::map<std::string, std::vector<Sample>> samples_;
};

}  // namespace

std::map<std::string, SampleHistory> SampleHistories(const Workflow& workflow,
                                                     const std::function<Actor(Role)>& actor_of) {
  return Walk(workflow, actor_of).Run();
}

}  // namespace docket::testing
