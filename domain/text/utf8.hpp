/// What every store can hold as text.
#pragma once

#include <string_view>

namespace docket {

/// Well-formed UTF-8 without U+0000, which PostgreSQL has no way to store.
bool IsUtf8Text(std::string_view text);

}  // namespace docket
