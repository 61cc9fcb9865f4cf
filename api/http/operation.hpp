/// What an operation of the API is: the one source of what the router lets in and of what the
/// OpenAPI document says.
///
///   router.Add({.method = "GET",
///               .pattern = "/v1/cases/{id}",
///               .handler = [&](const Request& r) { return GetCase(services, r); },
///               .operation = {.id = "getCase",
///                             .tag = kCasesTag,
///                             .summary = {"读取案件", "Read a case"},
///                             .parameters = {CaseIdInPath(), InQuery("as_of", AsOfText(), {…})},
///                             .answers = {{200, {"案件", "The case"}, CaseSchema()}},
///                             .problems = {UnknownCase(), CaseNotReadable()}}});
#pragma once

#include <string>
#include <vector>

#include "api/http/values.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"

namespace docket::http {

/// The same thing said in both languages.
struct Words {
  std::string zh;
  std::string en;
};

/// A chapter of the API: the operations of one resource.
struct Tag {
  std::string name;  ///< `cases`
  Words about = {};
};

enum class Place : std::uint8_t { kPath, kQuery, kHeader };

/// A value outside the body. The router refuses one that is not of its type before the handler
/// runs, and query parameters that are not declared; unknown headers pass.
struct Parameter {
  Place place = Place::kQuery;
  std::string name = {};
  ValueType type = {};
  Words about = {};
};

/// Stands for `{name}` of the pattern. Not checked by the router: the handler finds nothing there.
Parameter InPath(std::string name, ValueType type, Words about);
Parameter InQuery(std::string name, ValueType type, Words about);
Parameter InHeader(std::string name, ValueType type, Words about);

struct HeaderText {
  std::string name;
  Json schema;
  Words about = {};
};

/// One way in which the operation succeeds.
struct AnswerText {
  int status = 0;
  Words about = {};
  Json schema = nullptr;  ///< Of the body; null: there is none.
  std::vector<HeaderText> headers = {};
  std::string media_type = "application/json";
};

/// What an operation is for one value of its last path parameter. The document shows each as a
/// path of its own, instead of the pattern.
struct Variant {
  std::string value = {};  ///< `accept`, in place of `{name}`.
  std::string id = {};
  Words summary = {};
  Words details = {};
  Json body = nullptr;
  bool body_optional = false;
  std::vector<Rejection> problems = {};  ///< Besides the operation's.
};

struct Operation {
  std::string id = {};  ///< camelCase; generated clients name their functions after it.
  Tag tag = {};
  Words summary = {};
  Words details = {};  ///< What the summary leaves open; may be empty.
  std::vector<Parameter> parameters = {};
  Json body = nullptr;  ///< Schema of the request's body; null: it takes none.
  bool body_optional = false;
  /// Media types of a body of bytes, which the handler reads by itself; empty: it is JSON.
  std::vector<std::string> body_types = {};
  std::vector<AnswerText> answers = {};
  /// Its own refusals. Those of every request (no account, too large, too busy …) are known.
  std::vector<Rejection> problems = {};
  std::vector<Variant> variants = {};
};

/// What is missing from the documentation of an operation, in words; empty: nothing. `pattern` is
/// the route's.
std::vector<std::string> GapsOf(const Operation& operation, const std::string& pattern);

}  // namespace docket::http
