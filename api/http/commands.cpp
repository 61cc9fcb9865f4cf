/// POST /v1/cases and POST /v1/cases/{id}/commands…: how cases are opened and worked.
#include <set>

#include "api/http/case_reading.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/case_json.hpp"

namespace docket::http {

namespace {

/// Body of POST /v1/cases.
struct OpenBody {
  std::string workflow;
  std::optional<std::string> name;
  Json data = Json::object();
  std::optional<std::string> occurred_at;
  std::optional<BackEntry> back_entry;

  static constexpr auto Fields() {
    return std::tuple{Field{"workflow", &OpenBody::workflow, "流程"},
                      Field{"name", &OpenBody::name, "命令"},
                      Field{"data", &OpenBody::data, "内容"},
                      Field{"occurred_at", &OpenBody::occurred_at, "发生时间"},
                      Field{"back_entry", &OpenBody::back_entry, "补录"}};
  }
};

/// Body of POST /v1/cases/{id}/commands/{name}.
struct ActBody {
  std::optional<Json> data;
  std::optional<std::string> occurred_at;
  std::optional<BackEntry> back_entry;

  static constexpr auto Fields() {
    return std::tuple{Field{"data", &ActBody::data, "内容"},
                      Field{"occurred_at", &ActBody::occurred_at, "发生时间"},
                      Field{"back_entry", &ActBody::back_entry, "补录"}};
  }
};

/// Body of POST /v1/cases/{id}/commands.
struct ListBody {
  std::vector<CommandInput> commands;

  static constexpr auto Fields() {
    return std::tuple{Field{"commands", &ListBody::commands, "命令列表"}};
  }
};

template <class Body>
Expected<Body> BodyOf(const Request& request) {
  const auto json = ParseJson(request.body.empty() ? "{}" : request.body);
  if (!json) return tl::unexpected(json.error());
  return Decode<Body>(*json);
}

bool IsForPeople(const RowText& row) {
  return std::any_of(row.roles.begin(), row.roles.end(),
                     [](Role role) { return role != Role::kClock && role != Role::kRecordKeeper; });
}

/// The one command with which people open such a case; commands for recorded history are none.
Expected<std::string> OpeningCommand(const Description& description) {
  std::set<std::string> names;
  for (const auto& row : description.rows) {
    if (row.from == description.initial && IsForPeople(row)) names.insert(row.command);
  }
  if (names.size() == 1) return *names.begin();
  FieldErrors errors;
  json_detail::AddMissing(errors, "/name");
  return tl::unexpected(InvalidFields(std::move(errors)));
}

/// A repeat answers like the first time: the engine no longer has the events at hand.
std::vector<std::string> EventsOf(const Services& services, const CommandOutcome& outcome,
                                  const CommandRequest& command) {
  if (!outcome.repeated) return outcome.events;
  std::vector<std::string> types;
  const auto events = services.engine.Timeline(outcome.case_id, {std::nullopt, outcome.position});
  if (!events) return types;
  for (const auto& [event, data] : *events) {
    const bool own = event.command_id == command.command_id &&
                     (event.recorded_by == command.sender.id || event.actor == ClockActor().id);
    if (own) types.push_back(event.type);
  }
  return types;
}

Response OutcomeResponse(const Services& services, const CommandOutcome& outcome,
                         const CommandRequest& command) {
  const auto* workflow = WorkflowOf(outcome.case_id);
  const std::string name(workflow == nullptr ? "" : workflow->Name());
  const Access shown = IsPortalOnly(command.sender) ? Access::kParty : Access::kSealed;
  const std::string state = StateFor(shown, name, outcome.state);
  Response response = JsonResponse({{"case_id", outcome.case_id.value},
                                    {"workflow", name},
                                    {"version", outcome.version.value},
                                    {"people_version", outcome.people_version.value},
                                    {"epoch", outcome.epoch.value},
                                    {"position", outcome.position.value},
                                    {"state", state},
                                    {"state_zh", StateText(name, state)},
                                    {"events", EventsOf(services, outcome, command)},
                                    {"repeated", outcome.repeated}});
  response.Set("ETag", ETagOf(outcome.people_version));
  response.Set("Docket-Position", std::to_string(outcome.position.value));
  return response;
}

/// The account, the key and the precondition: what every request to the engine carries.
Expected<CommandRequest> RequestFor(const Request& request) {
  const auto command_id = CommandIdOf(request);
  if (!command_id) return tl::unexpected(command_id.error());
  const auto if_match = IfMatchOf(request);
  if (!if_match) return tl::unexpected(if_match.error());
  CommandRequest command;
  command.sender = request.actor;
  command.command_id = *command_id;
  command.if_people_version = *if_match;
  return command;
}

/// Whose acts these are, as far as their accounts are known.
std::vector<Actor> DoersOf(const Services& services, const CommandRequest& command) {
  std::vector<Actor> doers;
  for (const auto& input : command.commands) {
    const bool own = !input.back_entry || input.back_entry->actor == command.sender.id;
    const auto other =
        own ? std::nullopt : services.engine.Ports().directory.FindActor(input.back_entry->actor);
    doers.push_back(own ? command.sender : other.value_or(Actor()));
  }
  return doers;
}

/// Turns away who may not send these commands, before anything is said of the case. The command
/// keeps it: what it refers to outlives the command.
void Admit(const Services& services, const Request& request, const std::vector<Actor>& doers,
           CommandRequest& command) {
  command.admit = [&](const CaseModel& model) -> std::optional<Rejection> {
    const bool opens = command.case_id.empty();
    const auto* workflow = opens ? FindWorkflow(command.workflow) : WorkflowOf(command.case_id);
    std::vector<Act> acts;
    for (std::size_t i = 0; i < doers.size(); ++i) {
      acts.push_back({command.commands[i].name, doers[i].id.empty() ? nullptr : &doers[i]});
    }
    const Reader sender = ReaderOf(services, request);
    if (opens) return RefusalToOpen(workflow->Describe(), sender, acts.front());
    return RefusalToAct(OutlineOf(workflow->Name(), model.Summary(), model.OpenedBy()),
                        model.State(), sender, acts);
  };
}

Expected<Response> Open(const Services& services, const Request& request) {
  auto body = BodyOf<OpenBody>(request);
  if (!body) return tl::unexpected(body.error());
  auto command = RequestFor(request);
  if (!command) return tl::unexpected(command.error());
  if (!body->name) {
    const auto* workflow = FindWorkflow(body->workflow);
    // The engine refuses an unknown workflow, in its own words.
    if (workflow != nullptr) {
      const auto name = OpeningCommand(workflow->Describe());
      if (!name) return tl::unexpected(name.error());
      body->name = *name;
    }
  }
  command->workflow = body->workflow;
  command->commands.push_back({body->name.value_or(""), std::move(body->data),
                               std::move(body->occurred_at), std::move(body->back_entry)});
  const auto doers = DoersOf(services, *command);
  Admit(services, request, doers, *command);
  auto outcome = services.engine.Execute(*command);
  if (!outcome) return tl::unexpected(outcome.error());
  Response response = OutcomeResponse(services, *outcome, *command);
  response.status = status::kCreated;
  response.Set("Location", "/v1/cases/" + outcome->case_id.value);
  return response;
}

Expected<Response> Execute(const Services& services, const Request& request,
                           std::vector<CommandInput> commands) {
  auto command = RequestFor(request);
  if (!command) return tl::unexpected(command.error());
  command->case_id = StreamId(request.Path("id"));
  command->commands = std::move(commands);
  const auto doers = DoersOf(services, *command);
  Admit(services, request, doers, *command);
  auto outcome = services.engine.Execute(*command);
  if (!outcome) return tl::unexpected(outcome.error());
  return OutcomeResponse(services, *outcome, *command);
}

Expected<Response> ActOnce(const Services& services, const Request& request) {
  auto body = BodyOf<ActBody>(request);
  if (!body) return tl::unexpected(body.error());
  return Execute(services, request,
                 {{request.Path("name"), body->data ? std::move(*body->data) : Json::object(),
                   std::move(body->occurred_at), std::move(body->back_entry)}});
}

Expected<Response> ActInOrder(const Services& services, const Request& request) {
  auto body = BodyOf<ListBody>(request);
  if (!body) return tl::unexpected(body.error());
  if (body->commands.empty() || body->commands.size() > kCommandsMax) {
    return tl::unexpected(InvalidFields(
        {{"/commands", "list_length_invalid", "命令数应为 1 至 50", "expected 1 to 50 commands"}}));
  }
  return Execute(services, request, std::move(body->commands));
}

}  // namespace

void AddCommandRoutes(Router& router, const Services& services) {
  router.Add({"POST", "/v1/cases", [&](const Request& r) { return Open(services, r); }});
  router.Add({"POST", "/v1/cases/{id}/commands",
              [&](const Request& r) { return ActInOrder(services, r); }});
  router.Add({"POST", "/v1/cases/{id}/commands/{name}",
              [&](const Request& r) { return ActOnce(services, r); }});
}

}  // namespace docket::http
