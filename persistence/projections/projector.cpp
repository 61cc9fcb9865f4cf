#include "persistence/projections/projector.hpp"

#include <map>

namespace docket {

namespace {

constexpr const char* kSelectCheckpoint =
    "SELECT version, epoch, position FROM checkpoints WHERE projection = ?";
constexpr const char* kUpsertCheckpoint =
    "INSERT INTO checkpoints (projection, version, epoch, position) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (projection) DO UPDATE SET version = excluded.version, epoch = excluded.epoch,"
    " position = excluded.position";
constexpr const char* kSelectParked =
    "SELECT stream, position, reason FROM parked WHERE projection = ? ORDER BY position";
constexpr const char* kInsertParked =
    "INSERT INTO parked (projection, stream, position, reason) VALUES (?, ?, ?, ?)";
constexpr const char* kDeleteParked = "DELETE FROM parked WHERE projection = ? AND stream = ?";
constexpr const char* kDeleteAllParked = "DELETE FROM parked WHERE projection = ?";
constexpr const char* kSavepoint = "SAVEPOINT one_stream";
constexpr const char* kRelease = "RELEASE one_stream";
constexpr const char* kRollbackTo = "ROLLBACK TO one_stream";

}  // namespace

Projector::Projector(std::unique_ptr<Database> views, const EventLog& log, Projection& projection,
                     Options options)
    : views_(std::move(views)), log_(log), projection_(projection), options_(options) {
  for (const auto& parked : Parked()) parked_.insert(parked.stream);
  RetryParked();
}

std::size_t Projector::RunOnce() {
  // The head first: what is read afterwards belongs to its epoch or to a later one.
  const Head head = log_.ReadHead(options_.log);
  if (MustRebuild(head)) Rebuild(head);
  const Checkpoint checkpoint = ReadCheckpoint();
  const auto events = log_.ReadLog(options_.log, checkpoint.position, options_.batch_events_max);
  if (events.empty()) return 0;
  try {
    Transaction transaction(*views_);
    ApplyBatch(events);
    WriteCheckpoint({checkpoint.epoch, events.back().position});
    transaction.Commit();
  } catch (...) {
    for (const auto& event : events) projection_.Forget(event.stream);
    parked_.clear();
    for (const auto& parked : Parked()) parked_.insert(parked.stream);
    throw;
  }
  return events.size();
}

Checkpoint Projector::ReadCheckpoint() {
  auto query = views_->Prepare(kSelectCheckpoint);
  query.Bind(projection_.Name());
  if (!query.Step()) return {};
  return {Epoch(query.Text(1)), Position{query.Integer(2)}};
}

std::vector<ParkedStream> Projector::Parked() {
  std::vector<ParkedStream> parked;
  auto query = views_->Prepare(kSelectParked);
  query.Bind(projection_.Name());
  while (query.Step()) {
    parked.push_back({StreamId(query.Text(0)), Position{query.Integer(1)}, query.Text(2)});
  }
  return parked;
}

std::size_t Projector::RetryParked() {
  std::size_t recovered = 0;
  const Position last = ReadCheckpoint().position;
  for (const auto& parked : Parked()) {
    Transaction transaction(*views_);
    projection_.Forget(parked.stream);
    if (!TryApply(ReadStreamTo(parked.stream, last))) continue;
    views_->Prepare(kDeleteParked).Bind(projection_.Name(), parked.stream.value).Run();
    transaction.Commit();
    parked_.erase(parked.stream);
    ++recovered;
  }
  return recovered;
}

bool Projector::MustRebuild(const Head& head) {
  auto query = views_->Prepare(kSelectCheckpoint);
  query.Bind(projection_.Name());
  if (!query.Step()) return true;
  // A checkpoint beyond the head was taken from a log that is no longer there.
  return query.Integer(0) != projection_.Version() || query.View(1) != head.epoch.value ||
         Position{query.Integer(2)} > head.position;
}

void Projector::Rebuild(const Head& head) {
  Transaction transaction(*views_);
  projection_.Reset(*views_);
  views_->Prepare(kDeleteAllParked).Bind(projection_.Name()).Run();
  WriteCheckpoint({head.epoch, Position{}});
  transaction.Commit();
  parked_.clear();
}

void Projector::ApplyBatch(const std::vector<RecordedEvent>& events) {
  std::map<StreamId, std::vector<RecordedEvent>> streams;
  for (const auto& event : events) {
    if (!parked_.contains(event.stream)) streams[event.stream].push_back(event);
  }
  for (const auto& [stream, own] : streams) {
    if (!TryApply(own)) Park({stream, own.front().position, failure_});
  }
}

bool Projector::TryApply(const std::vector<RecordedEvent>& events) {
  if (events.empty()) return true;
  views_->Prepare(kSavepoint).Run();
  try {
    projection_.Apply(*views_, events);
    views_->Prepare(kRelease).Run();
    return true;
  } catch (const ConstraintError& error) {
    failure_ = error.what();
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception& error) {
    failure_ = error.what();
  }
  projection_.Forget(events.front().stream);
  views_->Prepare(kRollbackTo).Run();
  views_->Prepare(kRelease).Run();
  return false;
}

void Projector::Park(const ParkedStream& parked) {
  views_->Prepare(kInsertParked)
      .Bind(projection_.Name(), parked.stream.value, parked.position.value, parked.reason)
      .Run();
  parked_.insert(parked.stream);
}

std::vector<RecordedEvent> Projector::ReadStreamTo(const StreamId& stream, Position last) const {
  std::vector<RecordedEvent> events;
  for (;;) {
    const Version after = events.empty() ? Version{} : events.back().version;
    const auto page = log_.ReadStream(options_.log, stream, after, options_.batch_events_max);
    for (const auto& event : page) {
      if (event.position <= last) events.push_back(event);
    }
    if (page.size() < options_.batch_events_max) return events;
  }
}

void Projector::WriteCheckpoint(const Checkpoint& checkpoint) {
  views_->Prepare(kUpsertCheckpoint)
      .Bind(projection_.Name(), projection_.Version(), checkpoint.epoch.value,
            checkpoint.position.value)
      .Run();
}

}  // namespace docket
