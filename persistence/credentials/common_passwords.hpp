/// Passwords that are tried first: made of common words, runs of keys and little else.
#pragma once

#include <string_view>

namespace docket {

/// True where fewer than six different characters are left of it once the words of
/// data/passwords/common.txt are taken out, also where signs stand for letters (`p@ssw0rd`). Then
/// whoever goes through those words with the usual additions soon comes to it.
bool IsCommonPassword(std::string_view password);

}  // namespace docket
