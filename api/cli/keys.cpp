#include "api/cli/keys.hpp"

#include <optional>

#include "api/cli/progress.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/erasures/reindex.hpp"
#include "persistence/keys/key_rotation.hpp"
#include "persistence/open_store.hpp"

namespace docket::cli {

namespace {

struct KeysArguments {
  std::string cipher;  ///< Empty: it is only shown.
  std::string store;
  std::string keys;
  std::string kek;
  bool prune = false;
  bool json = false;
};

Expected<std::unique_ptr<KeyTable>> OpenTable(const KeysArguments& arguments) {
  return OpenKeyTable({.url = arguments.store, .keys_url = arguments.keys, .owner = "docket keys"});
}

void PrintSurvey(const KeySurvey& survey, bool json, Terminal& terminal) {
  if (json) {
    Json wrapped = Json::object();
    for (const auto& [kek, count] : survey.wrapped) wrapped[kek] = count;
    terminal.out << CanonicalJson({{"alive", survey.alive},
                                   {"destroyed", survey.destroyed},
                                   {"unwrapped", survey.unwrapped},
                                   {"wrapped", std::move(wrapped)}})
                 << '\n';
    return;
  }
  terminal.out << fmt::format("在用 alive {}  已销毁 destroyed {}  未加密 unwrapped {}\n",
                              survey.alive, survey.destroyed, survey.unwrapped);
  for (const auto& [kek, count] : survey.wrapped) {
    terminal.out << fmt::format("  密钥加密密钥 KEK {}  {}\n", kek, count);
  }
}

void ShowStatus(const KeysArguments& arguments, Terminal& terminal) {
  const auto table = OpenTable(arguments);
  if (!table) return PrintRefusal(table.error(), terminal);
  PrintSurvey(SurveyKeys(**table), arguments.json, terminal);
}

void Rotate(const KeysArguments& arguments, Terminal& terminal) {
  const auto keks = KeyEncryption::Open(arguments.kek);
  if (!keks) return PrintRefusal(keks.error(), terminal);
  const auto table = OpenTable(arguments);
  if (!table) return PrintRefusal(table.error(), terminal);
  std::optional<Progress> bar(std::in_place, terminal.err);
  const auto rotated =
      RotateKeys(**table, **keks, {.on_progress = [&](const RotationProgress& progress) {
        bar->Show("keys", progress.done, 0, fmt::format("{} rewrapped", progress.rewrapped));
      }});
  bar.reset();
  if (!rotated) return PrintRefusal(rotated.error(), terminal);
  if (arguments.json) {
    terminal.out << CanonicalJson(
                        {{"kek", (*keks)->CurrentId()}, {"rewrapped", rotated->rewrapped}})
                 << '\n';
    return;
  }
  terminal.out << fmt::format("已改由 {} 保护 rewrapped {} keys under it\n", (*keks)->CurrentId(),
                              rotated->rewrapped);
}

/// Shows it, or changes it for whoever opens the key store from now on.
void Cipher(const KeysArguments& arguments, Terminal& terminal) {
  const auto table = OpenTable(arguments);
  if (!table) return PrintRefusal(table.error(), terminal);
  const std::string name(kCipherSetting);
  if (!arguments.cipher.empty()) (*table)->Write({name, arguments.cipher});
  const std::string used =
      (*table)->FindSetting(name).value_or(std::string(NameOf(SealCipher::kXChaCha20Poly1305)));
  if (arguments.json) {
    terminal.out << CanonicalJson({{"cipher", used}}) << '\n';
    return;
  }
  terminal.out << fmt::format("新文本的加密算法 new texts are sealed with {}\n", used);
  if (!arguments.cipher.empty()) terminal.out << "重启各进程后生效 restart every process\n";
}

/// The log is only read, also beside the process that owns it.
void Reindex(const KeysArguments& arguments, Terminal& terminal) {
  std::shared_ptr<KeyEncryption> keks;
  if (!arguments.kek.empty()) {
    auto opened = KeyEncryption::Open(arguments.kek);
    if (!opened) return PrintRefusal(opened.error(), terminal);
    keks = std::move(*opened);
  }
  const auto store = OpenStore({.url = arguments.store, .access = StoreAccess::kReader});
  if (!store) return PrintRefusal(store.error(), terminal);
  const SystemClock clock;
  const auto log = (*store)->OpenLog(clock);
  auto table = OpenTable(arguments);
  if (!table) return PrintRefusal(table.error(), terminal);
  KeyTable& rows = **table;
  TableKeys keys(std::move(*table), keks);
  const std::int64_t head = log->ReadHead(LogId::kCases).position.value;
  std::optional<Progress> bar(std::in_place, terminal.err);
  const auto done =
      ReindexPersons(*log, rows, keys,
                     {.prune = arguments.prune, .on_progress = [&](const ReindexProgress& so_far) {
                        bar->Show("events", so_far.position.value, head,
                                  fmt::format("{} persons", so_far.persons));
                      }});
  bar.reset();
  if (arguments.json) {
    terminal.out << CanonicalJson({{"position", done.position.value},
                                   {"persons", done.persons},
                                   {"destroyed", done.destroyed}})
                 << '\n';
    return;
  }
  terminal.out << fmt::format(
      "已重建索引 indexed {} persons, 清除未用密钥 destroyed {} unused keys\n", done.persons,
      done.destroyed);
}

void AddOptions(CLI::App& verb, KeysArguments& arguments) {
  verb.add_option("--store", arguments.store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  verb.add_option("--keys", arguments.keys,
                  "密钥库 Key store, postgres://…; default: database NAME_keys of the same server");
  verb.add_flag("--json", arguments.json, "输出 JSON Print JSON");
}

}  // namespace

void AddKeysVerb(CLI::App& app, Terminal& terminal) {
  auto* keys = app.add_subcommand("keys", "密钥库 The key store");
  keys->require_subcommand(1);
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<KeysArguments>();
  auto* status =
      keys->add_subcommand("status", "密钥数量与保护情况 How many keys, wrapped by what");
  AddOptions(*status, *arguments);
  status->callback([arguments, &terminal] { ShowStatus(*arguments, terminal); });
  auto* rotate = keys->add_subcommand(
      "rotate", "更换密钥加密密钥，可中断后继续 Wrap all keys anew; goes on where it was stopped");
  AddOptions(*rotate, *arguments);
  rotate
      ->add_option("--kek", arguments->kek,
                   "密钥加密密钥 Key-encryption keys, file:PATH; the first line is the new one")
      ->required();
  rotate->callback([arguments, &terminal] { Rotate(*arguments, terminal); });
  auto* cipher = keys->add_subcommand(
      "cipher", "加密算法 With what new texts and documents are sealed, from the next start on");
  AddOptions(*cipher, *arguments);
  cipher->add_option("--use", arguments->cipher, "改用的算法 The cipher to use")
      ->check(CLI::IsMember({std::string(NameOf(SealCipher::kXChaCha20Poly1305)),
                             std::string(NameOf(SealCipher::kSm4Gcm))}));
  cipher->callback([arguments, &terminal] { Cipher(*arguments, terminal); });
  auto* reindex = keys->add_subcommand(
      "reindex", "重建个人索引 Build the index of persons again from the log and the keys");
  AddOptions(*reindex, *arguments);
  reindex->add_option("--kek", arguments->kek, "密钥加密密钥 Key-encryption keys, file:PATH");
  reindex->add_flag(
      "--prune", arguments->prune,
      "清除从未使用的密钥，须停止写入 Destroy keys of refused acts; stop writers first");
  reindex->callback([arguments, &terminal] { Reindex(*arguments, terminal); });
}

}  // namespace docket::cli
