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

constexpr std::string_view kCommand = "command";

/// The segments of a key's name: case, subject or `command`, event or id, place.
std::string_view Segment(std::string_view name, int number) {
  for (; number > 0; --number) {
    const auto slash = name.find('/');
    if (slash == std::string_view::npos) return {};
    name.remove_prefix(slash + 1);
  }
  return name.substr(0, name.find('/'));
}

/// The item of a list that is a person with fields of its own; empty: there is none above the text.
std::string_view PersonOfList(std::string_view pointer) {
  for (std::size_t begin = 1; begin < pointer.size();) {
    const auto end = pointer.find('/', begin);
    if (end == std::string_view::npos) return {};
    const auto segment = pointer.substr(begin, end - begin);
    const bool is_index =
        !segment.empty() && segment.find_first_not_of("0123456789") == std::string_view::npos;
    if (is_index) return pointer.substr(0, end);
    begin = end + 1;
  }
  return {};
}

void VisitSealedKeys(const JsonView& json, const std::string& pointer,
                     const std::function<void(const std::string&, const KeyId&)>& visit) {
  if (const auto key = json.Find("$sealed") ? json.Find("key") : std::nullopt; key && key->Text()) {
    visit(pointer, KeyId(std::string(*key->Text())));
  } else if (json.IsObject()) {
    json.EachMember([&](std::string_view name, const JsonView& member) {
      VisitSealedKeys(member, PointerTo(pointer, name), visit);
    });
  } else if (json.IsArray()) {
    json.EachItem([&](std::size_t index, const JsonView& item) {
      VisitSealedKeys(item, PointerTo(pointer, std::to_string(index)), visit);
    });
  }
}

}  // namespace

KeyId SubjectKey(const StreamId& case_id, Subject subject) {
  return KeyId(case_id.value + "/" + std::string(NameOf(subject)));
}

KeyId KeyOf(const StreamId& case_id, const EventId& event, const EventDraft::Personal& mark) {
  KeyId key = SubjectKey(case_id, mark.subject);
  const auto person =
      mark.subject == Subject::kParties ? std::string_view() : PersonOfList(mark.pointer);
  if (!person.empty()) key.value.append("/").append(event.value).append(person);
  return key;
}

KeyId KeyOfCommand(const StreamId& case_id, const std::string& id) {
  return KeyId(case_id.value + "/" + std::string(kCommand) + "/" + id);
}

StreamId CaseOfKey(const KeyId& key) {
  StreamId case_id(std::string(Segment(key.value, 0)));
  return WorkflowOf(case_id) == nullptr ? StreamId() : case_id;
}

Subject SubjectOf(const KeyId& key) {
  return FromName<Subject>(Segment(key.value, 1)).value_or(Subject::kNone);
}

std::string PlaceOf(const KeyId& key) {
  const auto event = Segment(key.value, 2);
  if (IsCommandKey(key) || event.empty()) return "";
  return key.value.substr(
      static_cast<std::size_t>(event.data() + event.size() + 1 - key.value.data()));
}

bool IsCommandKey(const KeyId& key) { return Segment(key.value, 1) == kCommand; }

void EachSealedKey(const JsonView& data,
                   const std::function<void(const std::string& pointer, const KeyId&)>& visit) {
  VisitSealedKeys(data, "", visit);
}

Json SealDraft(const EventDraft& draft, const StreamId& case_id, const EventId& event,
               SubjectKeys& keys) {
  Json data = draft.data;
  for (const auto& mark : draft.personal) {
    Json& place = data.at(Json::json_pointer(mark.pointer));
    PersonalText text;
    text.sealed = keys.Seal(KeyOf(case_id, event, mark), AssociatedData(event, mark.pointer),
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
