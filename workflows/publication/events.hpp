/// Events of a publication. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <variant>

#include "domain/event.hpp"
#include "workflows/engine/workflow.hpp"
#include "workflows/publication/facts.hpp"

namespace docket::publication {

struct PublicationProposed : Propose {
  static constexpr std::string_view kType = "publication.proposed", kZh = "已提出公开";
  std::optional<UnitId> author;  ///< The centre that proposed it.
  static PublicationProposed From(const Propose& c, const Facts&, const Context& context);
  static FieldList Fields() {
    return FieldList(Propose::Fields(),
                     FieldList{Field{"author", &PublicationProposed::author, "拟稿中心"}});
  }
};
struct ContentSubmitted : Submit {
  static constexpr std::string_view kType = "publication.submitted", kZh = "已送保密审查";
};
struct SecrecyCleared : Clear {
  static constexpr std::string_view kType = "publication.cleared", kZh = "保密审查已通过";
};
struct RedactionRequired : RequireRedaction {
  static constexpr std::string_view kType = "publication.redaction_required";
  static constexpr std::string_view kZh = "已退回去除不公开内容";
};
struct PublicationExempted : ExemptFromPublication {
  static constexpr std::string_view kType = "publication.exempted", kZh = "已决定不予公开";
};
struct PublicationApproved : Approve {
  static constexpr std::string_view kType = "publication.approved", kZh = "已审批公开";
};
/// Says the dates and cases that others follow, besides where it was published.
struct PublicationMade : Publish {
  static constexpr std::string_view kType = "publication.published", kZh = "已公开";
  std::optional<Date> display_until;
  std::optional<StreamId> supersedes;
  static PublicationMade From(const Publish& c, const Facts& facts, const Context&) {
    return {c, facts.display_until, facts.supersedes};
  }
  static FieldList Fields() {
    return FieldList(
        Publish::Fields(),
        FieldList{Field{"display_until", &PublicationMade::display_until, "公示截止日期"},
                  Field{"supersedes", &PublicationMade::supersedes, "替代的公开"}});
  }
};
struct PublicationSuperseded : Supersede {
  static constexpr std::string_view kType = "publication.superseded", kZh = "已由新公开替代";
};
struct SourceAnnulled : RecordSourceAnnulled {
  static constexpr std::string_view kType = "publication.source_annulled", kZh = "依据已被撤销";
};
/// The same before anything was published: nothing is left to publish.
struct PublicationAbandoned : RecordSourceAnnulled {
  static constexpr std::string_view kType = "publication.abandoned", kZh = "依据被撤销，不再公开";
};
struct PublicationWithdrawn : Withdraw {
  static constexpr std::string_view kType = "publication.withdrawn", kZh = "已撤回公开";
};
struct DisplayHasExpired : ExpireDisplay {
  static constexpr std::string_view kType = "publication.display_expired", kZh = "公示期已满";
};
using Event =
    std::variant<PublicationProposed, ContentSubmitted, SecrecyCleared, RedactionRequired,
                 PublicationExempted, PublicationApproved, PublicationMade, PublicationSuperseded,
                 SourceAnnulled, PublicationAbandoned, PublicationWithdrawn, DisplayHasExpired>;

void Apply(Facts& facts, const PublicationProposed& e, const RecordedEvent&);
void Apply(Facts& facts, const ContentSubmitted& e, const RecordedEvent&);
void Apply(Facts& facts, const SecrecyCleared& e, const RecordedEvent&);
void Apply(Facts& facts, const RedactionRequired& e, const RecordedEvent&);
void Apply(Facts& facts, const PublicationExempted& e, const RecordedEvent&);
void Apply(Facts& facts, const PublicationApproved& e, const RecordedEvent&);
void Apply(Facts& facts, const PublicationMade& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const PublicationSuperseded& e, const RecordedEvent&);
void Apply(Facts& facts, const SourceAnnulled& e, const RecordedEvent&);
void Apply(Facts& facts, const PublicationAbandoned& e, const RecordedEvent&);
void Apply(Facts& facts, const PublicationWithdrawn& e, const RecordedEvent&);
void Apply(Facts& facts, const DisplayHasExpired& e, const RecordedEvent&);

}  // namespace docket::publication
