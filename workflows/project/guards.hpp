/// Why a record of a trade project is refused.
#pragma once

#include "workflows/engine/department_guards.hpp"
#include "workflows/project/facts.hpp"

namespace docket::project {

/// Standing: a project is its provider's; nobody else's records go into it (HN18-9).
struct ByTheProvider {
  static constexpr Refusal kRefusal{"not_the_provider", "仅信息提供单位可以办理",
                                    "only the project's provider may do this", "HN18-9"};
  static bool Holds(const Facts& facts, const Context& context) {
    return facts.provider.empty() || context.unit == facts.provider;
  }
};
struct ProvidesItself {
  static constexpr Refusal kRefusal{"not_the_provider", "仅信息提供单位可以办理",
                                    "only the project's provider may do this", "HN18-9",
                                    "/provider"};
  static bool Holds(const RecordProject& c, const Facts&, const Context& context) {
    return context.unit == c.provider;
  }
};

/// The same content again, in another message: there is nothing to record.
struct RecordIsNew {
  static constexpr Refusal kRefusal{"record_known", "该记录已归集，内容相同",
                                    "this record is known, with the same content", "HN18-9",
                                    "/record/key"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context&) {
    const Known* known = FindRecord(facts, C::kName, c.record.key);
    return known == nullptr || known->digest != c.record.digest;
  }
};
/// 已公示的信息不得修改: another content needs to say that, and why, it takes the place of this.
struct DigestMatches {
  static constexpr Refusal kRefusal{
      "digest_mismatch", "该记录已归集且内容不同；更正应注明原摘要值和原因",
      "this record is known with another content; a correction says what it supersedes and why",
      "HN18-22(2)", "/record/digest"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context&) {
    return c.record.supersedes || FindRecord(facts, C::kName, c.record.key) == nullptr;
  }
};
struct SupersedesStanding {
  static constexpr Refusal kRefusal{"superseded_content_differs", "注明的原摘要值与现有记录不符",
                                    "what it supersedes is not the content that stands",
                                    "HN18-22(2)", "/record/supersedes/digest"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context&) {
    if (!c.record.supersedes) return true;
    const Known* known = FindRecord(facts, C::kName, c.record.key);
    return known != nullptr && known->digest == c.record.supersedes->digest;
  }
};

/// A project code stands for one project: a second record of it can only correct the first.
struct CorrectsTheProject {
  static constexpr Refusal kRefusal{"project_known", "该项目编号已归集",
                                    "this project code is on record already", "HN18-8", "/project"};
  static bool Holds(const RecordProject& c, const Facts&, const Context&) {
    return c.record.supersedes.has_value();
  }
};
/// 不可修改: by these others know the project, and who is competent for it.
struct PublishedKeysKept {
  static constexpr Refusal kRefusal{
      "published_key_fixed", "项目编号、信息提供单位、行政区划、行业和招标人代码一经归集不可修改",
      "code, provider, region, industry and tenderer of a project never change", "HN18-22(2)",
      "/project"};
  static bool Holds(const RecordProject& c, const Facts& facts, const Context&) {
    return c.project == facts.project && c.provider == facts.provider && c.region == facts.region &&
           c.industry == facts.industry && c.tenderer == facts.tenderer;
  }
};

template <class C>
const SectionCode* SectionOf(const C& c) {
  if constexpr (requires { c.section.has_value(); }) return c.section ? &*c.section : nullptr;
  else return &c.section;
}

struct SectionOfProject {
  static constexpr Refusal kRefusal{"section_of_other_project", "标段编号前 20 位应为招标项目编号",
                                    "the section belongs to another project", "FJ18-12",
                                    "/section"};
  template <class C>
  static bool Holds(const C& c, const Facts& facts, const Context&) {
    const SectionCode* section = SectionOf(c);
    return section == nullptr || ProjectOf(*section) == facts.project;
  }
};

}  // namespace docket::project
