/// What the acts of cases bring about in other cases: the commands of the table in links.cpp.
#pragma once

#include "workflows/links/link.hpp"

namespace docket::links {

std::vector<LinkedCommand> ClueOfWarning(const LinkCause& cause);
std::vector<LinkedCommand> InvestigationOfWarning(const LinkCause& cause);
std::vector<LinkedCommand> RectificationOfWarning(const LinkCause& cause);
std::vector<LinkedCommand> SupervisionOfWarning(const LinkCause& cause);

std::vector<LinkedCommand> ChildOfItem(const LinkCause& cause);
std::vector<LinkedCommand> TellOpened(const LinkCause& cause);
std::vector<LinkedCommand> TellClosed(const LinkCause& cause);
std::vector<LinkedCommand> TellRevoked(const LinkCause& cause);

std::vector<LinkedCommand> AccountabilityOfRefusal(const LinkCause& cause);
std::vector<LinkedCommand> CircularOfRefusal(const LinkCause& cause);

std::vector<LinkedCommand> InvestigationOfComplaint(const LinkCause& cause);
std::vector<LinkedCommand> ClueOfComplaint(const LinkCause& cause);
std::vector<LinkedCommand> InvestigationOfClue(const LinkCause& cause);
std::vector<LinkedCommand> RectificationOfFiling(const LinkCause& cause);
std::vector<LinkedCommand> PublicationOfPenalty(const LinkCause& cause);

std::vector<LinkedCommand> HoldRecordings(const LinkCause& cause);
std::vector<LinkedCommand> FreeRecordings(const LinkCause& cause);
/// Once the last party has it.
std::vector<LinkedCommand> FreeRecordingsOnceServed(const LinkCause& cause);

}  // namespace docket::links
