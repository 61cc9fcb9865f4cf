/// From a definition (table, facts, events) to a Workflow with its types erased. Included by a
/// workflow's own .cpp only: this is where Boost.MSM is instantiated, once a workflow.
///
/// A definition has: kName, kZh, kPurpose, Facts (with `state` and Fields), Event (a variant),
/// States (a TypeList in reading order), Rows, `Summarise(facts)`, and free functions
/// `Apply(facts, event, envelope)` for every event. It may have `Upcast(type, version, data)`, and
/// an event `Claims(facts)`, by the facts before it: see claims.hpp, and a command `WrongFields()`:
/// what is wrong with it in itself and no type of a field can say.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "workflows/engine/machine.hpp"
#include "workflows/engine/rulebook.hpp"
#include "workflows/engine/table_checks.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

template <class S>
concept Terminal = requires {
  S::kTerminal;
};

namespace workflow_detail {

template <class Event>
constexpr std::int64_t VersionOf() {
  if constexpr (requires { Event::kVersion; }) return Event::kVersion;
  else return 1;
}

template <class S>
constexpr std::string_view ShownAs() {
  if constexpr (requires { S::kShownAs; }) return S::kShownAs;
  else return "";
}

template <class Event>
inline constexpr EventEntry kEvent{Event::kType, VersionOf<Event>(), Event::kZh, &TypeOf<Event>()};

template <class List>
struct StateList;
template <class... States>
struct StateList<TypeList<States...>> {
  static constexpr std::array kAll{
      StateEntry{States::kName, States::kZh, Terminal<States>, ShownAs<States>()}...};
};
template <class List>
struct CommandList;
template <class... Commands>
struct CommandList<TypeList<Commands...>> {
  static constexpr std::array kAll{
      CommandEntry{Commands::kName, Commands::kZh, &TypeOf<Commands>()}...};
};
template <class Variant>
struct EventList;
template <class... Events>
struct EventList<std::variant<Events...>> {
  static constexpr std::array kAll{kEvent<Events>...};
};

template <class Front>
inline constexpr TableEntry kTable{
    .name = Front::kName,
    .zh = Front::kZh,
    .purpose = Front::kPurpose,
    .initial = Front::initial_state::kName,
    .states = StateList<typename Front::States>::kAll,
    .commands = CommandList<typename Front::Rows::Commands>::kAll,
    .events = EventList<typename Front::Event>::kAll,
    .rows = Front::Rows::template kEntries<typename Front::Facts>,
    .standing = machine_detail::GuardList<typename Front::Standing, machine_detail::NoCommand,
                                          typename Front::Facts>::kAll};

/// Outside the class, whose own Apply would hide the workflow's.
template <class Facts, class Event>
void Fold(Facts& facts, const Event& event, const RecordedEvent& envelope) {
  Apply(facts, event, envelope);
}

/// Stored data brought one version further.
template <class Front>
Json Upcast(const std::string& type, std::int64_t version, Json data) {
  if constexpr (requires { Front::Upcast(type, version, data); }) {
    return Front::Upcast(type, version, std::move(data));
  } else {
    throw std::runtime_error("no upcaster for " + type + " version " + std::to_string(version));
  }
}

template <class Front, class Event>
void ApplyOne(typename Front::Facts& facts, const RecordedEvent& recorded, const JsonView& data) {
  Event event{};
  ReadStored(kEvent<Event>, &event, recorded, data, &Upcast<Front>);
  Apply(facts, event, recorded);
}

template <class Front, class... Events>
void ApplyRecorded(typename Front::Facts& facts, const RecordedEvent& recorded,
                   const JsonView& data, std::variant<Events...>*) {
  using Applier = void (*)(typename Front::Facts&, const RecordedEvent&, const JsonView&);
  static constexpr std::array<Applier, sizeof...(Events)> kAppliers{&ApplyOne<Front, Events>...};
  static constexpr std::array<std::string_view, sizeof...(Events)> kTypes{Events::kType...};
  for (std::size_t i = 0; i < kTypes.size(); ++i) {
    if (kTypes[i] == recorded.type) return kAppliers[i](facts, recorded, data);
  }
  throw std::runtime_error("unknown event type " + recorded.type);
}

}  // namespace workflow_detail

template <class Front>
class CaseOf final : public CaseModel {
 public:
  std::unique_ptr<CaseModel> Clone() const override { return std::make_unique<CaseOf>(*this); }
  std::string_view State() const override { return facts_.state; }
  Json Facts() const override { return Encode(facts_); }

  Expected<Decided> Decide(std::string_view command, const Json& body, const Actor& actor,
                           const Context& context) const override {
    return DecideNamed(command, body, actor, context, typename Front::Rows::Commands{});
  }

  std::vector<AllowedCommand> Allowed(const Asker& asker, const Context& context) const override {
    return AllowedBy(workflow_detail::kTable<Front>, facts_.state, &facts_, Acts(), asker, context);
  }

 protected:
  CaseSummary Summarised() const override { return Front::Summarise(facts_); }
  void ApplyFact(const RecordedEvent& event, const JsonView& data) override {
    workflow_detail::ApplyRecorded<Front>(facts_, event, data,
                                          static_cast<typename Front::Event*>(nullptr));
  }

 private:
  using Result = typename Machine<Front>::Result;

  template <class... Commands>
  Expected<Decided> DecideNamed(std::string_view name, const Json& body, const Actor& actor,
                                const Context& context, TypeList<Commands...>) const {
    using Decider = Expected<Result> (CaseOf::*)(const Json&, const Actor&, const Context&) const;
    static constexpr std::array<Decider, sizeof...(Commands)> kDeciders{
        &CaseOf::template DecideOne<Commands>...};
    static constexpr std::array<std::string_view, sizeof...(Commands)> kNames{Commands::kName...};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      if (kNames[i] != name) continue;
      auto result = (this->*kDeciders[i])(body, actor, context);
      if (!result) return tl::unexpected(std::move(result.error()));
      return Drafted(name, *result, context);
    }
    return Refuse(RejectionKind::kNotFound, kUnknownCommand);
  }

  template <class Command>
  Expected<Result> DecideOne(const Json& body, const Actor& actor, const Context& context) const {
    Command command{};
    if (auto read = ReadCommand(TypeOf<Command>(), &command, body); !read) {
      return tl::unexpected(std::move(read.error()));
    }
    if constexpr (requires { command.WrongFields(); }) {
      if (auto wrong = command.WrongFields(); !wrong.empty()) {
        return tl::unexpected(InvalidFields(std::move(wrong)));
      }
    }
    return Machine<Front>::Decide(facts_, command, actor, context);
  }

  Decided Drafted(std::string_view command, const Result& result, const Context& context) const {
    typename Front::Facts after = facts_;
    RecordedEvent envelope;
    envelope.occurred_at = context.occurred_at;
    envelope.actor = context.actor;
    envelope.recorded_by = context.recorded_by;
    envelope.unit = context.unit;
    envelope.role = result.role;
    Decided decided{result.role, {}};
    for (const auto& event : result.events) {
      std::visit(
          [&]<class Event>(const Event& e) {
            auto draft = DraftOf(workflow_detail::kEvent<Event>, &e);
            if constexpr (requires { e.Claims(after); }) draft.claims = e.Claims(after);
            workflow_detail::Fold(after, e, envelope);
            decided.events.push_back(std::move(draft));
          },
          event);
    }
    // Pair assertion: the state the table moved to is the state the events fold to.
    ENSURE(after.state == result.target, "{} {}: the table says {}, the events say {}",
           Front::kName, command, result.target, after.state);
    return decided;
  }

  typename Front::Facts facts_;
};

template <class Front>
class WorkflowFor final : public Workflow {
 public:
  /// Checks the table and the rules; a mistake in either ends the process at start.
  explicit WorkflowFor(std::string_view rules_text)
      : description_(DescribeTable(workflow_detail::kTable<Front>)) {
    auto rules = Rulebook::Parse(rules_text);
    ENSURE(rules.has_value(), "{}/rules.json: {} {}", Front::kName, rules.error().code,
           rules.error().fields.empty() ? "" : rules.error().fields.front().pointer);
    rules_ = std::move(*rules);
    for (const auto& fault : CheckTable(description_)) ENSURE(fault.empty(), "{}", fault);
    for (const auto& fault : rules_.CheckAgainst(description_)) ENSURE(fault.empty(), "{}", fault);
  }

  std::string_view Name() const override { return Front::kName; }
  std::unique_ptr<CaseModel> NewCase() const override { return std::make_unique<CaseOf<Front>>(); }
  const Description& Describe() const override { return description_; }
  const Rulebook& Rules() const override { return rules_; }

 private:
  Description description_;
  Rulebook rules_;
};

}  // namespace docket
