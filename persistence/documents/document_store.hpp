/// Documents as they are kept: sealed bytes in parts, their owners' claims, and the cases that name
/// them. Rows and nothing else; what they mean is known in documents.hpp and document_keeper.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event_log.hpp"
#include "domain/time.hpp"
#include "persistence/keys/sealing.hpp"
#include "persistence/log_place.hpp"
#include "persistence/side_tables.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

struct StoredDocument {
  std::string id;
  ActorId owner;
  DocumentDigest digest;  ///< Of the clear bytes; empty while they arrive.
  std::string media_type;
  std::int64_t bytes = 0;  ///< Clear. While they arrive: as announced.
  std::int64_t parts = 0;
  SealCipher cipher = SealCipher::kXChaCha20Poly1305;  ///< Of its parts.
  std::string sealed_digest;  ///< `sha256:` of the sealed parts, one after the other.
  std::string box;            ///< Its key, sealed for its owner; empty: the owner's claim is over.
  Instant received_at;
  Instant kept_until;  ///< When the owner's claim ends.
};

/// That a case names a document. Known by all but what comes after `recorded_by`.
struct DocumentReference {
  StreamId case_id;
  DocumentDigest digest;
  KeyId key;  ///< Under which the case keeps it.
  ActorId recorded_by;
  Position position;          ///< Of the first event that says so.
  std::string document = {};  ///< Empty: its bytes are not here.
  std::string box = {};       ///< The document's key, sealed under `key`.
  bool erased = false;
};

/// What documents an account has waiting, those that arrive counted as announced.
struct WaitingUse {
  std::int64_t documents = 0;
  std::int64_t bytes = 0;
};

/// Thread-safe. Failure: StoreError. Each call is one statement.
class DocumentStore {
 public:
  explicit DocumentStore(SideTables& tables) : tables_(tables) {}

  void Add(const StoredDocument& document);
  void AddPart(const std::string& id, std::int64_t number, std::string sealed);
  /// All bytes are here. False: it was removed meanwhile.
  bool Finish(const StoredDocument& document);
  std::optional<std::string> FindPart(const std::string& id, std::int64_t number) const;
  std::optional<StoredDocument> Find(const std::string& id) const;
  /// Whole ones whose claim is not over, oldest first.
  std::vector<StoredDocument> ListWaiting(const ActorId& owner, Instant now) const;
  std::optional<StoredDocument> FindWaiting(const ActorId& owner, const DocumentDigest& digest,
                                            Instant now) const;
  WaitingUse UseOf(const ActorId& owner) const;
  /// The claim on whatever the owner has of this digest lasts until then at least.
  void Extend(const ActorId& owner, const DocumentDigest& digest, Instant until);
  /// It lasts no longer than that.
  void Shorten(const std::string& id, Instant until);
  /// Ends the claim where it is over by then; false: it is not. The bytes stay.
  bool EndClaim(const std::string& id, Instant by);
  /// Ends it whatever its time; false: it had ended.
  bool EndClaim(const std::string& id);
  /// Ids of claims that are over, whole or not.
  std::vector<std::string> ListExpired(Instant now, std::size_t limit) const;
  /// Without a claim and named by no case: ids after `after`, in order.
  std::vector<std::string> ListUnused(const std::string& after, std::size_t limit) const;
  bool IsUsed(const std::string& id) const;
  /// Parts and all; nothing happens to one that has a claim.
  void Remove(const std::string& id);
  /// In order of their ids.
  std::vector<StoredDocument> ListAfter(const std::string& after, std::size_t limit) const;
  /// Parts of a document that is not there: its ids.
  std::vector<std::string> ListStrayParts(std::size_t limit) const;
  void RemoveParts(const std::string& id);

  /// Nothing happens where it is known.
  void AddReference(const DocumentReference& reference);
  std::vector<DocumentReference> ReferencesOf(const StreamId& case_id) const;
  /// Those without bytes for which their recorder has a document now.
  struct Match {
    DocumentReference reference;
    StoredDocument document;
  };
  std::vector<Match> ListMatches(std::size_t limit) const;
  /// False: it was linked or erased meanwhile.
  bool Link(const DocumentReference& reference);
  /// The case's key is gone: the ids of the documents that it kept under it.
  std::vector<std::string> Erase(const StreamId& case_id, const KeyId& key);
  /// What the log said behind this position, it does not say any more.
  void ForgetReferencesAfter(Position position);
  /// Named by the log and not here, by case and digest, after that pair.
  std::vector<DocumentReference> ListMissing(const StreamId& after_case,
                                             const DocumentDigest& after, std::size_t limit) const;

  std::optional<LogPlace> Progress() const;
  /// False: a holder of a younger lease has moved it.
  bool MoveTo(const LogPlace& progress, std::int64_t token);

 private:
  SideTables& tables_;
};

}  // namespace docket
