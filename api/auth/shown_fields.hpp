/// What of an event a grant by field (字段授权, Scope::events) shows: decided here, for every way
/// out of the log that knows its reader.
///
/// What is withheld is absent, and named in `withheld`. With any of it goes the salt, for with salt
/// and digest few possible values are soon tried; with an attribute of the leaf's header goes the
/// digest of the data as well, by which the leaf's hash could be tried. The hash itself stays: the
/// position is proven as an omitted one is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/auth/access.hpp"

namespace docket {

struct ShownFields {
  bool whole = true;
  std::vector<std::vector<std::string>> places{};  ///< Names of the pointers that are shown.
};

/// What the grants under which the account reads the case show of events of this type, together;
/// nullopt: not even that there is one. Without grants: the whole.
std::optional<ShownFields> ShownTo(const Reader& reader, const std::optional<CaseOutline>& outline,
                                   std::string_view type);

/// The CloudEvent without what is not shown; the same text where nothing is withheld.
std::string NarrowedText(const std::string& cloud_event, const ShownFields& shown);

}  // namespace docket
