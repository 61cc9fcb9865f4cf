// Scenarios of documents: how they come, whose they are, when they go, and what a check finds.
#include "persistence/documents/documents.hpp"
#include "domain/evidence/sha256.hpp"
#include "persistence/documents/document_check.hpp"
#include "persistence/documents/document_keeper.hpp"
#include "persistence/ids/uuid7.hpp"
#include "tests/conformance/conformance.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using Standing = Documents::Standing;

const ActorId kOwner{"portal-0001"};
const StreamId kCase{"complaint-01900000-0000-7000-8000-000000000001"};
const StreamId kOtherCase{"complaint-01900000-0000-7000-8000-000000000002"};
const std::string kSmall = "投诉书正文";

DocumentDigest DigestOf(const std::string& bytes) {
  return DocumentDigest("sha256:" + Sha256Hex(bytes));
}

/// As its sender says; 0: as many as there are.
Arrival Announced(std::int64_t bytes, std::optional<DocumentDigest> digest = {}) {
  return {.owner = {}, .media_type = {}, .bytes = bytes, .digest = std::move(digest)};
}

/// Several parts, the last of them short.
std::string LargeBytes() {
  std::string bytes;
  while (bytes.size() < 2 * kDocumentPartBytes + 1000)
    bytes += Sha256Hex(std::to_string(bytes.size()));
  return bytes;
}

class DocumentsOfCases : public testing::ConformanceTest {
 protected:
  DocumentsOfCases() { keeper_ = NewKeeper(); }
  ~DocumentsOfCases() override { keeper_->Stop(); }

  Expected<StoredDocument> Send(const std::string& bytes, const ActorId& owner = kOwner,
                                const Arrival& as = {}) {
    Arrival arrival = as;
    arrival.owner = owner;
    arrival.media_type = "text/plain";
    if (arrival.bytes == 0) arrival.bytes = static_cast<std::int64_t>(bytes.size());
    std::size_t read = 0;
    return documents_.Receive(
        arrival,
        [&](std::size_t count) -> Expected<std::string> {
          const std::string part = bytes.substr(read, count);
          read += part.size();
          if (part.empty())
            return Refuse(RejectionKind::kInvalid, {"body_unreadable", "断", "cut"});
          return part;
        },
        [](std::string_view) -> Expected<void> { return {}; });
  }

  static KeyId KeyOf(const StreamId& case_id) { return SubjectKey(case_id, Subject::kParties); }

  static NewEvent Naming(const StreamId& case_id, const DocumentDigest& digest,
                         const ActorId& recorded_by) {
    const Json name = {{"$sealed", 1}, {"key", KeyOf(case_id).value}, {"box", "AA=="}};
    NewEvent event = testing::MakeEvent(
        CanonicalJson({{"evidence", {{{"digest", digest.value}, {"name", name}}}}}));
    event.recorded_by = recorded_by;
    return event;
  }
  /// An event of the case names the document.
  void Name(const StreamId& case_id, const DocumentDigest& digest,
            const ActorId& recorded_by = kOwner) {
    Accepted(testing::Request({{case_id, testing::kAny, {Naming(case_id, digest, recorded_by)}}}));
  }
  void Erase(const StreamId& case_id) { Erase(case_id, KeyOf(case_id)); }
  void Erase(const StreamId& case_id, const KeyId& key) {
    KeysOf(First()).Destroy(key);
    NewEvent event = testing::MakeEvent(
        CanonicalJson(Encode(personal::Erased{"erasure-1", {key}, clock_.Now()})));
    event.type = personal::Erased::kType;
    Accepted(testing::Request({{case_id, testing::kAny, {event}}}));
  }

  std::unique_ptr<DocumentKeeper> NewKeeper() {
    return std::make_unique<DocumentKeeper>(
        DocumentKeeper::Ports{store_, KeysOf(First()), Log(), clock_,
                              First().store->SingleRunners()},
        DocumentKeeper::Options{.page_events = 3, .poll = 10ms});
  }
  /// Runs until `done` or for a while; then says whether it was.
  bool KeepUntil(const std::function<bool()>& done) {
    keeper_ = NewKeeper();
    keeper_->Start();
    const auto give_up = std::chrono::steady_clock::now() + 20s;
    while (!done() && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
    keeper_->Stop();
    return done();
  }
  bool KeepUntilLinked(const StreamId& case_id) {
    return KeepUntil([&] {
      const auto references = store_.ReferencesOf(case_id);
      return !references.empty() && !references.front().box.empty();
    });
  }

  Standing StandingIn(const StreamId& case_id, const std::string& bytes,
                      const ActorId& recorded_by = kOwner) {
    return documents_.Look({case_id, DigestOf(bytes), {{recorded_by, KeyOf(case_id)}}}).standing;
  }
  std::string ReadIn(const StreamId& case_id, const std::string& bytes,
                     const ActorId& recorded_by = kOwner) {
    auto reader = documents_.Open({case_id, DigestOf(bytes), {{recorded_by, KeyOf(case_id)}}});
    if (!reader) return reader.error().code;
    std::string all;
    while (const auto part = reader->Next()) all += *part;
    return all;
  }
  DocumentFindings Check() { return CheckDocuments(store_, HeadPosition()); }
  bool IsEmpty() { return store_.ListAfter("", 10).empty() && store_.ListStrayParts(10).empty(); }

  RandomIds ids_;
  DocumentStore store_{First().store->Documents()};
  Documents documents_{{store_, KeysOf(First()), ids_, clock_},
                       {.bytes_max = 4 << 20, .waiting_max = 3, .waiting_bytes_max = 5 << 20}};
  std::unique_ptr<DocumentKeeper> keeper_;
};

TEST_F(DocumentsOfCases, BecomesTheCasesByAnActOfItsOwner) {
  const std::string bytes = LargeBytes();
  const auto sent = Send(bytes);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->digest, DigestOf(bytes));
  EXPECT_EQ(sent->parts, 3);
  EXPECT_EQ(StandingIn(kCase, "something else"), Standing::kAbsent);
  Name(kCase, sent->digest);
  EXPECT_EQ(ReadIn(kCase, bytes), bytes) << "before anybody has linked it";
  ASSERT_TRUE(KeepUntilLinked(kCase));
  EXPECT_EQ(ReadIn(kCase, bytes), bytes);
  EXPECT_EQ(ReadIn(kCase, bytes, ActorId("somebody-else")), bytes) << "it is the case's now";
  clock_.Set(clock_.Now() + 2h);
  ASSERT_TRUE(KeepUntil([&] { return documents_.ListWaiting(kOwner).empty(); }));
  EXPECT_EQ(ReadIn(kCase, bytes), bytes) << "the claim is over, the case's is not";
  EXPECT_EQ(Check().documents, 1);
  EXPECT_TRUE(Check().orphans.empty());
}

TEST_F(DocumentsOfCases, KnowingADigestIsNotHavingTheDocument) {
  const auto sent = Send(kSmall);
  ASSERT_TRUE(sent);
  Name(kCase, sent->digest);
  ASSERT_TRUE(KeepUntilLinked(kCase));
  const ActorId thief("portal-0002");
  Name(kOtherCase, sent->digest, thief);
  ASSERT_TRUE(KeepUntil([&] { return !store_.ReferencesOf(kOtherCase).empty(); }));
  EXPECT_EQ(ReadIn(kOtherCase, kSmall, thief), "document_not_kept");
  EXPECT_EQ(StandingIn(kOtherCase, kSmall, thief), Standing::kAbsent);
  ASSERT_EQ(Check().missing.size(), 1U);
  EXPECT_EQ(Check().missing.front().case_id, kOtherCase);
  // Who has it sends it, and is told nothing of there being another.
  const auto own = Send(kSmall, thief);
  ASSERT_TRUE(own);
  EXPECT_NE(own->id, sent->id);
  ASSERT_TRUE(KeepUntilLinked(kOtherCase)) << "named before it came";
  EXPECT_EQ(ReadIn(kOtherCase, kSmall, thief), kSmall);
  EXPECT_TRUE(Check().missing.empty());
}

TEST_F(DocumentsOfCases, WhatIsSentAgainIsKeptOnce) {
  const auto first = Send(kSmall);
  const auto again = Send(kSmall);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(store_.ListAfter("", 10).size(), 1U);
  EXPECT_TRUE(store_.ListStrayParts(10).empty());
}

TEST_F(DocumentsOfCases, WhatIsRefusedLeavesNothing) {
  const auto code = [](const auto& sent) { return sent ? "taken" : sent.error().code; };
  EXPECT_EQ(code(Send("")), "document_empty");
  EXPECT_EQ(code(Send(kSmall, kOwner, Announced((4 << 20) + 1))), "document_too_large");
  EXPECT_EQ(code(Send(kSmall, kOwner, Announced(0, DigestOf("other")))), "digest_mismatch");
  EXPECT_EQ(code(Send(LargeBytes(), kOwner, Announced(3 << 20))), "body_unreadable")
      << "the rest did not come";
  EXPECT_TRUE(IsEmpty());
  EXPECT_EQ(code(Send(kSmall, kOwner, Announced(0, DigestOf(kSmall)))), "taken");
}

TEST_F(DocumentsOfCases, AnAccountHasSoManyWaiting) {
  for (const char* bytes : {"一", "二", "三"}) ASSERT_TRUE(Send(bytes));
  const auto fourth = Send("四");
  ASSERT_FALSE(fourth);
  EXPECT_EQ(fourth.error().code, "documents_waiting");
  EXPECT_TRUE(Send("四", ActorId("portal-0002"))) << "another's are his own";
  ASSERT_TRUE(documents_.Discard(kOwner, DigestOf("二")));
  ASSERT_TRUE(KeepUntil([&] { return store_.UseOf(kOwner).documents == 2; }));
  EXPECT_TRUE(Send("四"));
  EXPECT_EQ(documents_.Discard(kOwner, DigestOf("二")).error().code, "unknown_document");
}

TEST_F(DocumentsOfCases, WhatNobodyNamesIsRemovedInTimeAndWhatIsReservedIsNot) {
  const auto sent = Send(kSmall);
  const auto other = Send("另一份");
  ASSERT_TRUE(sent && other);
  clock_.Set(sent->kept_until + -1min);
  documents_.Reserve(kOwner, sent->digest);
  clock_.Set(sent->kept_until + 1min);
  ASSERT_TRUE(KeepUntil([&] { return store_.ListAfter("", 10).size() == 1; }));
  Name(kCase, sent->digest);
  ASSERT_TRUE(KeepUntilLinked(kCase));
  EXPECT_EQ(ReadIn(kCase, kSmall), kSmall);
  EXPECT_TRUE(KeysOf(First()).IsDestroyed(KeyOfClaim(other->id)));
}

TEST_F(DocumentsOfCases, WhoDiesWhileSendingLeavesNothingForLong) {
  store_.Add({.id = "half",
              .owner = kOwner,
              .digest = {},
              .media_type = "text/plain",
              .bytes = 9,
              .sealed_digest = {},
              .box = "box",
              .received_at = clock_.Now(),
              .kept_until = clock_.Now() + 1h});
  store_.AddPart("half", 0, "sealed");
  store_.AddPart("nobody's", 0, "sealed");
  EXPECT_EQ(Check().orphans, std::vector<std::string>{"nobody's"});
  ASSERT_TRUE(KeepUntil([&] { return store_.ListStrayParts(10).empty(); }));
  EXPECT_EQ(store_.ListAfter("", 10).size(), 1U) << "it may still come";
  clock_.Set(clock_.Now() + 61min);
  EXPECT_TRUE(KeepUntil([&] { return IsEmpty(); }));
}

TEST_F(DocumentsOfCases, GoesWithTheKeyOfItsCaseAndStaysWithAnother) {
  const auto sent = Send(kSmall);
  ASSERT_TRUE(sent);
  Name(kCase, sent->digest);
  Name(kOtherCase, sent->digest);
  ASSERT_TRUE(KeepUntilLinked(kCase) && KeepUntilLinked(kOtherCase));
  Erase(kCase);
  ASSERT_TRUE(KeepUntil([&] { return StandingIn(kCase, kSmall) == Standing::kErased; }));
  EXPECT_EQ(ReadIn(kCase, kSmall), "document_erased");
  EXPECT_EQ(ReadIn(kOtherCase, kSmall), kSmall);
  Erase(kOtherCase);
  ASSERT_TRUE(KeepUntil([&] { return IsEmpty(); })) << "the sealed bytes go, too";
  EXPECT_TRUE(KeysOf(First()).IsDestroyed(KeyOfClaim(sent->id)));
  EXPECT_EQ(ReadIn(kOtherCase, kSmall), "document_erased");
  EXPECT_TRUE(Check().missing.empty()) << "what was erased is not missed";
}

TEST_F(DocumentsOfCases, WhatTheComplainantHandedInGoesWithTheComplainant) {
  ASSERT_TRUE(Send(kSmall));
  NewEvent lodged = Naming(kCase, DigestOf(kSmall), kOwner);
  lodged.role = Role::kComplainant;
  Accepted(testing::Request({{kCase, testing::kAny, {lodged}}}));
  ASSERT_TRUE(KeepUntilLinked(kCase));
  EXPECT_EQ(store_.ReferencesOf(kCase).front().key, SubjectKey(kCase, Subject::kComplainant));
  Erase(kCase, SubjectKey(kCase, Subject::kComplainant));
  EXPECT_EQ(ReadIn(kCase, kSmall), "document_erased") << "before anybody has come to the receipt";
  EXPECT_TRUE(KeepUntil([&] { return IsEmpty(); }));
}

TEST_F(DocumentsOfCases, NamedAndErasedBeforeTheKeeperCameIsErased) {
  const auto sent = Send(kSmall);
  ASSERT_TRUE(sent);
  Name(kCase, sent->digest);
  Erase(kCase);
  EXPECT_EQ(ReadIn(kCase, kSmall), "document_erased") << "though the sender's claim still stands";
  ASSERT_TRUE(KeepUntil([&] { return IsEmpty(); }));
  EXPECT_EQ(ReadIn(kCase, kSmall), "document_erased");
}

TEST_F(DocumentsOfCases, ACheckFindsWhatChangedAndWhatIsGone) {
  const std::string bytes = LargeBytes();
  ASSERT_TRUE(Send(bytes) && Send(kSmall));
  for (const auto& text : {bytes, kSmall}) Name(kCase, DigestOf(text));
  ASSERT_TRUE(KeepUntil([&] {
    const auto references = store_.ReferencesOf(kCase);
    return references.size() == 2 && !references[0].box.empty() && !references[1].box.empty();
  }));
  EXPECT_TRUE(Check().IsWhole());
  EXPECT_EQ(Check().unread, 0);
  SideTables& tables = First().store->Documents();
  tables.Run("UPDATE document_parts SET sealed = ? WHERE number = 1", {Bytes{"altered"}});
  tables.Run(
      "DELETE FROM document_parts WHERE number = 0 AND document IN"
      " (SELECT id FROM documents WHERE parts = 1)");
  const auto findings = Check();
  ASSERT_EQ(findings.damaged.size(), 2U);
  EXPECT_EQ(findings.damaged[0].why, "its bytes have changed");
  EXPECT_EQ(findings.damaged[1].why, "part 0 of 1 is missing");
  EXPECT_THROW(ReadIn(kCase, bytes), StoreError);
  EXPECT_THROW(ReadIn(kCase, kSmall), StoreError);
}

TEST_F(DocumentsOfCases, ReferencesOfAForgottenHistoryAreForgotten) {
  ASSERT_TRUE(Send(kSmall));
  Name(kCase, DigestOf(kSmall));
  ASSERT_TRUE(KeepUntilLinked(kCase));
  // As a store of documents that saw more than the log, which was restored, now knows.
  store_.AddReference({kOtherCase, DigestOf("lost"), KeyOf(kOtherCase), kOwner, Position(900)});
  ASSERT_TRUE(store_.MoveTo({Epoch("another"), Position(900)}, INT64_MAX / 2));
  auto& tables = First().store->Documents();
  tables.Run("UPDATE document_progress SET token = 0");
  ASSERT_TRUE(KeepUntil([&] { return store_.ReferencesOf(kOtherCase).empty(); }));
  ASSERT_TRUE(KeepUntilLinked(kCase));
  EXPECT_EQ(ReadIn(kCase, kSmall), kSmall);
}

}  // namespace
}  // namespace docket
