#include "api/render/asyncapi.hpp"

#include "api/render/feed_json.hpp"
#include "api/render/schema.hpp"
#include "workflows/engine/event_catalogue.hpp"

namespace docket {

namespace {

constexpr auto kCloudEvents = "application/cloudevents+json";
constexpr auto kJson = "application/json";

Json Ref(const std::string& path) { return {{"$ref", path}}; }

/// As an event is stored: where a personal text may be there is its sealed box.
Json Stored(Json schema, bool personal = false) {
  if (!schema.is_object()) return schema;
  personal = personal || schema.contains("x-personal");
  if (schema.contains("properties")) {
    for (auto& member : schema["properties"]) member = Stored(std::move(member), personal);
  }
  if (schema.contains("items")) schema["items"] = Stored(std::move(schema["items"]), personal);
  const bool text = schema.value("type", "") == "string" && !schema.contains("enum") &&
                    !schema.contains("pattern") && !schema.contains("format");
  for (const char* limit : {"minLength", "maxLength", "maxItems"}) schema.erase(limit);
  if (!personal || !text) return schema;
  Json either = {{"anyOf", {Ref("#/components/schemas/SealedText"), {{"type", "string"}}}}};
  if (schema.contains("title")) either["title"] = schema["title"];
  return either;
}

Json SealedTextSchema() {
  using namespace schema;
  return Object({{"$sealed", Titled("密封格式版本", Integer())},
                 {"key", Titled("密钥名", Text())},
                 {"box", Titled("密文", Text())}});
}

/// Moves what is marked as a component to `components` and leaves a reference.
Json Gather(Json value, Json& components) {
  if (!value.is_structured()) return value;
  for (auto& member : value) member = Gather(std::move(member), components);
  if (!value.is_object() || !value.contains(schema::kComponentMark)) return value;
  const std::string name = value[schema::kComponentMark];
  value.erase(schema::kComponentMark);
  components[name] = std::move(value);
  return Ref("#/components/schemas/" + name);
}

Json Message(const std::string& title, const std::string& summary, const Json& payload,
             const char* media_type) {
  return {
      {"title", title}, {"summary", summary}, {"contentType", media_type}, {"payload", payload}};
}

/// The CloudEvent whose type is this one, with the shape of its data.
Json EventMessage(const std::string& type, const std::string& zh, const Json& data) {
  const Json narrowed = {
      {"allOf",
       {Ref("#/components/schemas/CloudEvent"),
        {{"type", "object"},
         {"properties", {{"type", {{"const", type}}}, {"data", Stored(data)}}}}}}};
  return Message(zh, "Event " + type, narrowed, kCloudEvents);
}

Json EventMessages() {
  Json messages = Json::object();
  for (const auto& event : AllEvents()) {
    messages[event.type] = EventMessage(event.type, event.zh, event.schema);
  }
  return messages;
}

Json StreamMessages() {
  using namespace schema;
  const Json heartbeat = Object({{"position", Titled("已告知到的位置", Integer())},
                                 {"head", Titled("事件库末位", Integer())},
                                 {"fresh", Titled("事件库可读", Boolean())}});
  const Json end = Object({{"reason",
                            {{"type", "string"},
                             {"enum",
                              {"shutting_down", "slow_consumer", "access_revoked", "access_changed",
                               "history_forked"}}}},
                           {"zh", Text()},
                           {"en", Text()}});
  return {
      {"omitted", Message("略去的位置", "SSE event `omitted`: positions that are not shown",
                          Ref("#/components/schemas/OmittedRun"), kJson)},
      {"heartbeat", Message("心跳", "SSE event `heartbeat`, every 15 seconds", heartbeat, kJson)},
      {"end", Message("结束", "SSE event `end`: why the server closes the stream", end, kJson)},
      {"verification",
       Message(
           "验证", "Sent to a webhook's receiver, which answers with the challenge",
           Object({{"type", {{"const", "docket.webhook.verification"}}}, {"challenge", Text()}}),
           kJson)}};
}

Json Channel(const std::string& address, const std::string& description,
             const std::vector<std::string>& messages) {
  Json of_channel = Json::object();
  for (const auto& name : messages) of_channel[name] = Ref("#/components/messages/" + name);
  return {{"address", address}, {"description", description}, {"messages", of_channel}};
}

Json Channels(const std::vector<std::string>& events) {
  auto streamed = events;
  streamed.insert(streamed.end(), {"omitted", "heartbeat", "end"});
  auto delivered = events;
  delivered.emplace_back("verification");
  Json redis =
      Channel("docket:cases:{epoch}",
              "A Redis Stream; ids are `<position>-0`, fields the attributes as texts.", events);
  redis["parameters"] = {{"epoch", {{"description", "The text at docket:cases:epoch."}}}};
  Json all = {{"stream", Channel("/v1/feed/stream",
                                 "Server-sent events; the id of a message is a checkpoint, "
                                 "`EPOCH:POSITION`, which comes back as Last-Event-ID.",
                                 streamed)},
              {"webhook", Channel("{url}",
                                  "POST to the address of a webhook, by the Standard Webhooks "
                                  "specification: one event a message, signed.",
                                  delivered)},
              {"redis", std::move(redis)}};
  all["webhook"]["parameters"] = {{"url", {{"description", "As it was subscribed with."}}}};
  return all;
}

}  // namespace

Json AsyncApiDocument() {
  Json components = Json::object();
  Gather({CloudEventSchema(), OmittedRunSchema()}, components);
  components["SealedText"] = SealedTextSchema();
  Json messages = EventMessages();
  std::vector<std::string> events;
  for (const auto& [name, message] : messages.items()) events.push_back(name);
  messages.update(StreamMessages());
  return {
      {"asyncapi", "3.0.0"},
      {"info",
       {{"title", "案卷 Docket"},
        {"version", "1"},
        {"description",
         "What Docket sends by itself. Every event is a CloudEvent 1.0; delivery is in the "
         "order of positions and at least once. What `withheld` names is absent from a message, "
         "also where the schema of its data asks for it."},
        {"license", {{"name", "Apache-2.0"}}}}},
      {"defaultContentType", kCloudEvents},
      {"channels", Channels(events)},
      {"operations",
       {{"sendStream", {{"action", "send"}, {"channel", Ref("#/channels/stream")}}},
        {"sendWebhook", {{"action", "send"}, {"channel", Ref("#/channels/webhook")}}},
        {"sendRedis", {{"action", "send"}, {"channel", Ref("#/channels/redis")}}}}},
      {"components", {{"schemas", components}, {"messages", messages}}}};
}

}  // namespace docket
