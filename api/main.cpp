/// The `docket` program: composes the verbs.
#include <iostream>

#include "api/cli/access_log.hpp"
#include "api/cli/backup.hpp"
#include "api/cli/calendar.hpp"
#include "api/cli/case.hpp"
#include "api/cli/deadline.hpp"
#include "api/cli/demo.hpp"
#include "api/cli/documents.hpp"
#include "api/cli/erase.hpp"
#include "api/cli/feed.hpp"
#include "api/cli/import.hpp"
#include "api/cli/keys.hpp"
#include "api/cli/migrate.hpp"
#include "api/cli/notifications.hpp"
#include "api/cli/policy.hpp"
#include "api/cli/rebuild.hpp"
#include "api/cli/restore.hpp"
#include "api/cli/serve.hpp"
#include "api/cli/user.hpp"
#include "api/cli/workflow.hpp"

int main(int argc, char** argv) {
  using namespace docket::cli;
  std::ios::sync_with_stdio(false);
  Terminal terminal{std::cin, std::cout, std::cerr};
  const ExitCode code = RunCommandLine(
      {AddServeVerb, AddCaseVerb, AddCalendarVerb, AddDeadlineVerb, AddImportVerb, AddWorkflowVerb,
       AddMigrateVerb, AddRebuildVerb, AddBackupVerb, AddRestoreVerb, AddKeysVerb, AddFeedVerb,
       AddPolicyVerb, AddAccessLogVerb, AddUserVerb, AddEraseVerb, AddNotificationsVerb,
       AddDocumentsVerb, AddDemoVerb},
      {argv + std::min(argc, 1), argv + argc}, terminal);
  return static_cast<int>(code);
}
