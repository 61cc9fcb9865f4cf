/// A small read model: how many events each stream has.
#pragma once

#include <map>
#include <string>

#include "persistence/projections/projection.hpp"

namespace docket::testing {

/// Throws for streams called `bad`, gives rows that no database takes for those called `refused`,
/// and stops at one called `broken`.
class CountingProjection : public Projection {
 public:
  explicit CountingProjection(std::int64_t version = 1) : schema_(SchemaOf(version)) {}

  static ProjectionSchema SchemaOf(std::int64_t version) {
    return {.name = "counting",
            .version = version,
            .tables = {{.name = "counted",
                        .columns = {{"stream"}, {"events", ColumnType::kInteger}},
                        .indexes = {{{"events", "stream"}}}},
                       {.name = "seen",
                        .columns = {{"stream"}, {"version", ColumnType::kInteger}, {"note"}},
                        .key_columns = 2}}};
  }
  const ProjectionSchema& Schema() const override { return schema_; }
  void Prepare(const std::vector<StreamEvents>&) override {}
  Changes Apply(const StreamEvents& events) override {
    const std::string& stream = events.front()->stream.value;
    auto& count = counts_.try_emplace(stream, events.front()->version.value - 1).first->second;
    Changes changes;
    if (events.front()->version.value == 1) changes.erases.push_back({1, {stream}});
    for (const auto* event : events) {
      ++count;
      ++applied;
      changes.upserts.push_back({1, {stream, event->version.value, "第'1\"件\\"}});
    }
    changes.upserts.push_back({0, {stream, stream == refused ? ViewValue() : ViewValue(count)}});
    if (stream == bad) throw std::runtime_error("cannot read it");
    if (stream == broken) throw StoreError("disk");
    return changes;
  }
  void Forget(const StreamId& stream) override {
    counts_.erase(stream.value);
    forgotten.push_back(stream.value);
  }
  void ForgetAll() override { counts_.clear(); }

  int applied = 0;
  std::string bad = "bad";
  std::string refused = "refused";
  std::string broken = "broken";
  std::vector<std::string> forgotten;

 private:
  const ProjectionSchema schema_;
  std::map<std::string, std::int64_t> counts_;
};

}  // namespace docket::testing
