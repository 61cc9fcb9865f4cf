#include "persistence/documents/documents.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "domain/evidence/sha256.hpp"

namespace docket {

namespace {

/// Longer than any transfer: whoever dies in one leaves a document that nobody ends.
constexpr std::chrono::hours kArrivalMax{1};
/// From an act's arrival until the log knows it.
constexpr std::chrono::hours kReserved{1};
constexpr std::string_view kDigestScheme = "sha256:";

/// Takes back what was begun, unless it is kept.
class Undo {
 public:
  Undo(DocumentStore& store, KeyStore& keys, std::string id)
      : store_(store), keys_(keys), id_(std::move(id)) {}
  ~Undo() {
    if (kept_) return;
    try {
      store_.EndClaim(id_);
      store_.Remove(id_);
      keys_.Destroy(KeyOfClaim(id_));
    } catch (const StoreError&) {
      // The keeper removes it when its time is over.
    }
  }
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;
  void Keep() { kept_ = true; }

 private:
  DocumentStore& store_;
  KeyStore& keys_;
  const std::string id_;
  bool kept_ = false;
};

DocumentDigest DigestOf(Sha256& sha256) {
  return DocumentDigest(std::string(kDigestScheme) + sha256.Hex());
}

}  // namespace

std::optional<std::string> DocumentReader::Next() {
  if (next_ == document_.parts) return std::nullopt;
  const std::int64_t number = next_++;
  const DocumentPart part{document_.id, number, number + 1 == document_.parts};
  const auto sealed = store_.FindPart(document_.id, number);
  auto clear = sealed ? OpenPart(key_, part, *sealed) : std::nullopt;
  if (!clear) {
    throw StoreError(
        fmt::format("part {} of document {} is missing or damaged", number, document_.id));
  }
  return clear;
}

Expected<void> Documents::Admit(const Arrival& arrival) const {
  if (arrival.bytes == 0) return Refuse(RejectionKind::kInvalid, kDocumentEmpty);
  if (arrival.bytes > limits_.bytes_max) {
    return Refuse(RejectionKind::kInvalid, kDocumentTooLarge);
  }
  const WaitingUse use = ports_.store.UseOf(arrival.owner);
  const bool fits =
      use.documents < limits_.waiting_max && use.bytes + arrival.bytes <= limits_.waiting_bytes_max;
  if (!fits) return Refuse(RejectionKind::kRefused, kDocumentsWaiting);
  return {};
}

Expected<StoredDocument> Documents::Receive(const Arrival& arrival, const ByteSource& source,
                                            const BeginningCheck& check) {
  if (auto admitted = Admit(arrival); !admitted) return tl::unexpected(admitted.error());
  auto part = source(kDocumentPartBytes);
  if (!part) return tl::unexpected(part.error());
  if (auto checked = check(*part); !checked) return tl::unexpected(checked.error());

  const SecretKey key = sealing::NewKey();
  const Instant now = ports_.clock.Now();
  StoredDocument document{.id = ports_.ids.NewUuid(),
                          .owner = arrival.owner,
                          .digest = {},
                          .media_type = arrival.media_type,
                          .bytes = arrival.bytes,
                          .parts = 0,
                          .cipher = ports_.keys.Cipher(),
                          .sealed_digest = {},
                          .box = {},
                          .received_at = now,
                          .kept_until = now + kArrivalMax};
  document.box = SealDocumentKey(ports_.keys, KeyOfClaim(document.id), document.id, key);
  Undo undo(ports_.store, ports_.keys, document.id);
  ports_.store.Add(document);
  const DocumentKey document_key{document.cipher, key};
  auto filled = Fill(std::move(document), document_key, arrival, std::move(*part), source);
  if (!filled) return filled;
  filled->kept_until = ports_.clock.Now() + limits_.kept;
  if (auto known = ports_.store.FindWaiting(arrival.owner, filled->digest, ports_.clock.Now())) {
    ports_.store.Extend(arrival.owner, filled->digest, filled->kept_until);
    known->kept_until = std::max(known->kept_until, filled->kept_until);
    return std::move(*known);
  }
  if (!ports_.store.Finish(*filled)) {
    throw StoreError("a document was removed while it arrived");
  }
  undo.Keep();
  return filled;
}

Expected<StoredDocument> Documents::Fill(StoredDocument document, const DocumentKey& key,
                                         const Arrival& arrival, std::string part,
                                         const ByteSource& source) {
  Sha256 clear_digest;
  Sha256 sealed_digest;
  document.bytes = 0;
  for (bool last = false; !last;) {
    document.bytes += static_cast<std::int64_t>(part.size());
    last = document.bytes >= arrival.bytes;
    clear_digest.Add(part);
    std::string sealed =
        SealPart(key, sealing::NewNonce(key.cipher), {document.id, document.parts, last}, part);
    sealed_digest.Add(sealed);
    ports_.store.AddPart(document.id, document.parts++, std::move(sealed));
    if (last) break;
    auto next = source(kDocumentPartBytes);
    if (!next) return tl::unexpected(next.error());
    part = std::move(*next);
  }
  document.digest = DigestOf(clear_digest);
  document.sealed_digest = DigestOf(sealed_digest).value;
  if (arrival.digest && *arrival.digest != document.digest) {
    return Refuse(RejectionKind::kInvalid, kDigestMismatch);
  }
  return document;
}

std::vector<StoredDocument> Documents::ListWaiting(const ActorId& owner) const {
  return ports_.store.ListWaiting(owner, ports_.clock.Now());
}

Expected<void> Documents::Discard(const ActorId& owner, const DocumentDigest& digest) {
  const auto document = ports_.store.FindWaiting(owner, digest, ports_.clock.Now());
  if (!document) return Refuse(RejectionKind::kNotFound, kUnknownDocument);
  // From here on no act makes it a case's; what a case has already, the keeper leaves to it.
  ports_.store.Shorten(document->id, ports_.clock.Now());
  return {};
}

void Documents::Reserve(const ActorId& owner, const DocumentDigest& digest) {
  ports_.store.Extend(owner, digest, ports_.clock.Now() + kReserved);
}

Documents::Search Documents::SearchFor(const CaseDocument& named) const {
  Search search;
  for (const auto& reference : ports_.store.ReferencesOf(named.case_id)) {
    if (reference.digest != named.digest) continue;
    if (reference.box.empty()) {
      search.erased = search.erased || reference.erased;
      continue;
    }
    auto document = ports_.store.Find(reference.document);
    if (!document) continue;
    search.found = Found{std::move(*document), reference.key, reference.box};
    return search;
  }
  // The keeper may not have come to it yet, nor to an erasure.
  for (const auto& [owner, case_key] : named.named) {
    if (ports_.keys.IsDestroyed(case_key)) {
      search.erased = true;
      continue;
    }
    auto waiting = ports_.store.FindWaiting(owner, named.digest, ports_.clock.Now());
    if (!waiting) continue;
    const KeyId under = KeyOfClaim(waiting->id);
    std::string box = waiting->box;
    search.found = Found{std::move(*waiting), under, std::move(box)};
    return search;
  }
  return search;
}

Documents::Kept Documents::Look(const CaseDocument& named) const {
  auto [found, erased] = SearchFor(named);
  if (found) return {Standing::kKept, std::move(found->document)};
  return {erased ? Standing::kErased : Standing::kAbsent, std::nullopt};
}

Expected<DocumentReader> Documents::Open(const CaseDocument& named) const {
  auto [found, erased] = SearchFor(named);
  if (!found) {
    return Refuse(RejectionKind::kNotFound, erased ? kDocumentErased : kDocumentNotKept);
  }
  const auto key = OpenDocumentKey(ports_.keys, found->under, found->document.id, found->box);
  // Between the order and the keeper's coming to its receipt.
  if (!key) return Refuse(RejectionKind::kNotFound, kDocumentErased);
  return DocumentReader(ports_.store, std::move(found->document), *key);
}

}  // namespace docket
