/// Documents (文书、材料): received, kept sealed, given out again.
///
/// A document is known by the SHA-256 of its bytes, as events name it. Whoever sends one has a
/// claim on it for a while; an act that its sender records with the digest makes it the case's, and
/// it is then kept under the case's key (document_keeper.hpp). Nobody gets at a document by knowing
/// its digest: it has to be the sender's own, or the case's. The same bytes sent by two accounts
/// are kept twice, so that neither learns of the other.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "persistence/documents/document_seal.hpp"
#include "persistence/documents/document_store.hpp"
#include "persistence/store.hpp"

namespace docket {

struct DocumentLimits {
  std::int64_t bytes_max = 50 << 20;           ///< Of one.
  std::int64_t waiting_max = 200;              ///< Of one account, not named by an act yet.
  std::int64_t waiting_bytes_max = 500 << 20;  ///< Of all these together.
  std::chrono::hours kept{72};                 ///< How long one waits.
};

/// What somebody is about to send.
struct Arrival {
  ActorId owner;
  std::string media_type;
  std::int64_t bytes = 0;                  ///< As announced.
  std::optional<DocumentDigest> digest{};  ///< As announced.
};

/// The next bytes, that many unless they end; a refusal ends it all.
using ByteSource = std::function<Expected<std::string>(std::size_t bytes)>;
/// Looks at the first part before anything is kept.
using BeginningCheck = std::function<Expected<void>(std::string_view beginning)>;

/// A document to be read from first to last. What it works with outlives it. Not thread-safe.
class DocumentReader {
 public:
  DocumentReader(const DocumentStore& store, StoredDocument document, const SecretKey& key)
      : store_(store), document_(std::move(document)), key_{document_.cipher, key} {}
  const StoredDocument& About() const { return document_; }
  /// The next part; nullopt: that was all. Throws StoreError where a part is missing or is not as
  /// it was.
  std::optional<std::string> Next();

 private:
  const DocumentStore& store_;
  StoredDocument document_;
  DocumentKey key_;
  std::int64_t next_ = 0;
};

/// Thread-safe.
class Documents {
 public:
  /// All outlive it.
  struct Ports {
    DocumentStore& store;
    KeyStore& keys;
    IdSource& ids;
    const Clock& clock;  ///< Of the machine: claims are no legal periods.
  };
  Documents(const Ports& ports, DocumentLimits limits) : ports_(ports), limits_(limits) {}

  const DocumentLimits& Limits() const { return limits_; }
  /// Reads all of `source` and keeps it. What the owner has waiting already is not kept twice.
  /// Refused: `document_too_large`, `document_empty`, `documents_waiting`, `digest_mismatch`, and
  /// as `source` and `check` refuse; nothing is kept then.
  Expected<StoredDocument> Receive(const Arrival& arrival, const ByteSource& source,
                                   const BeginningCheck& check);
  std::vector<StoredDocument> ListWaiting(const ActorId& owner) const;
  /// Gives up what the owner has waiting of this digest; refused: `unknown_document`.
  Expected<void> Discard(const ActorId& owner, const DocumentDigest& digest);
  /// About to be named by an act of its owner: the claim does not end meanwhile.
  void Reserve(const ActorId& owner, const DocumentDigest& digest);

  /// How a case has a document.
  enum class Standing : std::uint8_t {
    kAbsent,  ///< Named, and its bytes are elsewhere.
    kKept,
    kErased,  ///< 已删除: its key is gone.
  };
  struct Kept {
    Standing standing = Standing::kAbsent;
    std::optional<StoredDocument> document{};  ///< Where it is kept.
  };
  /// One event of the case that names it: who recorded it, and KeyOfDocument.
  struct Naming {
    ActorId recorded_by;
    KeyId key;
  };
  struct CaseDocument {
    StreamId case_id;
    DocumentDigest digest;
    std::vector<Naming> named;
  };
  Kept Look(const CaseDocument& named) const;
  /// Refused: `document_not_kept`, `document_erased`.
  Expected<DocumentReader> Open(const CaseDocument& named) const;

 private:
  Expected<void> Admit(const Arrival& arrival) const;
  Expected<StoredDocument> Fill(StoredDocument document, const DocumentKey& key,
                                const Arrival& arrival, std::string part, const ByteSource& source);
  /// Under which key the case, or the claim of whoever recorded it, has it.
  struct Found {
    StoredDocument document;
    KeyId under;
    std::string box;
  };
  struct Search {
    std::optional<Found> found;
    bool erased = false;
  };
  Search SearchFor(const CaseDocument& named) const;

  Ports ports_;
  const DocumentLimits limits_;
};

inline constexpr Refusal kDocumentTooLarge{"document_too_large", "文件超过大小上限",
                                           "the document is larger than allowed"};
inline constexpr Refusal kDocumentEmpty{"document_empty", "文件没有内容", "there are no bytes"};
inline constexpr Refusal kDocumentsWaiting{
    "documents_waiting", "待用文件过多，请先用于办理事项或删除",
    "too many documents wait to be named by an act: use or discard some first"};
inline constexpr Refusal kDigestMismatch{"digest_mismatch", "文件内容与所报摘要值不符",
                                         "the bytes are not those of the digest"};
inline constexpr Refusal kUnknownDocument{"unknown_document", "没有此文件",
                                          "there is no such document"};
inline constexpr Refusal kDocumentNotKept{"document_not_kept", "本系统未保存此文件",
                                          "the case names it, and its bytes are not kept here"};
inline constexpr Refusal kDocumentErased{"document_erased", "此文件已依法删除",
                                         "the document was erased", "个人信息保护法 47"};

}  // namespace docket
