#include "persistence/projections/view_store.hpp"

#include <fmt/format.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::string_view kSelectCheckpoint =
    "SELECT epoch, position, token FROM {checkpoint} WHERE id = 1";
constexpr std::string_view kMoveCheckpoint =
    "UPDATE {checkpoint} SET epoch = ?, position = ?, token = ?"
    " WHERE id = 1 AND epoch = ? AND position = ? AND token <= ?";
constexpr std::string_view kRetireCheckpoint = "UPDATE {checkpoint} SET token = ? WHERE id = 1";

constexpr std::string_view kSelectGenerations =
    "SELECT number, version FROM {generations} WHERE projection = ? AND state = ? ORDER BY number";
constexpr std::string_view kSelectLive =
    "SELECT number, version FROM {generations}"
    " WHERE projection = ? AND version = ? AND state = 'live'";
constexpr std::string_view kSelectOutdated =
    "SELECT number, version FROM {generations}"
    " WHERE projection = ? AND (state = 'retired' OR (state = 'live' AND version < ?))"
    " ORDER BY number";
constexpr std::string_view kSelectLastNumber =
    "SELECT coalesce(max(number), 0) FROM {generations} WHERE projection = ?";
constexpr std::string_view kInsertGeneration =
    "INSERT INTO {generations} (projection, number, version, state) VALUES (?, ?, ?, ?)";
// The row stays, so that a number, and with it the name of tables and files, is never used again.
constexpr std::string_view kSetRemoved =
    "UPDATE {generations} SET state = 'removed' WHERE projection = ? AND number = ?";
constexpr std::string_view kRetireLive =
    "UPDATE {generations} SET state = 'retired'"
    " WHERE projection = ? AND version = ? AND state = 'live'";
constexpr std::string_view kSetLive =
    "UPDATE {generations} SET state = 'live'"
    " WHERE projection = ? AND number = ? AND state = 'building'";

constexpr std::string_view kLive = "live";
constexpr std::string_view kBuilding = "building";

std::int64_t Integer(const ViewValue& value) { return std::get<std::int64_t>(value); }

Generation ReadGeneration(const std::string& projection, const ViewRow& row) {
  return {projection, Integer(row[0]), Integer(row[1])};
}

std::optional<Generation> ReadLive(ViewConnection& registry, const ProjectionSchema& schema) {
  const auto rows = registry.Query(kSelectLive, {schema.name, schema.version});
  if (rows.empty()) return std::nullopt;
  return ReadGeneration(schema.name, rows[0]);
}

}  // namespace

const TableSchema ViewStore::kRegistryTable{
    .name = "generations",
    .columns = {{"projection"},
                {"number", ColumnType::kInteger},
                {"version", ColumnType::kInteger},
                {"state"}},
    .key_columns = 2,
    .indexes = {{{"projection", "version"}, "state = 'live'", true}}};

Checkpoint ViewConnection::ReadCheckpoint() {
  const auto rows = Query(kSelectCheckpoint);
  if (rows.size() != 1) throw StoreError("a generation of a read model has lost its checkpoint");
  return {Epoch(std::get<std::string>(rows[0][0])), Position{Integer(rows[0][1])},
          Integer(rows[0][2])};
}

void ViewWriter::MoveCheckpoint(const Checkpoint& from, const Checkpoint& to) {
  const auto moved = Run(kMoveCheckpoint, {to.epoch.value, to.position.value, to.token,
                                           from.epoch.value, from.position.value, to.token});
  if (moved == 1) return;
  throw CheckpointMoved(
      fmt::format("the checkpoint is no longer at {}: another projector works on this read model, "
                  "or a rebuilt one has taken its place",
                  from.position.value));
}

void ViewWriter::Retire() { Run(kRetireCheckpoint, {kRetiredToken}); }

template <class Change>
auto ViewStore::Changing(const Change& change) {
  const std::lock_guard guard(changing_);
  try {
    if (!registry_) registry_ = OpenRegistry();
    ViewTransaction transaction(*registry_);
    LockRegistry(*registry_);
    auto result = change(*registry_);
    transaction.Commit();
    return result;
  } catch (...) {
    registry_.reset();
    throw;
  }
}

std::optional<Generation> ViewStore::FindLive(const ProjectionSchema& schema) {
  const auto live = LookForLive(schema);
  return live && HasTables(*live) ? live : std::nullopt;
}

std::optional<Generation> ViewStore::LookForLive(const ProjectionSchema& schema) {
  const std::lock_guard guard(looking_);
  try {
    if (look_) return ReadLive(*look_, schema);
  } catch (const StoreError&) {
    // The session may have been lost long ago: a new one tells.
    look_.reset();
  }
  look_ = OpenRegistryReader();
  if (!look_) return std::nullopt;
  return ReadLive(*look_, schema);
}

Generation ViewStore::TakeLive(const ProjectionSchema& schema) {
  return Changing([&](ViewWriter& registry) {
    RemoveRetired(registry, schema);
    const auto live = ReadLive(registry, schema);
    if (live && HasTables(*live)) return *live;
    if (live) registry.Run(kRetireLive, {schema.name, schema.version});
    return Add(registry, schema, kLive);
  });
}

Generation ViewStore::Replace(const ProjectionSchema& schema, const Generation& stale) {
  const auto live = Changing([&](ViewWriter& registry) {
    const auto now = ReadLive(registry, schema);
    if (now && *now != stale) return *now;
    registry.Run(kRetireLive, {schema.name, schema.version});
    return Add(registry, schema, kLive);
  });
  OpenWriter(schema, stale)->Retire();
  return live;
}

Generation ViewStore::TakeUnfinished(const ProjectionSchema& schema) {
  return Changing([&](ViewWriter& registry) {
    RemoveRetired(registry, schema);
    std::optional<Generation> unfinished;
    for (const auto& row :
         registry.Query(kSelectGenerations, {schema.name, std::string(kBuilding)})) {
      const auto generation = ReadGeneration(schema.name, row);
      if (generation.version == schema.version) unfinished = generation;
      else Remove(registry, generation);
    }
    return unfinished ? *unfinished : Add(registry, schema, kBuilding);
  });
}

void ViewStore::Discard(const Generation& unfinished) {
  Changing([&](ViewWriter& registry) {
    Remove(registry, unfinished);
    return true;
  });
}

bool ViewStore::Switch(const Generation& built, const std::optional<Generation>& replaced) {
  return Changing([&](ViewWriter& registry) {
    auto live = ReadLive(registry, {built.projection, built.version, {}});
    if (live && !HasTables(*live)) live.reset();
    if (live != replaced) return false;
    registry.Run(kRetireLive, {built.projection, built.version});
    if (registry.Run(kSetLive, {built.projection, built.number}) != 1) {
      throw StoreError(fmt::format("generation {} of {} is no longer being built", built.number,
                                   built.projection));
    }
    return true;
  });
}

Generation ViewStore::Add(ViewWriter& registry, const ProjectionSchema& schema,
                          std::string_view state) {
  const auto rows = registry.Query(kSelectLastNumber, {schema.name});
  const Generation made{schema.name, Integer(rows.at(0).at(0)) + 1, schema.version};
  registry.Run(kInsertGeneration, {made.projection, made.number, made.version, std::string(state)});
  // What an addition that came to no end may have left behind.
  RemoveTables(made);
  CreateTables(schema, made);
  if (state == kLive) OpenWriter(schema, made)->CreateIndexes();
  return made;
}

void ViewStore::Remove(ViewWriter& registry, const Generation& generation) {
  RemoveTables(generation);
  registry.Run(kSetRemoved, {generation.projection, generation.number});
}

void ViewStore::RemoveRetired(ViewWriter& registry, const ProjectionSchema& schema) {
  for (const auto& row : registry.Query(kSelectOutdated, {schema.name, schema.version - 1})) {
    try {
      Remove(registry, ReadGeneration(schema.name, row));
    } catch (const StoreError&) {
      // Somebody still reads it: it is removed the next time.
    }
  }
}

}  // namespace docket
