/// Sample commands and histories of investigations, all parties invented. Each history is named by
/// the state that it reaches.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/spec.hpp"
#include "workflows/investigation/events.hpp"

namespace docket::investigation {

const Workflow& Definition();

inline Date Day(std::string_view text) { return *Date::Parse(text); }
DocumentRef Paper(const std::string& name);

/// Bid rigging found in a complaint, of a firm that answers through the account `firm`.
Propose SampleProposal();
/// han and lin.
File SampleFiling();
/// A penalty is proposed, in no complex case.
Conclude SampleConclusion();
/// A heavy fine of 200,000 yuan and a ban: a hearing is offered. Delivered on 2024-09-27.
GiveNotice SampleNotice();
/// As announced to the party.
Decide SampleDecision();
/// Heard on 2024-10-21 by wu, announced on 2024-10-11.
AnnounceHearing SampleAnnouncement();
HandOver SampleHandover();

/// What differs from the samples on the way to a state.
struct Way {
  Conclude conclusion = SampleConclusion();
  GiveNotice notice = SampleNotice();
};

/// A case that has reached `state`, ready for the head:
///
///   08-07 proposed by clerk · 08-08 filed by head · 08-20 concluded by han or suspended
///   09-27 notice by han · 09-29 statement · 09-30 hearing requested by firm
///   10-21 hearing by wu · 10-22 reviewed by legal · 11-01 decided by head · 11-05 served
///
/// Without a proposed penalty the review follows the conclusion.
docket::testing::Spec In(std::string_view state, const Way& way = {});

}  // namespace docket::investigation
