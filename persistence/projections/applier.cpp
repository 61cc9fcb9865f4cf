#include "persistence/projections/applier.hpp"

#include <unordered_map>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::string_view kSelectParked =
    "SELECT stream, position, reason FROM {parked} ORDER BY position";
constexpr std::string_view kInsertParked =
    "INSERT INTO {parked} (stream, position, reason) VALUES (?, ?, ?)";
constexpr std::string_view kDeleteParked = "DELETE FROM {parked} WHERE stream = ?";
constexpr std::string_view kSavepoint = "SAVEPOINT one_stream";
constexpr std::string_view kRelease = "RELEASE SAVEPOINT one_stream";
constexpr std::string_view kRollbackTo = "ROLLBACK TO SAVEPOINT one_stream";

StreamEvents PointersTo(const std::vector<RecordedEvent>& events, Position last) {
  StreamEvents pointers;
  for (const auto& event : events) {
    if (event.position <= last) pointers.push_back(&event);
  }
  return pointers;
}

}  // namespace

std::vector<ParkedStream> ReadParked(ViewConnection& views) {
  std::vector<ParkedStream> parked;
  for (const auto& row : views.Query(kSelectParked)) {
    parked.push_back({StreamId(std::get<std::string>(row[0])),
                      Position{std::get<std::int64_t>(row[1])}, std::get<std::string>(row[2])});
  }
  return parked;
}

Applier::Applier(const Target& target)
    : projection_(target.projection),
      generation_(target.generation),
      token_(target.token),
      writer_(target.views.OpenWriter(target.projection.Schema(), target.generation)),
      at_(writer_->ReadCheckpoint()) {
  projection_.ForgetAll();
  for (const auto& parked : Parked()) parked_.insert(parked.stream);
}

std::vector<ParkedStream> Applier::Apply(const std::vector<RecordedEvent>& events,
                                         const Epoch& epoch) {
  ENSURE(!events.empty() && events.front().position == at_.position.Next() &&
             events.back().position.value - events.front().position.value + 1 ==
                 static_cast<std::int64_t>(events.size()),
         "a batch follows the checkpoint and is dense");
  std::vector<StreamEvents> streams;
  std::unordered_map<std::string_view, std::size_t> index;
  for (const auto& event : events) {
    if (parked_.contains(event.stream)) continue;
    const auto [found, is_new] = index.try_emplace(event.stream.value, streams.size());
    if (is_new) streams.emplace_back();
    streams[found->second].push_back(&event);
  }
  const Checkpoint to = Next(epoch, events.back().position);
  Applied applied = ApplyInMemory(std::move(streams));
  try {
    WriteTogether(applied, to);
  } catch (const ViewRowsRefused&) {
    WriteApart(applied, to);
  }
  at_ = to;
  for (const auto& parked : applied.parked) parked_.insert(parked.stream);
  return applied.parked;
}

Applier::Applied Applier::ApplyInMemory(std::vector<StreamEvents> streams) {
  Applied applied;
  projection_.Prepare(streams);
  for (auto& stream : streams) {
    const RecordedEvent& first = *stream.front();
    try {
      applied.changes.push_back(projection_.Apply(stream));
      applied.streams.push_back(std::move(stream));
    } catch (const StoreError&) {
      throw;
    } catch (const std::exception& error) {
      projection_.Forget(first.stream);
      applied.parked.push_back({first.stream, first.position, error.what()});
    }
  }
  return applied;
}

void Applier::WriteTogether(const Applied& applied, const Checkpoint& to) {
  ViewTransaction transaction(*writer_);
  // First, so that of two projectors one waits here and then learns that it came too late.
  writer_->MoveCheckpoint(at_, to);
  writer_->Write(applied.changes);
  Park(applied.parked);
  transaction.Commit();
}

void Applier::WriteApart(Applied& applied, const Checkpoint& to) {
  ViewTransaction transaction(*writer_);
  writer_->MoveCheckpoint(at_, to);
  for (std::size_t i = 0; i < applied.streams.size(); ++i) {
    std::string reason;
    if (TryWrite(applied.changes[i], reason)) continue;
    const RecordedEvent& first = *applied.streams[i].front();
    projection_.Forget(first.stream);
    applied.parked.push_back({first.stream, first.position, reason});
  }
  Park(applied.parked);
  transaction.Commit();
}

bool Applier::TryWrite(const Changes& changes, std::string& reason) {
  writer_->Run(kSavepoint);
  try {
    writer_->Write({changes});
    writer_->Run(kRelease);
    return true;
  } catch (const ViewRowsRefused& error) {
    reason = error.what();
  }
  writer_->Run(kRollbackTo);
  writer_->Run(kRelease);
  return false;
}

void Applier::Park(const std::vector<ParkedStream>& parked) {
  for (const auto& one : parked) {
    writer_->Run(kInsertParked, {one.stream.value, one.position.value, one.reason});
  }
}

std::size_t Applier::RetryParked(const EventLog& log) {
  std::size_t recovered = 0;
  for (const auto& parked : Parked()) {
    projection_.Forget(parked.stream);
    const auto events = log.ReadStreams(LogId::kCases, {parked.stream});
    Applied applied = ApplyInMemory({PointersTo(events.at(0), at_.position)});
    if (!applied.parked.empty()) continue;
    ViewTransaction transaction(*writer_);
    writer_->MoveCheckpoint(at_, Next(at_.epoch, at_.position));
    std::string reason;
    if (!TryWrite(applied.changes.front(), reason)) {
      projection_.Forget(parked.stream);
      continue;
    }
    writer_->Run(kDeleteParked, {parked.stream.value});
    transaction.Commit();
    at_.token = token_;
    parked_.erase(parked.stream);
    ++recovered;
  }
  return recovered;
}

Checkpoint Applier::Next(const Epoch& epoch, Position position) const {
  return {epoch, position, token_};
}

}  // namespace docket
