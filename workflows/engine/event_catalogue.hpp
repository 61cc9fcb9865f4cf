/// Every type of event that a case can have, whatever its workflow: what grants by field are
/// checked against, and what subscribers are told to expect.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"
#include "domain/rejection.hpp"
#include "workflows/engine/description.hpp"

namespace docket {

/// Those of all workflows, then those that the engine and persistence record beside them.
const std::vector<EventText>& AllEvents();

/// Attributes of a message that name persons or may: a grant by field shows them where it says so.
inline constexpr std::array<std::string_view, 5> kPersonalAttributes{"actor", "recordedby", "unit",
                                                                     "commandid", "correlation"};

/// `/data/parties/*/name` as its names; empty where it is none that begins with a slash.
std::vector<std::string> NamesOfPointer(std::string_view pointer);

/// What in a grant is no type or field of any event, each at its place below `at`:
/// `unknown_event_type`, `unknown_event_field`.
FieldErrors CheckEventFields(const std::vector<EventFields>& events, const std::string& at);

}  // namespace docket
