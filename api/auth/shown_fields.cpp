#include "api/auth/shown_fields.hpp"

#include <algorithm>

#include "workflows/engine/event_catalogue.hpp"

namespace docket {

namespace {

constexpr std::string_view kEveryItem = "*";
using Names = std::vector<std::string>;

/// The places that go on below `name`; `depth` names of each are behind.
std::vector<const Names*> Below(const std::vector<const Names*>& places, std::size_t depth,
                                std::string_view name) {
  std::vector<const Names*> below;
  for (const auto* place : places) {
    if (place->size() > depth && (*place)[depth] == name) below.push_back(place);
  }
  return below;
}

/// Takes out of a value what no place shows, and names it.
class Narrowing {
 public:
  explicit Narrowing(std::vector<std::string>& withheld) : withheld_(withheld) {}

  /// False: nothing of the value is shown.
  bool Keep(Json& value, const std::vector<const Names*>& places, std::size_t depth,
            const std::string& at) {
    const bool whole = std::any_of(places.begin(), places.end(),
                                   [&](const Names* place) { return place->size() == depth; });
    if (whole) return true;
    // A box that is sealed is one value, whatever it holds.
    const bool goes_on = value.is_structured() && !value.contains("$sealed") && !places.empty();
    if (!goes_on) {
      withheld_.push_back(at);
      return false;
    }
    if (value.is_array()) KeepItems(value, places, depth, at);
    else KeepMembers(value, places, depth, at);
    return true;
  }

 private:
  void KeepMembers(Json& object, const std::vector<const Names*>& places, std::size_t depth,
                   const std::string& at) {
    for (auto member = object.begin(); member != object.end();) {
      const auto below = Below(places, depth, member.key());
      if (Keep(member.value(), below, depth + 1, PointerTo(at, member.key()))) ++member;
      else member = object.erase(member);
    }
  }
  /// A list that is gone into has its length, and each item what is shown of it.
  void KeepItems(Json& list, const std::vector<const Names*>& places, std::size_t depth,
                 const std::string& at) {
    const auto below = Below(places, depth, kEveryItem);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!Keep(list[i], below, depth + 1, PointerTo(at, std::to_string(i)))) list[i] = nullptr;
    }
  }

  std::vector<std::string>& withheld_;
};

}  // namespace

std::optional<ShownFields> ShownTo(const Reader& reader, const std::optional<CaseOutline>& outline,
                                   std::string_view type) {
  if (reader.actor.scopes.empty()) return ShownFields();
  std::optional<ShownFields> shown;
  for (const Scope* scope : GrantsFor(outline, reader)) {
    if (!scope->events) return ShownFields();
    for (const auto& rule : *scope->events) {
      if (!rule.Names(type)) continue;
      if (!shown) shown = ShownFields{false, {}};
      for (const auto& field : rule.fields) shown->places.push_back(NamesOfPointer(field));
    }
  }
  return shown;
}

std::string NarrowedText(const std::string& cloud_event, const ShownFields& shown) {
  if (shown.whole) return cloud_event;
  Json event = Json::parse(cloud_event);
  std::vector<const Names*> places;
  for (const auto& place : shown.places) places.push_back(&place);
  std::vector<std::string> withheld;
  const auto withhold = [&](std::string_view attribute) {
    if (event.erase(std::string(attribute)) > 0) withheld.push_back(PointerTo("", attribute));
  };
  for (const auto attribute : kPersonalAttributes) {
    if (Below(places, 0, attribute).empty()) withhold(attribute);
  }
  const bool header_is_whole = withheld.empty();
  auto& data = event["data"];
  if (!data.empty() && !Narrowing(withheld).Keep(data, Below(places, 0, "data"), 1, "/data")) {
    data = Json::object();
  }
  if (withheld.empty()) return cloud_event;
  withhold("salt");
  if (!header_is_whole) withhold("datadigest");
  std::string names;
  for (const auto& pointer : withheld) names += (names.empty() ? "" : " ") + pointer;
  event["withheld"] = std::move(names);
  return CanonicalJson(event);
}

}  // namespace docket
