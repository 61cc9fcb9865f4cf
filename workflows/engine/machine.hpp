/// Boost.MSM behind one door: the only file that knows it.
///
/// A workflow is one transition table, read top-down:
///
///   Row<From, Command, To, Emit<Events…>, By<Roles…>, When<Guards…>, For<Selector>>
///
/// `From` may be Any<States…>; `To` may be Same (the state is kept). A selector says which row is
/// meant (a profile, the last party); a guard says why the row that is meant refuses. The first
/// row of a state and command whose selector holds is the only one tried, so a refusal always
/// comes from the row that was meant. Inside it the order is: role, separation of duties, the
/// workflow's standing guards, its own guards from left to right; the first that fails refuses.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include <boost/mpl/for_each.hpp>
#include <boost/mpl/push_back.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/back/tools.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "domain/ensure.hpp"
#include "domain/rejection.hpp"
#include "workflows/engine/description.hpp"
#include "workflows/engine/probe.hpp"
#include "workflows/engine/refusals.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

namespace mpl = boost::mpl;
namespace msm = boost::msm;

/// A named state: `struct Lodged : State<Lodged> { kName, kZh }`. The type never leaves the table.
template <class Derived>
struct State : msm::front::state<> {};

template <class... States>
struct Any {};
struct Same {};

/// The roles that may do the act; `By<…>::ApartFrom<Events…>` adds the separation of duties:
/// whoever caused one of the events, or enters this act for somebody else after having caused
/// one, may not.
template <Role... roles>
struct By {
  static constexpr std::array<Role, sizeof...(roles)> kRoles{roles...};
  static std::vector<std::string_view> Apart() { return {}; }

  template <class... Events>
  struct ApartFrom {
    static constexpr std::array<Role, sizeof...(roles)> kRoles{roles...};
    static std::vector<std::string_view> Apart() { return {Events::kType...}; }
  };
};

template <class... Guards>
struct When {
  template <class Visit>
  static void Each(const Visit& visit) {
    (visit(static_cast<Guards*>(nullptr)), ...);
  }
};

/// Selects the row. `Selector::Selects(facts)` or `Selects(command, facts)`.
struct Always {
  static constexpr std::string_view kName = "";
};
template <class Selector>
using For = Selector;

namespace machine_detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// An event comes from its command by From; without one it is the command's own content.
template <class Event, class Command, class Fsm>
void EmitOne(const Command& command, Fsm& fsm) {
  if constexpr (requires { Event::From(command, *fsm.facts, fsm.context); }) {
    auto event = Event::From(command, *fsm.facts, fsm.context);
    if constexpr (IsOptional<decltype(event)>::value) {
      if (event) fsm.emitted.emplace_back(std::move(*event));
    } else {
      fsm.emitted.emplace_back(std::move(event));
    }
  } else {
    static_assert(std::is_base_of_v<Command, Event>,
                  "an event has From(command, facts, context) or derives from its command");
    fsm.emitted.emplace_back(Event{command});
  }
}

template <class Guard, class Command, class Fsm>
bool Holds(const Command& command, const Fsm& fsm) {
  if constexpr (requires { Guard::Holds(command, *fsm.facts, fsm.context); }) {
    return Guard::Holds(command, *fsm.facts, fsm.context);
  } else {
    return Guard::Holds(*fsm.facts, fsm.context);
  }
}

template <class Selector, class Command, class Fsm>
bool Selects(const Command& command, const Fsm& fsm) {
  if constexpr (std::is_same_v<Selector, Always>) {
    return true;
  } else if constexpr (requires { Selector::Selects(command, *fsm.facts); }) {
    return Selector::Selects(command, *fsm.facts);
  } else {
    return Selector::Selects(*fsm.facts);
  }
}

inline std::string RowKey(std::string_view from, std::string_view command, std::string_view to,
                          std::string_view applies) {
  std::string key = std::string(from) + " " + std::string(command) + " " + std::string(to);
  return applies.empty() ? key : key + " " + std::string(applies);
}

/// All that stands before an act: selector, role, separation of duties, guards.
template <class FromT, class Command, class To, class Who, class Guards, class Selector>
struct Check {
  template <class Fsm, class Source, class Target>
  bool operator()(const Command& command, Fsm& fsm, Source&, Target&) const {
    if (fsm.selected || !FromT::Contains(fsm.facts->state)) return false;
    if (!Selects<Selector>(command, fsm)) return false;
    const std::string to(To::Resolve(fsm.facts->state));
    const std::string key = RowKey(fsm.facts->state, Command::kName, to, Selector::kName);
    Probe* const probe = fsm.context.probe;
    if (probe != nullptr && probe->masked_row == key) return false;
    fsm.selected = true;
    fsm.target = to;
    if (probe != nullptr) probe->row = key;
    return MayAct(fsm, probe, key) && StandingHold(fsm, probe) &&
           GuardsHold(command, fsm, probe, key);
  }

 private:
  template <class Fsm>
  static bool RefuseWith(Fsm& fsm, Probe* probe, RejectionKind kind, const Refusal& refusal) {
    if (probe != nullptr) probe->refused = refusal.code;
    fsm.rejection = Rejection(kind, refusal);
    return false;
  }

  template <class Fsm>
  static bool MayAct(Fsm& fsm, Probe* probe, const std::string& key) {
    const auto masked = [&](const Refusal& refusal) {
      return probe != nullptr && probe->masked_guard == key + " " + std::string(refusal.code);
    };
    const Role* held = nullptr;
    for (const Role& role : Who::kRoles) {
      if (held == nullptr && fsm.actor->Holds(role)) held = &role;
    }
    if (held == nullptr && !masked(kRoleNotPermitted)) {
      return RefuseWith(fsm, probe, RejectionKind::kForbidden, kRoleNotPermitted);
    }
    fsm.context.role = held == nullptr ? Who::kRoles.front() : *held;
    if (masked(kSeparationOfDuties)) return true;
    for (const auto type : Who::Apart()) {
      const auto earlier = fsm.context.acts->find(std::string(type));
      if (earlier == fsm.context.acts->end()) continue;
      if (earlier->second.contains(fsm.context.actor) ||
          earlier->second.contains(fsm.context.recorded_by)) {
        return RefuseWith(fsm, probe, RejectionKind::kForbidden, kSeparationOfDuties);
      }
    }
    return true;
  }

  template <class Fsm>
  static bool StandingHold(Fsm& fsm, Probe* probe) {
    bool holds = true;
    Fsm::Standing::Each([&](auto* guard) {
      using Guard = std::remove_pointer_t<decltype(guard)>;
      const bool masked = probe != nullptr &&
                          probe->masked_guard == "standing " + std::string(Guard::kRefusal.code);
      if (!holds || masked || Guard::Holds(*fsm.facts, fsm.context)) return;
      holds = RefuseWith(fsm, probe, RejectionKind::kForbidden, Guard::kRefusal);
    });
    return holds;
  }

  template <class Fsm>
  static bool GuardsHold(const Command& command, Fsm& fsm, Probe* probe, const std::string& key) {
    bool holds = true;
    Guards::Each([&](auto* guard) {
      using Guard = std::remove_pointer_t<decltype(guard)>;
      const bool masked =
          probe != nullptr && probe->masked_guard == key + " " + std::string(Guard::kRefusal.code);
      if (!holds || masked || machine_detail::Holds<Guard>(command, fsm)) return;
      holds = RefuseWith(fsm, probe, RejectionKind::kRefused, Guard::kRefusal);
    });
    return holds;
  }
};

template <class... States>
struct FromStates {
  static bool Contains(std::string_view state) { return ((States::kName == state) || ...); }
};
template <class S>
struct ToState {
  static std::string_view Resolve(std::string_view) { return S::kName; }
};
struct ToSame {
  static std::string_view Resolve(std::string_view from) { return from; }
};

}  // namespace machine_detail

/// Emit<E1, E2>: the act's events, in order. `From` may return std::optional: then the event is
/// emitted only where there is something to say.
template <class... Events>
struct Emit {
  template <class Command, class Fsm, class Source, class Target>
  void operator()(const Command& command, Fsm& fsm, Source&, Target&) const {
    (machine_detail::EmitOne<Events>(command, fsm), ...);
  }
  static std::vector<std::string_view> Types() { return {Events::kType...}; }
};

template <class... Types>
struct TypeList {};

/// What a row says, for those who print, test and list it.
template <class CommandT, class EmitT, class WhoT, class WhenT, class ForT>
struct RowParts {
  using Command = CommandT;
  using Emits = EmitT;
  using Who = WhoT;
  using Guards = WhenT;
  using Selector = ForT;
};
using Move = std::pair<std::string_view, std::string_view>;

template <class From, class Command, class To, class Emits, class Who, class Guards = When<>,
          class Selector = Always>
struct Row : RowParts<Command, Emits, Who, Guards, Selector> {
  using Plain = TypeList<
      msm::front::Row<From, Command, To, Emits,
                      machine_detail::Check<machine_detail::FromStates<From>, Command,
                                            machine_detail::ToState<To>, Who, Guards, Selector>>>;
  using Internal = TypeList<>;
  static std::vector<Move> Moves() { return {{From::kName, To::kName}}; }
};

template <class... From, class Command, class To, class Emits, class Who, class Guards,
          class Selector>
struct Row<Any<From...>, Command, To, Emits, Who, Guards, Selector>
    : RowParts<Command, Emits, Who, Guards, Selector> {
  using Plain = TypeList<msm::front::Row<
      From, Command, To, Emits,
      machine_detail::Check<machine_detail::FromStates<From>, Command, machine_detail::ToState<To>,
                            Who, Guards, Selector>>...>;
  using Internal = TypeList<>;
  static std::vector<Move> Moves() { return {{From::kName, To::kName}...}; }
};

// Rows that keep the state become one internal transition of the machine, whatever the number of
// their states: that halves what the compiler has to chew.
template <class... From, class Command, class Emits, class Who, class Guards, class Selector>
struct Row<Any<From...>, Command, Same, Emits, Who, Guards, Selector>
    : RowParts<Command, Emits, Who, Guards, Selector> {
  using Plain = TypeList<>;
  using Internal = TypeList<
      msm::front::Internal<Command, Emits,
                           machine_detail::Check<machine_detail::FromStates<From...>, Command,
                                                 machine_detail::ToSame, Who, Guards, Selector>>>;
  static std::vector<Move> Moves() { return {{From::kName, From::kName}...}; }
};
template <class From, class Command, class Emits, class Who, class Guards, class Selector>
struct Row<From, Command, Same, Emits, Who, Guards, Selector>
    : Row<Any<From>, Command, Same, Emits, Who, Guards, Selector> {};

namespace machine_detail {

template <class... Lists>
struct Concat {
  using type = TypeList<>;
};
template <class... Types>
struct Concat<TypeList<Types...>> {
  using type = TypeList<Types...>;
};
template <class... A, class... B, class... Rest>
struct Concat<TypeList<A...>, TypeList<B...>, Rest...> : Concat<TypeList<A..., B...>, Rest...> {};

/// The MPL sequence of the types, last first.
template <class List>
struct Backwards {
  using type = mpl::vector0<>;
};
template <class First, class... Rest>
struct Backwards<TypeList<First, Rest...>>
    : mpl::push_back<typename Backwards<TypeList<Rest...>>::type, First> {};

template <class List, class Type>
struct AddUnique;
template <class... Types, class Type>
struct AddUnique<TypeList<Types...>, Type> {
  using type = std::conditional_t<(std::is_same_v<Types, Type> || ...), TypeList<Types...>,
                                  TypeList<Types..., Type>>;
};
template <class List, class... Types>
struct Unique {
  using type = List;
};
template <class List, class First, class... Rest>
struct Unique<List, First, Rest...> : Unique<typename AddUnique<List, First>::type, Rest...> {};

}  // namespace machine_detail

/// All rows of a workflow. MSM tries the rows of one state and command from last to first, so its
/// sequences are built backwards: the table reads, and is tried, top-down.
template <class... Rows>
struct Table {
  using Transitions = typename machine_detail::Backwards<
      typename machine_detail::Concat<typename Rows::Plain...>::type>::type;
  using Internals = typename machine_detail::Backwards<
      typename machine_detail::Concat<typename Rows::Internal...>::type>::type;
  using Commands = typename machine_detail::Unique<TypeList<>, typename Rows::Command...>::type;

  template <class Visit>
  static void Each(const Visit& visit) {
    (visit(static_cast<Rows*>(nullptr)), ...);
  }
};

/// Base of a workflow's definition. `EventT` is the variant of all its events.
template <class Derived, class FactsT, class EventT>
struct Definition : msm::front::state_machine_def<Derived> {
  using Facts = FactsT;
  using Event = EventT;
  using Standing = When<>;          ///< Guards of every row; a definition may replace it.
  using no_message_queue = int;     // One command, one decision.
  using no_exception_thrown = int;  // Exceptions pass; MSM's own catch asserts.

  const Facts* facts = nullptr;
  const Actor* actor = nullptr;
  Context context;
  std::vector<Event> emitted;
  std::optional<Rejection> rejection;
  bool selected = false;
  std::string target;

  template <class Fsm, class Command>
  void no_transition(const Command&, Fsm&, int) {}
};

namespace machine_detail {

/// Restores the active state through MSM's serialization door: no entry action runs.
struct StateRestorer {
  int state_id;
  StateRestorer& operator&(int (&states)[1]) {
    states[0] = state_id;
    return *this;
  }
  template <class T>
  StateRestorer& operator&(T&) {
    return *this;
  }
};

}  // namespace machine_detail

template <class Front>
class Machine {
 public:
  struct Result {
    Role role = Role::kClock;
    std::vector<typename Front::Event> events;
    std::string target;  ///< The state that the table moved to.
  };

  /// Pure: the same facts, command and context give the same result.
  template <class Command>
  static Expected<Result> Decide(const typename Front::Facts& facts, const Command& command,
                                 const Actor& actor, const Context& context) {
    Backend machine;
    machine.facts = &facts;
    machine.actor = &actor;
    machine.context = context;
    const int state_id = StateId(facts.state);
    ENSURE(state_id >= 0, "{} has the state {}", Front::kName, facts.state);
    machine_detail::StateRestorer restorer{state_id};
    machine.serialize(restorer, 0);
    ENSURE(machine.current_state()[0] == state_id, "state {} restored", facts.state);

    const auto handled = machine.process_event(command);
    // Bits, not values: a row that moves on may decline while one that keeps the state takes it.
    if ((static_cast<int>(handled) & msm::back::HANDLED_TRUE) == 0) {
      if (machine.rejection) return tl::unexpected(std::move(*machine.rejection));
      return Refuse(RejectionKind::kRefused, kCommandNotAllowedInState);
    }
    return Result{machine.context.role, std::move(machine.emitted), std::move(machine.target)};
  }

 private:
  using Backend = msm::back::state_machine<Front>;
  using States = typename msm::back::generate_state_set<typename Backend::stt>::type;

  static int StateId(std::string_view name) {
    int id = -1;
    mpl::for_each<States, std::add_pointer<mpl::_1>>([&](auto* state) {
      using S = std::remove_pointer_t<decltype(state)>;
      if constexpr (requires {
                      S::kName;
                      S::kZh;
                    }) {
        if (S::kName == name) id = msm::back::get_state_id<typename Backend::stt, S>::value;
      }
    });
    return id;
  }
};

}  // namespace docket
