#include "api/render/description_json.hpp"

#include "api/render/schema.hpp"

namespace docket {

namespace {

Json RefusalsJson(const std::vector<Refusal>& refusals) {
  Json list = Json::array();
  for (const auto& refusal : refusals) {
    Json json = {{"code", refusal.code}, {"zh", refusal.zh}, {"en", refusal.en}};
    if (!refusal.basis.empty()) json["basis"] = refusal.basis;
    list.push_back(std::move(json));
  }
  return list;
}

Json RowsJson(const std::vector<RowText>& rows) {
  Json list = Json::array();
  for (const auto& row : rows) {
    Json json = {{"from", row.from},
                 {"command", row.command},
                 {"to", row.to},
                 {"roles", Encode(row.roles)},
                 {"apart", row.apart},
                 {"emits", row.emits},
                 {"guards", RefusalsJson(row.guards)}};
    if (!row.applies.empty()) json["applies"] = row.applies;
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

Json DescriptionJson(const Description& description) {
  Json states = Json::array();
  for (const auto& state : description.states) {
    Json json = {{"name", state.name}, {"zh", state.zh}, {"terminal", state.terminal}};
    if (!state.shown_as.empty()) json["shown_as"] = state.shown_as;
    states.push_back(std::move(json));
  }
  Json commands = Json::array();
  for (const auto& command : description.commands) {
    commands.push_back({{"name", command.name}, {"zh", command.zh}, {"schema", command.schema}});
  }
  Json events = Json::array();
  for (const auto& event : description.events) {
    events.push_back({{"type", event.type},
                      {"version", event.version},
                      {"zh", event.zh},
                      {"schema", event.schema}});
  }
  return {{"name", description.name},
          {"zh", description.zh},
          {"purpose", description.purpose},
          {"initial", description.initial},
          {"states", std::move(states)},
          {"commands", std::move(commands)},
          {"events", std::move(events)},
          {"rows", RowsJson(description.rows)},
          {"standing", RefusalsJson(description.standing)}};
}

Json DescriptionSchema() {
  using namespace schema;
  const Json refusals = ListOf(Component(
      "Refusal",
      Object(
          {{"code", Text()}, {"zh", Text()}, {"en", Text()}, {"basis?", Titled("依据", Text())}})));
  const Json state =
      Object({{"name", Text()}, {"zh", Text()}, {"terminal", Boolean()}, {"shown_as?", Text()}});
  const Json command = Object({{"name", Text()}, {"zh", Text()}, {"schema", AnyObject()}});
  const Json event =
      Object({{"type", Text()}, {"version", Integer()}, {"zh", Text()}, {"schema", AnyObject()}});
  const Json row = Object({{"from", Text()},
                           {"command", Text()},
                           {"to", Text()},
                           {"roles", ListOf(Of<Role>())},
                           {"apart", Titled("职责分离", ListOf(Text()))},
                           {"emits", ListOf(Text())},
                           {"guards", refusals},
                           {"applies?", Text()}});
  return Component("Workflow", Object({{"name", Text()},
                                       {"zh", Text()},
                                       {"purpose", Text()},
                                       {"initial", Text()},
                                       {"states", ListOf(state)},
                                       {"commands", ListOf(command)},
                                       {"events", ListOf(event)},
                                       {"rows", ListOf(row)},
                                       {"standing", refusals}}));
}

}  // namespace docket
