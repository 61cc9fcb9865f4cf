/// Who acts: persons with roles in units, units with regions and industries.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"
#include "domain/json.hpp"
#include "domain/time.hpp"

namespace docket {

/// Roles of the regulations. A person may hold several; each act is done in exactly one.
enum class Role : std::uint8_t {
  kIntake,            ///< 受理人员 of a supervisory department: registers, signs for, serves.
  kHandler,           ///< 承办人: investigates and drafts (行政处罚法 42: two at least).
  kLegalReviewer,     ///< 法制审核人员.
  kHead,              ///< 部门负责人: decides.
  kResourceOffice,    ///< 公管办: coordinates, urges, publishes bulletins; decides no complaint.
  kAudit,             ///< 审计部门.
  kDiscipline,        ///< 监察机关.
  kTradingCentre,     ///< 公共资源交易中心: provides data, decides nothing.
  kDataProvider,      ///< 信息提供单位 (电子交易平台).
  kPlatformOperator,  ///< 监督平台运行服务机构.
  kSecurityManager,   ///< 信息安全管理人, apart from whoever runs the platform (FJ18-17).
  kComplainant,       ///< 投诉人、异议人、质疑供应商和其他利害关系人.
  kRespondent,        ///< 被投诉人.
  kTenderer,  ///< 招标人、采购人及其代理机构: answer objections, register and file.
  kUnitAdministrator,    ///< 单位业务系统管理员: exactly one a unit.
  kSystemAdministrator,  ///< 系统管理员, one of the three administrators (三员).
  kSystemOperator,       ///< 系统操作员.
  kSystemAuditor,        ///< 系统审计员.
  kRecordKeeper,         ///< 历史数据录入员: enters recorded history, never ordinary acts.
  kClock,                ///< 系统时钟: writes facts of time, never a legal decision.
  kProcessManager,       ///< 流程管理器: carries an act of one case into another.
};

/// Division code of GB/T 2260: six digits; `350000` province, `350100` city, `350102` county.
/// `100000` stands for the nation.
struct RegionCode {
  std::string value;

  RegionCode() = default;
  explicit RegionCode(std::string code) : value(std::move(code)) {}
  bool empty() const { return value.empty(); }
  /// Six digits whose first two name a province-level division in use, or `100000`.
  bool IsValid() const;
  /// True when `other` lies in this division or is it.
  bool Covers(const RegionCode& other) const;
  friend auto operator<=>(const RegionCode&, const RegionCode&) = default;
};

/// Where a role stands (XX17-2.1 决策、执行、监督分离; FJ18-14 三员分立).
enum class Side : std::uint8_t {
  kNone,            ///< Goes with any of the first four: duties inside a unit.
  kDecision,        ///< The committee's office (公管办).
  kExecution,       ///< Trading centres, platforms and their operators.
  kSupervision,     ///< Departments, audit and discipline.
  kParty,           ///< 投诉人, 被投诉人.
  kAdministration,  ///< 三员: each of the three excludes every other role.
  kSystem,          ///< The clock's and the process manager's: no account holds them.
};
Side SideOf(Role role);
/// False when one person may not hold all of these: roles of two sides, one of the three
/// administrators with anything else, security with running the platform, the system's own, or
/// none at all.
bool AreCompatible(const std::vector<Role>& roles);

/// Level of a division (层级): by its code.
enum class Level : std::uint8_t { kNation, kProvince, kCity, kCounty };
Level LevelOf(const RegionCode& region);

/// Trades under supervision (行业领域).
enum class Industry : std::uint8_t {
  kConstruction,           ///< 房屋建筑和市政
  kTransport,              ///< 交通运输
  kWater,                  ///< 水利
  kOtherEngineering,       ///< 其他工程建设
  kGovernmentProcurement,  ///< 政府采购
  kLandAndMineral,         ///< 土地使用权和矿业权
  kPropertyRights,         ///< 产权交易
};

/// A department or body. Names change over time, so acts name the id.
struct Unit {
  UnitId id;
  std::string name;
  RegionCode region;
  std::vector<Industry> industries;  ///< Competence by assigned duty (职责分工); empty: none.

  static FieldList Fields() {
    return {Field{"id", &Unit::id, "单位编号"}, Field{"name", &Unit::name, "单位名称"},
            Field{"region", &Unit::region, "行政区划代码"},
            Field{"industries", &Unit::industries, "监管行业"}};
  }
};

/// What of some events a grant shows (字段授权).
struct EventFields {
  std::string type;  ///< `complaint.decided`; `complaint.*`: all that begin so; `*`: every type.
  /// JSON Pointers into the message, `/data/outcome`, with all below them; `*` stands for every
  /// item of a list. Empty: what happened and when, and nothing else.
  std::vector<std::string> fields{};

  bool Names(std::string_view event_type) const;
  static FieldList Fields() {
    return {Field{"type", &EventFields::type, "事件类型"},
            Field{"fields", &EventFields::fields, "字段"}};
  }
  friend bool operator==(const EventFields&, const EventFields&) = default;
};

/// A grant of data (数据授权, HN18-12): the matters of a division and of all below it, narrowed by
/// whatever else it names, on the days that it names.
struct Scope {
  RegionCode region;
  std::vector<Industry> industries{};    ///< Empty: all, and what belongs to none.
  std::vector<Level> levels{};           ///< Of the matter's own division; empty: all.
  std::vector<std::string> workflows{};  ///< Kinds of matter; empty: all.
  bool restricted = false;               ///< Restricted matters, too.
  std::optional<Date> from{};
  std::optional<Date> until{};  ///< The last day.
  /// Absent: everything. Else these events and of them these fields, as feeds and not otherwise.
  std::optional<std::vector<EventFields>> events{};

  static FieldList Fields() {
    return {Field{"region", &Scope::region, "行政区划代码"},
            Field{"industries", &Scope::industries, "监管行业"},
            Field{"levels", &Scope::levels, "层级"},
            Field{"workflows", &Scope::workflows, "业务类型"},
            Field{"restricted", &Scope::restricted, "含限定案件"},
            Field{"from", &Scope::from, "起始日期"},
            Field{"until", &Scope::until, "截止日期"},
            Field{"events", &Scope::events, "事件字段"}};
  }
  friend bool operator==(const Scope&, const Scope&) = default;
};

/// A person's account as the engine sees it.
struct Actor {
  ActorId id;
  UnitId unit;
  std::vector<Role> roles;
  /// Where the account reads and acts. Empty: what its unit is competent for.
  std::vector<Scope> scopes{};

  bool Holds(Role role) const;
  /// True when a grant shows it events field by field (字段授权): then it reads nothing but feeds,
  /// whatever its other grants.
  bool IsNarrowed() const;
  static FieldList Fields() {
    return {Field{"id", &Actor::id, "账号"}, Field{"unit", &Actor::unit, "单位"},
            Field{"roles", &Actor::roles, "角色"}, Field{"scopes", &Actor::scopes, "数据范围"}};
  }
};

/// The actor of facts of time.
const Actor& ClockActor();
/// The actor of what one case brings about in another.
const Actor& ProcessManagerActor();

/// The port through which actors and units are known.
class Directory {
 public:
  virtual ~Directory() = default;
  virtual std::optional<Actor> FindActor(const ActorId& id) const = 0;
  virtual std::optional<Unit> FindUnit(const UnitId& id) const = 0;
};

template <>
struct EnumTable<Role> {
  static constexpr std::array kNames{
      EnumName<Role>{Role::kIntake, "intake", "受理人员"},
      EnumName<Role>{Role::kHandler, "handler", "承办人"},
      EnumName<Role>{Role::kLegalReviewer, "legal_reviewer", "法制审核人员"},
      EnumName<Role>{Role::kHead, "head", "部门负责人"},
      EnumName<Role>{Role::kResourceOffice, "resource_office", "公管办"},
      EnumName<Role>{Role::kAudit, "audit", "审计部门"},
      EnumName<Role>{Role::kDiscipline, "discipline", "监察机关"},
      EnumName<Role>{Role::kTradingCentre, "trading_centre", "公共资源交易中心"},
      EnumName<Role>{Role::kDataProvider, "data_provider", "信息提供单位"},
      EnumName<Role>{Role::kPlatformOperator, "platform_operator", "监督平台运行服务机构"},
      EnumName<Role>{Role::kSecurityManager, "security_manager", "信息安全管理人"},
      EnumName<Role>{Role::kComplainant, "complainant", "投诉人"},
      EnumName<Role>{Role::kRespondent, "respondent", "被投诉人"},
      EnumName<Role>{Role::kTenderer, "tenderer", "招标人（采购人）"},
      EnumName<Role>{Role::kUnitAdministrator, "unit_administrator", "单位业务系统管理员"},
      EnumName<Role>{Role::kSystemAdministrator, "system_administrator", "系统管理员"},
      EnumName<Role>{Role::kSystemOperator, "system_operator", "系统操作员"},
      EnumName<Role>{Role::kSystemAuditor, "system_auditor", "系统审计员"},
      EnumName<Role>{Role::kRecordKeeper, "record_keeper", "历史数据录入员"},
      EnumName<Role>{Role::kClock, "clock", "系统时钟"},
      EnumName<Role>{Role::kProcessManager, "process_manager", "流程管理器"},
  };
};
template <>
struct EnumTable<Level> {
  static constexpr std::array kNames{
      EnumName<Level>{Level::kNation, "nation", "国家"},
      EnumName<Level>{Level::kProvince, "province", "省"},
      EnumName<Level>{Level::kCity, "city", "市"},
      EnumName<Level>{Level::kCounty, "county", "县"},
  };
};
template <>
struct EnumTable<Industry> {
  static constexpr std::array kNames{
      EnumName<Industry>{Industry::kConstruction, "construction", "房屋建筑和市政"},
      EnumName<Industry>{Industry::kTransport, "transport", "交通运输"},
      EnumName<Industry>{Industry::kWater, "water", "水利"},
      EnumName<Industry>{Industry::kOtherEngineering, "other_engineering", "其他工程建设"},
      EnumName<Industry>{Industry::kGovernmentProcurement, "government_procurement", "政府采购"},
      EnumName<Industry>{Industry::kLandAndMineral, "land_and_mineral", "土地使用权和矿业权"},
      EnumName<Industry>{Industry::kPropertyRights, "property_rights", "产权交易"},
  };
};

}  // namespace docket
