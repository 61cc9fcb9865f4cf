#include "api/cli/migrate.hpp"

#include "persistence/migrate_store.hpp"

namespace docket::cli {

namespace {

struct MigrateArguments {
  std::string store;
  std::string keys;
  bool json = false;
};

void PrintParts(const std::vector<MigratedPart>& parts, std::ostream& out) {
  for (const auto& part : parts) {
    if (part.applied.empty()) out << part.name << "  无需迁移 up to date\n";
    for (const auto& name : part.applied) out << part.name << "  " << name << '\n';
  }
}

void PrintJson(const std::vector<MigratedPart>& parts, std::ostream& out) {
  Json json = Json::object();
  for (const auto& part : parts) json[part.name] = part.applied;
  out << CanonicalJson(json) << '\n';
}

void Run(const MigrateArguments& arguments, Terminal& terminal) {
  const auto parts = MigrateStore({.url = arguments.store, .keys_url = arguments.keys});
  if (!parts) return PrintRefusal(parts.error(), terminal);
  if (arguments.json) PrintJson(*parts, terminal.out);
  else PrintParts(*parts, terminal.out);
}

}  // namespace

void AddMigrateVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand("migrate", "迁移 Bring a store's schema up to date");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<MigrateArguments>();
  verb->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  verb->add_option("--keys", arguments->keys,
                   "密钥库 Key store, postgres://…, where it is elsewhere");
  verb->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  verb->callback([arguments, &terminal] { Run(*arguments, terminal); });
}

}  // namespace docket::cli
