/// Up to where a reader asks to see a case, as people write it.
#pragma once

#include <optional>
#include <string_view>

#include "workflows/engine/case_engine.hpp"

namespace docket {

/// An RFC 3339 instant, a China date (up to its end) or a position; nullopt for anything else.
std::optional<AsOf> ParseAsOf(std::string_view text);

inline bool IsPast(const AsOf& as_of) { return as_of.position || as_of.recorded_at; }

/// The legal instant at which clocks are read: that of `as_of`, else now.
Instant LegalInstant(const EnginePorts& ports, const AsOf& as_of);

}  // namespace docket
