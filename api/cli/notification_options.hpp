/// How `docket serve` tells people outside their inboxes.
#pragma once

#include <CLI/CLI.hpp>

#include "api/notifications/channels.hpp"

namespace docket::cli {

void AddNotificationOptions(CLI::App& verb, NoticeChannelOptions& options);

}  // namespace docket::cli
