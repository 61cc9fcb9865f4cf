/// The case engine: load, fold, decide, append; on conflict again, a bounded number of times.
///
/// Thread-safe. It is the only way in which a case changes: people's commands, the clock's facts
/// and imported history all pass here.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/event_log.hpp"
#include "domain/ids.hpp"
#include "domain/json.hpp"
#include "domain/personal.hpp"
#include "domain/rejection.hpp"
#include "domain/time.hpp"
#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/sealing.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// Digest of a document: `sha256:` and 64 lower-case hex digits.
struct DocumentDigest {
  std::string value;

  static constexpr Refusal kMalformed{"digest_malformed", "摘要值应为 sha256: 加 64 位十六进制",
                                      "expected sha256: and 64 hex digits"};
  static constexpr std::string_view kPattern = "^sha256:[0-9a-f]{64}$";
  DocumentDigest() = default;
  explicit DocumentDigest(std::string text) : value(std::move(text)) {}
  bool IsWellFormed() const;
  friend bool operator==(const DocumentDigest&, const DocumentDigest&) = default;
};

/// A document (文书、材料), by digest and name; its bytes live elsewhere. File names often name
/// people, so the name is sealed.
struct DocumentRef {
  DocumentDigest digest;
  PersonalText name;

  static FieldList Fields() {
    return {Field{"digest", &DocumentRef::digest, "摘要值"},
            Field{"name", &DocumentRef::name, "文件名", Subject::kParties}};
  }
  friend bool operator==(const DocumentRef&, const DocumentRef&) = default;
};

/// An act that was done offline and is entered later (补录): whose act it was, why it was offline,
/// and the paper that shows it (FJ18-6(2)).
struct BackEntry {
  ActorId actor;
  std::string reason;
  std::optional<DocumentRef> document;

  static FieldList Fields() {
    return {Field{"actor", &BackEntry::actor, "实际办理人"},
            Field{"reason", &BackEntry::reason, "补录原因"},
            Field{"document", &BackEntry::document, "纸质材料扫描件"}};
  }
};

/// One command as it comes in.
struct CommandInput {
  std::string name;
  Json data = Json::object();
  /// When it legally happened: an RFC 3339 instant or a China date. Absent: now. A day
  /// before today needs `back_entry` with a reason.
  std::optional<std::string> occurred_at;
  std::optional<BackEntry> back_entry;

  static FieldList Fields() {
    return {Field{"name", &CommandInput::name, "命令"}, Field{"data", &CommandInput::data, "内容"},
            Field{"occurred_at", &CommandInput::occurred_at, "发生时间"},
            Field{"back_entry", &CommandInput::back_entry, "补录"}};
  }
};

/// Commands on one case, decided one after the other and appended as one.
struct CommandRequest {
  Actor sender;          ///< Who is logged in: recorded_by.
  CommandId command_id;  ///< Empty: the engine makes one.
  std::string workflow;  ///< To open a case; empty when `case_id` is given.
  StreamId case_id;
  std::vector<CommandInput> commands;        ///< 1 to kCommandsMax.
  std::optional<Version> if_people_version;  ///< Refused when people have acted since.
  CorrelationId correlation;                 ///< Empty: the case's own.
  EventId causation;                         ///< What brought this about; empty: a person did.
  /// Asked before anything else is said of the case, on the very case that is decided on: why the
  /// sender is turned away. Empty: nobody is.
  std::function<std::optional<Rejection>(const CaseModel&)> admit;
};
constexpr std::size_t kCommandsMax = 50;
constexpr int kDecideAttemptsMax = 32;

/// What became of a request.
struct CommandOutcome {
  StreamId case_id;
  Version version;
  Version people_version;
  Epoch epoch;
  Position position;  ///< Of the last event.
  std::string state;
  CorrelationId correlation;        ///< The case's own.
  std::vector<std::string> events;  ///< Types, in order. Empty for a repeat.
  bool repeated = false;
};

/// Up to where a case is read.
struct AsOf {
  std::optional<Instant> recorded_at;  ///< As known then: events recorded at or before.
  std::optional<Position> position;
};

/// The working calendars in force; the newest one last published.
class Calendars {
 public:
  virtual ~Calendars() = default;
  virtual std::shared_ptr<const WorkCalendar> Current() const = 0;
  /// nullptr when there is no such version.
  virtual std::shared_ptr<const WorkCalendar> Find(std::string_view version) const = 0;
};

/// Cases as this process last saw them, personal texts sealed, so that deciding on an active case
/// needs no read. What is here may be behind the log: an acceptance decided on it is checked by the
/// version that it is appended at, and a refusal never rests on it. Thread-safe.
class RecentCases {
 public:
  virtual ~RecentCases() = default;
  /// A copy to decide on; nullptr when the case is not here.
  virtual std::unique_ptr<CaseModel> Find(const StreamId& case_id) = 0;
  /// Keeps a case, unless a later version of it is already here.
  virtual void Put(const StreamId& case_id, std::shared_ptr<const CaseModel> model) = 0;
  virtual void Drop(const StreamId& case_id) = 0;
};

/// What the engine works with. All outlive it.
struct EnginePorts {
  EventLog& log;
  SubjectKeys& keys;
  const Directory& directory;
  const Clock& clock;
  IdSource& ids;
  const Calendars& calendars;
  RecentCases& recent;
};

class CaseEngine {
 public:
  explicit CaseEngine(EnginePorts ports) : ports_(ports) {}

  /// Decides and appends. Refusals: `unknown_workflow`, `unknown_case`, `unknown_command`,
  /// `invalid_fields`, `stale_version`, `command_id_reused`, `contention`, `role_not_permitted`,
  /// `separation_of_duties`, `occurred_in_future`, `occurred_before_last_act`,
  /// `back_entry_required`, `subject_erased`, and those of the workflow's guards.
  Expected<CommandOutcome> Execute(const CommandRequest& request);

  /// Records what time alone has brought about in this case: reminders, lapses and the effects
  /// that a rule row attaches to them. Doing it again adds nothing. nullopt: nothing was due.
  Expected<std::optional<CommandOutcome>> Tick(const StreamId& case_id);

  /// What became of one case of many.
  struct Ticked {
    StreamId case_id;
    std::optional<CommandOutcome> outcome;  ///< Absent: nothing was due, or it failed.
    std::string failure;                    ///< Empty, or why; no personal data.
  };
  /// Each as if by Tick, but read and appended together. In the order given. A case that fails
  /// does not hold up the others.
  std::vector<Ticked> TickAll(const std::vector<StreamId>& case_ids);

  /// A clock as it stands, and as the working calendar and the rules of today would have it.
  struct Moved {
    CaseClock from;
    deadline::Rescheduled to;
  };
  /// What Reschedule would record now. Writes nothing.
  Expected<std::vector<Moved>> Reschedulable(const StreamId& case_id) const;
  /// Counts the clocks of the case anew (期限重新计算), see deadline_keeper.hpp. Doing it again adds
  /// nothing. nullopt: no due day moves.
  Expected<std::optional<CommandOutcome>> Reschedule(const StreamId& case_id);

  /// The case as known at `as_of`; `unknown_case` when there was none. The personal texts that
  /// `reveal` allows are opened: the caller has decided what its reader may see.
  Expected<std::unique_ptr<CaseModel>> Load(const StreamId& case_id, const AsOf& as_of = {},
                                            const Reveal& reveal = {}) const;
  /// The events themselves, oldest first, data parsed and opened where `reveal` says so.
  struct ReadEvent {
    RecordedEvent event;
    Json data;
  };
  Expected<std::vector<ReadEvent>> Timeline(const StreamId& case_id, const AsOf& as_of = {},
                                            const Reveal& reveal = {}) const;

  /// The case that holds a claim now; absent: none does.
  std::optional<StreamId> HolderOf(const StreamId& claim) const;

  /// The commands open to the asker now.
  std::vector<AllowedCommand> Allowed(const CaseModel& model, const Asker& asker) const;

  const EnginePorts& Ports() const { return ports_; }

 private:
  /// Each event of the case that `as_of` knows, oldest first; `unknown_case` when there is none.
  template <class Visit>
  std::optional<Rejection> EachEvent(const StreamId& case_id, const AsOf& as_of,
                                     const Visit& visit) const;
  /// Those that are still to be ticked by themselves.
  std::vector<std::size_t> TickTogether(std::vector<Ticked>& ticked);

  EnginePorts ports_;
};

}  // namespace docket
