/// Values made from the JSON Schemas of the OpenAPI document: right ones, and ones that break each
/// constraint once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/json.hpp"

namespace docket::test {

/// Validates values against one schema of a document, with a public validator.
class SchemaCheck {
 public:
  /// References are looked up in `document`, which is copied.
  SchemaCheck(const Json& schema, const Json& document);
  ~SchemaCheck();
  SchemaCheck(SchemaCheck&&) noexcept;
  SchemaCheck& operator=(SchemaCheck&&) noexcept;

  /// What is wrong, in words; empty: nothing.
  std::string Complaints(const Json& value) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// A whole value with one thing wrong in it.
struct Broken {
  std::string what;  ///< `/data/region pattern`
  Json value;
};

class SchemaValues {
 public:
  explicit SchemaValues(const Json& document) : document_(document) {}

  /// Only what is required; of several alternatives the first.
  Json Least(const Json& schema) const { return Make(schema, false); }
  /// Everything that may be there.
  Json Full(const Json& schema) const { return Make(schema, true); }
  /// Each constraint broken once, in an otherwise full value. Of alternatives: of each of them.
  std::vector<Broken> BreakEach(const Json& schema) const;
  /// The schema itself, or what it refers to.
  const Json& Resolved(const Json& schema) const;

 private:
  Json Make(const Json& schema, bool full) const;
  Json MakeText(const Json& schema) const;
  Json MakeObject(const Json& schema, bool full) const;
  void Break(const Json& schema, const Json& whole, const std::string& pointer,
             std::vector<Broken>& broken) const;
  void BreakObject(const Json& schema, const Json& whole, const std::string& pointer,
                   std::vector<Broken>& broken) const;

  const Json& document_;
};

}  // namespace docket::test
