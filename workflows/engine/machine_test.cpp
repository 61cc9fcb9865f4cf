// The machine adapter with a small workflow of its own: a desk that takes parcels, notes things
// down and finishes them one by one.
#include <stdexcept>

#include <gtest/gtest.h>

#include "workflows/engine/probe.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::desk {

struct Open : State<Open> {
  static constexpr std::string_view kName = "open", kZh = "空闲";
};
struct Busy : State<Busy> {
  static constexpr std::string_view kName = "busy", kZh = "办理中";
};
struct Done : State<Done> {
  static constexpr std::string_view kName = "done", kZh = "办结";
  static constexpr bool kTerminal = true;
};

struct Take {
  static constexpr std::string_view kName = "take", kZh = "收件";
  std::int64_t parcels = 0;
  bool fast = false;
  static FieldList Fields() {
    return {Field{"parcels", &Take::parcels}, Field{"fast", &Take::fast}};
  }
};
struct Note {
  static constexpr std::string_view kName = "note", kZh = "记录";
  std::string text;
  std::string author;
  bool urgent = false;
  static FieldList Fields() {
    return {Field{"text", &Note::text}, Field{"author", &Note::author},
            Field{"urgent", &Note::urgent}};
  }
};
struct Finish {
  static constexpr std::string_view kName = "finish", kZh = "办结一件";
  bool well_done = false;
  static FieldList Fields() { return {Field{"well_done", &Finish::well_done}}; }
};

struct Facts {
  std::string state = "open";
  std::int64_t left = 0;
  std::vector<std::string> notes;
  static FieldList Fields() {
    return {Field{"state", &Facts::state}, Field{"left", &Facts::left},
            Field{"notes", &Facts::notes}};
  }
};

struct Taken : Take {
  static constexpr std::string_view kType = "desk.taken", kZh = "已收件";
};
/// Version 1 called the text `note`; version 2 knew no author; version 3 no urgency.
struct Noted : Note {
  static constexpr std::string_view kType = "desk.noted", kZh = "已记录";
  static constexpr std::int64_t kVersion = 4;
};
struct Finished : Finish {
  static constexpr std::string_view kType = "desk.finished", kZh = "已办结一件";
};
struct Praised {
  static constexpr std::string_view kType = "desk.praised", kZh = "已表扬";
  std::int64_t after = 0;
  static std::optional<Praised> From(const Finish& c, const Facts& facts, const Context&) {
    if (!c.well_done) return std::nullopt;
    return Praised{facts.left};
  }
  static FieldList Fields() { return {Field{"after", &Praised::after}}; }
};
using Event = std::variant<Taken, Noted, Finished, Praised>;

void Apply(Facts& facts, const Taken& e, const RecordedEvent&) {
  facts.state = Busy::kName;
  facts.left = e.parcels;
}
void Apply(Facts& facts, const Noted& e, const RecordedEvent&) {
  facts.notes.push_back(e.text + " by " + e.author + (e.urgent ? "!" : ""));
}
void Apply(Facts& facts, const Finished&, const RecordedEvent&) {
  if (--facts.left == 0) facts.state = Done::kName;
}
void Apply(Facts&, const Praised&, const RecordedEvent&) {}

struct Fast {
  static constexpr std::string_view kName = "fast";
  static bool Selects(const Take& c, const Facts&) { return c.fast; }
};
struct LastParcel {
  static constexpr std::string_view kName = "last";
  static bool Selects(const Facts& facts) { return facts.left == 1; }
};

struct OfficeKnown {
  static constexpr Refusal kRefusal{"office_unknown", "单位未知", "the office is unknown"};
  static bool Holds(const Facts&, const Context& context) { return !context.unit.empty(); }
};
struct SomeParcels {
  static constexpr Refusal kRefusal{"no_parcels", "没有件", "there are no parcels"};
  static bool Holds(const Take& c, const Facts&, const Context&) { return c.parcels > 0; }
};
struct EvenParcels {
  static constexpr Refusal kRefusal{"odd_parcels", "件数为奇数", "the number of parcels is odd"};
  static bool Holds(const Take& c, const Facts&, const Context&) { return c.parcels % 2 == 0; }
};
struct Calm {
  static constexpr Refusal kRefusal{"not_calm", "不冷静", "not calm"};
  static bool Holds(const Note& c, const Facts&, const Context&) {
    if (c.text == "panic") throw std::runtime_error("a guard that fails");
    return c.text != "shout";
  }
};

struct Desk : Definition<Desk, Facts, Event> {
  static constexpr std::string_view kName = "desk", kZh = "窗口", kPurpose = "试验。";
  using initial_state = Open;
  using States = TypeList<Open, Busy, Done>;
  using Standing = When<OfficeKnown>;

  // clang-format off
  using Rows = Table<
    Row<Open,            Take,   Busy, Emit<Taken>, By<Role::kIntake>,
        When<SomeParcels, EvenParcels>, Fast>,
    Row<Open,            Take,   Busy, Emit<Taken>, By<Role::kHandler>>,
    Row<Any<Open, Busy>, Note,   Same, Emit<Noted>, By<Role::kHandler, Role::kIntake>, When<Calm>>,
    Row<Busy,            Finish, Done, Emit<Finished, Praised>, By<Role::kHead>::ApartFrom<Taken>,
        When<>, LastParcel>,
    Row<Busy,            Finish, Same, Emit<Finished, Praised>, By<Role::kHead>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts&) { return {}; }

  static Json Upcast(const std::string& type, std::int64_t version, Json data) {
    if (type != Noted::kType) throw std::runtime_error("no older version of " + type);
    if (version == 1) {
      data["text"] = data.at("note");
      data.erase("note");
    } else if (version == 2) {
      data["author"] = "unknown";
    } else {
      data["urgent"] = false;
    }
    return data;
  }
};

const Workflow& Definition() {
  static const WorkflowFor<Desk> workflow(R"({"workflow": "desk"})");
  return workflow;
}

class MachineTest : public ::testing::Test {
 protected:
  MachineTest() : model_(Definition().NewCase()) { context_.unit = UnitId("bureau"); }

  Expected<Decided> Decide(std::initializer_list<Role> roles, const std::string& command,
                           const Json& body) {
    context_.actor = ActorId("somebody");
    context_.acts = &model_->Acts();
    return model_->Decide(command, body, {context_.actor, context_.unit, roles}, context_);
  }
  std::string Refused(std::initializer_list<Role> roles, const std::string& command,
                      const Json& body) {
    const auto decided = Decide(roles, command, body);
    return decided ? "accepted" : decided.error().code;
  }
  std::vector<std::string> Emitted(std::initializer_list<Role> roles, const std::string& command,
                                   const Json& body) {
    const auto decided = Decide(roles, command, body);
    if (!decided) return {decided.error().code};
    std::vector<std::string> types;
    for (const auto& draft : decided->events) types.push_back(draft.type);
    return types;
  }
  void Happened(const std::string& type, const Json& data, std::int64_t version = 1,
                const char* actor = "another") {
    RecordedEvent event;
    event.id = EventId("e");
    event.type = type;
    event.schema_version = version;
    event.actor = ActorId(actor);
    event.role = Role::kIntake;
    event.version = model_->Version().Next();
    event.data = CanonicalJson(data);
    const std::string stored = event.data;
    model_->Apply(event);
    EXPECT_EQ(event.data, stored);
  }

  std::unique_ptr<CaseModel> model_;
  Context context_;
};

Json TakeBody(int parcels, bool fast) { return {{"parcels", parcels}, {"fast", fast}}; }
Json NoteBody(const char* text) { return {{"text", text}, {"author", "han"}, {"urgent", false}}; }
const Json kFinish = {{"well_done", false}};

TEST_F(MachineTest, TheFirstRowThatIsMeantDecidesAlone) {
  // Fast: the first row, and what it refuses the second is not asked.
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(3, true)), "odd_parcels");
  EXPECT_EQ(Refused({Role::kHandler}, "take", TakeBody(2, true)), "role_not_permitted");
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(2, true)), "accepted");
  // Not fast: the second row, which has no guards.
  EXPECT_EQ(Refused({Role::kHandler}, "take", TakeBody(3, false)), "accepted");
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(2, false)), "role_not_permitted");
}

TEST_F(MachineTest, TheFirstFailingGuardNamesTheRefusal) {
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(-1, true)), "no_parcels");
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(1, true)), "odd_parcels");
}

TEST_F(MachineTest, RoleComesBeforeSeparationBeforeStandingBeforeGuards) {
  context_.unit = UnitId();
  EXPECT_EQ(Refused({}, "take", TakeBody(1, true)), "role_not_permitted");
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(1, true)), "office_unknown");
  Happened("desk.taken", TakeBody(1, false), 1, "somebody");
  EXPECT_EQ(Refused({}, "finish", kFinish), "role_not_permitted");
  EXPECT_EQ(Refused({Role::kHead}, "finish", kFinish), "separation_of_duties");
  context_.unit = UnitId("bureau");
  EXPECT_EQ(Refused({Role::kHead}, "finish", kFinish), "separation_of_duties");
}

TEST_F(MachineTest, TheRecorderIsKeptApartLikeTheActor) {
  Happened("desk.taken", TakeBody(1, false));
  EXPECT_EQ(Refused({Role::kHead}, "finish", kFinish), "accepted");
  context_.recorded_by = ActorId("another");
  EXPECT_EQ(Refused({Role::kHead}, "finish", kFinish), "separation_of_duties");
}

TEST_F(MachineTest, TheActorActsInTheFirstRoleThatTheRowNames) {
  EXPECT_EQ(Decide({Role::kIntake, Role::kHandler}, "note", NoteBody("a"))->role, Role::kHandler);
  EXPECT_EQ(Decide({Role::kIntake}, "note", NoteBody("a"))->role, Role::kIntake);
}

TEST_F(MachineTest, ARowThatKeepsTheStateIsTakenFromEachOfItsStates) {
  EXPECT_EQ(Refused({Role::kIntake}, "note", NoteBody("a")), "accepted");
  Happened("desk.taken", TakeBody(1, false));
  EXPECT_EQ(Refused({Role::kIntake}, "note", NoteBody("a")), "accepted");
  EXPECT_EQ(Refused({Role::kIntake}, "note", NoteBody("shout")), "not_calm");
  Happened("desk.finished", kFinish);
  EXPECT_EQ(model_->State(), "done");
  EXPECT_EQ(Refused({Role::kIntake}, "note", NoteBody("a")), "command_not_allowed_in_state");
}

TEST_F(MachineTest, ARowThatKeepsTheStateIsTakenAfterOneThatMovesOnIsNotMeant) {
  Happened("desk.taken", TakeBody(2, false));
  EXPECT_EQ(Emitted({Role::kHead}, "finish", kFinish), std::vector<std::string>{"desk.finished"});
  EXPECT_EQ(model_->State(), "busy");
}

TEST_F(MachineTest, AnOptionalEventIsEmittedWhereThereIsSomethingToSay) {
  Happened("desk.taken", TakeBody(2, false));
  EXPECT_EQ(Emitted({Role::kHead}, "finish", {{"well_done", true}}),
            (std::vector<std::string>{"desk.finished", "desk.praised"}));
}

TEST_F(MachineTest, AnExceptionPasses) {
  EXPECT_THROW(Decide({Role::kIntake}, "note", NoteBody("panic")), std::runtime_error);
}

TEST_F(MachineTest, AnUnknownCommandAndABadBodyAreRefused) {
  EXPECT_EQ(Refused({Role::kIntake}, "burn", Json::object()), "unknown_command");
  EXPECT_EQ(Refused({Role::kIntake}, "take", Json::object()), "invalid_fields");
}

TEST_F(MachineTest, DecidingChangesNothing) {
  const Json before = model_->Facts();
  EXPECT_EQ(Refused({Role::kHandler}, "take", TakeBody(3, false)), "accepted");
  EXPECT_EQ(model_->Facts(), before);
}

TEST_F(MachineTest, OnlyWhatStateAndRolesAllowIsOffered) {
  const auto offered = [&](Role role) {
    std::vector<std::string> names;
    for (const auto& command : model_->Allowed({{ActorId("somebody"), {}, {role}}, {}}, context_)) {
      names.push_back(command.name);
    }
    return names;
  };
  EXPECT_EQ(offered(Role::kIntake), (std::vector<std::string>{"take", "note"}));
  EXPECT_EQ(offered(Role::kHead), std::vector<std::string>{});
  Happened("desk.taken", TakeBody(2, false));
  EXPECT_EQ(offered(Role::kIntake), std::vector<std::string>{"note"});
  EXPECT_EQ(offered(Role::kHead), std::vector<std::string>{"finish"});
}

// The probe, which the coverage gate and the mutation run rest on.

TEST_F(MachineTest, TheProbeNamesTheRowAndTheRefusal) {
  Probe probe;
  context_.probe = &probe;
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(1, true)), "odd_parcels");
  EXPECT_EQ(probe.row, "open take busy fast");
  EXPECT_EQ(probe.refused, "odd_parcels");
}

TEST_F(MachineTest, AMaskedRowIsNotThereAndAMaskedGuardHolds) {
  Probe no_row{"open take busy fast", "", "", ""};
  context_.probe = &no_row;
  EXPECT_EQ(Refused({Role::kHandler}, "take", TakeBody(1, true)), "accepted");
  EXPECT_EQ(no_row.row, "open take busy");
  Probe no_guard{"", "open take busy fast odd_parcels", "", ""};
  context_.probe = &no_guard;
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(1, true)), "accepted");
  Probe no_role{"", "open take busy fast role_not_permitted", "", ""};
  context_.probe = &no_role;
  EXPECT_EQ(Refused({}, "take", TakeBody(2, true)), "accepted");
  Probe no_standing{"", "standing office_unknown", "", ""};
  context_.probe = &no_standing;
  context_.unit = UnitId();
  EXPECT_EQ(Refused({Role::kIntake}, "take", TakeBody(2, true)), "accepted");
}

// Stored events of older versions.

TEST_F(MachineTest, AnOlderEventIsReadStepByStepAndStaysAsItWasStored) {
  Happened("desk.noted", {{"note", "first"}}, 1);
  Happened("desk.noted", {{"text", "second"}}, 2);
  Happened("desk.noted", {{"text", "third"}, {"author", "lin"}}, 3);
  Happened("desk.noted", {{"text", "fourth"}, {"author", "wu"}, {"urgent", true}}, 4);
  EXPECT_EQ(model_->Facts().at("notes"),
            Json({"first by unknown", "second by unknown", "third by lin", "fourth by wu!"}));
}

TEST_F(MachineTest, WhatCannotBeReadIsAFault) {
  EXPECT_THROW(Happened("desk.noted", NoteBody("newer"), 5), std::runtime_error);
  EXPECT_THROW(Happened("desk.noted", {{"text", "lacks the author"}}, 4), std::runtime_error);
  EXPECT_THROW(Happened("desk.taken", TakeBody(1, false), 0), std::runtime_error);
  EXPECT_THROW(Happened("desk.burnt", Json::object()), std::runtime_error);
  RecordedEvent event;
  event.type = "desk.taken";
  event.data = "{";
  EXPECT_THROW(model_->Apply(event), std::runtime_error);
}

TEST_F(MachineTest, ANewEventCarriesItsVersion) {
  EXPECT_EQ(Decide({Role::kIntake}, "note", NoteBody("a"))->events.front().schema_version, 4);
  EXPECT_EQ(Definition().Describe().FindEvent("desk.noted")->version, 4);
}

TEST_F(MachineTest, AClonedCaseGoesItsOwnWay) {
  const auto clone = model_->Clone();
  Happened("desk.taken", TakeBody(2, false));
  EXPECT_EQ(clone->State(), "open");
  EXPECT_EQ(model_->State(), "busy");
}

}  // namespace docket::desk
