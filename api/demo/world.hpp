/// The province of the demonstration: units, people, projects. Its names are made up; its division
/// codes are such as the national standard has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/demo/random.hpp"
#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"

namespace docket::demo {

/// The office file of the province (data/sample/province.json). Its tokens are public.
std::string_view ProvinceOffice();

/// A project on the market (招标项目).
struct Project {
  ProjectCode code;
  std::string name;
  RegionCode region;
  Industry industry = Industry::kConstruction;
  UnitId tenderer;  ///< 招标人、采购人.
  bool IsProcurement() const { return industry == Industry::kGovernmentProcurement; }
  SectionCode Section() const { return SectionCode(code.value + "001"); }
};

/// Immutable.
class World {
 public:
  /// With as many projects as asked for, drawn from the seed.
  World(std::uint64_t seed, std::size_t projects);

  const std::vector<Unit>& Units() const { return units_; }
  /// By id.
  const std::vector<Actor>& People() const { return people_; }
  const std::vector<Project>& Projects() const { return projects_; }
  /// nullptr: nobody of that id.
  const Actor* Person(const ActorId& id) const;
  const Unit* UnitOf(const UnitId& id) const;

  /// Everybody who holds the role, in the unit where one is given.
  std::vector<const Actor*> Holding(Role role) const;
  std::vector<const Actor*> Holding(Role role, const UnitId& unit) const;
  /// One of them; nullptr: nobody holds it.
  const Actor* Any(Random& random, Role role) const;
  const Actor* Any(Random& random, Role role, const UnitId& unit) const;
  /// One of them, but none of `others`: where two persons are needed.
  const Actor* AnyBut(Random& random, Role role, const UnitId& unit,
                      const std::vector<ActorId>& others) const;
  /// `count` different ones, or as many as there are: 承办人.
  std::vector<ActorId> Some(Random& random, Role role, const UnitId& unit, std::size_t count) const;

  /// The departments (units with a trade) that are competent there, the nearest level first.
  std::vector<const Unit*> Departments(const RegionCode& region, Industry industry) const;
  /// Units of which somebody holds the role, in divisions that cover `region`; nearest first.
  std::vector<const Unit*> UnitsWith(Role role, const RegionCode& region) const;

 private:
  std::vector<Unit> units_;
  std::vector<Actor> people_;
  std::vector<Project> projects_;
};

/// Whose token is in the office file.
class WorldDirectory : public Directory {
 public:
  explicit WorldDirectory(const World& world) : world_(world) {}
  std::optional<Actor> FindActor(const ActorId& id) const override;
  std::optional<Unit> FindUnit(const UnitId& id) const override;

 private:
  const World& world_;
};

}  // namespace docket::demo
