#include "workflows/engine/sealing.hpp"

namespace docket {

namespace {

std::string AssociatedData(const EventId& event, const std::string& pointer) {
  return event.value + pointer;
}

bool IsSealed(const Json& json) { return json.is_object() && json.contains("$sealed"); }

/// Calls `visit(pointer, Json&)` for every sealed value, however deep.
template <class Visit>
void EachSealed(Json& json, const std::string& pointer, const Visit& visit) {
  if (IsSealed(json)) {
    visit(pointer, json);
  } else if (json.is_object()) {
    for (auto it = json.begin(); it != json.end(); ++it) {
      EachSealed(it.value(), PointerTo(pointer, it.key()), visit);
    }
  } else if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) {
      EachSealed(json[i], PointerTo(pointer, std::to_string(i)), visit);
    }
  }
}

}  // namespace

KeyId SubjectKey(const StreamId& case_id, Subject subject) {
  return KeyId(case_id.value + "/" + std::string(NameOf(subject)));
}

Json SealDraft(const EventDraft& draft, const StreamId& case_id, const EventId& event,
               SubjectKeys& keys) {
  Json data = draft.data;
  for (const auto& mark : draft.personal) {
    Json& place = data.at(Json::json_pointer(mark.pointer));
    PersonalText text;
    text.sealed = keys.Seal(SubjectKey(case_id, mark.subject), AssociatedData(event, mark.pointer),
                            place.get<std::string>());
    place = Encode(text);
  }
  return data;
}

Json OpenSealed(Json data, const EventId& event, const SubjectKeys& keys, const Reveal& reveal) {
  if (!reveal) return data;
  EachSealed(data, "", [&](const std::string& pointer, Json& place) {
    const auto text = Decode<PersonalText>(place);
    if (!text || !text->sealed || !reveal(text->sealed->key)) return;
    if (const auto clear = keys.Open(*text->sealed, AssociatedData(event, pointer))) place = *clear;
  });
  return data;
}

Json HideSealed(Json data) {
  EachSealed(data, "", [](const std::string&, Json& place) { place = {{"sealed", true}}; });
  return data;
}

}  // namespace docket
