/// Folds cases from the log and writes what lists and the sweeper need of them.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "persistence/projections/projector.hpp"
#include "persistence/sqlite/store_url.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// Opens the read models' file for writing, migrated. It can be rebuilt from the log, so it does
/// not wait for the disk at each commit.
std::unique_ptr<Database> OpenViewsWriter(const SqlitePaths& paths);

/// The projection `cases`. Keeps the cases last touched in memory, so that an active case is not
/// folded from its first event each time. Streams that name no workflow are skipped.
class CaseProjection : public Projection {
 public:
  static constexpr std::string_view kName = "cases";
  /// `log` outlives the projection.
  explicit CaseProjection(const EventLog& log) : log_(log) {}

  std::string_view Name() const override { return kName; }
  std::int64_t Version() const override { return 1; }
  void Reset(Database& views) override;
  void Apply(Database& views, const std::vector<RecordedEvent>& events) override;
  void Forget(const StreamId& stream) override;

 private:
  struct Folded {
    StreamId stream;
    std::unique_ptr<CaseModel> model;
    Position opened_position;
    Instant opened_at;
    std::vector<CaseClock> written_clocks;  ///< As the table holds them.
    std::optional<std::vector<ActorId>> written_handlers;
  };
  using Recent = std::list<Folded>;

  /// The case as it was before `first`, from memory or from the log.
  Folded& Take(const RecordedEvent& first);
  Folded Load(const RecordedEvent& first) const;
  static void ApplyOne(Folded& folded, const RecordedEvent& event);
  static void WriteCase(Database& views, const Folded& folded, Position position);
  static void WriteHandlers(Database& views, Folded& folded);
  static void WriteClocks(Database& views, Folded& folded);

  const EventLog& log_;
  Recent recent_;  ///< Last touched first.
  std::map<StreamId, Recent::iterator> by_stream_;
};
constexpr std::size_t kFoldedCasesMax = 1024;

}  // namespace docket
