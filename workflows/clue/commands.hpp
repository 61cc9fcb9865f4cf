/// Commands of a clue.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/clue/vocabulary.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::clue {

/// A person or body: who reports (举报人), or whom the clue is about (被反映人).
struct Person {
  PersonalText name;
  std::optional<PersonalText> id_number;
  std::optional<PersonalText> phone;
  std::optional<PersonalText> address;
  std::optional<PersonalText> email;
  static FieldList Fields() {
    return {Field{"name", &Person::name, "姓名或名称"},
            Field{"id_number", &Person::id_number, "证件号码"},
            Field{"phone", &Person::phone, "联系电话"}, Field{"address", &Person::address, "地址"},
            Field{"email", &Person::email, "电子邮箱"}};
  }
};

/// 接收: what is reported is sealed, and who reports it under a key of its own.
struct Receive {
  static constexpr std::string_view kName = "receive", kZh = "接收线索";
  SourceKind source_kind = SourceKind::kReport;
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::optional<std::string> project_name;
  std::optional<Stage> stage;
  std::optional<StreamId> source;     ///< The case, or the record of one, in which it was found.
  std::vector<Violation> violations;  ///< As alleged; empty: not said.
  std::optional<Person> reporter;     ///< Absent: anonymous.
  std::vector<Person> accused;
  std::vector<ActorId> named_officers;  ///< Accounts of officers whom it names.
  PersonalText content;
  std::vector<DocumentRef> evidence;

  static FieldList Fields() {
    return {Field{"source_kind", &Receive::source_kind, "线索来源"},
            Field{"region", &Receive::region, "行政区划代码"},
            Field{"industry", &Receive::industry, "行业领域"},
            Field{"project", &Receive::project, "项目编号"},
            Field{"project_name", &Receive::project_name, "项目名称"},
            Field{"stage", &Receive::stage, "阶段"},
            Field{"source", &Receive::source, "来源案卷"},
            Field{"violations", &Receive::violations, "涉嫌违法违规行为"},
            Field{"reporter", &Receive::reporter, "举报人", Subject::kComplainant},
            Field{"accused", &Receive::accused, "被反映人", Subject::kRespondent},
            Field{"named_officers", &Receive::named_officers, "被反映的工作人员账号"},
            Field{"content", &Receive::content, "反映内容", Subject::kParties},
            Field{"evidence", &Receive::evidence, "线索材料"}};
  }
};

struct Register {
  static constexpr std::string_view kName = "register", kZh = "登记";
  std::string number;                ///< 线索编号.
  std::vector<StreamId> duplicates;  ///< Other clues about the same matter.
  static FieldList Fields() {
    return {Field{"number", &Register::number, "线索编号"},
            Field{"duplicates", &Register::duplicates, "重复线索"}};
  }
};

/// 分类, and 重新分类: what it was before stays on the file.
struct Classify {
  static constexpr std::string_view kName = "classify", kZh = "分类";
  Class as = Class::kClue;
  PersonalText reason;
  std::optional<std::string> destination;  ///< The body that a complainant or other is told of.
  static FieldList Fields() {
    return {Field{"as", &Classify::as, "类别"},
            Field{"reason", &Classify::reason, "理由", Subject::kParties},
            Field{"destination", &Classify::destination, "有权处理的单位"}};
  }
};

/// 指定初核人员, and anew.
struct AssignCheck {
  static constexpr std::string_view kName = "assign_check", kZh = "指定初核人员";
  std::vector<ActorId> handlers;
  static FieldList Fields() { return {Field{"handlers", &AssignCheck::handlers, "初核人员"}}; }
};

struct RecordCheck {
  static constexpr std::string_view kName = "record_check", kZh = "报告初核情况";
  DocumentRef report;
  bool meets_filing_standard = false;  ///< 符合立案条件.
  bool suspects_crime = false;         ///< 涉嫌犯罪: the head decides on a transfer.
  static FieldList Fields() {
    return {Field{"report", &RecordCheck::report, "初核报告"},
            Field{"meets_filing_standard", &RecordCheck::meets_filing_standard, "符合立案条件"},
            Field{"suspects_crime", &RecordCheck::suspects_crime, "涉嫌犯罪"}};
  }
};

/// 法制审核 of the end of a named report.
struct ReviewLegality {
  static constexpr std::string_view kName = "review_legality", kZh = "法制审核";
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"opinion", &ReviewLegality::opinion, "审核意见", Subject::kParties}};
  }
};

struct OpenCase {
  static constexpr std::string_view kName = "open_case", kZh = "立案";
  PersonalText reasons;
  static FieldList Fields() {
    return {Field{"reasons", &OpenCase::reasons, "立案理由", Subject::kParties}};
  }
};

struct EndWithoutAction {
  static constexpr std::string_view kName = "end_without_action", kZh = "了结";
  PersonalText reasons;
  static FieldList Fields() {
    return {Field{"reasons", &EndWithoutAction::reasons, "理由", Subject::kParties}};
  }
};

/// 批准移送.
struct Transfer {
  static constexpr std::string_view kName = "transfer", kZh = "批准移送";
  TransferTarget target = TransferTarget::kDepartment;
  std::string body;  ///< Whom it goes to.
  PersonalText reasons;
  static FieldList Fields() {
    return {Field{"target", &Transfer::target, "移送对象"},
            Field{"body", &Transfer::body, "接收单位"},
            Field{"reasons", &Transfer::reasons, "理由", Subject::kParties}};
  }
};

struct Dispatch {
  static constexpr std::string_view kName = "dispatch", kZh = "发出移送材料";
  DocumentRef letter;
  static FieldList Fields() { return {Field{"letter", &Dispatch::letter, "移送书"}}; }
};

struct RecordReceipt {
  static constexpr std::string_view kName = "record_receipt", kZh = "登记移送回执";
  DocumentRef receipt;
  static FieldList Fields() { return {Field{"receipt", &RecordReceipt::receipt, "回执"}}; }
};

/// 办理结果反馈. Declined: it comes back to be dealt with here.
struct RecordResult {
  static constexpr std::string_view kName = "record_result", kZh = "登记移送结果";
  bool taken_up = false;
  PersonalText result;
  static FieldList Fields() {
    return {Field{"taken_up", &RecordResult::taken_up, "对方已办理"},
            Field{"result", &RecordResult::result, "办理结果", Subject::kParties}};
  }
};

/// 并案: the same object and facts.
struct Merge {
  static constexpr std::string_view kName = "merge", kZh = "并案";
  StreamId into;
  static FieldList Fields() { return {Field{"into", &Merge::into, "并入案卷"}}; }
};

struct GiveFeedback {
  static constexpr std::string_view kName = "give_feedback", kZh = "向实名举报人反馈";
  PersonalText content;
  static FieldList Fields() {
    return {Field{"content", &GiveFeedback::content, "反馈内容", Subject::kComplainant}};
  }
};

/// 书面告知 whether a petition is accepted (信访工作条例 23).
struct AnswerPetition {
  static constexpr std::string_view kName = "answer_petition", kZh = "告知信访人";
  PetitionAnswer answer = PetitionAnswer::kAccepted;
  bool limited_matter = false;  ///< 信访工作条例 31(6): to be finished within sixty days.
  DocumentRef document;
  std::optional<std::string> destination;  ///< To whom it goes back.
  static FieldList Fields() {
    return {Field{"answer", &AnswerPetition::answer, "告知结果"},
            Field{"limited_matter", &AnswerPetition::limited_matter, "适用六十日期限"},
            Field{"document", &AnswerPetition::document, "告知书"},
            Field{"destination", &AnswerPetition::destination, "退回单位"}};
  }
};

/// 延长办理期限, with the reason that the petitioner is told (信访工作条例 34).
struct ExtendPetition {
  static constexpr std::string_view kName = "extend_petition", kZh = "延长信访办理期限";
  std::int64_t days = 0;  ///< Calendar days, 1 to 30.
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"days", &ExtendPetition::days, "延长日数"},
            Field{"reason", &ExtendPetition::reason, "延期理由", Subject::kParties}};
  }
};

struct ClosePetition {
  static constexpr std::string_view kName = "close_petition", kZh = "办结信访事项";
  DocumentRef document;
  static FieldList Fields() { return {Field{"document", &ClosePetition::document, "处理意见书"}}; }
};

}  // namespace docket::clue
