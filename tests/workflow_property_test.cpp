// What holds for every workflow, tried on random histories: random commands by random actors, their
// bodies made from each command's own schema, many of them continuing a complaint that was walked
// by hand into its depths. The seed is printed; DOCKET_SEED repeats a run.
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "domain/calendar/calendar.hpp"
#include "tests/support/random_json.hpp"
#include "workflows/complaint/complaint_test_samples.hpp"
#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/deadline_keeper.hpp"

namespace docket {
namespace {

using docket::testing::RandomJson;

std::uint64_t Seed() {
  static const std::uint64_t seed = [] {
    const char* given = std::getenv("DOCKET_SEED");
    const auto chosen =
        given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cout << "DOCKET_SEED=" << chosen << std::endl;
    return chosen;
  }();
  return seed;
}

const std::vector<Actor>& People() {
  static const std::vector<Actor> people = [] {
    std::vector<Actor> list;
    const auto add = [&](const char* id, std::vector<Role> roles) {
      list.push_back({ActorId(id), UnitId("bureau"), std::move(roles)});
    };
    for (const auto& role : EnumTable<Role>::kNames) {
      add(std::string(role.name).c_str(), {role.value});
    }
    add("clerk", {Role::kIntake});
    for (const char* handler : {"han", "lin", "wu"}) add(handler, {Role::kHandler});
    add("legal", {Role::kLegalReviewer});
    add("head", {Role::kHead});
    add("portal", {Role::kComplainant});
    add("firm", {Role::kRespondent});
    return list;
  }();
  return people;
}

const Actor& Person(std::string_view id) {
  const auto& people = People();
  return *std::find_if(people.begin(), people.end(),
                       [&](const Actor& actor) { return actor.id.value == id; });
}

void CollectTexts(const Json& json, std::vector<std::string>& texts) {
  if (json.is_string() && !json.get_ref<const std::string&>().empty()) texts.push_back(json);
  else if (json.is_structured()) {
    for (const auto& item : json) CollectTexts(item, texts);
  }
}

/// One case, and the log of what happened in it.
class Walk {
 public:
  Walk(const Workflow& workflow, std::set<std::string>& rows)
      : workflow_(workflow), rows_(rows), model_(workflow.NewCase()) {
    unit_ = {UnitId("bureau"), "某局", RegionCode("330482"), {}};
    for (const auto& entry : EnumTable<Industry>::kNames) unit_.industries.push_back(entry.value);
  }

  void At(Instant now) { now_ = now; }
  Instant Now() const { return now_; }
  const CaseModel& Model() const { return *model_; }
  std::vector<AllowedCommand> AllowedTo(const Actor& actor) const {
    return model_->Allowed({actor, unit_}, ContextOf(actor, nullptr));
  }

  /// True when the command was accepted; then it has happened.
  bool Try(const Actor& actor, const std::string& command, const Json& body) {
    Probe probe;
    const auto decided = model_->Decide(command, body, actor, ContextOf(actor, &probe));
    const auto again = model_->Decide(command, body, actor, ContextOf(actor, nullptr));
    EXPECT_EQ(decided.has_value(), again.has_value());
    if (!decided) {
      EXPECT_EQ(decided.error(), again.error());
      EXPECT_FALSE(decided.error().code.empty());
      return false;
    }
    EXPECT_EQ(decided->events.size(), again->events.size());
    const std::size_t events_before = log_.size();
    const auto before = model_->Clone();
    for (std::size_t i = 0; i < decided->events.size(); ++i) {
      const auto& draft = decided->events[i];
      EXPECT_EQ(draft.data, again->events[i].data);
      if (!Happen(draft, actor, decided->role)) {
        // A period that cannot be counted: the engine refuses the whole command.
        log_.resize(events_before);
        model_ = before->Clone();
        return false;
      }
    }
    rows_.insert(probe.row);
    return true;
  }

  void TimePasses() {
    const auto passed = PassTime(model_->Clocks(), workflow_.Rules(), now_);
    for (const auto& fact : passed.facts) Record(fact.draft, ClockActor(), Role::kClock, fact.at);
    const Instant now = now_;
    for (const auto& effect : passed.effects) {
      now_ = effect.at;
      Try(ClockActor(), effect.command, effect.body);
    }
    now_ = now;
  }

  /// The stored texts alone give the same case again.
  void ExpectSameWhenReadAgain() const {
    const auto again = workflow_.NewCase();
    for (const auto& event : log_) {
      const auto data = ParseJson(event.data);
      ASSERT_TRUE(data.has_value()) << event.data;
      EXPECT_EQ(CanonicalJson(*data), event.data);
      again->Apply(event);
    }
    const auto clone = model_->Clone();
    for (const CaseModel* other : {again.get(), clone.get()}) {
      EXPECT_EQ(other->Facts(), model_->Facts());
      EXPECT_EQ(other->Clocks(), model_->Clocks());
      EXPECT_EQ(other->State(), model_->State());
      EXPECT_EQ(other->Version(), model_->Version());
      EXPECT_EQ(other->Acts(), model_->Acts());
    }
  }

 private:
  Context ContextOf(const Actor& actor, Probe* probe) const {
    Context context;
    context.now = context.occurred_at = now_;
    context.actor = context.recorded_by = actor.id;
    context.unit = actor.unit;
    context.unit_region = unit_.region;
    context.unit_industries = unit_.industries;
    context.rules = &workflow_.Rules();
    context.calendar = CalendarSet::Builtin().Newest().get();
    context.clocks = &model_->Clocks();
    context.acts = &model_->Acts();
    context.probe = probe;
    return context;
  }

  bool Happen(const EventDraft& draft, const Actor& actor, Role role) {
    const Clocks before = model_->Clocks();
    Record(draft, actor, role, now_);
    const auto summary = model_->Summary();
    const auto follows =
        FollowAct(before, {draft.type, draft.data, now_, summary.profile, summary.region},
                  workflow_.Rules(), *CalendarSet::Builtin().Newest());
    if (!follows) return false;
    for (const auto& fact : *follows) Record(fact, ClockActor(), Role::kClock, now_);
    return true;
  }

  void Record(const EventDraft& draft, const Actor& actor, Role role, Instant at) {
    RecordedEvent event;
    event.id = EventId("event-" + std::to_string(log_.size() + 1));
    event.type = draft.type;
    event.schema_version = draft.schema_version;
    event.occurred_at = at;
    event.recorded_at = now_;
    event.actor = event.recorded_by = actor.id;
    event.unit = actor.unit;
    event.role = role;
    event.version = model_->Version().Next();
    event.data = CanonicalJson(draft.data);
    const auto read = ParseJson(event.data);
    ASSERT_TRUE(read.has_value()) << event.data;
    EXPECT_EQ(*read, draft.data);
    model_->Apply(event, draft.data);
    log_.push_back(std::move(event));
  }

  const Workflow& workflow_;
  std::set<std::string>& rows_;
  std::unique_ptr<CaseModel> model_;
  std::vector<RecordedEvent> log_;
  Unit unit_;
  Instant now_ = Instant::StartOf(*Date::Parse("2024-08-08"));
};

/// One command of a random person: usually one that the case offers, sometimes any.
void RandomStep(const Workflow& workflow, Walk& walk, RandomJson& random) {
  using namespace std::chrono_literals;
  if (random.Chance(40)) walk.At(walk.Now() + std::chrono::hours(random.Below(72)));
  random.Today(walk.Now().ChinaDate());
  std::vector<std::string> words;
  CollectTexts(walk.Model().Facts(), words);
  for (const char* known : {"han", "wu", "lin", "complainant", "respondent_1"}) {
    words.emplace_back(known);
  }
  random.Words(std::move(words));
  if (random.Chance(10)) walk.TimePasses();
  // Most people have nothing to do in a case: ask a few.
  const Actor* actor = &random.OneOf(People());
  auto allowed = walk.AllowedTo(*actor);
  for (int asked = 0; allowed.empty() && asked < 8; ++asked) {
    actor = &random.OneOf(People());
    allowed = walk.AllowedTo(*actor);
  }
  if (!allowed.empty() && random.Chance(90)) {
    const auto& command = random.OneOf(allowed);
    for (int attempt = 0; attempt < 4; ++attempt) {
      if (walk.Try(*actor, command.name, random.Value(command.schema))) return;
    }
  } else {
    const auto& command = random.OneOf(workflow.Describe().commands);
    walk.Try(*actor, command.name, random.Value(command.schema));
  }
}

struct Scripted {
  const char* actor;
  const char* day;
  const char* command;
  Json body;
};

template <class Command>
Scripted By(const char* actor, const char* day, const Command& command) {
  return {actor, day, Command::kName.data(), Encode(command)};
}

/// A complaint by hand, from the portal to the archive and back to the desk.
std::vector<Scripted> ComplaintScript(complaint::Profile profile) {
  using namespace complaint;
  const bool procurement = profile == kProcurement;
  std::vector<Scripted> script{
      By("portal", "2024-08-08", SampleLodge(profile)),
      By("clerk", "2024-08-09", SignFor{{ActorId("han"), ActorId("lin")}}),
      By("head", "2024-08-12", SampleAccept()),
  };
  if (procurement) {
    script.push_back(By("han", "2024-08-13", SendReplyNotice(SampleNotice())));
    for (const char* party : {"respondent_1", "respondent_2"}) {
      script.push_back(By("clerk", "2024-08-14", RecordNoticeReceipt{party, Day("2024-08-13")}));
      script.push_back(By("firm", "2024-08-15", Reply(SampleReply(party))));
    }
  }
  script.push_back(By("head", "2024-08-16", SuspendTrade{PersonalText("避免损失"), {}}));
  script.push_back(By("han", "2024-08-19", SampleHearing()));
  if (!procurement) {
    script.push_back(By("han", "2024-08-19", HearRespondent{PersonalText("不认可")}));
  }
  script.push_back(By("han", "2024-08-20", SampleDraft()));
  script.push_back(By("legal", "2024-08-21", ReviewLegality{PersonalText("合法")}));
  script.push_back(By("head", "2024-08-22", SampleDecision()));
  for (const char* party : {"complainant", "respondent_1", "respondent_2"}) {
    script.push_back(By("clerk", "2024-08-23", SampleService(party)));
  }
  script.push_back(By("clerk", "2024-08-26", SamplePublication()));
  script.push_back(By("clerk", "2024-08-27", Archive{"2024-投诉-0001"}));
  const auto kind = ReviewKind::kLitigation;
  script.push_back(By("clerk", "2024-09-27", RecordReview{kind, "某市中级人民法院"}));
  script.push_back(By("clerk", "2024-11-27",
                      RecordReviewOutcome{kind, ReviewOutcome::kAnnulled, 20, "行初1号"}));
  return script;
}

void ReportRows(const Workflow& workflow, const std::set<std::string>& rows) {
  std::cout << workflow.Name() << ": " << rows.size() << " of " << workflow.Describe().rows.size()
            << " rows taken" << std::endl;
  EXPECT_FALSE(rows.empty());
}

RandomJson RandomFrom(std::uint64_t seed) {
  RandomJson random(seed);
  random.Usual("region", "330482");
  random.Usual("provider", "bureau");
  random.Usual("unit", "bureau");
  random.Usual("project", "E3501000001000000001");
  for (const char* code : {"credit_code", "tenderer", "agency"}) {
    random.Usual(code, "91350100M000100Y43");
  }
  random.Usual("scope_region", "330482");
  // Of a subject, either the code or the number of a document, as its kind says.
  random.Usual(
      "subject",
      {{"kind", "organisation"}, {"name", "某公司"}, {"credit_code", "91350100M000100Y43"}});
  random.Usual("digest", "sha256:" + std::string(64, 'a'));
  return random;
}

TEST(WorkflowPropertyTest, AnyHistoryOfAnyWorkflowReadsBackAsItHappened) {
  RandomJson random = RandomFrom(Seed());
  for (const Workflow* workflow : AllWorkflows()) {
    SCOPED_TRACE(std::string(workflow->Name()) + " seed " + std::to_string(Seed()));
    std::set<std::string> rows;
    for (int walks = 0; walks < 20; ++walks) {
      Walk walk(*workflow, rows);
      for (int step = 0; step < 150; ++step) RandomStep(*workflow, walk, random);
      walk.ExpectSameWhenReadAgain();
      if (::testing::Test::HasFailure()) return;
    }
    ReportRows(*workflow, rows);
  }
}

TEST(WorkflowPropertyTest, AnyContinuationOfAComplaintReadsBackAsItHappened) {
  RandomJson random = RandomFrom(Seed() + 1);
  const Workflow& workflow = *FindWorkflow("complaint");
  SCOPED_TRACE("seed " + std::to_string(Seed()));
  std::set<std::string> rows;
  for (const auto profile : {complaint::kTendering, complaint::kProcurement}) {
    const auto script = ComplaintScript(profile);
    for (std::size_t by_hand = 0; by_hand <= script.size(); ++by_hand) {
      Walk walk(workflow, rows);
      for (std::size_t i = 0; i < by_hand; ++i) {
        walk.At(Instant::StartOf(*Date::Parse(script[i].day)));
        ASSERT_TRUE(walk.Try(Person(script[i].actor), script[i].command, script[i].body))
            << script[i].command;
      }
      for (int step = 0; step < 60; ++step) RandomStep(workflow, walk, random);
      walk.ExpectSameWhenReadAgain();
      if (::testing::Test::HasFailure()) return;
    }
  }
  ReportRows(workflow, rows);
}

}  // namespace
}  // namespace docket
