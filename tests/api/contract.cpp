#include "tests/api/contract.hpp"

#include <Poco/String.h>
#include <Poco/URI.h>
#include <gtest/gtest.h>

#include "domain/ensure.hpp"

namespace docket::test {

namespace {

/// Every schema in it, with all members optional.
Json WithoutRequired(Json json) {
  if (json.is_object()) json.erase("required");
  if (json.is_structured()) {
    for (auto& member : json) member = WithoutRequired(std::move(member));
  }
  return json;
}

}  // namespace

std::vector<Json> Documented::Parameters(const std::string& in) const {
  std::vector<Json> found;
  for (const auto& parameter : json["parameters"]) {
    if (parameter["in"] == in) found.push_back(parameter);
  }
  return found;
}

bool Documented::IsStream() const {
  const Json& responses = json.at("responses");
  return responses.contains("200") &&
         responses["200"].value("content", Json::object()).contains("text/event-stream");
}

Json Documented::BodySchema() const {
  if (!json.contains("requestBody")) return nullptr;
  const Json& content = json["requestBody"]["content"];
  return content.contains("application/json") ? content["application/json"]["schema"] : nullptr;
}

std::string Encoded(const Json& value) {
  std::string encoded;
  Poco::URI::encode(value.is_string() ? value.get<std::string>() : value.dump(), "?#&+/%\"",
                    encoded);
  return encoded;
}

Contract::Contract(const TestServer& server) {
  const Reply reply = server.As("").Get("/v1/openapi.json");
  ENSURE(reply.status == 200, "the document is served: {}", reply.text);
  document_ = reply.body;
  sparse_ = WithoutRequired(document_);
  for (const auto& [path, methods] : document_["paths"].items()) {
    for (const auto& [method, json] : methods.items()) {
      Documented operation{json["operationId"], Poco::toUpper(method), path, json};
      for (auto& parameter : operation.json["parameters"]) {
        parameter = Json(SchemaValues(document_).Resolved(parameter));
      }
      operations_.push_back(std::move(operation));
    }
  }
}

const Documented& Contract::Find(const std::string& id) const {
  for (const auto& operation : operations_) {
    if (operation.id == id) return operation;
  }
  throw std::logic_error("the document has no " + id);
}

Reply Contract::Send(const Client& client, const Documented& operation, const Sending& sending) {
  std::string target = operation.path;
  for (const auto& parameter : operation.Parameters("path")) {
    const auto name = parameter["name"].get<std::string>();
    const auto at = target.find("{" + name + "}");
    target.replace(at, name.size() + 2, Encoded(sending.path.at(name)));
  }
  const std::string body = sending.body.is_null() ? "" : sending.body.dump();
  Reply reply = client.Send(operation.method, target + sending.query, body, sending.headers);
  CheckAnswer(operation, sending, reply);
  if (reply.status < 400) succeeded_.insert(operation.id);
  return reply;
}

void Contract::CheckAnswer(const Documented& operation, const Sending& sending,
                           const Reply& reply) {
  const Json& document = sending.query.find("fields=") == std::string::npos ? document_ : sparse_;
  const auto& responses = operation.json["responses"];
  const auto documented = responses.find(std::to_string(reply.status));
  if (documented == responses.end()) {
    ADD_FAILURE() << operation.id << " answered " << reply.status
                  << ", which is not documented: " << reply.text;
    return;
  }
  const Json& response = SchemaValues(document).Resolved(*documented);
  const Json headers = response.value("headers", Json::object());
  for (const auto& [name, header] : headers.items()) {
    const bool is_always = SchemaValues(document).Resolved(header).value("required", false);
    EXPECT_TRUE(!is_always || reply.headers.contains(Poco::toLower(name)))
        << operation.id << " " << reply.status << " has no " << name;
  }
  if (response.contains("content")) {
    CheckBody(response["content"], document, operation, reply);
  } else {
    EXPECT_EQ(reply.text, "") << operation.id << " " << reply.status;
  }
}

void Contract::CheckBody(const Json& content, const Json& document, const Documented& operation,
                         const Reply& reply) {
  const auto type = reply.headers.contains("content-type") ? reply.headers.at("content-type") : "";
  const auto media = content.find(type);
  if (media == content.end()) {
    ADD_FAILURE() << operation.id << " " << reply.status << " is of type " << type;
    return;
  }
  if (type.find("json") == std::string::npos) return;
  const Json& schema = (*media)["schema"];
  const std::string key = schema.dump() + (&document == &sparse_ ? " sparse" : "");
  auto check = checks_.find(key);
  if (check == checks_.end()) check = checks_.emplace(key, SchemaCheck(schema, document)).first;
  EXPECT_EQ(check->second.Complaints(reply.body), "")
      << operation.id << " " << reply.status << ": " << reply.text.substr(0, 2000);
}

}  // namespace docket::test
