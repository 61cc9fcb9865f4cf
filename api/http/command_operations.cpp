#include "api/http/command_operations.hpp"

#include <algorithm>

#include <fmt/ranges.h>

#include "api/http/case_reading.hpp"
#include "api/http/problem.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

const Tag kCommandsTag{"commands",
                       {"办理：立案与各项操作", "Acting: opening cases and working them"}};

template <class IsOne>
bool HoldsAny(const RowText& row, IsOne is_one) {
  return std::any_of(row.roles.begin(), row.roles.end(), is_one);
}

/// Rows by which somebody may act over HTTP: the system's own roles have no account.
bool IsForAccounts(const RowText& row) {
  return HoldsAny(row, [](Role role) { return SideOf(role) != Side::kSystem; });
}

bool IsForPeople(const RowText& row) {
  return HoldsAny(
      row, [](Role role) { return SideOf(role) != Side::kSystem && role != Role::kRecordKeeper; });
}

/// A command of one workflow, as it is documented.
struct Documented {
  const Description* workflow;
  const CommandText* command;
  std::vector<const RowText*> rows;

  bool Opens() const {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const RowText* row) { return row->from == workflow->initial; });
  }
  bool GoesOn() const {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const RowText* row) { return row->from != workflow->initial; });
  }
};

std::vector<Documented> AllCommands() {
  std::vector<Documented> all;
  for (const auto* workflow : AllWorkflows()) {
    const Description& description = workflow->Describe();
    for (const auto& command : description.commands) {
      Documented one{&description, &command, {}};
      for (const auto& row : description.rows) {
        if (row.command == command.name && IsForAccounts(row)) one.rows.push_back(&row);
      }
      if (!one.rows.empty()) all.push_back(std::move(one));
    }
  }
  return all;
}

/// `open_account` as `OpenAccount`.
std::string Camel(std::string_view snake) {
  std::string camel;
  bool upper = true;
  for (const char c : snake) {
    if (c == '_') {
      upper = true;
    } else {
      camel += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      upper = false;
    }
  }
  return camel;
}

/// `open_account` as `open account`.
std::string Spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

/// The command's own schema in place of `data`, which may be left out where it asks for nothing.
Json BodyWith(Json body, const Documented& one) {
  const CommandText& command = *one.command;
  body["properties"]["data"] =
      schema::Component(Camel(one.workflow->name) + Camel(command.name) + "Data",
                        schema::Titled(command.zh, command.schema));
  body["properties"]["back_entry"][schema::kComponentMark] = "BackEntry";
  body["properties"]["occurred_at"] = {
      {"title", "发生时间"},
      {"type", "string"},
      {"anyOf", {{{"format", "date-time"}}, {{"format", "date"}}}}};
  auto required = body.value("required", std::set<std::string>());
  if (command.schema.contains("required")) required.insert("data");
  body.erase("required");
  if (!required.empty()) body["required"] = required;
  return body;
}

Json Constant(const std::string& value, const std::string& zh) {
  return {{"const", value}, {"type", "string"}, {"title", zh}};
}

/// One of several bodies, told apart by a member.
Json OneOfBodies(std::vector<Json> bodies) {
  if (bodies.size() == 1) return bodies.front();
  return {{"oneOf", std::move(bodies)}};
}

void AddRefusal(std::vector<Rejection>& problems, RejectionKind kind, const Refusal& refusal) {
  Rejection problem(kind, refusal);
  problem.fields.clear();
  const auto same = [&](const Rejection& known) { return known.code == problem.code; };
  if (std::none_of(problems.begin(), problems.end(), same)) problems.push_back(std::move(problem));
}

/// What the table itself refuses this command with.
void AddRefusals(std::vector<Rejection>& problems, const Documented& one) {
  for (const auto& refusal : one.workflow->standing) {
    AddRefusal(problems, RejectionKind::kForbidden, refusal);
  }
  for (const auto* row : one.rows) {
    if (!row->apart.empty()) {
      AddRefusal(problems, RejectionKind::kForbidden, kSeparationOfDuties);
    }
    for (const auto& guard : row->guards) {
      AddRefusal(problems, RejectionKind::kRefused, guard);
    }
  }
}

/// What the engine refuses any command with.
std::vector<Rejection> EngineProblems() {
  std::vector<Rejection> problems;
  AddRefusal(problems, RejectionKind::kNotFound, kUnknownCommand);
  AddRefusal(problems, RejectionKind::kRefused, kCommandNotAllowedInState);
  AddRefusal(problems, RejectionKind::kForbidden, kRoleNotPermitted);
  AddRefusal(problems, RejectionKind::kForbidden, kRecorderNotPermitted);
  AddRefusal(problems, RejectionKind::kRefused, kUnknownActor);
  AddRefusal(problems, RejectionKind::kRefused, kBackEntryRequired);
  AddRefusal(problems, RejectionKind::kRefused, kOccurredInFuture);
  AddRefusal(problems, RejectionKind::kRefused, kOccurredBeforeLastAct);
  AddRefusal(problems, RejectionKind::kConflict, kCommandIdReused);
  AddRefusal(problems, RejectionKind::kRefused, kSubjectErased);
  AddRefusal(problems, RejectionKind::kOverloaded, kContention);
  return problems;
}

std::vector<Rejection> ActingProblems() {
  auto problems = EngineProblems();
  problems.push_back(UnknownCase());
  problems.push_back(CaseNotReadable());
  AddRefusal(problems, RejectionKind::kConflict, kStaleVersion);
  return problems;
}

Parameter IdempotencyKeyInHeader() {
  return InHeader("Idempotency-Key", IdempotencyKey(),
                  {"幂等键，按账号区分：同键同内容重发得到首次的结果",
                   "Scoped to the account: the same key and content give the first answer again"});
}

Parameter IfMatchInHeader() {
  return InHeader(
      "If-Match", VersionTag(),
      {"案件的 ETag：他人已办理则拒绝", "The case's ETag: refused when people have acted since"});
}

Json OutcomeSchema() {
  using namespace schema;
  return Component("Outcome", Object({{"case_id", Titled("案件编号", Text())},
                                      {"workflow", Titled("流程", Text())},
                                      {"version", Titled("版本", Integer())},
                                      {"people_version", Titled("人工办理版本", Integer())},
                                      {"epoch", Titled("事件库分期", Text())},
                                      {"position", Titled("末一事件的位置", Integer())},
                                      {"state", Titled("状态", Text())},
                                      {"state_zh", Text()},
                                      {"events", Titled("事件", ListOf(Text()))},
                                      {"repeated", Titled("重发", Boolean())}}));
}

std::vector<HeaderText> OutcomeHeaders() {
  return {{"ETag", schema::Text(), {"人工办理版本", "The people's version, quoted"}},
          {"Docket-Position",
           schema::Integer(),
           {"末一事件的位置", "The last event's position, for `min_position`"}}};
}

/// Who gives a command, and in which states, as lists of words.
struct Performers {
  std::string roles;
  std::string roles_zh;
  std::string states;
};

Performers PerformersOf(const Documented& one) {
  std::set<Role> roles;
  std::vector<std::string> states;
  for (const auto* row : one.rows) {
    roles.insert(row->roles.begin(), row->roles.end());
    if (std::find(states.begin(), states.end(), row->from) == states.end()) {
      states.push_back(row->from);
    }
  }
  std::erase_if(roles, [](Role role) { return SideOf(role) == Side::kSystem; });
  std::vector<std::string_view> names;
  std::vector<std::string_view> names_zh;
  for (const Role role : roles) {
    names.push_back(NameOf(role));
    names_zh.push_back(ChineseOf(role));
  }
  return {fmt::format("{}", fmt::join(names, "`, `")), fmt::format("{}", fmt::join(names_zh, "、")),
          fmt::format("{}", fmt::join(states, "`, `"))};
}

/// Commands of one name, of whichever workflows, as one operation.
Variant VariantOf(const std::vector<const Documented*>& named) {
  const CommandText& first = *named.front()->command;
  Variant variant{.value = first.name, .id = "act" + Camel(first.name)};
  std::vector<Json> bodies;
  for (const auto* one : named) {
    const std::string& workflow = one->workflow->name;
    const auto& zh = one->command->zh;
    variant.summary.zh += (variant.summary.zh.empty() ? "" : "；") + zh;
    const Performers by = PerformersOf(*one);
    variant.details.zh += fmt::format("{}：{}，由{}办理。", one->workflow->zh, zh, by.roles_zh);
    variant.details.en +=
        fmt::format("Of workflow `{}`, by `{}`, in state `{}`. ", workflow, by.roles, by.states);
    const Json body = BodyWith(Schema<ActBody>(), *one);
    if (!body.contains("required")) variant.body_optional = true;
    bodies.push_back(schema::Component(Camel(workflow) + Camel(first.name) + "Request", body));
    AddRefusals(variant.problems, *one);
  }
  variant.details.en.pop_back();
  variant.summary.en = "Command: " + Spaced(first.name);
  variant.body = bodies.size() == 1 ? bodies.front() : Json{{"anyOf", bodies}};
  return variant;
}

}  // namespace

std::set<std::string> OpeningCommands(const Description& description) {
  std::set<std::string> names;
  for (const auto& row : description.rows) {
    if (row.from == description.initial && IsForPeople(row)) names.insert(row.command);
  }
  return names;
}

Operation OpenCaseOperation() {
  std::vector<Json> bodies;
  auto problems = EngineProblems();
  AddRefusal(problems, RejectionKind::kNotFound, kUnknownWorkflow);
  AddRefusal(problems, RejectionKind::kForbidden, kOutsideScope);
  for (const auto& one : AllCommands()) {
    if (!one.Opens()) continue;
    const auto& name = one.command->name;
    Json body = BodyWith(Schema<OpenBody>(), one);
    body["properties"]["workflow"] = Constant(one.workflow->name, "流程");
    body["properties"]["name"] = Constant(name, "命令");
    const auto opening = OpeningCommands(*one.workflow);
    const bool by_default = opening.size() == 1 && opening.contains(name);
    if (!by_default) body["required"].push_back("name");
    bodies.push_back(
        schema::Component(Camel(one.workflow->name) + Camel(name) + "Opening", std::move(body)));
    AddRefusals(problems, one);
  }
  auto headers = OutcomeHeaders();
  headers.push_back({"Location", schema::Text(), {"案件的地址", "Where the case is"}});
  return {.id = "openCase",
          .tag = kCommandsTag,
          .summary = {"立案", "Open a case"},
          .details = {"不指定 name 时为该流程唯一的立案命令。",
                      "Without `name`: the one command with which people open such a case."},
          .parameters = {IdempotencyKeyInHeader()},
          .body = OneOfBodies(std::move(bodies)),
          .answers = {{.status = status::kCreated,
                       .about = {"已立案", "The case is open"},
                       .schema = OutcomeSchema(),
                       .headers = std::move(headers)}},
          .problems = std::move(problems)};
}

Operation ActInOrderOperation() {
  std::vector<Json> commands;
  auto problems = ActingProblems();
  for (const auto& one : AllCommands()) {
    if (!one.GoesOn()) continue;
    const auto& name = one.command->name;
    Json body = BodyWith(Schema<CommandInput>(), one);
    body["properties"]["name"] = Constant(name, "命令");
    commands.push_back(
        schema::Component(Camel(one.workflow->name) + Camel(name) + "Command", std::move(body)));
    AddRefusals(problems, one);
  }
  Json list = Schema<ListBody>();
  list["properties"]["commands"]["items"] = {{"anyOf", std::move(commands)}};
  list["properties"]["commands"]["minItems"] = 1;
  list["properties"]["commands"]["maxItems"] = kCommandsMax;
  list["required"] = {"commands"};
  return {.id = "actInOrder",
          .tag = kCommandsTag,
          .summary = {"依次办理多项，全部成功或全部不作", "Give commands in order: all or none"},
          .parameters = {CaseIdInPath(), IdempotencyKeyInHeader(), IfMatchInHeader()},
          .body = std::move(list),
          .answers = {{.status = status::kOk,
                       .about = {"已办理", "All of them are done"},
                       .schema = OutcomeSchema(),
                       .headers = OutcomeHeaders()}},
          .problems = std::move(problems)};
}

Operation ActOperation() {
  const auto all = AllCommands();
  std::map<std::string, std::vector<const Documented*>> by_name;
  for (const auto& one : all) {
    if (one.GoesOn()) by_name[one.command->name].push_back(&one);
  }
  std::vector<Variant> variants;
  std::vector<std::string> names;
  for (const auto& [name, named] : by_name) {
    variants.push_back(VariantOf(named));
    names.push_back(name);
  }
  ValueType type = AnyText();
  type.schema["enum"] = names;
  return {.id = "act",
          .tag = kCommandsTag,
          .summary = {"办理", "Give a case a command"},
          .details = {"occurred_at 为日期或时间，缺省为现在；早于今日须有 back_entry。",
                      "`occurred_at` is a date or an instant, by default now; a day before today "
                      "needs `back_entry`."},
          .parameters = {CaseIdInPath(), InPath("name", std::move(type), {"命令", "The command"}),
                         IdempotencyKeyInHeader(), IfMatchInHeader()},
          .body = Schema<ActBody>(),
          .body_optional = true,
          .answers = {{.status = status::kOk,
                       .about = {"已办理", "It is done"},
                       .schema = OutcomeSchema(),
                       .headers = OutcomeHeaders()}},
          .problems = ActingProblems(),
          .variants = std::move(variants)};
}

}  // namespace docket::http
