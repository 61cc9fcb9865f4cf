#include "api/cli/policy.hpp"

#include "api/auth/policy_matrix.hpp"

namespace docket::cli {

void AddPolicyVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("policy", "权限 Who may do what");
  verb->require_subcommand(1);
  auto* matrix = verb->add_subcommand("matrix", "权限矩阵 Every role, workflow, state and command");
  // Shared, because the app keeps both the option's address and the callback that reads it.
  const auto json = std::make_shared<bool>(false);
  matrix->add_flag("--json", *json, "输出 JSON Print JSON");
  matrix->callback([json, &terminal] {
    if (*json) terminal.out << CanonicalJson(PolicyJson()) << '\n';
    else terminal.out << PolicyText();
  });
}

}  // namespace docket::cli
