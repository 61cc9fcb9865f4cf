#include "workflows/engine/identifiers.hpp"

#include <map>

#include "domain/text/identity_text.hpp"
#include "workflows/engine/sealing.hpp"

namespace docket {

namespace {

std::optional<std::string> TextOf(const Json& person, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = person.find(name);
    if (found != person.end() && found->is_string()) return found->get<std::string>();
  }
  return std::nullopt;
}

template <class Normalise>
std::string Normalised(const std::optional<std::string>& text, const Normalise& normalise) {
  return text ? normalise(*text) : "";
}

}  // namespace

std::vector<Identifier> IdentifiersOf(const PersonalDetails& details) {
  const std::string name = Normalised(details.name, NormaliseName);
  const std::string number = Normalised(details.id_number, NormaliseIdNumber);
  const std::string phone = Normalised(details.phone, NormalisePhone);
  const std::string email = Normalised(details.email, NormaliseEmail);
  const std::string address = Normalised(details.address, NormaliseName);
  std::vector<Identifier> identifiers;
  const auto add = [&](IdentifierKind kind, const std::string& value) {
    if (!value.empty()) identifiers.push_back({kind, value});
  };
  const auto with_name = [&](IdentifierKind kind, const std::string& value) {
    if (!name.empty() && !value.empty()) add(kind, name + "\n" + value);
  };
  add(IdentifierKind::kIdNumber, number);
  with_name(IdentifierKind::kNameAndPhone, phone);
  with_name(IdentifierKind::kNameAndEmail, email);
  with_name(IdentifierKind::kNameAndAddress, address);
  add(IdentifierKind::kPhone, phone);
  add(IdentifierKind::kEmail, email);
  if (details.organisation.value_or(false)) add(IdentifierKind::kOrganisation, name);
  return identifiers;
}

PersonalDetails DetailsOf(const Json& person) {
  PersonalDetails details;
  if (!person.is_object()) return details;
  details.name = TextOf(person, {"name", "holder"});
  details.id_number = TextOf(person, {"id_number", "identity"});
  details.phone = TextOf(person, {"phone"});
  details.email = TextOf(person, {"email"});
  details.address = TextOf(person, {"address"});
  const auto kind = TextOf(person, {"kind"});
  details.organisation = kind && *kind != "person";
  return details;
}

std::vector<PersonMark> MarksOf(const EventDraft& draft, const StreamId& case_id,
                                const EventId& event) {
  // Fields of one person stand in one object.
  std::map<std::string, KeyId> persons;
  for (const auto& mark : draft.personal) {
    if (mark.subject == Subject::kParties) continue;
    persons.emplace(mark.pointer.substr(0, mark.pointer.rfind('/')), KeyOf(case_id, event, mark));
  }
  std::vector<PersonMark> marks;
  for (const auto& [pointer, key] : persons) {
    const auto details = DetailsOf(draft.data.at(Json::json_pointer(pointer)));
    for (auto& identifier : IdentifiersOf(details)) marks.push_back({key, std::move(identifier)});
  }
  return marks;
}

}  // namespace docket
