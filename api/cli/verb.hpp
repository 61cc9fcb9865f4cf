/// What every verb of the command line shares: its streams, its exit code, how it refuses.
///
/// A verb is a function `AddXVerb(CLI::App&, Terminal&)` that registers a subcommand; the
/// subcommand's callback does the work and leaves its exit code in the terminal.
#pragma once

#include <CLI/CLI.hpp>
#include <istream>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"
#include "domain/rejection.hpp"

namespace docket::cli {

enum class ExitCode : int {
  kDone = 0,
  kRefused = 1,         ///< The input or the state does not allow it; the reason is on `err`.
  kUsage = 2,           ///< The command line itself is wrong.
  kInfrastructure = 3,  ///< A file, a store or a network failed.
};

/// Where a verb reads and writes, and how it ended. Owned by main or by a test; outlives the app.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  ExitCode exit_code = ExitCode::kDone;
};

using AddVerb = void (*)(CLI::App& app, Terminal& terminal);

/// Runs one command line (without the program's name). Every failure becomes an exit code: wrong
/// usage 2, an exception 3 with its message on `err`, else what the verb left in the terminal.
ExitCode RunCommandLine(const std::vector<AddVerb>& verbs, std::vector<std::string> arguments,
                        Terminal& terminal);

/// A file that cannot be read: a fault of the surroundings, not a refusal.
class FileUnreadable : public std::runtime_error {
 public:
  explicit FileUnreadable(const std::string& path)
      : std::runtime_error("文件无法读取 cannot read " + path) {}
};

/// The first `bytes_max` + 1 bytes of a file, so that its reader can refuse what is too large.
/// Throws FileUnreadable.
std::string ReadFile(const std::string& path, std::size_t bytes_max);

/// The member as it is printed; `absent` where there is none.
std::string TextOf(const Json& json, std::string_view name, std::string_view absent = "");

/// `{code, zh, en, basis, fields}`, as every refusal is written for machines.
Json Problem(const Rejection& rejection);

/// Writes the problem as one line on `err` and marks the terminal as refused.
void PrintRefusal(const Rejection& rejection, Terminal& terminal);

}  // namespace docket::cli
