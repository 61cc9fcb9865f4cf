/// Whether what is kept of documents is whole, and whether it is all that the log names: without a
/// key, so that whoever checks cannot read.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "persistence/documents/document_store.hpp"

namespace docket {

struct DocumentFindings {
  std::int64_t documents = 0;  ///< Whole ones that were looked at.
  std::int64_t bytes = 0;      ///< Their clear bytes.
  std::int64_t waiting = 0;    ///< Of these: claimed by their owners, and no case's yet.
  /// Named by a case, and the bytes are not here: they are elsewhere, or lost.
  struct Missing {
    StreamId case_id;
    DocumentDigest digest;
  };
  std::vector<Missing> missing;
  /// Sealed bytes that are not as they were stored, or parts of them gone: ids and digests.
  struct Damaged {
    std::string id;
    DocumentDigest digest;
    std::string why;
  };
  std::vector<Damaged> damaged;
  /// Nobody's: the keeper removes them when it next takes the lease.
  std::vector<std::string> orphans;
  std::int64_t unread = 0;  ///< Events that the keeper has not read yet: findings may be ahead.

  bool IsWhole() const { return damaged.empty(); }
};

using DocumentCheckProgress = std::function<void(std::int64_t documents)>;

/// Reads every part of every document. `head`: of the log of cases.
DocumentFindings CheckDocuments(const DocumentStore& store, Position head,
                                const DocumentCheckProgress& progress = {});

}  // namespace docket
