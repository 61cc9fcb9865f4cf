/// Bulletin (通报): what the office publishes every quarter on online supervision (HN17-5.3) and
/// its use (HN18-11). Its figures are a frozen snapshot: what is corrected later appears in the
/// next one, and a wrong bulletin is superseded, never changed.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/department_guards.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::bulletin {

enum class BulletinKind : std::uint8_t {
  kSupervision,  ///< 在线监管实施情况 (HN17-5.3).
  kUsage,        ///< 平台使用情况 (HN18-11).
};

}  // namespace docket::bulletin

namespace docket {

template <>
struct EnumTable<bulletin::BulletinKind> {
  using E = bulletin::BulletinKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kSupervision, "supervision", "在线监管实施情况"},
      EnumName<E>{E::kUsage, "usage", "平台使用情况"}};
};

}  // namespace docket

namespace docket::bulletin {

struct Unprepared : State<Unprepared> {
  static constexpr std::string_view kName = "unprepared", kZh = "未编制";
};
struct Prepared : State<Prepared> {
  static constexpr std::string_view kName = "prepared", kZh = "待签发";
};
struct SignedOff : State<SignedOff> {
  static constexpr std::string_view kName = "signed_off", kZh = "已签发待发布";
};
struct Discarded : State<Discarded> {
  static constexpr std::string_view kName = "discarded", kZh = "已作废";
  static constexpr bool kTerminal = true;
};
struct Published : State<Published> {
  static constexpr std::string_view kName = "published", kZh = "已发布";
};
struct Superseded : State<Superseded> {
  static constexpr std::string_view kName = "superseded", kZh = "已被替代";
  static constexpr bool kTerminal = true;
};

/// One figure (指标), printed with what it is a share of. Sums and counts have a denominator, too:
/// what they were counted over.
struct Indicator {
  std::string code;
  std::string name;
  std::optional<UnitId> unit;  ///< Of this unit alone.
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  std::string filter;  ///< Drill-down: the query that lists what was counted (下钻条件).

  static FieldList Fields() {
    return {Field{"code", &Indicator::code, "指标编号"},
            Field{"name", &Indicator::name, "指标名称"},
            Field{"unit", &Indicator::unit, "单位"},
            Field{"numerator", &Indicator::numerator, "分子"},
            Field{"denominator", &Indicator::denominator, "分母"},
            Field{"filter", &Indicator::filter, "下钻条件"}};
  }
  friend bool operator==(const Indicator&, const Indicator&) = default;
};

/// 编制: the figures as they stood at a place of the log, with the calendar and the rules then in
/// force. No personal data: everybody may read it.
struct Prepare {
  static constexpr std::string_view kName = "prepare", kZh = "编制";
  BulletinKind kind = BulletinKind::kSupervision;
  RegionCode region;
  Date quarter_of;                  ///< Any day of the quarter.
  std::int64_t as_of_position = 0;  ///< Of the last event that was counted.
  std::string calendar;             ///< Version of the working calendar.
  std::string rules;                ///< Version of the rules.
  std::vector<Indicator> figures;

  static FieldList Fields() {
    return {Field{"kind", &Prepare::kind, "通报类型"},
            Field{"region", &Prepare::region, "行政区划代码"},
            Field{"quarter_of", &Prepare::quarter_of, "统计季度（其中任一日）"},
            Field{"as_of_position", &Prepare::as_of_position, "统计截止位置"},
            Field{"calendar", &Prepare::calendar, "日历版本"},
            Field{"rules", &Prepare::rules, "规则版本"},
            Field{"figures", &Prepare::figures, "指标"}};
  }
};
struct SignOff {
  static constexpr std::string_view kName = "sign_off", kZh = "签发";
  static FieldList Fields() { return {}; }
};
struct Discard {
  static constexpr std::string_view kName = "discard", kZh = "作废";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &Discard::reason, "理由", Subject::kParties}};
  }
};
struct Publish {
  static constexpr std::string_view kName = "publish", kZh = "发布";
  static FieldList Fields() { return {}; }
};
/// 替代: another bulletin for the same quarter was published.
struct Supersede {
  static constexpr std::string_view kName = "supersede", kZh = "替代";
  StreamId by;
  static FieldList Fields() { return {Field{"by", &Supersede::by, "替代通报"}}; }
};

struct Facts {
  std::string state = "unprepared";
  std::optional<BulletinKind> kind;
  RegionCode region;
  UnitId unit;  ///< The office that prepares it.
  std::optional<Date> period_from;
  std::optional<Date> period_to;
  std::int64_t as_of_position = 0;
  std::string calendar;
  std::string rules;
  std::vector<Indicator> figures;
  std::optional<StreamId> superseded_by;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"kind", &Facts::kind, "通报类型"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"unit", &Facts::unit, "编制单位"},
            Field{"period_from", &Facts::period_from, "统计起始日"},
            Field{"period_to", &Facts::period_to, "统计截止日"},
            Field{"as_of_position", &Facts::as_of_position, "统计截止位置"},
            Field{"calendar", &Facts::calendar, "日历版本"},
            Field{"rules", &Facts::rules, "规则版本"},
            Field{"figures", &Facts::figures, "指标"},
            Field{"superseded_by", &Facts::superseded_by, "替代通报"}};
  }
};

/// The name of what published bulletins claim (workflows/engine/claims.hpp): a kind, a division and
/// a quarter. Stored in stream ids.
inline constexpr std::string_view kQuarterRegistry = "bulletin_quarter";

// Stored format: add a version instead of changing one.
struct BulletinPrepared : Prepare {
  static constexpr std::string_view kType = "bulletin.prepared", kZh = "通报已编制";
  Date period_from;
  Date period_to;

  static BulletinPrepared From(const Prepare& c, const Facts&, const Context&);
  static FieldList Fields() {
    return FieldList(Prepare::Fields(),
                     FieldList{Field{"period_from", &BulletinPrepared::period_from, "统计起始日"},
                               Field{"period_to", &BulletinPrepared::period_to, "统计截止日"}});
  }
};
struct BulletinSignedOff : SignOff {
  static constexpr std::string_view kType = "bulletin.signed_off", kZh = "通报已签发";
};
struct BulletinDiscarded : Discard {
  static constexpr std::string_view kType = "bulletin.discarded", kZh = "通报已作废";
};
struct BulletinPublished {
  static constexpr std::string_view kType = "bulletin.published", kZh = "通报已发布";
  StreamId bulletin;
  Date period_to;

  static BulletinPublished From(const Publish&, const Facts& facts, const Context& context) {
    return {context.case_id, *facts.period_to};
  }
  /// The quarter's bulletin that was published before is superseded in the same append.
  std::vector<Claim> Claims(const Facts& before) const;
  static FieldList Fields() {
    return {Field{"bulletin", &BulletinPublished::bulletin, "通报"},
            Field{"period_to", &BulletinPublished::period_to, "统计截止日"}};
  }
};
struct BulletinSuperseded : Supersede {
  static constexpr std::string_view kType = "bulletin.superseded", kZh = "通报已被替代";
};
using Event = std::variant<BulletinPrepared, BulletinSignedOff, BulletinDiscarded,
                           BulletinPublished, BulletinSuperseded>;

void Apply(Facts& facts, const BulletinPrepared& e, const RecordedEvent& event);
void Apply(Facts& facts, const BulletinSignedOff& e, const RecordedEvent&);
void Apply(Facts& facts, const BulletinDiscarded& e, const RecordedEvent&);
void Apply(Facts& facts, const BulletinPublished& e, const RecordedEvent&);
void Apply(Facts& facts, const BulletinSuperseded& e, const RecordedEvent&);

struct OfOwnDivision {
  static constexpr Refusal kRefusal{"region_out_of_reach", "只能通报本地区情况",
                                    "the office reports on its own division", "HN17-5.3",
                                    "/region"};
  static bool Holds(const Prepare& c, const Facts&, const Context& context) {
    return context.unit_region.Covers(c.region);
  }
};
struct QuarterIsOver {
  static constexpr Refusal kRefusal{"quarter_not_over", "统计季度尚未结束",
                                    "the quarter is not over yet", "", "/quarter_of"};
  static bool Holds(const Prepare& c, const Facts&, const Context& context);
};
struct SnapshotStated {
  static constexpr Refusal kRefusal{"snapshot_missing", "应写明统计截止位置",
                                    "a snapshot states up to where it counted", "",
                                    "/as_of_position"};
  static bool Holds(const Prepare& c, const Facts&, const Context&) { return c.as_of_position > 0; }
};
struct FiguresComplete {
  static constexpr Refusal kRefusal{
      "figures_incomplete", "应列明指标，分子、分母不得为负，无分母的不得有分子",
      "there are figures, no number is negative, and nothing is counted over nothing", "",
      "/figures"};
  static bool Holds(const Prepare& c, const Facts&, const Context&);
};
struct ByPreparingOffice {
  static constexpr Refusal kRefusal{"not_the_office", "仅编制单位可以办理",
                                    "only the office that prepared it may do this"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.unit == facts.unit;
  }
};

struct Bulletin : Definition<Bulletin, Facts, Event> {
  static constexpr std::string_view kName = "bulletin", kZh = "通报";
  static constexpr std::string_view kPurpose =
      "公管办按季通报在线监管实施情况和平台使用情况：编制、由另一人签发、发布；数据一经编制不再变动，"
      "有误的由新的通报替代。";
  using initial_state = Unprepared;
  using States = TypeList<Unprepared, Prepared, SignedOff, Discarded, Published, Superseded>;
  using ByOffice = By<Role::kResourceOffice>;

  // clang-format off
  using Rows = Table<
    //  from        command     to
    //      emits, who, when, for
    Row<Unprepared, Prepare,    Prepared,
        Emit<BulletinPrepared>, ByOffice,
        When<RegionOfCommandKnown, OfOwnDivision, QuarterIsOver, SnapshotStated,
             FiguresComplete>>,
    Row<Prepared,   SignOff,    SignedOff,
        Emit<BulletinSignedOff>, ByOffice::ApartFrom<BulletinPrepared>, When<ByPreparingOffice>>,
    Row<Any<Prepared, SignedOff>, Discard, Discarded,
        Emit<BulletinDiscarded>, ByOffice, When<ByPreparingOffice>>,
    Row<SignedOff,  Publish,    Published,
        Emit<BulletinPublished>, ByOffice, When<ByPreparingOffice>>,
    Row<Published,  Supersede,  Superseded,
        Emit<BulletinSuperseded>, By<Role::kClock>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::bulletin
