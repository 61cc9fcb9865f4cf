#include "api/cli/verb.hpp"

#include <fstream>

namespace docket::cli {

namespace {

/// The first word that should be a verb and is none. CLI11 leaves it over and complains of a
/// missing subcommand, or shows the help when that was asked for further on.
std::optional<std::string> UnknownVerb(const CLI::App& app,
                                       const std::vector<std::string>& arguments) {
  const CLI::App* level = &app;
  for (const auto& word : arguments) {
    const auto verbs = level->get_subcommands([](const CLI::App*) { return true; });
    if (verbs.empty()) return std::nullopt;
    if (!word.empty() && word.front() == '-') continue;
    const auto found = std::find_if(verbs.begin(), verbs.end(),
                                    [&](const CLI::App* verb) { return verb->get_name() == word; });
    if (found == verbs.end()) return word;
    level = *found;
  }
  return std::nullopt;
}

}  // namespace

ExitCode RunCommandLine(const std::vector<AddVerb>& verbs, std::vector<std::string> arguments,
                        Terminal& terminal) {
  CLI::App app{"案卷 Docket: event-sourced casework for public resource trading", "docket"};
  app.require_subcommand(1);
  for (const AddVerb add : verbs) add(app, terminal);
  if (const auto unknown = UnknownVerb(app, arguments)) {
    terminal.err << "docket: 没有该命令 there is no such verb: " << *unknown
                 << "\nRun with --help for more information.\n";
    return ExitCode::kUsage;
  }
  try {
    // CLI11 takes a vector from its end.
    std::reverse(arguments.begin(), arguments.end());
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    const bool help = app.exit(error, terminal.out, terminal.err) == 0;
    return help ? ExitCode::kDone : ExitCode::kUsage;
  } catch (const std::exception& error) {
    terminal.err << "docket: " << error.what() << '\n';
    return ExitCode::kInfrastructure;
  }
  if (!terminal.out.flush()) {
    terminal.err << "docket: 无法写出结果 cannot write the result\n";
    return ExitCode::kInfrastructure;
  }
  return terminal.exit_code;
}

std::string ReadFile(const std::string& path, std::size_t bytes_max) {
  std::ifstream file(path, std::ios::binary);
  std::string text(bytes_max + 1, '\0');
  if (!file || file.read(text.data(), static_cast<std::streamsize>(text.size())).bad()) {
    throw FileUnreadable(path);
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string TextOf(const Json& json, std::string_view name, std::string_view absent) {
  const auto found = json.find(name);
  if (found == json.end()) return std::string(absent);
  return found->is_string() ? found->get<std::string>() : found->dump();
}

Json Problem(const Rejection& rejection) {
  Json problem = {{"code", rejection.code}, {"zh", rejection.zh}, {"en", rejection.en}};
  if (!rejection.basis.empty()) problem["basis"] = rejection.basis;
  Json fields = Json::array();
  for (const auto& field : rejection.fields) {
    fields.push_back(
        {{"pointer", field.pointer}, {"code", field.code}, {"zh", field.zh}, {"en", field.en}});
  }
  if (!fields.empty()) problem["fields"] = std::move(fields);
  return problem;
}

void PrintRefusal(const Rejection& rejection, Terminal& terminal) {
  terminal.err << CanonicalJson(Problem(rejection)) << '\n';
  terminal.exit_code = ExitCode::kRefused;
}

}  // namespace docket::cli
