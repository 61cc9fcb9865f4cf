#include "tests/support/spec.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/deadline_keeper.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket::testing {

namespace {

/// What the whole run of this binary has reached.
struct Reached {
  std::set<std::string> rows;
  std::set<std::string> refusals;
  std::map<std::string, Json> samples;
};
Reached& Run() {
  static Reached reached;
  return reached;
}

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// What this process masks: nothing, a row, or a guard.
const Probe& Mask() {
  static const Probe mask{Variable("DOCKET_MASK_ROW"), Variable("DOCKET_MASK_GUARD"), {}, {}};
  return mask;
}

bool IsMutationRun() { return !Mask().masked_row.empty() || !Mask().masked_guard.empty(); }

/// False where the mutant cannot change what strangers are told of the row: hundreds of runs, one
/// a mutant, are spared what the run without a mutant has shown.
bool OthersMatter(const std::string& row) {
  return !IsMutationRun() || Mask().masked_guard == row + " role_not_permitted" ||
         Mask().masked_guard == row + " separation_of_duties";
}

std::filesystem::path HistoryOf(const Workflow& workflow) {
  return std::filesystem::path(DOCKET_SOURCE_DIR) / "workflows" / workflow.Name() / "history";
}

std::string SampleName(const EventText& event) {
  return event.type + ".v" + std::to_string(event.version) + ".json";
}

Json DraftsAsJson(const Decided& decided) {
  Json list = Json::array();
  for (const auto& draft : decided.events) list.push_back({draft.type, draft.data});
  return {NameOf(decided.role), list};
}

std::vector<std::string> Mutants(const Description& description, std::string_view kind) {
  std::vector<std::string> mutants;
  for (const auto& row : description.rows) {
    if (kind == "row") {
      mutants.push_back(row.Key());
      continue;
    }
    mutants.push_back(row.Key() + " role_not_permitted");
    if (!row.apart.empty()) mutants.push_back(row.Key() + " separation_of_duties");
    for (const auto& guard : row.guards)
      mutants.push_back(row.Key() + " " + std::string(guard.code));
  }
  if (kind == "guard") {
    for (const auto& guard : description.standing) {
      mutants.push_back("standing " + std::string(guard.code));
    }
  }
  return mutants;
}

}  // namespace

Spec::Spec(const Workflow& workflow) : workflow_(workflow), rules_(&workflow.Rules()) {
  const UnitId bureau("bureau");
  units_[bureau] = {bureau,
                    "某市财政局",
                    RegionCode("330482"),
                    {Industry::kGovernmentProcurement, Industry::kConstruction}};
  const auto add = [&](std::string id, Role role, UnitId unit) {
    actors_[id] = {ActorId(id), std::move(unit), {role}};
  };
  for (const char* id : {"clerk", "clerk_2"}) add(id, Role::kIntake, bureau);
  for (const char* id : {"han", "lin", "wu"}) add(id, Role::kHandler, bureau);
  add("legal", Role::kLegalReviewer, bureau);
  add("head", Role::kHead, bureau);
  add("keeper", Role::kRecordKeeper, bureau);
  add("admin", Role::kUnitAdministrator, bureau);
  add("office", Role::kResourceOffice, bureau);
  add("system", Role::kSystemAdministrator, bureau);
  add("provider", Role::kDataProvider, UnitId("platform"));
  for (const char* id : {"portal", "portal_2"}) add(id, Role::kComplainant, UnitId("public"));
  add("firm", Role::kRespondent, UnitId("public"));
  add("tenderer", Role::kTenderer, UnitId("public"));
  add("centre", Role::kTradingCentre, UnitId("centre"));
  add("operator", Role::kPlatformOperator, UnitId("platform"));
  add("security", Role::kSecurityManager, UnitId("platform"));
  add("audit", Role::kAudit, UnitId("audit"));
  add("discipline", Role::kDiscipline, UnitId("discipline"));
  actors_["clock"] = ClockActor();
  actors_["process_manager"] = ProcessManagerActor();
  Fresh();
  At("2024-08-08");
  As("clerk");
}

Spec::Spec(const Spec& other)
    : workflow_(other.workflow_),
      rules_(other.rules_),
      actors_(other.actors_),
      units_(other.units_),
      model_(other.model_->Clone()),
      now_(other.now_),
      actor_(other.actor_),
      recorded_by_(other.recorded_by_),
      next_id_(other.next_id_),
      decision_(other.decision_),
      time_facts_(other.time_facts_) {}

Spec& Spec::Actor(const docket::Actor& actor) {
  actors_[actor.id.value] = actor;
  return *this;
}

Spec& Spec::Unit(const docket::Unit& unit) {
  units_[unit.id] = unit;
  return *this;
}

Spec& Spec::Rules(const Rulebook& rules) {
  rules_ = &rules;
  return *this;
}

std::optional<docket::Actor> Spec::FindActor(const ActorId& id) const {
  const auto found = actors_.find(id.value);
  return found == actors_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<docket::Unit> Spec::FindUnit(const UnitId& id) const {
  const auto found = units_.find(id);
  return found == units_.end() ? std::nullopt : std::optional(found->second);
}

Spec& Spec::Fresh() {
  model_ = workflow_.NewCase();
  decision_.reset();
  return *this;
}

Spec& Spec::At(std::string_view when) {
  const auto at = Instant::ParseDateOrInstant(when);
  EXPECT_TRUE(at.has_value()) << when;
  now_ = at.value_or(now_);
  return *this;
}

Spec& Spec::As(std::string_view actor) {
  EXPECT_TRUE(actors_.contains(actor)) << actor;
  actor_ = actor;
  recorded_by_ = actor;
  return *this;
}

Spec& Spec::RecordedBy(std::string_view actor) {
  recorded_by_ = actor;
  return *this;
}

Context Spec::ContextOf(Probe* probe) const {
  Context context;
  context.now = now_;
  context.occurred_at = now_;
  const auto& actor = actors_.find(actor_)->second;
  context.actor = actor.id;
  context.recorded_by = ActorId(recorded_by_);
  context.unit = actor.unit;
  if (const auto unit = units_.find(actor.unit); unit != units_.end()) {
    context.unit_region = unit->second.region;
    context.unit_industries = unit->second.industries;
  }
  context.rules = rules_;
  context.calendar = CalendarSet::Builtin().Newest().get();
  context.clocks = &model_->Clocks();
  context.acts = &model_->Acts();
  context.directory = this;
  static const Pseudonym kPseudonym = [](const std::string& person) { return "digest-" + person; };
  context.pseudonym = &kPseudonym;
  context.case_id = StreamId(std::string(workflow_.Name()) + "-" + std::string(36, '0'));
  context.probe = probe;
  return context;
}

void Spec::ApplyOne(const std::string& type, const Json& data, Role role, Instant at) {
  RecordedEvent event;
  event.id = EventId("event-" + std::to_string(next_id_++));
  event.type = type;
  const EventText* known = workflow_.Describe().FindEvent(type);
  event.schema_version = known == nullptr ? 1 : known->version;
  event.occurred_at = at;
  event.recorded_at = now_;
  const bool by_clock = role == Role::kClock;
  event.actor = by_clock ? ClockActor().id : ActorId(actor_);
  event.recorded_by = by_clock ? ClockActor().id : ActorId(recorded_by_);
  event.unit = by_clock ? ClockActor().unit : actors_.find(actor_)->second.unit;
  event.role = role;
  event.version = model_->Version().Next();
  const docket::Clocks before = model_->Clocks();
  model_->Apply(event, data);
  if (deadline::IsDeadlineEvent(type)) {
    time_facts_.push_back(type.substr(type.find('.') + 1) + " " +
                          data.at("clock").get<std::string>());
    return;
  }
  const auto summary = model_->Summary();
  const auto follows = FollowAct(before, {type, data, at, summary.profile, summary.region}, *rules_,
                                 *CalendarSet::Builtin().Newest());
  ASSERT_TRUE(follows.has_value()) << follows.error().code;
  for (const auto& draft : *follows) ApplyOne(draft.type, draft.data, Role::kClock, at);
}

void Spec::GivenOne(const std::string& type, const Json& data) {
  time_facts_.clear();
  ApplyOne(type, data, actors_.find(actor_)->second.roles.front(), now_);
}

Spec& Spec::WhenOne(const std::string& command, const Json& body) {
  Probe probe = Mask();
  const auto& actor = actors_.find(actor_)->second;
  decision_ = model_->Decide(command, body, actor, ContextOf(&probe));
  if (!IsMutationRun()) ExpectSameAgain(command, body);
  if (*decision_) {
    Run().rows.insert(probe.row);
    if (OthersMatter(probe.row)) TryByOthers(command, body, probe.row);
  } else if (!probe.refused.empty()) {
    Run().refusals.insert(probe.row + " " + probe.refused);
  }
  return *this;
}

void Spec::ExpectSameAgain(const std::string& command, const Json& body) const {
  Probe probe = Mask();
  const auto& actor = actors_.find(actor_)->second;
  const auto again = model_->Decide(command, body, actor, ContextOf(&probe));
  EXPECT_EQ(decision_->has_value(), again.has_value()) << "deciding is not pure";
  if (*decision_ && again) {
    EXPECT_EQ(DraftsAsJson(**decision_), DraftsAsJson(*again));
  }
  if (!*decision_ && !again) {
    EXPECT_EQ(decision_->error(), again.error());
  }
}

void Spec::TryByOthers(const std::string& command, const Json& body, const std::string& row) {
  const auto expect = [&](const docket::Actor& actor, const Context& context,
                          std::string_view code) {
    const auto refused = model_->Decide(command, body, actor, context);
    EXPECT_FALSE(refused.has_value()) << row << " must refuse " << code;
    if (!refused) {
      EXPECT_EQ(refused.error().code, code) << row;
    }
    Run().refusals.insert(row + " " + std::string(code));
  };
  Probe probe = Mask();
  Context stranger = ContextOf(&probe);
  stranger.actor = stranger.recorded_by = ActorId("stranger");
  expect({stranger.actor, stranger.unit, {}}, stranger, "role_not_permitted");

  const auto& rows = workflow_.Describe().rows;
  const auto text = std::find_if(rows.begin(), rows.end(),
                                 [&](const RowText& candidate) { return candidate.Key() == row; });
  ASSERT_NE(text, rows.end()) << row;
  for (const auto& type : text->apart) {
    const auto earlier = model_->Acts().find(type);
    if (earlier == model_->Acts().end()) continue;
    Context same = ContextOf(&probe);
    same.actor = same.recorded_by = *earlier->second.begin();
    expect({same.actor, same.unit, text->roles}, same, "separation_of_duties");
    Context recorder = ContextOf(&probe);
    recorder.recorded_by = *earlier->second.begin();
    expect({recorder.actor, recorder.unit, text->roles}, recorder, "separation_of_duties");
  }
}

void Spec::ThenDrafts(const std::vector<TypedJson>& expected) {
  ASSERT_TRUE(decision_.has_value() && decision_->has_value())
      << "refused: " << (decision_ ? decision_->error().code : "nothing was decided") << " "
      << (decision_ && !*decision_ && !decision_->error().fields.empty()
              ? decision_->error().fields.front().pointer
              : "");
  std::vector<TypedJson> drafts;
  for (const auto& draft : (*decision_)->events) {
    drafts.emplace_back(draft.type, draft.data);
    Run().samples.emplace(draft.type, draft.data);
  }
  EXPECT_EQ(Json(drafts), Json(expected));
}

Spec& Spec::ThenRefused(std::string_view code) {
  EXPECT_TRUE(decision_.has_value() && !decision_->has_value()) << "accepted, not " << code;
  if (decision_ && !*decision_) {
    EXPECT_EQ(decision_->error().code, code);
    EXPECT_FALSE(decision_->error().zh.empty());
  }
  return *this;
}

Spec& Spec::Happens() {
  EXPECT_TRUE(decision_.has_value() && decision_->has_value())
      << "refused: " << (decision_ ? decision_->error().code : "nothing was decided");
  return Happen();
}

Spec& Spec::Happen() {
  time_facts_.clear();
  if (!decision_ || !*decision_) return *this;
  const Decided decided = **decision_;
  for (const auto& draft : decided.events) {
    Run().samples.emplace(draft.type, draft.data);
    ApplyOne(draft.type, draft.data, decided.role, now_);
  }
  return *this;
}

Spec& Spec::TimePasses() {
  const auto passed = PassTime(model_->Clocks(), *rules_, now_);
  time_facts_.clear();
  for (const auto& fact : passed.facts) {
    ApplyOne(fact.draft.type, fact.draft.data, Role::kClock, fact.at);
  }
  const auto [actor, recorder, now] = std::tuple(actor_, recorded_by_, now_);
  auto time_facts = time_facts_;
  As("clock");
  for (const auto& effect : passed.effects) {
    now_ = effect.at;
    WhenOne(effect.command, effect.body);
    if (!decision_ || !*decision_) continue;
    Happen();
    time_facts.insert(time_facts.end(), time_facts_.begin(), time_facts_.end());
  }
  time_facts_ = time_facts;
  std::tie(actor_, recorded_by_, now_) = std::tuple(actor, recorder, now);
  return *this;
}

void TableCoverage::SetUp() {
  if (Variable("DOCKET_LIST_MUTANTS").empty()) return;
  for (const char* kind : {"row", "guard"}) {
    for (const auto& mutant : Mutants(workflow_.Describe(), kind)) {
      std::cout << kind << ":" << mutant << "\n";
    }
  }
  std::cout.flush();
  std::_Exit(0);
}

void TableCoverage::TearDown() {
  if (::testing::GTEST_FLAG(filter) != "*" || IsMutationRun()) return;
  const auto& description = workflow_.Describe();
  for (const auto& row : Mutants(description, "row")) {
    EXPECT_TRUE(Run().rows.contains(row)) << "no test takes the row: " << row;
  }
  const auto refused = [&](const std::string& code) {
    return std::any_of(Run().refusals.begin(), Run().refusals.end(), [&](const std::string& seen) {
      return seen.size() > code.size() && seen.substr(seen.size() - code.size() - 1) == " " + code;
    });
  };
  for (const auto& guard : Mutants(description, "guard")) {
    const bool standing = guard.rfind("standing ", 0) == 0;
    const bool reached = standing ? refused(guard.substr(9)) : Run().refusals.contains(guard);
    EXPECT_TRUE(reached) << "no test is refused: " << guard;
  }
  for (const auto& event : description.events) {
    const auto path = HistoryOf(workflow_) / SampleName(event);
    const auto sample = Run().samples.find(event.type);
    EXPECT_NE(sample, Run().samples.end()) << "no test emits " << event.type;
    const bool write = !Variable("DOCKET_WRITE_HISTORY").empty();
    if (write && sample != Run().samples.end() && !std::filesystem::exists(path)) {
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path) << sample->second.dump(1) << "\n";
    }
    EXPECT_TRUE(std::filesystem::exists(path)) << "no recorded sample " << path;
  }
}

void ExpectHistoryReadable(const Workflow& workflow) {
  std::set<std::pair<std::string, std::int64_t>> read;
  for (const auto& entry : std::filesystem::directory_iterator(HistoryOf(workflow))) {
    const std::string name = entry.path().filename().string();
    const auto mark = name.rfind(".v");
    ASSERT_NE(mark, std::string::npos) << name;
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    const auto data = ParseJson(text.str());
    ASSERT_TRUE(data.has_value()) << name;
    RecordedEvent event;
    event.id = EventId("sample");
    event.type = name.substr(0, mark);
    event.schema_version = std::stoll(name.substr(mark + 2));
    event.role = Role::kIntake;
    event.version = Version(1);
    auto model = workflow.NewCase();
    EXPECT_NO_THROW(model->Apply(event, *data)) << name;
    read.emplace(event.type, event.schema_version);
  }
  for (const auto& event : workflow.Describe().events) {
    EXPECT_TRUE(read.contains({event.type, event.version})) << "no sample of " << event.type;
  }
}

}  // namespace docket::testing
