#include "api/demo/world.hpp"

#include <algorithm>

#include "api/auth/office.hpp"
#include "api/demo/words.hpp"
#include "domain/embedded.hpp"
#include "domain/ensure.hpp"

namespace docket::embedded {
const std::vector<File>& ProvinceOfficeFile();
}  // namespace docket::embedded

namespace docket::demo {

namespace {

/// Nearer divisions have more zeros less at their end.
bool IsNearer(const Unit* a, const Unit* b) { return LevelOf(a->region) > LevelOf(b->region); }

template <class Wanted>
std::vector<const Unit*> Nearest(const std::vector<Unit>& units, const Wanted& wanted) {
  std::vector<const Unit*> found;
  for (const auto& unit : units) {
    if (wanted(unit)) found.push_back(&unit);
  }
  std::stable_sort(found.begin(), found.end(), IsNearer);
  return found;
}

}  // namespace

std::string_view ProvinceOffice() { return embedded::ProvinceOfficeFile().front().text; }

World::World(std::uint64_t seed, std::size_t projects) {
  const auto json = ParseJson(ProvinceOffice());
  ENSURE(json.has_value(), "the province's office file is JSON");
  auto file = Decode<OfficeFile>(*json);
  ENSURE(file.has_value(), "the province's office file is one");
  units_ = std::move(file->units);
  for (const auto& account : file->accounts) {
    people_.push_back({account.id, account.unit, account.roles, account.scopes});
  }
  std::sort(people_.begin(), people_.end(),
            [](const Actor& a, const Actor& b) { return a.id < b.id; });
  Random random = Random(seed).Fork("projects");
  const auto tenderers = Holding(Role::kTenderer);
  while (projects_.size() < projects) {
    const Actor& tenderer = *random.Pick(tenderers);
    const auto industry = random.Pick(EnumTable<Industry>::kNames).value;
    const RegionCode region = UnitOf(tenderer.unit)->region;
    if (Departments(region, industry).empty()) continue;
    projects_.push_back(
        {ProjectCodeOf(random), ProjectName(random, industry), region, industry, tenderer.unit});
  }
}

const Actor* World::Person(const ActorId& id) const {
  const auto found = std::lower_bound(
      people_.begin(), people_.end(), id,
      [](const Actor& person, const ActorId& wanted) { return person.id < wanted; });
  return found == people_.end() || found->id != id ? nullptr : &*found;
}

const Unit* World::UnitOf(const UnitId& id) const {
  const auto found =
      std::find_if(units_.begin(), units_.end(), [&](const Unit& unit) { return unit.id == id; });
  return found == units_.end() ? nullptr : &*found;
}

std::vector<const Actor*> World::Holding(Role role) const {
  std::vector<const Actor*> found;
  for (const auto& person : people_) {
    if (person.Holds(role)) found.push_back(&person);
  }
  return found;
}

std::vector<const Actor*> World::Holding(Role role, const UnitId& unit) const {
  auto found = Holding(role);
  std::erase_if(found, [&](const Actor* person) { return person->unit != unit; });
  return found;
}

const Actor* World::Any(Random& random, Role role) const {
  const auto found = Holding(role);
  return found.empty() ? nullptr : random.Pick(found);
}

const Actor* World::Any(Random& random, Role role, const UnitId& unit) const {
  return AnyBut(random, role, unit, {});
}

const Actor* World::AnyBut(Random& random, Role role, const UnitId& unit,
                           const std::vector<ActorId>& others) const {
  auto found = Holding(role, unit);
  std::erase_if(found, [&](const Actor* person) {
    return std::find(others.begin(), others.end(), person->id) != others.end();
  });
  return found.empty() ? nullptr : random.Pick(found);
}

std::vector<ActorId> World::Some(Random& random, Role role, const UnitId& unit,
                                 std::size_t count) const {
  auto from = Holding(role, unit);
  std::vector<ActorId> chosen;
  while (!from.empty() && chosen.size() < count) {
    const auto at = from.begin() + static_cast<std::ptrdiff_t>(random.Below(from.size()));
    chosen.push_back((*at)->id);
    from.erase(at);
  }
  return chosen;
}

std::vector<const Unit*> World::Departments(const RegionCode& region, Industry industry) const {
  return Nearest(units_, [&](const Unit& unit) {
    const auto& trades = unit.industries;
    return unit.region.Covers(region) &&
           std::find(trades.begin(), trades.end(), industry) != trades.end();
  });
}

std::vector<const Unit*> World::UnitsWith(Role role, const RegionCode& region) const {
  return Nearest(units_, [&](const Unit& unit) {
    return unit.region.Covers(region) && !Holding(role, unit.id).empty();
  });
}

std::optional<Actor> WorldDirectory::FindActor(const ActorId& id) const {
  const Actor* const person = world_.Person(id);
  return person == nullptr ? std::nullopt : std::optional(*person);
}

std::optional<Unit> WorldDirectory::FindUnit(const UnitId& id) const {
  const Unit* const unit = world_.UnitOf(id);
  return unit == nullptr ? std::nullopt : std::optional(*unit);
}

}  // namespace docket::demo
