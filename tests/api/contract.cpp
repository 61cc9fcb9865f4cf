#include "tests/api/contract.hpp"

#include <Poco/String.h>
#include <Poco/URI.h>
#include <gtest/gtest.h>

#include "domain/ensure.hpp"

namespace docket::test {

std::vector<Json> Documented::Parameters(const std::string& in) const {
  std::vector<Json> found;
  for (const auto& parameter : json.value("parameters", Json::array())) {
    if (parameter["in"] == in) found.push_back(parameter);
  }
  return found;
}

Json Documented::BodySchema() const {
  if (!json.contains("requestBody")) return nullptr;
  return json["requestBody"]["content"]["application/json"]["schema"];
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
  for (const auto& [path, methods] : document_["paths"].items()) {
    for (const auto& [method, json] : methods.items()) {
      operations_.push_back({json["operationId"], Poco::toUpper(method), path, json});
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
  CheckAnswer(operation, reply);
  if (reply.status < 400) succeeded_.insert(operation.id);
  return reply;
}

void Contract::CheckAnswer(const Documented& operation, const Reply& reply) {
  const auto& responses = operation.json["responses"];
  const auto documented = responses.find(std::to_string(reply.status));
  if (documented == responses.end()) {
    ADD_FAILURE() << operation.id << " answered " << reply.status
                  << ", which is not documented: " << reply.text;
    return;
  }
  const Json& response = SchemaValues(document_).Resolved(*documented);
  const Json headers = response.value("headers", Json::object());
  for (const auto& [name, header] : headers.items()) {
    EXPECT_TRUE(reply.headers.contains(Poco::toLower(name)))
        << operation.id << " " << reply.status << " has no " << name;
  }
  CheckBody(response, operation, reply);
}

void Contract::CheckBody(const Json& response, const Documented& operation, const Reply& reply) {
  if (!response.contains("content")) {
    EXPECT_EQ(reply.text, "") << operation.id << " " << reply.status;
    return;
  }
  const auto type = reply.headers.contains("content-type") ? reply.headers.at("content-type") : "";
  const auto content = response["content"].find(type);
  if (content == response["content"].end()) {
    ADD_FAILURE() << operation.id << " " << reply.status << " is of type " << type;
    return;
  }
  if (!(*content).contains("schema") || type.find("json") == std::string::npos) return;
  EXPECT_EQ(CheckOf((*content)["schema"]).Complaints(reply.body), "")
      << operation.id << " " << reply.status << ": " << reply.text.substr(0, 2000);
}

const SchemaCheck& Contract::CheckOf(const Json& schema) {
  const std::string key = schema.dump();
  const auto found = checks_.find(key);
  if (found != checks_.end()) return found->second;
  return checks_.emplace(key, SchemaCheck(schema, document_)).first->second;
}

}  // namespace docket::test
