/// Until when an objection is raised, and until when it is answered: by the rules in force.
#pragma once

#include <optional>

#include "domain/time.hpp"
#include "workflows/engine/workflow.hpp"
#include "workflows/objection/facts.hpp"

namespace docket::objection {

/// True when it comes after its limit. By the postmark where it has one, else by its arrival; an
/// inquiry, and the evaluation result of a project that need not be tendered, have none.
bool IsRaisedLate(const Lodge& c, const Context& context);

/// Last day of the answer to what arrives with the context's act; absent where no law sets a limit.
std::optional<Date> AnswerDueOn(Kind kind, bool mandatory_tender, const RegionCode& region,
                                const Context& context);

bool IsAnsweredInTime(const Answer& c, const Facts& facts);

/// True when nobody can complain any more, or never could: an inquiry opens no complaint.
bool IsRightToComplainOver(const Facts& facts, const Context& context);

}  // namespace docket::objection
