/// The process manager (流程管理器): carries an act of one case into others, by the table of links
/// (workflows/links/), in one process of all that share a store.
///
/// It reads the log from a checkpoint of its own and gives commands whose ids are made from the
/// event and the link. A process may die anywhere: what was given already is found by its id, so
/// each link takes effect exactly once. A command that comes too late, or finds nobody concerned,
/// leaves no trace: the checkpoint is moved behind it before another is given, and when the log is
/// done, so that it is never decided again on what came after. Commands name the event as their
/// causation and share its correlation. One that is refused is written down as an event of the
/// stream `links`.
#pragma once

#include "persistence/processes/process_progress.hpp"
#include "persistence/runners/leased_loop.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/links/link.hpp"

namespace docket {

/// What a link asked for was refused (业务联动未能办理). Stored format.
struct LinkRefused {
  static constexpr std::string_view kType = "link.refused", kZh = "业务联动未能办理";
  std::string link;
  StreamId from;    ///< The case of the event that it began with.
  EventId event;    ///< That event.
  StreamId target;  ///< Empty: a case was to be opened.
  std::string command;
  std::string code;  ///< Of the refusal.

  static FieldList Fields() {
    return {Field{"link", &LinkRefused::link, "业务联动"},
            Field{"from", &LinkRefused::from, "来源案卷"},
            Field{"event", &LinkRefused::event, "来源事件"},
            Field{"target", &LinkRefused::target, "目标案卷"},
            Field{"command", &LinkRefused::command, "命令"},
            Field{"code", &LinkRefused::code, "原因"}};
  }
};

/// Thread-safe. Works from Start to Stop, or by CatchUp.
class ProcessManager {
 public:
  struct Options {
    std::size_t page_events = 500;
    std::chrono::milliseconds poll{1'000};
    Report report = ReportToStderr;
    /// Told of what is now durable: `given`, `moved`. For tests of what happens where it throws.
    std::function<void(std::string_view)> on_step = [](std::string_view) {};
  };
  /// All outlive it.
  struct Ports {
    CaseEngine& engine;
    StoreLog& log;
    SubjectKeys& keys;
    ProcessProgress& progress;
    Leases& leases;
    const std::vector<Link>& links;
  };
  static constexpr std::string_view kLease = "links";
  /// Where refusals are written down.
  static constexpr std::string_view kStream = "links";

  ProcessManager(const Ports& ports, Options options);
  ~ProcessManager() { Stop(); }
  ProcessManager(const ProcessManager&) = delete;
  ProcessManager& operator=(const ProcessManager&) = delete;

  /// What was appended before the first start of all brings nothing about.
  void Start();
  /// Something was appended. Cheap.
  void Wake() { loop_.Wake(); }
  void Stop() { loop_.Stop(); }
  std::int64_t Failures() const { return loop_.Failures(); }

  /// For whoever has the store to itself: follows all that the log holds, and what that brings
  /// about; the number of commands that took effect. Throws StoreError while another holds the
  /// lease.
  std::int64_t CatchUp();

 private:
  void Round(const Lease& lease);
  /// From where on, by what is known of history now.
  void Begin(std::int64_t token);
  /// Up to the end of the log; false when `goes_on` said so.
  bool ReadLog(std::int64_t token, const std::function<bool()>& goes_on);
  /// Notes how far it has come; false: somebody with a later lease has.
  bool WritePlace(std::int64_t token);
  /// False as WritePlace.
  bool Follow(const RecordedEvent& event, std::int64_t token);
  /// None where the event cannot be read, which is written down as a refusal.
  std::vector<LinkedCommand> CommandsOf(const Link& link, const LinkCause& cause);
  /// The case to act on; empty: one is opened; absent: nobody is concerned.
  std::optional<StreamId> TargetOf(const Link& link, const LinkedCommand& command) const;
  /// False: the command came too late, and nothing in the log says so.
  bool Give(const Link& link, const RecordedEvent& event, std::size_t number,
            const LinkedCommand& command, const StreamId& target);
  /// The command of that id was refused, and that was written down.
  bool WasRefused(const CommandId& id) const;
  void NoteRefusal(const Link& link, const RecordedEvent& event, const CommandRequest& request,
                   const std::string& code);

  const Ports ports_;
  const Options options_;
  // The thread's own.
  LogPlace place_;
  std::int64_t place_token_ = -1;  ///< Of the lease under which `place_` was read.
  Position written_;               ///< How far the store knows it.
  Position came_late_;             ///< Of the last event that found nothing to act upon.
  std::int64_t decided_ = 0;       ///< Commands, whether they were given or found nobody.
  std::int64_t given_ = 0;
  LeasedLoop loop_;  ///< Last: its thread uses everything above.
};

}  // namespace docket
