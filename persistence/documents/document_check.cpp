#include "persistence/documents/document_check.hpp"

#include <fmt/format.h>

#include "domain/evidence/sha256.hpp"

namespace docket {

namespace {

constexpr std::size_t kPage = 200;

/// Empty: it is whole.
std::string DamageOf(const DocumentStore& store, const StoredDocument& document) {
  Sha256 digest;
  for (std::int64_t number = 0; number < document.parts; ++number) {
    const auto part = store.FindPart(document.id, number);
    if (!part) return fmt::format("part {} of {} is missing", number, document.parts);
    digest.Add(*part);
  }
  if ("sha256:" + digest.Hex() != document.sealed_digest) return "its bytes have changed";
  return "";
}

void CheckAll(const DocumentStore& store, DocumentFindings& findings,
              const DocumentCheckProgress& progress) {
  std::string after;
  for (;;) {
    const auto page = store.ListAfter(after, kPage);
    for (const auto& document : page) {
      after = document.id;
      const bool arrives = document.digest.value.empty();
      if (arrives) continue;
      ++findings.documents;
      findings.bytes += document.bytes;
      const bool is_used = store.IsUsed(document.id);
      if (!is_used && !document.box.empty()) ++findings.waiting;
      if (!is_used && document.box.empty()) findings.orphans.push_back(document.id);
      auto damage = DamageOf(store, document);
      if (!damage.empty()) {
        findings.damaged.push_back({document.id, document.digest, std::move(damage)});
      }
      if (progress) progress(findings.documents);
    }
    if (page.size() < kPage) return;
  }
}

void FindMissing(const DocumentStore& store, DocumentFindings& findings) {
  StreamId case_id;
  DocumentDigest digest;
  for (;;) {
    const auto page = store.ListMissing(case_id, digest, kPage);
    for (const auto& reference : page) {
      const bool again = reference.case_id == case_id && reference.digest == digest;
      case_id = reference.case_id;
      digest = reference.digest;
      if (!again) findings.missing.push_back({case_id, digest});
    }
    if (page.size() < kPage) return;
  }
}

}  // namespace

DocumentFindings CheckDocuments(const DocumentStore& store, Position head,
                                const DocumentCheckProgress& progress) {
  DocumentFindings findings;
  const auto read_to = store.Progress();
  findings.unread = head.value - (read_to ? std::min(read_to->position, head).value : 0);
  CheckAll(store, findings, progress);
  FindMissing(store, findings);
  for (auto& id : store.ListStrayParts(kPage)) findings.orphans.push_back(std::move(id));
  return findings;
}

}  // namespace docket
