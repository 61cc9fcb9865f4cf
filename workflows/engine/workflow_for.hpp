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

/// Outside the class, whose own Apply would hide the workflow's.
template <class Facts, class Event>
void Fold(Facts& facts, const Event& event, const RecordedEvent& envelope) {
  Apply(facts, event, envelope);
}

template <class Event>
EventDraft DraftOf(Event event) {
  EventDraft draft{std::string(Event::kType), VersionOf<Event>(), Encode(event), {}};
  VisitPersonal(event, "", Subject::kNone,
                [&](const std::string& pointer, Subject subject, const PersonalText& text) {
                  // A text carried over from facts is sealed already, under another event.
                  ENSURE(!text.IsSealed(), "{} carries a sealed text at {}", Event::kType, pointer);
                  ENSURE(subject != Subject::kNone, "{} marks {}", Event::kType, pointer);
                  draft.personal.push_back({pointer, subject});
                });
  return draft;
}

/// Stored data brought to the version that the code knows, one step at a time.
template <class Front>
Json Upcasted(const std::string& type, std::int64_t from, std::int64_t to, Json data) {
  for (std::int64_t version = from; version < to; ++version) {
    if constexpr (requires { Front::Upcast(type, version, data); }) {
      data = Front::Upcast(type, version, std::move(data));
    } else {
      throw std::runtime_error("no upcaster for " + type + " version " + std::to_string(version));
    }
  }
  return data;
}

template <class Front, class Event>
Event ReadEvent(const RecordedEvent& recorded, const JsonView& data) {
  if (recorded.schema_version > VersionOf<Event>()) {
    throw std::runtime_error(recorded.type + " is of a newer version than this program knows");
  }
  const bool is_current = recorded.schema_version == VersionOf<Event>();
  auto event = is_current ? Decode<Event>(data)
                          : Decode<Event>(Upcasted<Front>(recorded.type, recorded.schema_version,
                                                          VersionOf<Event>(), data.ToJson()));
  if (!event) {
    const auto& fields = event.error().fields;
    throw std::runtime_error("unreadable " + recorded.type + " at " +
                             (fields.empty() ? "/" : fields.front().pointer));
  }
  return std::move(*event);
}

template <class Front, class... Events>
void ApplyRecorded(typename Front::Facts& facts, const RecordedEvent& recorded,
                   const JsonView& data, std::variant<Events...>*) {
  bool known = false;
  const auto try_one = [&](auto* type) {
    using Event = std::remove_pointer_t<decltype(type)>;
    if (known || recorded.type != Event::kType) return;
    known = true;
    Apply(facts, ReadEvent<Front, Event>(recorded, data), recorded);
  };
  (try_one(static_cast<Events*>(nullptr)), ...);
  if (!known) throw std::runtime_error("unknown event type " + recorded.type);
}

}  // namespace workflow_detail

template <class S>
concept Terminal = requires {
  S::kTerminal;
};

template <class Front>
class CaseOf final : public CaseModel {
 public:
  std::unique_ptr<CaseModel> Clone() const override { return std::make_unique<CaseOf>(*this); }
  std::string_view State() const override { return facts_.state; }
  Json Facts() const override { return Encode(facts_); }

  Expected<Decided> Decide(std::string_view command, const Json& body, const Actor& actor,
                           const Context& context) const override {
    std::optional<Expected<Decided>> decided;
    EachCommand(typename Front::Rows::Commands{}, [&](auto* type) {
      using Command = std::remove_pointer_t<decltype(type)>;
      if (Command::kName == command) decided = DecideOne<Command>(body, actor, context);
    });
    if (!decided) return Refuse(RejectionKind::kNotFound, kUnknownCommand);
    return std::move(*decided);
  }

  std::vector<AllowedCommand> Allowed(const Asker& asker, const Context& context) const override {
    std::vector<AllowedCommand> allowed;
    Front::Rows::Each([&](auto* type) {
      using RowT = std::remove_pointer_t<decltype(type)>;
      using Command = typename RowT::Command;
      const bool listed = std::any_of(allowed.begin(), allowed.end(), [](const auto& known) {
        return known.name == Command::kName;
      });
      if (listed || !LeadsFromHere<RowT>()) return;
      if (const auto role = RoleFor<RowT>(asker, context)) {
        allowed.push_back(
            {std::string(Command::kName), std::string(Command::kZh), *role, Schema<Command>()});
      }
    });
    return allowed;
  }

 protected:
  CaseSummary Summarised() const override { return Front::Summarise(facts_); }
  void ApplyFact(const RecordedEvent& event, const JsonView& data) override {
    workflow_detail::ApplyRecorded<Front>(facts_, event, data,
                                          static_cast<typename Front::Event*>(nullptr));
  }

 private:
  template <class... Commands, class Visit>
  static void EachCommand(TypeList<Commands...>, const Visit& visit) {
    (visit(static_cast<Commands*>(nullptr)), ...);
  }

  template <class Command>
  Expected<Decided> DecideOne(const Json& body, const Actor& actor, const Context& context) const {
    auto command = Decode<Command>(body);
    if (!command) return tl::unexpected(command.error());
    FieldErrors sealed;
    VisitPersonal(*command, "", Subject::kNone,
                  [&](const std::string& pointer, Subject, const PersonalText& text) {
                    if (text.IsSealed()) json_detail::AddWrongType(sealed, pointer, "string");
                  });
    if (!sealed.empty()) return tl::unexpected(InvalidFields(std::move(sealed)));
    if constexpr (requires { command->WrongFields(); }) {
      if (auto wrong = command->WrongFields(); !wrong.empty()) {
        return tl::unexpected(InvalidFields(std::move(wrong)));
      }
    }
    auto result = Machine<Front>::Decide(facts_, *command, actor, context);
    if (!result) return tl::unexpected(std::move(result.error()));

    // Pair assertion: the state the table moved to is the state the events fold to.
    typename Front::Facts after = facts_;
    RecordedEvent envelope;
    envelope.occurred_at = context.occurred_at;
    envelope.actor = context.actor;
    envelope.recorded_by = context.recorded_by;
    envelope.unit = context.unit;
    envelope.role = result->role;
    Decided decided{result->role, {}};
    for (const auto& event : result->events) {
      std::visit(
          [&](const auto& e) {
            auto draft = workflow_detail::DraftOf(e);
            if constexpr (requires { e.Claims(after); }) draft.claims = e.Claims(after);
            workflow_detail::Fold(after, e, envelope);
            decided.events.push_back(std::move(draft));
          },
          event);
    }
    ENSURE(after.state == result->target, "{} {}: the table says {}, the events say {}",
           Front::kName, Command::kName, result->target, after.state);
    return decided;
  }

  template <class RowT>
  bool LeadsFromHere() const {
    const auto moves = RowT::Moves();
    const bool here = std::any_of(moves.begin(), moves.end(),
                                  [&](const Move& move) { return move.first == facts_.state; });
    using Selector = typename RowT::Selector;
    if constexpr (requires { Selector::Selects(facts_); }) return here && Selector::Selects(facts_);
    else return here;  // What the command says selects among the rows.
  }

  template <class RowT>
  std::optional<Role> RoleFor(const Asker& asker, Context context) const {
    for (const Role role : RowT::Who::kRoles) {
      if (!asker.actor.Holds(role)) continue;
      context.role = role;
      bool may = true;
      Front::Standing::Each([&](auto* guard) {
        may = may && std::remove_pointer_t<decltype(guard)>::Holds(facts_, context);
      });
      for (const auto type : RowT::Who::Apart()) {
        const auto earlier = Acts().find(std::string(type));
        may = may && (earlier == Acts().end() || !earlier->second.contains(asker.actor.id));
      }
      if (may) return role;
    }
    return std::nullopt;
  }

  typename Front::Facts facts_;
};

template <class Front>
class WorkflowFor final : public Workflow {
 public:
  /// Checks the table and the rules; a mistake in either ends the process at start.
  explicit WorkflowFor(std::string_view rules_text) : description_(Described()) {
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
  template <class... States>
  static void DescribeStates(Description& d, TypeList<States...>) {
    const auto put = [&](auto* type) {
      using S = std::remove_pointer_t<decltype(type)>;
      d.states.push_back({std::string(S::kName), std::string(S::kZh), Terminal<S>,
                          std::string(workflow_detail::ShownAs<S>())});
    };
    (put(static_cast<States*>(nullptr)), ...);
  }
  template <class... Commands>
  static void DescribeCommands(Description& d, TypeList<Commands...>) {
    (d.commands.push_back(
         {std::string(Commands::kName), std::string(Commands::kZh), Schema<Commands>()}),
     ...);
  }
  template <class... Events>
  static void DescribeEvents(Description& d, std::variant<Events...>*) {
    (d.events.push_back({std::string(Events::kType), workflow_detail::VersionOf<Events>(),
                         std::string(Events::kZh), Schema<Events>()}),
     ...);
  }
  template <class RowT>
  static void DescribeRow(Description& d) {
    for (const auto& [from, to] : RowT::Moves()) {
      RowText row;
      row.from = from;
      row.command = RowT::Command::kName;
      row.to = to;
      row.applies = RowT::Selector::kName;
      row.roles.assign(RowT::Who::kRoles.begin(), RowT::Who::kRoles.end());
      for (const auto type : RowT::Who::Apart()) row.apart.emplace_back(type);
      for (const auto type : RowT::Emits::Types()) row.emits.emplace_back(type);
      RowT::Guards::Each([&](auto* guard) {
        row.guards.push_back(std::remove_pointer_t<decltype(guard)>::kRefusal);
      });
      d.rows.push_back(std::move(row));
    }
  }

  static Description Described() {
    Description d;
    d.name = Front::kName;
    d.zh = Front::kZh;
    d.purpose = Front::kPurpose;
    d.initial = Front::initial_state::kName;
    DescribeStates(d, typename Front::States{});
    DescribeCommands(d, typename Front::Rows::Commands{});
    DescribeEvents(d, static_cast<typename Front::Event*>(nullptr));
    Front::Rows::Each([&](auto* row) { DescribeRow<std::remove_pointer_t<decltype(row)>>(d); });
    Front::Standing::Each([&](auto* guard) {
      d.standing.push_back(std::remove_pointer_t<decltype(guard)>::kRefusal);
    });
    return d;
  }

  Description description_;
  Rulebook rules_;
};

}  // namespace docket
