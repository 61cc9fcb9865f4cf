/// Who may read a case, and who may see the personal texts in it: decided here and nowhere else.
#pragma once

#include "domain/actor.hpp"
#include "domain/event.hpp"
#include "domain/json.hpp"
#include "workflows/engine/sealing.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

enum class Access : std::uint8_t {
  kNone,
  kSealed,  ///< The case, without personal texts.
  kParty,   ///< What the complainant is told, and its own personal texts.
  kOpen,    ///< The case with personal texts: the reader's role needs them.
};

/// What the decision rests on.
struct CaseScope {
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;        ///< The competent unit; empty while there is none.
  ActorId opened_by;  ///< Actor of the case's first event.
};
CaseScope ScopeOf(const CaseSummary& summary, const ActorId& opened_by);

/// Open: intake, handler, legal reviewer and head of the competent unit (until one has signed for
/// the case: of a unit competent in its very division). Party: the complainant whose account
/// lodged it. Sealed: staff of the competent unit; department roles of a unit that is competent for
/// the case's region and industry; the resource office, audit and discipline of a region that
/// covers the case's; whoever opened the case. Everybody else: none.
Access AccessTo(const CaseScope& scope, const Asker& reader);

/// May this account send commands to the case at all? The table's rows decide in which role; this
/// keeps portal accounts out of the cases of others, where they would hold a party's role.
bool MayAct(const CaseScope& scope, const Actor& actor);

/// True for accounts of parties only: everything that they may read is what they opened.
bool IsPortalOnly(const Actor& actor);

/// The personal texts that this access opens: all, a party's own, none.
Reveal RevealTo(Access access);

/// Is the reader told of this event? Everybody but a party sees all of a case that they may read;
/// a party sees what was served on it or done by it, and the clock of the decision.
bool IsToldOf(Access access, const RecordedEvent& event, const Json& data);

/// The facts without what a party is not told: the office's drafts and internal measures.
Json FactsFor(Access access, Json facts);

/// Replaces every sealed value by {"sealed": true}.
Json WithoutSealedValues(const Json& value);

}  // namespace docket
