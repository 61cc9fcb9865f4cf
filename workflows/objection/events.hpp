/// Events of an objection. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "workflows/engine/workflow.hpp"
#include "workflows/objection/facts.hpp"

namespace docket::objection {

struct ObjectionLodged : Lodge {
  static constexpr std::string_view kType = "objection.lodged", kZh = "异议已提出";
  bool late = false;
  static ObjectionLodged From(const Lodge& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(Lodge::Fields(), FieldList{Field{"late", &ObjectionLodged::late, "逾期提出"}});
  }
};

/// At most one of the four days from which an answer is counted is given: none where no law sets a
/// limit, as for the evaluation result of a project that need not be tendered.
struct ObjectionReceived {
  static constexpr std::string_view kType = "objection.received", kZh = "异议已签收";
  Date received_on;
  bool trade_suspended = false;              ///< 答复前暂停招标投标活动.
  std::optional<Date> answer_due_on;         ///< Last day in time.
  std::optional<Date> objection_from;        ///< 实施条例 22、54.
  std::optional<Date> on_the_spot_from;      ///< 实施条例 44.
  std::optional<Date> inquiry_from;          ///< 政府采购法实施条例 52.
  std::optional<Date> challenge_from;        ///< 政府采购法 53.
  std::optional<Date> reply_period_ends_on;  ///< Of a challenge: opens the right to complain.
  static ObjectionReceived From(const Lodge& c, const Facts&, const Context& context);
  static ObjectionReceived From(const Receive&, const Facts& facts, const Context& context);
  static FieldList Fields() {
    using E = ObjectionReceived;
    return {Field{"received_on", &E::received_on, "收到日期"},
            Field{"trade_suspended", &E::trade_suspended, "交易暂停"},
            Field{"answer_due_on", &E::answer_due_on, "答复期满日"},
            Field{"objection_from", &E::objection_from, "异议答复起算日"},
            Field{"on_the_spot_from", &E::on_the_spot_from, "当场答复日"},
            Field{"inquiry_from", &E::inquiry_from, "询问答复起算日"},
            Field{"challenge_from", &E::challenge_from, "质疑答复起算日"},
            Field{"reply_period_ends_on", &E::reply_period_ends_on, "质疑答复期满日"}};
  }
};

struct TradeSuspended : SuspendTrade {
  static constexpr std::string_view kType = "objection.trade_suspended", kZh = "已暂停合同";
};

struct ObjectionAnswered : Answer {
  static constexpr std::string_view kType = "objection.answered", kZh = "异议已答复";
  bool late = false;
  std::optional<Date> report_from;  ///< Where the result is to be reported: from when.
  static ObjectionAnswered From(const Answer& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(
        Answer::Fields(),
        FieldList{Field{"late", &ObjectionAnswered::late, "逾期答复"},
                  Field{"report_from", &ObjectionAnswered::report_from, "报送起算日"}});
  }
};

struct AnswerMissing : NoteNoAnswer {
  static constexpr std::string_view kType = "objection.no_answer", kZh = "逾期未答复";
};

struct ObjectionClosed {
  static constexpr std::string_view kType = "objection.closed", kZh = "异议已办结";
  std::string cause;  ///< answer_accepted, right_to_complain_lapsed.
  static ObjectionClosed From(const AcceptAnswer&, const Facts&, const Context&) {
    return {"answer_accepted"};
  }
  static ObjectionClosed From(const CloseLapsed&, const Facts&, const Context&) {
    return {"right_to_complain_lapsed"};
  }
  static FieldList Fields() { return {Field{"cause", &ObjectionClosed::cause, "办结原因"}}; }
};

struct ResultReported : ReportResult {
  static constexpr std::string_view kType = "objection.result_reported", kZh = "处理结果已报送";
};
struct ObjectionEscalated : Escalate {
  static constexpr std::string_view kType = "objection.escalated", kZh = "已转为投诉";
};
struct ObjectionWithdrawn : Withdraw {
  static constexpr std::string_view kType = "objection.withdrawn", kZh = "异议已撤回";
};

using Event = std::variant<ObjectionLodged, ObjectionReceived, TradeSuspended, ObjectionAnswered,
                           AnswerMissing, ObjectionClosed, ResultReported, ObjectionEscalated,
                           ObjectionWithdrawn>;

void Apply(Facts& facts, const ObjectionLodged& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const ObjectionReceived& e, const RecordedEvent&);
void Apply(Facts& facts, const TradeSuspended&, const RecordedEvent&);
void Apply(Facts& facts, const ObjectionAnswered& e, const RecordedEvent&);
void Apply(Facts& facts, const AnswerMissing&, const RecordedEvent&);
void Apply(Facts& facts, const ObjectionClosed& e, const RecordedEvent&);
void Apply(Facts& facts, const ResultReported&, const RecordedEvent&);
void Apply(Facts& facts, const ObjectionEscalated& e, const RecordedEvent&);
void Apply(Facts& facts, const ObjectionWithdrawn&, const RecordedEvent&);

}  // namespace docket::objection
