/// Account handover (调动交接): the former unit announces a transfer by letter to the provincial
/// office three working days before it takes effect (HN18-14). A late letter is recorded, and the
/// account closes on the day all the same.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/machine.hpp"

namespace docket::handover {

struct Planned : State<Planned> {
  static constexpr std::string_view kName = "planned", kZh = "未发函";
};
struct Announced : State<Announced> {
  static constexpr std::string_view kName = "announced", kZh = "已发函待交接";
};
struct HandedOver : State<HandedOver> {
  static constexpr std::string_view kName = "handed_over", kZh = "已交接待生效";
};
struct AccessEnded : State<AccessEnded> {
  static constexpr std::string_view kName = "access_ended", kZh = "账号已停用待补办交接";
};
struct CalledOff : State<CalledOff> {
  static constexpr std::string_view kName = "called_off", kZh = "已取消";
  static constexpr bool kTerminal = true;
};
struct Completed : State<Completed> {
  static constexpr std::string_view kName = "completed", kZh = "已办结";
  static constexpr bool kTerminal = true;
};

/// 发函告知: the letter's receipt by the provincial office counts.
struct Announce {
  static constexpr std::string_view kName = "announce", kZh = "发函告知调动";
  ActorId account;
  DocumentRef letter;
  Date letter_received_on;
  Date effective_on;  ///< Not counted; access ends when this day begins.

  static FieldList Fields() {
    return {Field{"account", &Announce::account, "账号"},
            Field{"letter", &Announce::letter, "告知函"},
            Field{"letter_received_on", &Announce::letter_received_on, "省公管办收函日期"},
            Field{"effective_on", &Announce::effective_on, "调动生效日期"}};
  }
};

/// 移交: every open matter, listed and signed by giver and taker.
struct HandOverMatters {
  static constexpr std::string_view kName = "hand_over_matters", kZh = "移交未结事项";
  ActorId successor;
  std::vector<StreamId> matters;
  bool signed_by_giver = false;
  bool signed_by_taker = false;

  static FieldList Fields() {
    return {Field{"successor", &HandOverMatters::successor, "接收人"},
            Field{"matters", &HandOverMatters::matters, "移交事项"},
            Field{"signed_by_giver", &HandOverMatters::signed_by_giver, "移交人已签字"},
            Field{"signed_by_taker", &HandOverMatters::signed_by_taker, "接收人已签字"}};
  }
};

struct CallOff {
  static constexpr std::string_view kName = "call_off", kZh = "取消调动";
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"reason", &CallOff::reason, "原因", Subject::kHolder}};
  }
};

/// The day has come: access ends in any case.
struct EndAccess {
  static constexpr std::string_view kName = "end_access", kZh = "账号到期停用";
  static FieldList Fields() { return {}; }
};

struct Facts {
  std::string state = "planned";
  ActorId account;
  UnitId unit;
  RegionCode region;
  std::optional<Date> effective_on;
  bool late_notice = false;
  bool access_ended = false;
  ActorId successor;
  std::vector<StreamId> matters;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"account", &Facts::account, "账号"},
            Field{"unit", &Facts::unit, "原单位"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"effective_on", &Facts::effective_on, "生效日期"},
            Field{"late_notice", &Facts::late_notice, "告知迟延"},
            Field{"access_ended", &Facts::access_ended, "账号已停用"},
            Field{"successor", &Facts::successor, "接收人"},
            Field{"matters", &Facts::matters, "移交事项"}};
  }
};

// Stored format: add a version instead of changing one.
struct TransferAnnounced : Announce {
  static constexpr std::string_view kType = "handover.announced", kZh = "调动已函告";
  UnitId unit;
  RegionCode region;
  bool late_notice = false;  ///< Received after the third working day before the effective day.
  static TransferAnnounced From(const Announce& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(Announce::Fields(),
                     FieldList{Field{"unit", &TransferAnnounced::unit, "原单位"},
                               Field{"region", &TransferAnnounced::region, "行政区划代码"},
                               Field{"late_notice", &TransferAnnounced::late_notice, "告知迟延"}});
  }
};
struct MattersHandedOver : HandOverMatters {
  static constexpr std::string_view kType = "handover.matters_handed_over", kZh = "未结事项已移交";
};
struct TransferCalledOff : CallOff {
  static constexpr std::string_view kType = "handover.called_off", kZh = "调动已取消";
};
struct AccessWasEnded {
  static constexpr std::string_view kType = "handover.access_ended", kZh = "账号已停用";
  ActorId account;
  bool matters_outstanding = false;  ///< Then the head of the unit is called upon.
  static AccessWasEnded From(const EndAccess&, const Facts& facts, const Context&) {
    return {facts.account, facts.state == Announced::kName};
  }
  /// The account itself is disabled in the same append (HN18-14).
  std::vector<Claim> Claims(const Facts&) const;
  static FieldList Fields() {
    return {Field{"account", &AccessWasEnded::account, "账号"},
            Field{"matters_outstanding", &AccessWasEnded::matters_outstanding, "事项未移交"}};
  }
};
using Event = std::variant<TransferAnnounced, MattersHandedOver, TransferCalledOff, AccessWasEnded>;

void Apply(Facts& facts, const TransferAnnounced& e, const RecordedEvent&);
void Apply(Facts& facts, const MattersHandedOver& e, const RecordedEvent&);
void Apply(Facts& facts, const TransferCalledOff& e, const RecordedEvent&);
void Apply(Facts& facts, const AccessWasEnded& e, const RecordedEvent&);

struct LetterArrived {
  static constexpr Refusal kRefusal{"letter_in_future", "收函日期晚于今日",
                                    "the letter has not arrived yet", "", "/letter_received_on"};
  static bool Holds(const Announce& c, const Facts&, const Context& context) {
    return c.letter_received_on <= context.now.ChinaDate();
  }
};
struct ByFormerUnit {
  static constexpr Refusal kRefusal{"not_the_former_unit", "仅原所在单位可以办理",
                                    "only the former unit may do this", "HN18-14"};
  static bool Holds(const Facts& facts, const Context& context) {
    return context.unit == facts.unit;
  }
};
struct ListSigned {
  static constexpr Refusal kRefusal{"list_not_signed", "移交清单须由双方签字",
                                    "giver and taker sign the list"};
  static bool Holds(const HandOverMatters& c, const Facts&, const Context&) {
    return c.signed_by_giver && c.signed_by_taker;
  }
};
struct SuccessorIsAnother {
  static constexpr Refusal kRefusal{"successor_is_holder", "接收人不能是调出人员本人",
                                    "the successor is somebody else", "", "/successor"};
  static bool Holds(const HandOverMatters& c, const Facts& facts, const Context&) {
    return c.successor != facts.account;
  }
};

struct Handover : Definition<Handover, Facts, Event> {
  static constexpr std::string_view kName = "handover", kZh = "调动交接";
  static constexpr std::string_view kPurpose =
      "账号持有人调动时，原所在单位提前三个工作日函告省公管办，移交未结事项；账号到期停用。";
  using initial_state = Planned;
  using States = TypeList<Planned, Announced, HandedOver, AccessEnded, CalledOff, Completed>;
  using ByAdministrator = By<Role::kUnitAdministrator>;

  // clang-format off
  using Rows = Table<
    //  from         command          to
    //      emits, who, when, for
    Row<Planned,     Announce,        Announced,
        Emit<TransferAnnounced>, ByAdministrator, When<LetterArrived>>,
    Row<Announced,   HandOverMatters, HandedOver,
        Emit<MattersHandedOver>, ByAdministrator,
        When<ByFormerUnit, SuccessorIsAnother, ListSigned>>,
    Row<Any<Announced, HandedOver>,CallOff,         CalledOff,
        Emit<TransferCalledOff>, ByAdministrator, When<ByFormerUnit>>,
    Row<Announced,   EndAccess,       AccessEnded,
        Emit<AccessWasEnded>, By<Role::kClock>>,
    Row<HandedOver,  EndAccess,       Completed,
        Emit<AccessWasEnded>, By<Role::kClock>>,
    Row<AccessEnded, HandOverMatters, Completed,
        Emit<MattersHandedOver>, ByAdministrator,
        When<ByFormerUnit, SuccessorIsAnother, ListSigned>>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::handover
