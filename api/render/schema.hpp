/// JSON Schemas of answers, written as the answers are: what is not named is not there.
///
///   schema::Component("Page", schema::Object({{"cases", schema::ListOf(RowSchema())},
///                                             {"next?", schema::Text()}}))
///
/// A component is a schema with a name. It stands whole wherever it is used; the OpenAPI document
/// gathers components by their name.
#pragma once

#include <string>
#include <vector>

#include "domain/json.hpp"

namespace docket::schema {

/// Marks a component, until the document gathers it.
inline constexpr auto kComponentMark = "x-component";

struct Member {
  std::string name;  ///< `next?`: may be absent.
  Json schema;
};

Json Text();
Json Integer();
Json Boolean();
Json DateText();
Json InstantText();
/// An object of which nothing more is said.
Json AnyObject();
Json ListOf(Json items);
Json Object(const std::vector<Member>& members);
/// `base`, an object's schema, with further members.
Json With(Json base, const std::vector<Member>& members);
Json Component(std::string name, Json schema);
/// With a Chinese title.
Json Titled(std::string zh, Json schema);

/// What a schema of input says of output: lists are always written, texts have no limits.
Json Answered(Json input);
/// What Encode() writes of a T.
template <class T>
Json Of() {
  return Answered(Schema<T>());
}

}  // namespace docket::schema
