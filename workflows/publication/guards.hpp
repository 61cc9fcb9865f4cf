/// Guards of a publication: what refuses, in which words, by which article.
#pragma once

#include "workflows/publication/events.hpp"

namespace docket::publication {

/// Standing: a centre has to do with what it proposed itself.
struct ProposedByCentre {
  static constexpr Refusal kRefusal{"not_the_author", "仅拟稿中心可以办理",
                                    "only the centre that proposed it may do this"};
  static bool Holds(const Facts& facts, const Context& context);
};

struct ClassOfProposer {
  static constexpr Refusal kRefusal{"class_not_for_role", "该类信息不由本角色提出公开",
                                    "this class is published by somebody else",
                                    "FJ16-6；XX17-9；XX17-16", "/class"};
  static bool Holds(const Propose& c, const Facts&, const Context& context);
};
struct DepartmentNamed {
  static constexpr Refusal kRefusal{"department_missing", "应填写行政监督部门",
                                    "what is no service guide names its department", "FJ18-15",
                                    "/unit"};
  static bool Holds(const Propose& c, const Facts&, const Context& context);
};
struct TextRedacted {
  static constexpr Refusal kRefusal{"text_unchanged", "文本未作修改",
                                    "the text is the one that was sent back", "FJ18-15",
                                    "/content"};
  static bool Holds(const Submit& c, const Facts& facts, const Context&) {
    return c.content.digest != facts.content;
  }
};

/// Service guides are the office's to look through, everything else is a department's (XX17-9).
struct OfficeForGuides {
  static constexpr Refusal kRefusal{
      "reviewed_by_other_side", "服务指南由公管办审查，其他由部门审查",
      "the office reviews service guides, departments the rest", "XX17-9；FJ18-15"};
  static bool Holds(const Facts& facts, const Context& context) {
    return (facts.publication_class == Class::kServiceGuide) ==
           (context.role == Role::kResourceOffice);
  }
};
struct IdentifiersMasked {
  static constexpr Refusal kRefusal{"identifiers_not_masked", "应先隐去个人标识",
                                    "what identifies persons is masked first",
                                    "FJ18-15；个人信息保护法 25", "/identifiers_masked"};
  static bool Holds(const Clear& c, const Facts&, const Context&) { return c.identifiers_masked; }
};
/// Unless the office's own rule lets it be named.
struct ComplainantUnnamed {
  static constexpr Refusal kRefusal{"complainant_named", "不得载明投诉人",
                                    "the complainant is not named", "FJ18-15；个人信息保护法 25"};
  static bool Holds(const Facts& facts, const Context& context);
};

struct PublishedByAuthor {
  static constexpr Refusal kRefusal{"published_by_other", "服务指南由中心公开，其他由部门公开",
                                    "a centre publishes its guides itself", "XX17-9"};
  static bool Holds(const Facts& facts, const Context& context) {
    return facts.publication_class != Class::kServiceGuide || context.role == Role::kTradingCentre;
  }
};
struct DisplayAhead {
  static constexpr Refusal kRefusal{"display_over", "公示截止日期早于今日",
                                    "its last day of display is over"};
  static bool Holds(const Facts& facts, const Context& context) {
    return !facts.display_until || *facts.display_until >= context.now.ChinaDate();
  }
};
struct SuccessorIsPublication {
  static constexpr Refusal kRefusal{"successor_unfit", "应填写另一公开案卷",
                                    "the successor is another publication", "HN18-22(2)",
                                    "/successor"};
  static bool Holds(const Supersede& c, const Facts&, const Context& context);
};
struct AnnulledByNow {
  static constexpr Refusal kRefusal{"annulled_in_future", "撤销日期晚于今日",
                                    "it was not annulled yet", "", "/annulled_on"};
  static bool Holds(const RecordSourceAnnulled& c, const Facts&, const Context& context) {
    return c.annulled_on <= context.now.ChinaDate();
  }
};
struct GroundGiven {
  static constexpr Refusal kRefusal{"source_not_annulled", "依据未被变更或撤销",
                                    "what it rests on stands", "行政处罚法 48；HN18-22(2)",
                                    "/ground"};
  static bool Holds(const Withdraw& c, const Facts& facts, const Context&) {
    return c.ground != WithdrawalGround::kSourceAnnulled || facts.source_annulled_on;
  }
};

}  // namespace docket::publication
