// What people send that nobody asked for: some of it may be right by chance, most of it must be
// refused.
#include <algorithm>

#include <fmt/format.h>

#include "tests/simulation/simulation.hpp"

namespace docket::simulation {

namespace {

/// The rows by which a command may be taken at all: by anybody, from any state.
bool MayEver(const Workflow& workflow, const std::string& command, const Actor& actor) {
  const auto& rows = workflow.Describe().rows;
  return std::any_of(rows.begin(), rows.end(), [&](const RowText& row) {
    return row.command == command && std::any_of(row.roles.begin(), row.roles.end(),
                                                 [&](Role role) { return actor.Holds(role); });
  });
}

bool LeadsFrom(const Workflow& workflow, const std::string& command, std::string_view state) {
  const auto& rows = workflow.Describe().rows;
  return std::any_of(rows.begin(), rows.end(), [&](const RowText& row) {
    return row.command == command && row.from == state;
  });
}

CommandInput Input(const std::string& name, Json data) {
  CommandInput input;
  input.name = name;
  input.data = std::move(data);
  return input;
}

}  // namespace

testing::RandomJson Simulation::Bodies(demo::Random& random) const {
  testing::RandomJson bodies(random.Next());
  bodies.Today(clock_.Now().ChinaDate());
  const auto& project = random.Pick(world_.Projects());
  bodies.Usual("region", project.region.value);
  bodies.Usual("scope_region", project.region.value);
  bodies.Usual("project", project.code.value);
  bodies.Usual("digest", demo::Digest(random));
  bodies.Usual("unit", random.Pick(world_.Units()).id.value);
  bodies.Usual("addressee", random.Pick(world_.Units()).id.value);
  std::vector<std::string> words;
  for (int i = 0; i < 5; ++i) words.push_back(random.Pick(world_.People()).id.value);
  for (const auto& [id, in_play] : cases_) words.push_back(id.value);
  bodies.Words(std::move(words));
  return bodies;
}

void Simulation::Improvise(demo::Random& random) {
  const demo::CaseInPlay* current = SomeCase(random);
  if (current == nullptr) return;
  const StreamId case_id = current->id;
  auto bodies = Bodies(random);
  // Most people have nothing to do in a case: ask a few.
  constexpr int kAskedMax = 8;
  for (int asked = 0; asked < kAskedMax; ++asked) {
    const Actor& actor = random.Pick(world_.People());
    const CaseModel& model = *fold_.Find(case_id);
    const auto unit = world_.UnitOf(actor.unit);
    if (unit == nullptr) continue;
    const auto allowed = program_->Engine().Allowed(model, {actor, *unit});
    if (allowed.empty()) continue;
    const auto& command = random.Pick(allowed);
    auto request = NewRequest(actor, case_id);
    request.commands = {Input(command.name, bodies.Value(command.schema))};
    Send(request);
    return;
  }
}

void Simulation::Misbehave(demo::Random& random) {
  const demo::CaseInPlay* current = SomeCase(random);
  if (current == nullptr) return;
  const Workflow& workflow = *WorkflowOf(current->id);
  const std::string state = current->state;
  const Actor& actor = random.Pick(world_.People());
  auto bodies = Bodies(random);
  const auto& command = random.Pick(workflow.Describe().commands);
  auto request = NewRequest(actor, current->id);
  request.commands = {Input(command.name, bodies.Value(command.schema))};
  switch (random.Below(9)) {
    case 0:
      if (!MayEver(workflow, command.name, actor)) ExpectRefused(request, "nobody of that role");
      return;
    case 1:
      if (!LeadsFrom(workflow, command.name, state)) ExpectRefused(request, "not in that state");
      return;
    case 2:
      request.commands.front().data["unheard_of"] = 1;
      return ExpectRefused(request, "a field that nobody knows");
    case 3:
      request.commands.front().name = "undo_everything";
      return ExpectRefused(request, "a command that nobody knows");
    case 4:
      request.case_id = StreamId(std::string(workflow.Name()) + "-" + ids_.NewUuid());
      return ExpectRefused(request, "a case that nobody knows");
    case 5:
      request.commands.front().occurred_at = (clock_.Now().ChinaDate() + 2).ToString();
      return ExpectRefused(request, "an act of the day after tomorrow");
    case 6: {
      BackEntry entry;
      entry.actor = ActorId("nobody-" + actor.id.value);
      entry.reason = "系统故障";
      request.commands.front().back_entry = entry;
      return ExpectRefused(request, "an act of nobody");
    }
    case 7:
      if (sent_.empty()) return;
      // The same id for something else.
      request.command_id = random.Pick(sent_).command_id;
      request.sender = std::find_if(sent_.begin(), sent_.end(), [&](const auto& sent) {
                         return sent.command_id == request.command_id;
                       })->sender;
      request.commands = {Input("undo_everything", Json::object())};
      return ExpectRefused(request, "another command's id");
    default: {
      if (sent_.empty()) return;
      const CommandRequest again = random.Pick(sent_);
      const std::size_t before = history_.size();
      const auto outcome = Send(again);
      if (outcome && outcome->repeated && history_.size() == before) return;
      Complain(fmt::format("{} was sent again and {}", again.command_id.value,
                           outcome ? "done again" : outcome.error().code));
    }
  }
}

}  // namespace docket::simulation
