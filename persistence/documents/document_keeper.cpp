#include "persistence/documents/document_keeper.hpp"

#include <fmt/format.h>

#include "workflows/engine/documents.hpp"
#include "workflows/engine/personal_events.hpp"

namespace docket {

namespace {

constexpr std::size_t kAtOnce = 100;
constexpr std::int64_t kUnwrittenMax = 10'000;
/// Once a case has it, its owner may still name it in another act for so long.
constexpr std::chrono::hours kClaimAfterUse{1};

}  // namespace

DocumentKeeper::DocumentKeeper(const Ports& ports, Options options)
    : ports_(ports),
      options_(std::move(options)),
      loop_(ports.leases,
            {.lease = std::string(kLease), .poll = options_.poll, .report = options_.report},
            [this](const Lease& lease) { Round(lease); }) {}

void DocumentKeeper::Round(const Lease& lease) {
  const bool is_abreast = ReadLog(lease);
  if (!loop_.Holds()) return;
  LinkAll();
  // What the log may name in events that were not read yet is not taken away.
  if (is_abreast) Sweep();
  if (tidied_token_ == lease.Token()) return;
  RemoveUnused();
  tidied_token_ = lease.Token();
}

void DocumentKeeper::Begin(const Lease& lease) {
  const auto epochs = ports_.log.ReadEpochs(LogId::kCases);
  if (progress_token_ != lease.Token()) {
    progress_ = ports_.store.Progress().value_or(LogPlace{epochs.back().epoch, {}});
    written_ = progress_.position;
    progress_token_ = lease.Token();
  }
  const LogPlace place = BeforeForks(progress_, epochs);
  if (place.position < progress_.position) ports_.store.ForgetReferencesAfter(place.position);
  progress_ = place;
}

bool DocumentKeeper::ReadLog(const Lease& lease) {
  Begin(lease);
  for (;;) {
    const auto page = ports_.log.ReadLog(LogId::kCases, progress_.position, options_.page_events);
    if (page.empty()) return true;
    std::vector<GoneKey> gone;
    bool noted = false;
    for (const auto& event : page) {
      if (!loop_.Holds()) return false;
      noted = Note(event, gone) || noted;
    }
    if (!gone.empty()) {
      // First what was named before the erasure: it goes with the rest.
      LinkAll();
      for (const auto& key : gone) TakeAway(key);
    }
    progress_.position = page.back().position;
    // What names nothing is read again after a crash, rather than each step written down.
    if (noted || progress_.position.value - written_.value >= kUnwrittenMax) {
      if (!ports_.store.MoveTo(progress_, lease.Token())) return false;
      written_ = progress_.position;
    }
    if (page.size() < options_.page_events) return true;
  }
}

bool DocumentKeeper::Note(const RecordedEvent& event, std::vector<GoneKey>& gone) {
  const bool erases = event.type == personal::Erased::kType;
  if (!erases && !MayNameDocuments(event.data)) return false;
  const StoredJson data(event.data);
  if (!data.View()) return false;
  if (erases) {
    const auto erased = Decode<personal::Erased>(*data.View());
    if (!erased)
      throw StoreError(fmt::format("the receipt at {} cannot be read", event.position.value));
    for (const auto& key : erased->keys) gone.push_back({event.stream, key});
  }
  EachDocument(*data.View(), [&](const NamedDocument& named) {
    if (named.key.empty()) return;
    ports_.store.AddReference({.case_id = event.stream,
                               .digest = named.digest,
                               .key = KeyOfDocument(event, named),
                               .recorded_by = event.recorded_by,
                               .position = event.position});
  });
  return true;
}

void DocumentKeeper::LinkAll() {
  for (;;) {
    const auto matches = ports_.store.ListMatches(kAtOnce);
    for (const auto& match : matches) {
      if (!loop_.Holds()) return;
      Link(match);
    }
    if (matches.size() < kAtOnce) return;
  }
}

void DocumentKeeper::Link(const DocumentStore::Match& match) {
  const auto& [reference, document] = match;
  const auto key = OpenDocumentKey(ports_.keys, KeyOfClaim(document.id), document.id, document.box);
  if (!key) {
    // A claim whose key is gone is none.
    ports_.store.EndClaim(document.id);
    return;
  }
  DocumentReference linked = reference;
  linked.document = document.id;
  try {
    linked.box = SealDocumentKey(ports_.keys, reference.key, document.id, *key);
  } catch (const KeyDestroyed&) {
    ports_.store.Erase(reference.case_id, reference.key);
    // What else waits for it is linked first.
    ports_.store.Shorten(document.id, ports_.clock.Now());
    return;
  }
  ports_.store.Link(linked);
  ports_.store.Shorten(document.id, ports_.clock.Now() + kClaimAfterUse);
}

void DocumentKeeper::TakeAway(const GoneKey& gone) {
  for (const auto& id : ports_.store.Erase(gone.case_id, gone.key)) {
    ports_.store.EndClaim(id);
    LetGo(id);
  }
}

void DocumentKeeper::LetGo(const std::string& id) {
  ports_.keys.Destroy(KeyOfClaim(id));
  if (!ports_.store.IsUsed(id)) ports_.store.Remove(id);
}

void DocumentKeeper::Sweep() {
  const Instant now = ports_.clock.Now();
  for (const auto& id : ports_.store.ListExpired(now, kAtOnce)) {
    if (!loop_.Holds()) return;
    // Its owner may have come back to it.
    if (ports_.store.EndClaim(id, now)) LetGo(id);
  }
}

void DocumentKeeper::RemoveUnused() {
  std::string after;
  for (;;) {
    const auto ids = ports_.store.ListUnused(after, kAtOnce);
    for (const auto& id : ids) {
      if (!loop_.Holds()) return;
      LetGo(id);
    }
    if (ids.size() < kAtOnce) break;
    after = ids.back();
  }
  for (const auto& id : ports_.store.ListStrayParts(kAtOnce)) ports_.store.RemoveParts(id);
}

}  // namespace docket
