/// A workflow and one of its cases, with the types erased: what the engine, the projections and
/// the edge see. machine.hpp makes these from a table.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"
#include "domain/event.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"
#include "workflows/engine/claims.hpp"
#include "workflows/engine/clocks.hpp"
#include "workflows/engine/description.hpp"
#include "workflows/engine/personal_events.hpp"
#include "workflows/engine/reading_record.hpp"

namespace docket {

class Rulebook;
class CaseModel;
struct Probe;

/// Who caused each event type, in any round of the case: somebody who once prepared a thing does
/// not approve it later, also when another has prepared it anew.
using Acts = std::map<std::string, std::set<ActorId>>;

/// A keyed digest, hex, of what names a person: the same for the same text, and nothing to whoever
/// lacks the key.
using Pseudonym = std::function<std::string(const std::string&)>;

/// Everything a decision may depend on besides the facts and the command. Nothing else is read.
struct Context {
  Instant now;          ///< Legal time of entry.
  Instant occurred_at;  ///< Legal time of the act; earlier than now when back-entered.
  ActorId actor;
  Role role = Role::kClock;  ///< In which the actor acts; chosen from the row.
  ActorId recorded_by;
  UnitId unit;
  RegionCode unit_region;
  std::vector<Industry> unit_industries;
  const Rulebook* rules = nullptr;
  const WorkCalendar* calendar = nullptr;
  const Clocks* clocks = nullptr;        ///< Of the case, before this command.
  const docket::Acts* acts = nullptr;    ///< Who ever caused each event type in this case.
  const Directory* directory = nullptr;  ///< Accounts of today; absent: anybody is known.
  const Pseudonym* pseudonym = nullptr;  ///< Absent: persons are not told apart.
  StreamId case_id;
  Probe* probe = nullptr;  ///< Tests only; see probe.hpp.
};

/// One event as decided, before it has a place in the log. Personal texts are still clear.
struct EventDraft {
  struct Personal {
    std::string pointer;
    Subject subject;
  };
  std::string type;
  std::int64_t schema_version = 1;
  Json data;
  std::vector<Personal> personal;
  std::vector<Claim> claims{};  ///< In order.
};

/// What lists, search and statistics need of a case. No personal data.
struct CaseSummary {
  std::string profile;  ///< `tendering`, `government_procurement` or empty.
  std::string title;
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;  ///< The competent unit.
  std::vector<ActorId> handlers;
  std::optional<Date> received_on;
  std::string outcome;             ///< Empty until there is one.
  std::vector<std::string> flags;  ///< `trade_suspended`, `under_reconsideration`, …
  Confidentiality confidentiality = Confidentiality::kOrdinary;
  std::vector<ActorId> recused;      ///< Officers who have nothing more to do with it (回避).
  std::vector<ActorId> respondents;  ///< Accounts through which respondents act.
  /// Other units that act in it (有关单位): an addressee, whoever issued it, a keeper, a provider.
  std::vector<UnitId> concerned{};
  /// Who alone of the unit reads it, with its head (限定查阅); absent: not restricted so.
  std::optional<std::vector<ActorId>> readers{};
  bool archived = false;  ///< 已归档.
};

/// The state, in whichever workflow, of a file that lies in the archive.
inline constexpr std::string_view kArchivedState = "archived";

/// Flag of a case that was entered from elsewhere and not handled here (历史补录): nobody is told
/// of it, and nothing follows from it.
inline constexpr std::string_view kRecordedHistoryFlag = "recorded_history";

/// A command that the case's state and the actor's roles allow now; its guards judge the content.
struct AllowedCommand {
  std::string name;
  std::string zh;
  Role role;
  Json schema;
};

/// Who asks what may be done.
struct Asker {
  Actor actor;
  Unit unit;
};

/// The outcome of one decided command.
struct Decided {
  Role role = Role::kClock;  ///< In which the actor acted.
  std::vector<EventDraft> events;
};

/// The stored data of an event as a document: a fact, not an input, and not validated again.
/// Throws std::runtime_error when it is no JSON.
Json DataOf(const RecordedEvent& event);

/// One case folded from its events.
class CaseModel {
 public:
  virtual ~CaseModel() = default;
  virtual std::unique_ptr<CaseModel> Clone() const = 0;

  /// Folds one event in. Facts are never re-validated. Throws std::runtime_error when the event
  /// cannot be read: a stored event that no upcaster knows is broken infrastructure.
  void Apply(const RecordedEvent& event);
  /// The same with the event's data already parsed (and perhaps opened for a reader who may).
  void Apply(const RecordedEvent& event, const JsonView& data);

  /// Pure: the same command and context give the same answer.
  virtual Expected<Decided> Decide(std::string_view command, const Json& body, const Actor& actor,
                                   const Context& context) const = 0;
  virtual std::vector<AllowedCommand> Allowed(const Asker& asker, const Context& context) const = 0;
  virtual std::string_view State() const = 0;
  /// As the workflow says, and as was decided beside it.
  CaseSummary Summary() const;
  /// The facts as JSON; personal texts as they were applied, sealed or open.
  virtual Json Facts() const = 0;

  const docket::Clocks& Clocks() const { return clocks_; }
  docket::Clocks& MutableClocks() { return clocks_; }
  docket::Version Version() const { return version_; }
  /// Version of the last event that people caused: what If-Match is compared with.
  docket::Version PeopleVersion() const { return people_version_; }
  Instant LastActAt() const { return last_act_at_; }
  const CorrelationId& Correlation() const { return correlation_; }
  const docket::Acts& Acts() const { return acts_; }
  /// Whose data were erased, and what is held.
  const personal::Record& PersonalRecord() const { return personal_; }
  /// Who was named as its readers, and who was given consent to read it.
  const reading::Record& ReadingRecord() const { return reading_; }
  const EventId& LastEvent() const { return last_event_; }
  /// Actor of the first event; empty for a case that is not open yet.
  const ActorId& OpenedBy() const { return opened_by_; }

 protected:
  virtual CaseSummary Summarised() const = 0;
  virtual void ApplyFact(const RecordedEvent& event, const JsonView& data) = 0;

 private:
  docket::Clocks clocks_;
  docket::Version version_;
  docket::Version people_version_;
  Instant last_act_at_ = Instant::FromMicros(INT64_MIN);
  CorrelationId correlation_;
  docket::Acts acts_;
  personal::Record personal_;
  reading::Record reading_;
  EventId last_event_;
  ActorId opened_by_;
};

class Workflow {
 public:
  virtual ~Workflow() = default;
  virtual std::string_view Name() const = 0;
  virtual std::unique_ptr<CaseModel> NewCase() const = 0;
  virtual const Description& Describe() const = 0;
  virtual const Rulebook& Rules() const = 0;
};

/// All workflows, by name. Generated from the folders of workflows/.
const std::vector<const Workflow*>& AllWorkflows();
/// nullptr when there is none of that name.
const Workflow* FindWorkflow(std::string_view name);
/// The workflow of a case, from its stream id; nullptr when the id names none.
const Workflow* WorkflowOf(const StreamId& case_id);

}  // namespace docket
