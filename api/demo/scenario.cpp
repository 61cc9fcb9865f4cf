#include "api/demo/scenario.hpp"

#include <algorithm>

#include "domain/ensure.hpp"

namespace docket::demo {

namespace {

/// nullptr: the pointer leads nowhere.
const Json* At(const Json& facts, std::string_view pointer) {
  const Json::json_pointer at{std::string(pointer)};
  return facts.contains(at) ? &facts.at(at) : nullptr;
}

Move& Append(std::vector<Move>& moves, Move& unused, Move move) {
  if (move.actor.id.empty()) return unused = std::move(move);
  moves.push_back(std::move(move));
  return moves.back();
}

}  // namespace

std::string CaseInPlay::Text(std::string_view pointer) const {
  const Json* const found = At(facts, pointer);
  return found != nullptr && found->is_string() ? found->get<std::string>() : "";
}

std::vector<std::string> CaseInPlay::Texts(std::string_view pointer) const {
  std::vector<std::string> texts;
  const Json* const found = At(facts, pointer);
  if (found == nullptr || !found->is_array()) return texts;
  for (const auto& item : *found) {
    if (item.is_string()) texts.push_back(item.get<std::string>());
  }
  return texts;
}

bool CaseInPlay::Is(std::string_view pointer) const {
  const Json* const found = At(facts, pointer);
  return found != nullptr && found->is_boolean() && found->get<bool>();
}

bool CaseInPlay::Has(std::string_view pointer) const {
  const Json* const found = At(facts, pointer);
  return found != nullptr && !found->is_null() && !(found->is_string() && Text(pointer).empty()) &&
         !(found->is_structured() && found->empty());
}

std::vector<ActorId> CaseInPlay::Who(std::string_view event_type) const {
  if (acts == nullptr) return {};
  const auto found = acts->find(std::string(event_type));
  if (found == acts->end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::string Turn::Workday(int days) const {
  Date day = Today();
  for (int left = days; left > 0;) {
    ++day;
    if (calendar.IsWorkday(day)) --left;
  }
  return day.ToString();
}

bool Turn::InAny(std::initializer_list<std::string_view> states) const {
  return std::any_of(states.begin(), states.end(),
                     [this](std::string_view state) { return In(state); });
}

bool Turn::Runs(std::string_view clock) const {
  if (current == nullptr || current->clocks == nullptr) return false;
  const CaseClock* const found = current->clocks->Find(clock);
  return found != nullptr && found->IsOpen() && found->due_at && now < *found->due_at;
}

const Unit* Turn::Department() const {
  if (current == nullptr) return nullptr;
  if (const Unit* const unit = world.UnitOf(current->Unit())) return unit;
  const RegionCode region(current->Text("/region"));
  const std::string trade = current->Text("/industry");
  for (const auto& industry : EnumTable<Industry>::kNames) {
    if (industry.name != trade) continue;
    const auto departments = world.Departments(region, industry.value);
    return departments.empty() ? nullptr : departments.front();
  }
  const auto departments = world.UnitsWith(Role::kHandler, region);
  return departments.empty() ? nullptr : departments.front();
}

const Actor* Turn::Officer(Role role, std::vector<ActorId> others) const {
  const Unit* const unit = Department();
  if (unit == nullptr) return nullptr;
  for (auto& recused : current->Texts("/recused")) others.emplace_back(std::move(recused));
  return world.AnyBut(random, role, unit->id, others);
}

const Actor* Turn::Handler() const {
  if (current == nullptr) return nullptr;
  const auto recused = current->Texts("/recused");
  auto handlers = current->Texts("/handlers");
  std::erase_if(handlers, [&](const std::string& handler) {
    return std::find(recused.begin(), recused.end(), handler) != recused.end();
  });
  return handlers.empty() ? nullptr : world.Person(ActorId(random.Pick(handlers)));
}

const Actor* Turn::Near(Role role, const RegionCode& region) const {
  const auto units = world.UnitsWith(role, region);
  return units.empty() ? nullptr : world.Any(random, role, units.front()->id);
}

Move& Moves::Add(int weight, const Actor* actor, std::string_view command, Json data) {
  return Append(moves_, unused_,
                Move{.label = std::string(command),
                     .weight = weight,
                     .actor = actor == nullptr ? Actor() : *actor,
                     .command = std::string(command),
                     .data = std::move(data)});
}

Move& Moves::AddAs(std::string_view variant, int weight, const Actor* actor,
                   std::string_view command, Json data) {
  Move& move = Add(weight, actor, command, std::move(data));
  move.label.append(".").append(variant);
  return move;
}

const Player* FindPlayer(std::string_view workflow) {
  for (const auto& [name, player] : AllPlayers()) {
    if (name == workflow) return player;
  }
  return nullptr;
}

CaseInPlay InPlay(const StreamId& id, const CaseModel& model) {
  return {id,
          std::string(model.State()),
          model.Facts(),
          model.OpenedBy(),
          &model.Acts(),
          &model.Clocks()};
}

const Move& Draw(Random& random, const Moves& moves) {
  int total = 0;
  for (const auto& move : moves.All()) total += move.weight;
  ENSURE(total > 0, "a move is drawn of those there are");
  int left = random.Between(1, total);
  for (const auto& move : moves.All()) {
    if ((left -= move.weight) <= 0) return move;
  }
  return moves.All().back();
}

CommandRequest RequestOf(const Move& move, std::string_view workflow, const StreamId& case_id,
                         CommandId command_id) {
  CommandRequest request;
  request.sender = move.actor;
  request.command_id = std::move(command_id);
  if (case_id.empty()) request.workflow = workflow;
  request.case_id = case_id;
  request.commands = {{move.command, move.data, move.occurred_at, move.back_entry}};
  return request;
}

}  // namespace docket::demo
