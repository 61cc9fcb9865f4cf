/// Random UUIDs (version 4), for ids that are to say nothing about time: epochs, files, batches.
#pragma once

#include <string>

namespace docket {

/// In canonical lower-case form.
std::string RandomUuid();

}  // namespace docket
