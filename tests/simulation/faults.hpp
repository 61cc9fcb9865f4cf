/// Where a simulated process dies, and a log that has it die there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "api/demo/random.hpp"
#include "persistence/store.hpp"

namespace docket::simulation {

/// Thrown where the process dies. No std::exception: nothing that handles failures outlives it.
struct Died {};

enum class Fault : std::uint8_t {
  kNone,
  kDieBefore,  ///< Nothing of the append is stored.
  kDieAfter,   ///< It is durable, and nobody was told.
  kConflict,   ///< Answered as if somebody else had written first.
  /// Of several appends at once the first half is stored. What comes after the death comes in
  /// another order than it would have.
  kDieBetween,
};

/// Outlives the processes that die of it. Not thread-safe.
class Faults {
 public:
  struct Options {
    std::uint64_t seed = 0;
    int percent = 0;          ///< Of all appends and steps, at random.
    bool everywhere = false;  ///< Each append in turn: before it, after it, and then not.
    std::int64_t at = 0;      ///< At the append of this number, counted from 1; 0: at none.
    Fault fault = Fault::kNone;
  };
  explicit Faults(const Options& options) : options_(options), random_(options.seed) {}

  /// `together`: with so many others that are appended at once.
  Fault AtAppend(const AppendRequest& request, std::size_t together = 1);
  /// A place between appends.
  void AtStep();
  /// From now on nothing fails.
  void Stop() { options_ = {}; }

  std::int64_t Appends() const { return appends_; }
  std::int64_t Deaths() const { return deaths_; }
  std::int64_t Conflicts() const { return conflicts_; }
  /// Something happened in another order than it would have without it.
  bool ChangedOrder() const { return changed_order_; }
  /// Ends the process.
  [[noreturn]] void Die();

 private:
  Fault Choose(const AppendRequest& request, std::size_t together);

  Options options_;
  demo::Random random_;
  std::int64_t appends_ = 0;
  std::int64_t deaths_ = 0;
  std::int64_t conflicts_ = 0;
  bool changed_order_ = false;
  std::map<std::pair<ActorId, CommandId>, int> attempts_;
};

/// The log of a process: what it passes on is stored, unless the process dies of it.
class FaultyLog : public StoreLog {
 public:
  /// Both outlive it.
  FaultyLog(StoreLog& log, Faults& faults) : log_(log), faults_(faults) {}

  AppendResult Append(AppendRequest request) override;
  /// Mostly as one, which the store writes in one transaction.
  std::vector<AppendResult> AppendAll(std::vector<AppendRequest> requests) override;
  std::vector<RecordedEvent> ReadStream(LogId log, const StreamId& stream, Version after,
                                        std::size_t limit) const override {
    return log_.ReadStream(log, stream, after, limit);
  }
  std::vector<std::vector<RecordedEvent>> ReadStreams(
      LogId log, const std::vector<StreamId>& streams) const override {
    return log_.ReadStreams(log, streams);
  }
  std::vector<RecordedEvent> ReadLog(LogId log, Position after, std::size_t limit) const override {
    return log_.ReadLog(log, after, limit);
  }
  Head ReadHead(LogId log) const override { return log_.ReadHead(log); }
  std::optional<CommandKnown> FindCommand(LogId log, const ActorId& actor,
                                          const CommandId& id) const override {
    return log_.FindCommand(log, actor, id);
  }
  [[nodiscard]] Subscription OnAppended(Listener listener, LogId log = LogId::kCases) override {
    return log_.OnAppended(std::move(listener), log);
  }
  const Appender* Appending() const override { return log_.Appending(); }
  std::vector<EpochStart> ReadEpochs(LogId log) const override { return log_.ReadEpochs(log); }

 private:
  StoreLog& log_;
  Faults& faults_;
};

}  // namespace docket::simulation
