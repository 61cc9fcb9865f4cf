/// Folds cases from the log into what lists, search and the sweeper need of them.
#pragma once

#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "persistence/projections/projection.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// The projection `cases`. Keeps the cases last touched in memory, so that an active case is not
/// folded from its first event each time; others are read from the log, all of a batch at once.
/// Streams that name no workflow are skipped. No personal data: what the summary publishes.
class CaseProjection : public Projection {
 public:
  /// `log` outlives the projection.
  explicit CaseProjection(const EventLog& log, std::size_t folded_max = 4096)
      : log_(log), folded_max_(folded_max) {}

  static const ProjectionSchema& TheSchema();
  const ProjectionSchema& Schema() const override { return TheSchema(); }
  void Prepare(const std::vector<StreamEvents>& batch) override;
  Changes Apply(const StreamEvents& events) override;
  void Forget(const StreamId& stream) override;
  void ForgetAll() override;

 private:
  struct Folded {
    StreamId stream;
    std::unique_ptr<CaseModel> model;
    Position opened_position;
    Instant opened_at;
  };
  using Recent = std::list<Folded>;

  /// Remembered as it is just before `first`; nullptr: not, or as something else.
  Folded* Recall(const RecordedEvent& first);
  Folded& Remember(Folded folded);
  /// From all events of the stream, as it was before `first`.
  static Folded Load(const std::vector<RecordedEvent>& stream, const RecordedEvent& first);
  static void ApplyOne(Folded& folded, const RecordedEvent& event);

  const EventLog& log_;
  const std::size_t folded_max_;
  Recent recent_;  ///< Last touched first.
  std::unordered_map<StreamId, Recent::iterator> by_stream_;
};

}  // namespace docket
