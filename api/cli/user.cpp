#include "api/cli/user.hpp"

#include <fstream>
#include <functional>

#include "api/application.hpp"
#include "workflows/account/commands.hpp"

namespace docket::cli {

namespace {

struct UserArguments {
  std::string store;
  std::string keys;
  std::string kek;
  std::string office;
  bool virtual_clock = false;

  std::string account;
  std::string holder;
  std::string unit;
  std::string role = "system_administrator";
  std::string responsibilities = "系统管理";
  bool identity_verified = false;
  bool forget_second_factor = false;
  std::string certificate;
  std::string login;
  bool json = false;
};

constexpr std::size_t kListPage = 200;

/// Who works at the machine itself. Its acts are limited like the system administrator's.
const Actor& Operator() {
  static const Actor actor{ActorId("docket-user"), UnitId("docket"), {Role::kSystemAdministrator}};
  return actor;
}

using Use = std::function<void(Application&, const UserArguments&, Terminal&)>;

void WithApplication(const UserArguments& arguments, Terminal& terminal, const Use& use) {
  auto office = Office::Load(arguments.office);
  if (!office) return PrintRefusal(office.error(), terminal);
  ApplicationOptions options;
  options.store_url = arguments.store;
  options.keys_url = arguments.keys;
  options.kek = arguments.kek;
  options.owner = "docket user";
  options.virtual_clock = arguments.virtual_clock;
  const auto application = Application::Open(options, std::move(*office));
  if (!application) return PrintRefusal(application.error(), terminal);
  use(**application, arguments, terminal);
}

void PrintPassword(const Expected<std::string>& password, Terminal& terminal) {
  if (!password) return PrintRefusal(password.error(), terminal);
  terminal.out << "一次性密码（仅显示一次） One-time password, shown once: " << *password << '\n';
}

void Bootstrap(Application& application, const UserArguments& arguments, Terminal& terminal) {
  const Json opening = {{"account", arguments.account},
                        {"holder", arguments.holder},
                        {"unit", arguments.unit},
                        {"roles", {arguments.role}},
                        {"responsibilities", arguments.responsibilities}};
  PrintPassword(application.Logins().Bootstrap(ActorId(arguments.account), opening), terminal);
}

void Reset(Application& application, const UserArguments& arguments, Terminal& terminal) {
  PrintPassword(application.Logins().ResetPassword(
                    Operator(), {ActorId(arguments.account),
                                 {arguments.forget_second_factor, arguments.identity_verified}}),
                terminal);
}

void Unlock(Application& application, const UserArguments& arguments, Terminal& terminal) {
  const auto unlocked =
      application.Logins().Act(Operator(), {ActorId(arguments.account), account::Unlock::kName,
                                            Encode(account::Unlock{arguments.identity_verified})});
  if (!unlocked) return PrintRefusal(unlocked.error(), terminal);
  terminal.out << "已解锁 Unlocked: " << arguments.account << '\n';
}

void PrintLogin(const BoundLogins::Login& login, std::ostream& out) {
  const auto& record = login.record;
  out << fmt::format("{}  {}  {}", record.id, ChineseOf(record.kind), record.issuer);
  if (record.serial) out << "  " << *record.serial;
  if (record.valid_until) out << "  " << record.valid_until->ToString();
  if (record.revoked_at) out << "  已吊销 revoked";
  out << '\n';
}

/// The text of a small file; refused where there is none.
Expected<std::string> ReadCertificate(const std::string& path) {
  constexpr std::size_t kBytesMax = 64 * 1024;
  std::ifstream file(path, std::ios::binary);
  std::string text(kBytesMax, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.empty()) return Refuse(RejectionKind::kInvalid, kCertificateUnreadable);
  return text;
}

void BindCertificate(Application& application, const UserArguments& arguments, Terminal& terminal) {
  auto text = ReadCertificate(arguments.certificate);
  if (!text) return PrintRefusal(text.error(), terminal);
  const auto login = application.Logins().BindLogin(
      Operator(), {ActorId(arguments.account), account::LoginKind::kCertificate, std::move(*text)});
  if (!login) return PrintRefusal(login.error(), terminal);
  PrintLogin(*login, terminal.out);
}

void ListLogins(Application& application, const UserArguments& arguments, Terminal& terminal) {
  const auto logins = application.Logins().LoginsOf(Operator(), ActorId(arguments.account));
  if (!logins) return PrintRefusal(logins.error(), terminal);
  for (const auto& login : *logins) PrintLogin(login, terminal.out);
}

void RevokeLogin(Application& application, const UserArguments& arguments, Terminal& terminal) {
  const auto revoked =
      application.Logins().RevokeLogin(Operator(), {ActorId(arguments.account), arguments.login});
  if (!revoked) return PrintRefusal(revoked.error(), terminal);
  terminal.out << "已吊销 Revoked: " << arguments.login << '\n';
}

Json AccountJson(const AccountRecord& record, const CaseRow& row) {
  return {{"account", record.account.value}, {"state", record.state},
          {"unit", record.unit.value},       {"roles", Encode(record.roles)},
          {"case_id", row.case_id.value},    {"flags", row.summary.flags}};
}

void PrintAccount(const AccountRecord& record, const CaseRow& row, std::ostream& out) {
  std::string roles;
  for (const Role role : record.roles) {
    roles += (roles.empty() ? "" : "、") + std::string(ChineseOf(role));
  }
  const auto* const state = FindWorkflow("account")->Describe().FindState(record.state);
  out << fmt::format("{}  {}  {}  {}", record.account.value, state->zh, record.unit.value, roles);
  for (const auto& flag : row.summary.flags) out << "  " << flag;
  out << '\n';
}

void List(Application& application, const UserArguments& arguments, Terminal& terminal) {
  if (!application.CatchUp()) throw StoreError("the views did not catch up");
  CaseFilter filter{.workflow = "account", .limit = kListPage};
  Json accounts = Json::array();
  do {
    const auto page = application.Views().ListCases(filter);
    for (const auto& row : page.rows) {
      const auto record = application.Logins().Accounts().FindRecord(ActorId(row.summary.title));
      if (!record || record->case_id != row.case_id) continue;
      if (arguments.json) accounts.push_back(AccountJson(*record, row));
      else PrintAccount(*record, row, terminal.out);
    }
    filter.after = page.next;
  } while (!filter.after.empty());
  if (arguments.json) terminal.out << CanonicalJson(accounts) << '\n';
}

CLI::App* AddUse(CLI::App& user, const std::string& name, const std::string& text, const Use& use,
                 const std::shared_ptr<UserArguments>& arguments, Terminal& terminal) {
  auto* verb = user.add_subcommand(name, text);
  verb->add_option("--store", arguments->store, "存储 Store, sqlite:PATH or postgres://…")
      ->required();
  verb->add_option("--keys", arguments->keys, "密钥库 Key store, as of `docket serve`");
  verb->add_option("--kek", arguments->kek,
                   "密钥加密密钥 Key-encryption key, file:PATH or pkcs11:…");
  verb->add_option("--office", arguments->office, "机构文件 Office file")->required();
  verb->add_flag("--virtual-clock", arguments->virtual_clock, "虚拟时钟 Virtual clock, as left");
  verb->callback([arguments, &terminal, use] { WithApplication(*arguments, terminal, use); });
  return verb;
}

void AddAccount(CLI::App& verb, UserArguments& arguments) {
  verb.add_option("--account", arguments.account, "账号 Name of the account")->required();
}

}  // namespace

void AddUserVerb(CLI::App& app, Terminal& terminal) {
  auto* user = app.add_subcommand("user", "账号 Accounts, from the machine itself");
  user->require_subcommand(1);
  // Shared, because the app keeps both the options' addresses and the callbacks that read them.
  const auto arguments = std::make_shared<UserArguments>();
  auto* bootstrap = AddUse(*user, "bootstrap", "开通首个管理员账号 Open the first administrator",
                           Bootstrap, arguments, terminal);
  AddAccount(*bootstrap, *arguments);
  bootstrap->add_option("--holder", arguments->holder, "持有人 Holder's name")->required();
  bootstrap->add_option("--unit", arguments->unit, "单位编号 Unit of the office file")->required();
  bootstrap->add_option("--role", arguments->role, "角色 Role")
      ->check(CLI::IsMember({"system_administrator", "unit_administrator"}))
      ->capture_default_str();
  bootstrap->add_option("--responsibilities", arguments->responsibilities,
                        "职责权限 Shown to the holder");
  auto* list = AddUse(*user, "list", "列出账号 List accounts", List, arguments, terminal);
  list->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  auto* unlock = AddUse(*user, "unlock", "解锁管理员账号 Unlock an administrator", Unlock,
                        arguments, terminal);
  AddAccount(*unlock, *arguments);
  unlock->add_flag("--identity-verified", arguments->identity_verified,
                   "已核验身份 The holder's identity was verified");
  auto* reset = AddUse(*user, "reset", "重置管理员密码 Give an administrator a one-time password",
                       Reset, arguments, terminal);
  AddAccount(*reset, *arguments);
  reset->add_flag("--forget-second-factor", arguments->forget_second_factor,
                  "同时注销第二因子 The device was lost");
  reset->add_flag("--identity-verified", arguments->identity_verified,
                  "已核验身份 The holder's identity was verified");
  auto* bind = AddUse(*user, "bind-certificate",
                      "绑定管理员数字证书 Bind a certificate to an administrator's account",
                      BindCertificate, arguments, terminal);
  AddAccount(*bind, *arguments);
  bind->add_option("--certificate", arguments->certificate, "证书文件 File, PEM")->required();
  auto* logins = AddUse(*user, "logins", "列出管理员登录凭证 List an administrator's certificates",
                        ListLogins, arguments, terminal);
  AddAccount(*logins, *arguments);
  auto* revoke = AddUse(*user, "revoke-login", "吊销管理员登录凭证 Revoke one of them", RevokeLogin,
                        arguments, terminal);
  AddAccount(*revoke, *arguments);
  revoke->add_option("--login", arguments->login, "凭证编号 Its id, as listed")->required();
}

}  // namespace docket::cli
