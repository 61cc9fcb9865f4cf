/// Timeliness warnings (时效性预警): from the clocks of all cases to warnings. Only clocks of law and
/// of promise count (domain: 规定或承诺的期限).
#pragma once

#include "workflows/links/link.hpp"

namespace docket::links {

std::vector<LinkedCommand> RaiseYellow(const LinkCause& cause);
std::vector<LinkedCommand> RaiseRed(const LinkCause& cause);
std::vector<LinkedCommand> TurnRed(const LinkCause& cause);
std::vector<LinkedCommand> ClearWarning(const LinkCause& cause);
/// Where a lapse is superseded: what it raised was a false alarm.
std::vector<LinkedCommand> ClearSuperseded(const LinkCause& cause);

}  // namespace docket::links
