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
#include "workflows/engine/refusals.hpp"
#include "workflows/engine/table.hpp"

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
  static constexpr std::array<std::string_view, 0> kApart{};

  template <class... Events>
  struct ApartFrom {
    static constexpr std::array<Role, sizeof...(roles)> kRoles{roles...};
    static constexpr std::array<std::string_view, sizeof...(Events)> kApart{Events::kType...};
  };
};

template <class... Guards>
struct When {};

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

template <class Guard, class Command, class Facts>
bool Holds(const void* command, const void* facts, const Context& context) {
  const auto& known = *static_cast<const Facts*>(facts);
  if constexpr (requires(const Command& c) { Guard::Holds(c, known, context); }) {
    return Guard::Holds(*static_cast<const Command*>(command), known, context);
  } else {
    return Guard::Holds(known, context);
  }
}

/// Of a standing guard, which is asked before there is a command.
struct NoCommand {};

template <class Guards, class Command, class Facts>
struct GuardList;
template <class... Guards, class Command, class Facts>
struct GuardList<When<Guards...>, Command, Facts> {
  static constexpr std::array<GuardEntry, sizeof...(Guards)> kAll{
      GuardEntry{&Guards::kRefusal, &Holds<Guards, Command, Facts>}...};
};

template <class Selector, class Facts>
bool SelectsByFacts(const void* facts) {
  return Selector::Selects(*static_cast<const Facts*>(facts));
}

template <class RowT, class Facts>
constexpr RowEntry EntryOf() {
  using Selector = typename RowT::Selector;
  RowEntry entry{.command = RowT::Command::kName,
                 .applies = Selector::kName,
                 .moves = RowT::kMoves,
                 .roles = RowT::Who::kRoles,
                 .apart = RowT::Who::kApart,
                 .emits = RowT::Emits::kTypes,
                 .guards = GuardList<typename RowT::Guards, typename RowT::Command, Facts>::kAll,
                 .selects = nullptr};
  if constexpr (requires(const Facts& facts) { Selector::Selects(facts); }) {
    entry.selects = &SelectsByFacts<Selector, Facts>;
  }
  return entry;
}
template <class RowT, class Facts>
inline constexpr RowEntry kEntry = EntryOf<RowT, Facts>();

/// Whether the row that is meant takes the command, and which one that is.
template <class RowT, class Fsm>
bool Takes(const typename RowT::Command& command, Fsm& fsm) {
  using Selector = typename RowT::Selector;
  using Facts = typename Fsm::Facts;
  if (fsm.selected) return false;
  const Move* const move = MoveFrom(kEntry<RowT, Facts>, fsm.facts->state);
  if (move == nullptr) return false;
  if constexpr (requires { Selector::Selects(command, *fsm.facts); }) {
    if (!Selector::Selects(command, *fsm.facts)) return false;
  } else if constexpr (!std::is_same_v<Selector, Always>) {
    if (!Selector::Selects(*fsm.facts)) return false;
  }
  return fsm.Takes(kEntry<RowT, Facts>, *move, &command, fsm.facts,
                   GuardList<typename Fsm::Standing, NoCommand, Facts>::kAll);
}

/// Once for a row, whatever the number of its states.
template <class RowT>
struct Check {
  template <class Command, class Fsm, class Source, class Target>
  bool operator()(const Command& command, Fsm& fsm, Source&, Target&) const {
    return Takes<RowT>(command, fsm);
  }
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
  static constexpr std::array<std::string_view, sizeof...(Events)> kTypes{Events::kType...};
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

template <class From, class Command, class To, class Emits, class Who, class Guards = When<>,
          class Selector = Always>
struct Row : RowParts<Command, Emits, Who, Guards, Selector> {
  using Plain = TypeList<msm::front::Row<From, Command, To, Emits, machine_detail::Check<Row>>>;
  using Internal = TypeList<>;
  static constexpr std::array kMoves{Move{From::kName, To::kName}};
};

template <class... From, class Command, class To, class Emits, class Who, class Guards,
          class Selector>
struct Row<Any<From...>, Command, To, Emits, Who, Guards, Selector>
    : RowParts<Command, Emits, Who, Guards, Selector> {
  using Plain = TypeList<msm::front::Row<From, Command, To, Emits, machine_detail::Check<Row>>...>;
  using Internal = TypeList<>;
  static constexpr std::array kMoves{Move{From::kName, To::kName}...};
};

// Rows that keep the state become one internal transition of the machine, whatever the number of
// their states: that halves what the compiler has to chew.
template <class... From, class Command, class Emits, class Who, class Guards, class Selector>
struct Row<Any<From...>, Command, Same, Emits, Who, Guards, Selector>
    : RowParts<Command, Emits, Who, Guards, Selector> {
  using Plain = TypeList<>;
  using Internal = TypeList<msm::front::Internal<Command, Emits, machine_detail::Check<Row>>>;
  static constexpr std::array kMoves{Move{From::kName, From::kName}...};
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

  template <class Facts>
  static constexpr std::array<RowEntry, sizeof...(Rows)> kEntries{
      machine_detail::kEntry<Rows, Facts>...};
};

/// Base of a workflow's definition. `EventT` is the variant of all its events.
template <class Derived, class FactsT, class EventT>
struct Definition : msm::front::state_machine_def<Derived>, Attempt {
  using Facts = FactsT;
  using Event = EventT;
  using Standing = When<>;          ///< Guards of every row; a definition may replace it.
  using no_message_queue = int;     // One command, one decision.
  using no_exception_thrown = int;  // Exceptions pass; MSM's own catch asserts.

  const Facts* facts = nullptr;
  std::vector<Event> emitted;

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
    Begin(machine, facts, actor, context);
    return End(machine, static_cast<int>(machine.process_event(command)));
  }

 private:
  using Backend = msm::back::state_machine<Front>;
  using States = typename msm::back::generate_state_set<typename Backend::stt>::type;

  static void Begin(Backend& machine, const typename Front::Facts& facts, const Actor& actor,
                    const Context& context) {
    machine.facts = &facts;
    machine.actor = &actor;
    machine.context = context;
    const int state_id = StateId(facts.state);
    ENSURE(state_id >= 0, "{} has the state {}", Front::kName, facts.state);
    machine_detail::StateRestorer restorer{state_id};
    machine.serialize(restorer, 0);
    ENSURE(machine.current_state()[0] == state_id, "state {} restored", facts.state);
  }

  static Expected<Result> End(Backend& machine, int handled) {
    // Bits, not values: a row that moves on may decline while one that keeps the state takes it.
    if ((handled & msm::back::HANDLED_TRUE) == 0) {
      if (machine.rejection) return tl::unexpected(std::move(*machine.rejection));
      return Refuse(RejectionKind::kRefused, kCommandNotAllowedInState);
    }
    return Result{machine.context.role, std::move(machine.emitted), std::move(machine.target)};
  }

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
