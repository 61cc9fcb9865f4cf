#include "persistence/erasures/reindex.hpp"

#include <map>
#include <unordered_set>

#include "persistence/log_pages.hpp"
#include "workflows/engine/identifiers.hpp"
#include "workflows/engine/sealing.hpp"

namespace docket {

namespace {

constexpr std::size_t kPageEvents = 1'000;
constexpr std::size_t kPageKeys = 1'000;

/// By what the persons of one stored event are found.
std::vector<PersonMark> MarksOfStored(const RecordedEvent& event, const Json& sealed,
                                      const SubjectKeys& keys, ReindexProgress& progress) {
  std::map<std::string, KeyId> persons;
  EachSealedKey(sealed, [&](const std::string& pointer, const KeyId& key) {
    const Subject subject = SubjectOf(key);
    if (subject == Subject::kParties || subject == Subject::kNone) return;
    persons.emplace(pointer.substr(0, pointer.rfind('/')), key);
  });
  if (persons.empty()) return {};
  const Json opened = OpenSealed(sealed, event.id, keys, [](const KeyId&) { return true; });
  std::vector<PersonMark> marks;
  for (const auto& [pointer, key] : persons) {
    const auto identifiers = IdentifiersOf(DetailsOf(opened.at(Json::json_pointer(pointer))));
    if (!identifiers.empty()) ++progress.persons;
    for (const auto& identifier : identifiers) marks.push_back({key, identifier});
  }
  return marks;
}

bool IsPersons(const KeyId& key) {
  const Subject subject = SubjectOf(key);
  return !CaseOfKey(key).empty() && subject != Subject::kNone && subject != Subject::kParties;
}

}  // namespace

ReindexProgress ReindexPersons(const EventLog& log, KeyTable& table, TableKeys& keys,
                               const ReindexOptions& options) {
  ReindexProgress progress;
  std::unordered_set<KeyId> used;
  LogPages pages(log, LogId::kCases, {}, kPageEvents);
  for (auto page = pages.Next(); !page.empty(); page = pages.Next(std::move(page))) {
    std::vector<PersonMark> marks;
    for (const auto& event : page) {
      const Json sealed = DataOf(event);
      for (auto& mark : MarksOfStored(event, sealed, keys, progress)) {
        marks.push_back(std::move(mark));
      }
      if (!options.prune) continue;
      EachSealedKey(sealed, [&](const std::string&, const KeyId& key) { used.insert(key); });
    }
    if (!marks.empty()) keys.Ensure({}, marks);
    progress.position = page.back().position;
    options.on_progress(progress);
  }
  if (!options.prune) return progress;
  KeyId after;
  for (auto rows = table.ReadAfter(after, kPageKeys); !rows.empty();
       rows = table.ReadAfter(after, kPageKeys)) {
    for (const auto& [key, row] : rows) {
      if (row.destroyed || !IsPersons(key) || used.contains(key)) continue;
      keys.Destroy(key);
      ++progress.destroyed;
    }
    after = rows.back().key;
    options.on_progress(progress);
  }
  if (progress.destroyed > 0) keys.Scrub();
  return progress;
}

}  // namespace docket
