/// Given / when / then over the events of one workflow, and the gate that no row and no refusal of
/// its table goes untested.
///
///   spec.At("2024-08-08").As("portal").Given(lodged);
///   spec.At("2024-08-09").As("clerk").When(SignFor{{…}}).Then(ComplaintSignedFor{…});
///   spec.As("head").When(Refer{"…"}).ThenRefused("separation_of_duties");
///
/// Everything goes through the type-erased CaseModel, so that JSON is tested on the way. Every
/// decision is made twice and compared; every accepted one is tried again by a stranger without a
/// role and, where duties are apart, by the person and the recorder who may not: all must be
/// refused. Each Given event moves the clocks as the engine would.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "domain/calendar/calendar.hpp"
#include "workflows/engine/probe.hpp"
#include "workflows/engine/rulebook.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::testing {

class Spec : private Directory {
 public:
  explicit Spec(const Workflow& workflow);
  /// A case of its own with the same history: what is given once serves many tests.
  Spec(const Spec& other);
  Spec(Spec&&) = default;

  /// Known from the start: clerk, clerk_2 (intake), han, lin, wu (handler), legal, head, keeper,
  /// portal, portal_2 (complainant), firm (respondent), tenderer, of the unit `public`; provider,
  /// operator, security of `platform`; centre, audit, discipline, each of a unit of its own name;
  /// admin (unit administrator), office, system; clock, process_manager. All others belong to the
  /// unit `bureau` in 330482.
  Spec& Actor(const docket::Actor& actor);
  Spec& Unit(const docket::Unit& unit);
  /// Rules in place of the workflow's own, e.g. with an option switched on. Must outlive the Spec.
  Spec& Rules(const Rulebook& rules);

  /// Forgets the case.
  Spec& Fresh();
  /// China date or RFC 3339 instant of what follows.
  Spec& At(std::string_view when);
  Spec& As(std::string_view actor);
  /// Who enters what follows; As() resets it to the actor.
  Spec& RecordedBy(std::string_view actor);

  template <class... Events>
  Spec& Given(const Events&... events) {
    (GivenOne(std::string(Events::kType), Encode(events)), ...);
    return *this;
  }
  template <class Command>
  Spec& When(const Command& command) {
    return WhenOne(std::string(Command::kName), Encode(command));
  }
  /// The same with a body that no struct could hold.
  Spec& WhenOne(const std::string& command, const Json& body);

  template <class... Events>
  Spec& Then(const Events&... events) {
    ThenDrafts({{std::string(Events::kType), Encode(events)}...});
    return *this;
  }
  Spec& ThenRefused(std::string_view code);
  /// As Then, and the events happen.
  template <class... Events>
  Spec& ThenHappens(const Events&... events) {
    Then(events...);
    return Happen();
  }
  /// The decided events happen, whatever they are; fails when the command was refused.
  Spec& Happens();
  /// Time alone passes until the current instant: lapses, reminders, and effects by law.
  Spec& TimePasses();

  const CaseModel& Model() const { return *model_; }
  std::string State() const { return std::string(model_->State()); }
  const Expected<Decided>& Decision() const { return *decision_; }
  /// What the last step wrote of time: `met procurement_decide`, in order.
  const std::vector<std::string>& TimeFacts() const { return time_facts_; }

 private:
  std::optional<docket::Actor> FindActor(const ActorId& id) const override;
  std::optional<docket::Unit> FindUnit(const UnitId& id) const override;

  using TypedJson = std::pair<std::string, Json>;

  void GivenOne(const std::string& type, const Json& data);
  void ApplyOne(const std::string& type, const Json& data, Role role, Instant at);
  void ThenDrafts(const std::vector<TypedJson>& expected);
  Spec& Happen();
  Context ContextOf(Probe* probe) const;
  void ExpectSameAgain(const std::string& command, const Json& body) const;
  void TryByOthers(const std::string& command, const Json& body, const std::string& row);

  const Workflow& workflow_;
  const Rulebook* rules_;
  std::map<std::string, docket::Actor, std::less<>> actors_;
  std::map<UnitId, docket::Unit> units_;
  std::unique_ptr<CaseModel> model_;
  Instant now_;
  std::string actor_;
  std::string recorded_by_;
  std::int64_t next_id_ = 1;
  std::optional<Expected<Decided>> decision_;
  std::vector<std::string> time_facts_;
};

/// Registers the gate for a workflow's test binary: after a whole run it fails for each row never
/// taken, each refusal never given, each event without a recorded sample under history/. With
/// DOCKET_LIST_MUTANTS=1 the binary prints its mutants instead of testing.
class TableCoverage : public ::testing::Environment {
 public:
  explicit TableCoverage(const Workflow& workflow) : workflow_(workflow) {}
  void SetUp() override;
  void TearDown() override;

 private:
  const Workflow& workflow_;
};

/// Every sample under workflows/<name>/history still reads and is of a known event, and each event
/// has one of its present version.
void ExpectHistoryReadable(const Workflow& workflow);

}  // namespace docket::testing
