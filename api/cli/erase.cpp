#include "api/cli/erase.hpp"

#include <functional>
#include <iterator>

#include "api/application.hpp"
#include "api/render/erasure_json.hpp"

namespace docket::cli {

namespace {

constexpr std::chrono::minutes kAwaitDone{2};

struct EraseArguments {
  std::string store;
  std::string keys;
  std::string kek;
  std::string office;
  bool virtual_clock = false;

  std::string case_id;
  std::string party;
  std::string person;
  std::string basis;
  std::string asked_by;
  std::string reference;
  bool shared = false;
  std::string reason;
  std::string until;
  std::string hold;
};

/// Who works at the machine itself: its erasures reach every case.
ErasureActor Operator() {
  return {ActorId("docket-erase"), UnitId("docket"), Role::kSystemOperator};
}
bool Everywhere(const StreamId&, const CaseModel&) { return true; }

using Use = std::function<Expected<Json>(Application&, const EraseArguments&, Terminal&)>;

void WithApplication(const EraseArguments& arguments, Terminal& terminal, const Use& use) {
  auto office = Office::Load(arguments.office);
  if (!office) return PrintRefusal(office.error(), terminal);
  ApplicationOptions options;
  options.store_url = arguments.store;
  options.keys_url = arguments.keys;
  options.kek = arguments.kek;
  options.owner = "docket erase";
  options.virtual_clock = arguments.virtual_clock;
  const auto application = Application::Open(options, std::move(*office));
  if (!application) return PrintRefusal(application.error(), terminal);
  const auto answer = use(**application, arguments, terminal);
  if (!answer) return PrintRefusal(answer.error(), terminal);
  terminal.out << CanonicalJson(*answer) << '\n';
}

/// The person as JSON: never as words of a command line, which everybody on the machine sees.
Expected<PersonalDetails> ReadPerson(const std::string& path, Terminal& terminal) {
  const std::string text = path == "-"
                               ? std::string(std::istreambuf_iterator<char>(terminal.in), {})
                               : ReadFile(path, kTextBytesMax);
  const auto json = ParseJson(text);
  if (!json) return tl::unexpected(json.error());
  return Decode<PersonalDetails>(*json);
}

Expected<ErasureWish> WishOf(const EraseArguments& arguments, Terminal& terminal) {
  ErasureWish wish{.at = {}, .person = {}, .shared = arguments.shared};
  if (!arguments.case_id.empty()) {
    wish.at = PersonPlace{StreamId(arguments.case_id), arguments.party};
  }
  if (!arguments.person.empty()) {
    auto person = ReadPerson(arguments.person, terminal);
    if (!person) return tl::unexpected(person.error());
    wish.person = std::move(*person);
  }
  return wish;
}

Expected<Json> Plan(Application& application, const EraseArguments& arguments, Terminal& terminal) {
  const auto wish = WishOf(arguments, terminal);
  if (!wish) return tl::unexpected(wish.error());
  const auto plan = application.PersonalData().Plan(*wish, Everywhere);
  if (!plan) return tl::unexpected(plan.error());
  return PlanJson(*plan);
}

Expected<Json> Run(Application& application, const EraseArguments& arguments, Terminal& terminal) {
  const auto wish = WishOf(arguments, terminal);
  if (!wish) return tl::unexpected(wish.error());
  ErasureGrounds grounds{
      *FromName<ErasureBasis>(arguments.basis), *FromName<ErasureAskedBy>(arguments.asked_by), {}};
  if (!arguments.reference.empty()) {
    grounds.reference = RequestNumber(arguments.reference);
    if (!grounds.reference->IsWellFormed()) {
      return Refuse(RejectionKind::kInvalid, RequestNumber::kMalformed);
    }
  }
  const auto ordered =
      application.PersonalData().Order(*wish, grounds, Operator(), CommandId(), Everywhere);
  if (!ordered) return tl::unexpected(ordered.error());
  application.Erasing().Wake();
  const auto done = application.Erasing().Await(ordered->order.id, kAwaitDone);
  if (!done || !done->erased_at) {
    throw StoreError("ordered, but not done yet: it goes on when the store is opened again");
  }
  return ErasureJson(*done);
}

Expected<Json> ListErasures(Application& application, const EraseArguments&, Terminal&) {
  Json list = Json::array();
  for (const auto& erasure : application.PersonalData().List()) {
    Json one = ErasureJson(erasure);
    // By their names it can be said again what must be gone, to a log that does not know.
    one["cases"] = Encode(erasure.order.cases);
    list.push_back(std::move(one));
  }
  return list;
}

Expected<Json> Hold(Application& application, const EraseArguments& arguments, Terminal&) {
  std::optional<Date> until;
  if (!arguments.until.empty()) {
    until = Date::Parse(arguments.until);
    if (!until) {
      return Refuse(RejectionKind::kInvalid, {"date_invalid", "日期无效，应为 YYYY-MM-DD",
                                              "not a date: expected YYYY-MM-DD"});
    }
  }
  const auto hold = application.PersonalData().PlaceHold(
      {StreamId(arguments.case_id), arguments.reason, until}, Operator());
  if (!hold) return tl::unexpected(hold.error());
  return Json{{"hold", *hold}};
}

Expected<Json> Lift(Application& application, const EraseArguments& arguments, Terminal&) {
  const auto lifted = application.PersonalData().LiftHold(
      StreamId(arguments.case_id), arguments.hold, arguments.reason, Operator());
  if (!lifted) return tl::unexpected(lifted.error());
  return Json{{"hold", arguments.hold}};
}

CLI::App* AddUse(CLI::App& erase, const std::string& name, const std::string& text, const Use& use,
                 const std::shared_ptr<EraseArguments>& arguments, Terminal& terminal) {
  auto* verb = erase.add_subcommand(name, text);
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

void AddWish(CLI::App& verb, EraseArguments& arguments) {
  auto* case_id = verb.add_option("--case", arguments.case_id, "当事人所在案卷 A case");
  verb.add_option("--party", arguments.party, "当事人 Party: complainant, respondents/0")
      ->needs(case_id);
  verb.add_option("--person", arguments.person,
                  "识别信息 JSON 文件，- 为标准输入 Who it is: a JSON file, or - for the input");
  verb.add_flag("--shared", arguments.shared,
                "连同涉及他人的文本 Also texts that may concern others");
}

template <Named E>
CLI::IsMember NamesOf() {
  std::vector<std::string> names;
  for (const auto& entry : EnumTable<E>::kNames) names.emplace_back(entry.name);
  return CLI::IsMember(names);
}

}  // namespace

void AddEraseVerb(CLI::App& app, Terminal& terminal) {
  auto* erase = app.add_subcommand("erase", "删除个人信息 Erase a person (个人信息保护法 47)");
  erase->require_subcommand(1);
  // Shared, because the app keeps both the options' addresses and the callbacks that read them.
  const auto arguments = std::make_shared<EraseArguments>();
  AddWish(*AddUse(*erase, "plan", "将删除的内容和障碍 What would go, and what stands in the way",
                  Plan, arguments, terminal),
          *arguments);
  auto* run = AddUse(*erase, "run", "删除 Erase, in all cases", Run, arguments, terminal);
  AddWish(*run, *arguments);
  run->add_option("--basis", arguments->basis, "法定情形 Ground of law")
      ->required()
      ->check(NamesOf<ErasureBasis>());
  run->add_option("--asked-by", arguments->asked_by, "提出人 On whose motion")
      ->required()
      ->check(NamesOf<ErasureAskedBy>());
  run->add_option("--reference", arguments->reference, "收文编号 Number of the request");
  AddUse(*erase, "list", "历次删除 All erasures", ListErasures, arguments, terminal);
  auto* hold =
      AddUse(*erase, "hold", "保留 Keep a case's personal data", Hold, arguments, terminal);
  auto* lift = AddUse(*erase, "lift", "解除保留 Lift a hold", Lift, arguments, terminal);
  for (auto* verb : {hold, lift}) {
    verb->add_option("--case", arguments->case_id, "案卷 The case")->required();
    verb->add_option("--reason", arguments->reason, "理由 Why")->required();
  }
  hold->add_option("--until", arguments->until, "保留至 Last day, YYYY-MM-DD");
  lift->add_option("--hold", arguments->hold, "保留编号 Its id")->required();
}

}  // namespace docket::cli
