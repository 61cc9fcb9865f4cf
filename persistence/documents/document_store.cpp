#include "persistence/documents/document_store.hpp"

namespace docket {

namespace {

constexpr std::string_view kInsert =
    "INSERT INTO documents (id, owner, digest, media_type, bytes, parts, cipher, sealed_digest,"
    " box, received_at, kept_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kInsertPart =
    "INSERT INTO document_parts (document, number, sealed) VALUES (?, ?, ?)";
constexpr std::string_view kFinish =
    "UPDATE documents SET digest = ?, bytes = ?, parts = ?, sealed_digest = ?, kept_until = ?"
    " WHERE id = ? AND digest = '' AND box <> ''";
constexpr std::string_view kSelectPart =
    "SELECT sealed FROM document_parts WHERE document = ? AND number = ?";
constexpr std::string_view kSelect =
    "SELECT id, owner, digest, media_type, bytes, parts, cipher, sealed_digest, box,"
    " received_at,"
    " kept_until FROM documents WHERE id = ?";
constexpr std::string_view kSelectWaiting =
    "SELECT id, owner, digest, media_type, bytes, parts, cipher, sealed_digest, box,"
    " received_at,"
    " kept_until FROM documents WHERE owner = ? AND digest <> '' AND box <> '' AND kept_until > ?"
    " ORDER BY received_at, id";
constexpr std::string_view kSelectWaitingOne =
    "SELECT id, owner, digest, media_type, bytes, parts, cipher, sealed_digest, box,"
    " received_at,"
    " kept_until FROM documents WHERE owner = ? AND digest = ? AND box <> '' AND kept_until > ?"
    " ORDER BY received_at, id LIMIT 1";
constexpr std::string_view kSelectUse =
    "SELECT count(*), CAST(coalesce(sum(bytes), 0) AS bigint) FROM documents"
    " WHERE owner = ? AND box <> ''";
constexpr std::string_view kExtend =
    "UPDATE documents SET kept_until = ? WHERE owner = ? AND digest = ? AND box <> ''"
    " AND kept_until < ?";
constexpr std::string_view kShorten =
    "UPDATE documents SET kept_until = ? WHERE id = ? AND kept_until > ?";
constexpr std::string_view kEndClaimBy =
    "UPDATE documents SET box = '' WHERE id = ? AND box <> '' AND kept_until <= ?";
constexpr std::string_view kEndClaim = "UPDATE documents SET box = '' WHERE id = ? AND box <> ''";
constexpr std::string_view kSelectExpired =
    "SELECT id FROM documents WHERE box <> '' AND kept_until <= ? ORDER BY kept_until, id LIMIT ?";
constexpr std::string_view kSelectUnused =
    "SELECT id FROM documents AS d WHERE id > ? AND box = '' AND NOT EXISTS"
    " (SELECT 1 FROM document_references AS r WHERE r.document = d.id AND r.box <> '')"
    " ORDER BY id LIMIT ?";
constexpr std::string_view kSelectUsed =
    "SELECT 1 FROM document_references WHERE document = ? AND box <> '' LIMIT 1";
constexpr std::string_view kDelete = "DELETE FROM documents WHERE id = ? AND box = ''";
constexpr std::string_view kDeleteParts =
    "DELETE FROM document_parts WHERE document = ? AND NOT EXISTS"
    " (SELECT 1 FROM documents AS d WHERE d.id = document AND d.box <> '')";
constexpr std::string_view kSelectAfter =
    "SELECT id, owner, digest, media_type, bytes, parts, cipher, sealed_digest, box,"
    " received_at,"
    " kept_until FROM documents WHERE id > ? ORDER BY id LIMIT ?";
constexpr std::string_view kSelectStrays =
    "SELECT DISTINCT document FROM document_parts AS p WHERE NOT EXISTS"
    " (SELECT 1 FROM documents AS d WHERE d.id = p.document) ORDER BY document LIMIT ?";

constexpr std::string_view kInsertReference =
    "INSERT INTO document_references (case_id, digest, key, recorded_by, position, document, box,"
    " erased) VALUES (?, ?, ?, ?, ?, '', '', 0) ON CONFLICT DO NOTHING";
constexpr std::string_view kSelectReferences =
    "SELECT case_id, digest, key, recorded_by, position, document, box, erased"
    " FROM document_references WHERE case_id = ? ORDER BY position, digest, key";
// From the few that wait to what they are waited for by: most references have their bytes, or
// never will.
constexpr std::string_view kSelectMatches =
    "SELECT r.case_id, r.digest, r.key, r.recorded_by, r.position, r.document, r.box, r.erased,"
    " d.id FROM documents AS d CROSS JOIN document_references AS r"
    " WHERE d.box <> '' AND r.digest = d.digest AND r.recorded_by = d.owner AND r.document = ''"
    " AND r.erased = 0 ORDER BY r.position, r.digest, r.key, d.id LIMIT ?";
constexpr std::string_view kLink =
    "UPDATE document_references SET document = ?, box = ? WHERE case_id = ? AND digest = ?"
    " AND key = ? AND recorded_by = ? AND document = '' AND erased = 0";
constexpr std::string_view kSelectOfKey =
    "SELECT DISTINCT document FROM document_references"
    " WHERE case_id = ? AND key = ? AND document <> ''";
constexpr std::string_view kErase =
    "UPDATE document_references SET box = '', erased = 1 WHERE case_id = ? AND key = ?";
constexpr std::string_view kForget = "DELETE FROM document_references WHERE position > ?";
constexpr std::string_view kSelectMissing =
    "SELECT case_id, digest, key, recorded_by, position, document, box, erased"
    " FROM document_references AS r WHERE document = '' AND erased = 0"
    " AND (case_id > ? OR (case_id = ? AND digest > ?)) AND NOT EXISTS"
    " (SELECT 1 FROM document_references AS o WHERE o.case_id = r.case_id"
    " AND o.digest = r.digest AND o.document <> '') ORDER BY case_id, digest, key LIMIT ?";

constexpr std::string_view kProgressName = "references";
constexpr std::string_view kSelectProgress =
    "SELECT epoch, position FROM document_progress WHERE name = ?";
constexpr std::string_view kMoveTo =
    "INSERT INTO document_progress (name, epoch, position, token) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, position = excluded.position,"
    " token = excluded.token WHERE document_progress.token <= excluded.token";

const std::string& Text(const ViewRow& row, std::size_t column) {
  return std::get<std::string>(row.at(column));
}
std::int64_t Number(const ViewRow& row, std::size_t column) {
  return std::get<std::int64_t>(row.at(column));
}
std::int64_t Limit(std::size_t limit) { return static_cast<std::int64_t>(limit); }

SealCipher CipherOf(const std::string& name) {
  const auto cipher = FromName<SealCipher>(name);
  if (!cipher) throw StoreError("a document is sealed in a way that is not known here: " + name);
  return *cipher;
}

StoredDocument DocumentOf(const ViewRow& row) {
  return {.id = Text(row, 0),
          .owner = ActorId(Text(row, 1)),
          .digest = DocumentDigest(Text(row, 2)),
          .media_type = Text(row, 3),
          .bytes = Number(row, 4),
          .parts = Number(row, 5),
          .cipher = CipherOf(Text(row, 6)),
          .sealed_digest = Text(row, 7),
          .box = Text(row, 8),
          .received_at = Instant::FromMicros(Number(row, 9)),
          .kept_until = Instant::FromMicros(Number(row, 10))};
}

DocumentReference ReferenceOf(const ViewRow& row) {
  return {.case_id = StreamId(Text(row, 0)),
          .digest = DocumentDigest(Text(row, 1)),
          .key = KeyId(Text(row, 2)),
          .recorded_by = ActorId(Text(row, 3)),
          .position = Position(Number(row, 4)),
          .document = Text(row, 5),
          .box = Text(row, 6),
          .erased = Number(row, 7) != 0};
}

template <class Of>
auto AllOf(const std::vector<ViewRow>& rows, const Of& of) {
  std::vector<decltype(of(rows.front()))> all;
  all.reserve(rows.size());
  for (const auto& row : rows) all.push_back(of(row));
  return all;
}

std::string IdOf(const ViewRow& row) { return Text(row, 0); }

}  // namespace

void DocumentStore::Add(const StoredDocument& document) {
  const StoredDocument& d = document;
  tables_.Run(kInsert, {d.id, d.owner.value, d.digest.value, d.media_type, d.bytes, d.parts,
                        std::string(NameOf(d.cipher)), d.sealed_digest, d.box,
                        d.received_at.Micros(), d.kept_until.Micros()});
}

void DocumentStore::AddPart(const std::string& id, std::int64_t number, std::string sealed) {
  tables_.Run(kInsertPart, {id, number, Bytes{std::move(sealed)}});
}

bool DocumentStore::Finish(const StoredDocument& document) {
  return tables_.Run(kFinish,
                     {document.digest.value, document.bytes, document.parts, document.sealed_digest,
                      document.kept_until.Micros(), document.id}) == 1;
}

std::optional<std::string> DocumentStore::FindPart(const std::string& id,
                                                   std::int64_t number) const {
  auto rows = tables_.Query(kSelectPart, {id, number});
  if (rows.empty()) return std::nullopt;
  return std::move(std::get<Bytes>(rows.front().front()).value);
}

std::optional<StoredDocument> DocumentStore::Find(const std::string& id) const {
  const auto rows = tables_.Query(kSelect, {id});
  return rows.empty() ? std::nullopt : std::optional(DocumentOf(rows.front()));
}

std::vector<StoredDocument> DocumentStore::ListWaiting(const ActorId& owner, Instant now) const {
  return AllOf(tables_.Query(kSelectWaiting, {owner.value, now.Micros()}), DocumentOf);
}

std::optional<StoredDocument> DocumentStore::FindWaiting(const ActorId& owner,
                                                         const DocumentDigest& digest,
                                                         Instant now) const {
  const auto rows = tables_.Query(kSelectWaitingOne, {owner.value, digest.value, now.Micros()});
  return rows.empty() ? std::nullopt : std::optional(DocumentOf(rows.front()));
}

WaitingUse DocumentStore::UseOf(const ActorId& owner) const {
  const auto rows = tables_.Query(kSelectUse, {owner.value});
  return {Number(rows.front(), 0), Number(rows.front(), 1)};
}

void DocumentStore::Extend(const ActorId& owner, const DocumentDigest& digest, Instant until) {
  tables_.Run(kExtend, {until.Micros(), owner.value, digest.value, until.Micros()});
}

void DocumentStore::Shorten(const std::string& id, Instant until) {
  tables_.Run(kShorten, {until.Micros(), id, until.Micros()});
}

bool DocumentStore::EndClaim(const std::string& id, Instant by) {
  return tables_.Run(kEndClaimBy, {id, by.Micros()}) == 1;
}

bool DocumentStore::EndClaim(const std::string& id) { return tables_.Run(kEndClaim, {id}) == 1; }

std::vector<std::string> DocumentStore::ListExpired(Instant now, std::size_t limit) const {
  return AllOf(tables_.Query(kSelectExpired, {now.Micros(), Limit(limit)}), IdOf);
}

std::vector<std::string> DocumentStore::ListUnused(const std::string& after,
                                                   std::size_t limit) const {
  return AllOf(tables_.Query(kSelectUnused, {after, Limit(limit)}), IdOf);
}

bool DocumentStore::IsUsed(const std::string& id) const {
  return !tables_.Query(kSelectUsed, {id}).empty();
}

void DocumentStore::Remove(const std::string& id) {
  RemoveParts(id);
  tables_.Run(kDelete, {id});
}

std::vector<StoredDocument> DocumentStore::ListAfter(const std::string& after,
                                                     std::size_t limit) const {
  return AllOf(tables_.Query(kSelectAfter, {after, Limit(limit)}), DocumentOf);
}

std::vector<std::string> DocumentStore::ListStrayParts(std::size_t limit) const {
  return AllOf(tables_.Query(kSelectStrays, {Limit(limit)}), IdOf);
}

void DocumentStore::RemoveParts(const std::string& id) { tables_.Run(kDeleteParts, {id}); }

void DocumentStore::AddReference(const DocumentReference& reference) {
  tables_.Run(kInsertReference,
              {reference.case_id.value, reference.digest.value, reference.key.value,
               reference.recorded_by.value, reference.position.value});
}

std::vector<DocumentReference> DocumentStore::ReferencesOf(const StreamId& case_id) const {
  return AllOf(tables_.Query(kSelectReferences, {case_id.value}), ReferenceOf);
}

std::vector<DocumentStore::Match> DocumentStore::ListMatches(std::size_t limit) const {
  constexpr std::size_t kDocumentColumn = 8;
  std::vector<Match> matches;
  for (const auto& row : tables_.Query(kSelectMatches, {Limit(limit)})) {
    auto document = Find(Text(row, kDocumentColumn));
    if (document) matches.push_back({ReferenceOf(row), std::move(*document)});
  }
  return matches;
}

bool DocumentStore::Link(const DocumentReference& reference) {
  return tables_.Run(kLink, {reference.document, reference.box, reference.case_id.value,
                             reference.digest.value, reference.key.value,
                             reference.recorded_by.value}) == 1;
}

std::vector<std::string> DocumentStore::Erase(const StreamId& case_id, const KeyId& key) {
  auto documents = AllOf(tables_.Query(kSelectOfKey, {case_id.value, key.value}), IdOf);
  tables_.Run(kErase, {case_id.value, key.value});
  return documents;
}

void DocumentStore::ForgetReferencesAfter(Position position) {
  tables_.Run(kForget, {position.value});
}

std::vector<DocumentReference> DocumentStore::ListMissing(const StreamId& after_case,
                                                          const DocumentDigest& after,
                                                          std::size_t limit) const {
  return AllOf(tables_.Query(kSelectMissing,
                             {after_case.value, after_case.value, after.value, Limit(limit)}),
               ReferenceOf);
}

std::optional<LogPlace> DocumentStore::Progress() const {
  const auto rows = tables_.Query(kSelectProgress, {std::string(kProgressName)});
  if (rows.empty()) return std::nullopt;
  return LogPlace{Epoch(Text(rows.front(), 0)), Position(Number(rows.front(), 1))};
}

bool DocumentStore::MoveTo(const LogPlace& progress, std::int64_t token) {
  return tables_.Run(kMoveTo, {std::string(kProgressName), progress.epoch.value,
                               progress.position.value, token}) == 1;
}

}  // namespace docket
