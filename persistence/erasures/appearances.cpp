#include "persistence/erasures/appearances.hpp"

#include <map>
#include <set>

#include "persistence/erasures/erasure_refusals.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket {

namespace {

std::set<KeyId> KeysUsedIn(const CaseEngine& engine, const StreamId& case_id) {
  std::set<KeyId> used;
  const auto events = engine.Timeline(case_id);
  if (!events) return used;
  for (const auto& read : *events) {
    EachSealedKey(read.data, [&](const std::string&, const KeyId& key) { used.insert(key); });
  }
  return used;
}

/// The party's part of the facts; nullptr: there is none.
const Json* PartOf(const Json& facts, const std::string& party) {
  const Json* part = &facts;
  for (std::size_t begin = 0; begin <= party.size();) {
    const auto end = std::min(party.find('/', begin), party.size());
    const std::string segment = party.substr(begin, end - begin);
    begin = end + 1;
    if (part->is_object() && part->contains(segment)) {
      part = &part->at(segment);
      continue;
    }
    const bool is_index = !segment.empty() && segment.size() < 5 &&
                          segment.find_first_not_of("0123456789") == std::string::npos;
    if (!part->is_array() || !is_index || std::stoul(segment) >= part->size()) return nullptr;
    part = &part->at(std::stoul(segment));
  }
  return part;
}

}  // namespace

std::vector<Appearance> FindAppearances(const CaseEngine& engine, KeyStore& keys,
                                        const std::vector<Identifier>& identifiers,
                                        const Reach& reach) {
  std::map<StreamId, std::vector<KeyStore::FoundPerson>> by_case;
  for (auto& found : keys.FindPersons(identifiers)) {
    const StreamId case_id = CaseOfKey(found.key);
    if (!case_id.empty()) by_case[case_id].push_back(std::move(found));
  }
  std::vector<Appearance> appearances;
  for (auto& [case_id, persons] : by_case) {
    const auto model = engine.Load(case_id);
    if (!model || !reach(case_id, **model)) continue;
    const auto used = KeysUsedIn(engine, case_id);
    for (auto& person : persons) {
      if (!used.contains(person.key)) continue;
      appearances.push_back(
          {case_id, person.key, std::move(person.by), std::string((*model)->State())});
    }
  }
  return appearances;
}

Expected<NamedPerson> PersonAt(const CaseEngine& engine, const PersonPlace& place,
                               const Reach& reach) {
  const auto sealed = engine.Load(place.case_id);
  if (!sealed || !reach(place.case_id, **sealed)) {
    return Refuse(RejectionKind::kNotFound, kUnknownCase);
  }
  const auto opened = engine.Load(place.case_id, {}, [](const KeyId&) { return true; });
  if (!opened) return tl::unexpected(opened.error());
  const Json facts = (*sealed)->Facts();
  const Json clear = (*opened)->Facts();
  const Json* part = PartOf(facts, place.party);
  NamedPerson person;
  if (part != nullptr) {
    EachSealedKey(*part, [&](const std::string&, const KeyId& key) {
      const bool is_theirs = SubjectOf(key) != Subject::kParties &&
                             !(*sealed)->PersonalRecord().Erased().contains(key);
      if (is_theirs) person.keys.insert(key);
    });
    person.identifiers = IdentifiersOf(DetailsOf(*PartOf(clear, place.party)));
  }
  if (person.keys.empty()) return Refuse(RejectionKind::kNotFound, kUnknownParty);
  return person;
}

}  // namespace docket
