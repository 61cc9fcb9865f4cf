/// The OpenAPI document of a running server, and whether its answers keep to it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/api/client.hpp"
#include "tests/api/schema_values.hpp"
#include "tests/api/test_server.hpp"

namespace docket::test {

/// One operation of the document.
struct Documented {
  std::string id;
  std::string method;  ///< `GET`
  std::string path;    ///< With placeholders.
  Json json;

  /// Parameters of one place (`path`, `query`, `header`).
  std::vector<Json> Parameters(const std::string& in) const;
  /// Schema of the request's body; null: it takes none.
  Json BodySchema() const;
  /// A stream has no end that a client could wait for.
  bool IsStream() const;
  bool IsOpen() const { return json.contains("security") && json["security"].empty(); }
};

/// A request to it; the token is the client's.
struct Sending {
  std::map<std::string, std::string> path = {};
  std::string query = "";  ///< With its `?`.
  Headers headers = {};
  Json body = nullptr;  ///< Null: none is sent.
};

class Contract {
 public:
  explicit Contract(const TestServer& server);

  const Json& Document() const { return document_; }
  const std::vector<Documented>& Operations() const { return operations_; }
  const Documented& Find(const std::string& id) const;

  /// Sends it and holds the answer to the document; fails the test when it does not keep to it.
  Reply Send(const Client& client, const Documented& operation, const Sending& sending);
  /// Ids of operations that have answered with 2xx or 304.
  const std::set<std::string>& Succeeded() const { return succeeded_; }

 private:
  void CheckAnswer(const Documented& operation, const Sending& sending, const Reply& reply);
  /// `document` is the one to take the schema's references from.
  void CheckBody(const Json& content, const Json& document, const Documented& operation,
                 const Reply& reply);

  Json document_;
  Json sparse_;  ///< The document without what `fields` may leave out.
  std::vector<Documented> operations_;
  std::map<std::string, SchemaCheck> checks_;  ///< By the schema.
  std::set<std::string> succeeded_;
};

/// A value as it is written into a path or a query.
std::string Encoded(const Json& value);

}  // namespace docket::test
