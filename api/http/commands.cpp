/// POST /v1/cases and POST /v1/cases/{id}/commands…: how cases are opened and worked.
#include "api/http/case_reading.hpp"
#include "api/http/command_operations.hpp"
#include "api/http/json_body.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/case_json.hpp"
#include "workflows/engine/documents.hpp"

namespace docket::http {

namespace {

/// The one command with which people open such a case; commands for recorded history are none.
Expected<std::string> OpeningCommand(const Description& description) {
  const auto names = OpeningCommands(description);
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
  response.correlation = outcome.correlation;
  response.Set("ETag", ETagOf(outcome.people_version));
  response.Set("Docket-Position", std::to_string(outcome.position.value));
  return response;
}

/// The account and the key: what every request to the engine carries.
CommandRequest RequestFor(const Request& request) {
  CommandRequest command;
  command.sender = request.actor;
  command.command_id = CommandIdOf(request);
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

/// What the sender has uploaded and now names stays until the log knows of it.
void ReserveDocuments(const Services& services, const CommandRequest& command) {
  bool any = false;
  const auto reserve = [&](const DocumentDigest& digest) {
    services.papers.documents.Reserve(command.sender.id, digest);
    any = true;
  };
  for (const auto& input : command.commands) {
    EachDocument(input.data, [&](const NamedDocument& named) { reserve(named.digest); });
    const bool on_paper = input.back_entry && input.back_entry->document;
    if (on_paper) reserve(input.back_entry->document->digest);
  }
  if (any) services.papers.keeper.Wake();
}

Expected<CommandOutcome> Send(const Services& services, const Request& request,
                              CommandRequest& command) {
  const auto doers = DoersOf(services, command);
  Admit(services, request, doers, command);
  ReserveDocuments(services, command);
  return services.engine.Execute(command);
}

Expected<Response> Open(const Services& services, const Request& request) {
  auto body = OptionalBodyOf<OpenBody>(request);
  if (!body) return tl::unexpected(body.error());
  CommandRequest command = RequestFor(request);
  if (!body->name) {
    const auto* workflow = FindWorkflow(body->workflow);
    // The engine refuses an unknown workflow, in its own words.
    if (workflow != nullptr) {
      const auto name = OpeningCommand(workflow->Describe());
      if (!name) return tl::unexpected(name.error());
      body->name = *name;
    }
  }
  command.workflow = body->workflow;
  command.commands.push_back({body->name.value_or(""),
                              body->data ? std::move(*body->data) : Json::object(),
                              std::move(body->occurred_at), std::move(body->back_entry)});
  const auto outcome = Send(services, request, command);
  if (!outcome) return tl::unexpected(outcome.error());
  Response response = OutcomeResponse(services, *outcome, command);
  response.status = status::kCreated;
  response.Set("Location", "/v1/cases/" + outcome->case_id.value);
  return response;
}

Expected<Response> Execute(const Services& services, const Request& request,
                           std::vector<CommandInput> commands) {
  CommandRequest command = RequestFor(request);
  command.case_id = StreamId(request.Path("id"));
  command.if_people_version = IfMatchOf(request);
  command.commands = std::move(commands);
  const auto outcome = Send(services, request, command);
  if (!outcome) return tl::unexpected(outcome.error());
  return OutcomeResponse(services, *outcome, command);
}

Expected<Response> ActOnce(const Services& services, const Request& request) {
  auto body = OptionalBodyOf<ActBody>(request);
  if (!body) return tl::unexpected(body.error());
  return Execute(services, request,
                 {{request.Path("name"), body->data ? std::move(*body->data) : Json::object(),
                   std::move(body->occurred_at), std::move(body->back_entry)}});
}

Expected<Response> ActInOrder(const Services& services, const Request& request) {
  auto body = OptionalBodyOf<ListBody>(request);
  if (!body) return tl::unexpected(body.error());
  if (body->commands.empty() || body->commands.size() > kCommandsMax) {
    return tl::unexpected(InvalidFields(
        {{"/commands", "list_length_invalid", "命令数应为 1 至 50", "expected 1 to 50 commands"}}));
  }
  return Execute(services, request, std::move(body->commands));
}

}  // namespace

void AddCommandRoutes(Router& router, const Services& services) {
  router.Add({.method = "POST",
              .pattern = "/v1/cases",
              .handler = [&](const Request& r) { return Open(services, r); },
              .operation = OpenCaseOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/cases/{id}/commands",
              .handler = [&](const Request& r) { return ActInOrder(services, r); },
              .operation = ActInOrderOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/cases/{id}/commands/{name}",
              .handler = [&](const Request& r) { return ActOnce(services, r); },
              .operation = ActOperation()});
}

}  // namespace docket::http
