/// The blind index (盲索引): from what identifies a person to the keys of that person, in a form
/// that says nothing to whoever lacks the index's key. Kept beside the keys, never in the log or in
/// its backups; wrapped under the KEK and rotated with it, because its key is one of theirs.
#pragma once

#include <string>
#include <string_view>

#include "domain/personal.hpp"
#include "persistence/keys/sealing.hpp"

namespace docket {

/// Name of the index's own key, under which nothing else is made.
inline constexpr std::string_view kIndexKey = "log/index";

/// Stored format, version 1: HMAC-SHA-256, hex, of `1:<kind>:<normalised value>`, with the numbers
/// of IdentifierKind. Golden bytes in person_index_test.cpp.
std::string PersonDigest(const SecretKey& index_key, const Identifier& identifier);

}  // namespace docket
