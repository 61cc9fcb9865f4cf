// The key store at rest: wrapped under a key-encryption key, which is replaced while it is in use.
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "persistence/clock/system_clock.hpp"
#include "persistence/documents/documents.hpp"
#include "persistence/ids/uuid7.hpp"
#include "persistence/keys/key_rotation.hpp"
#include "tests/api/complaint_requests.hpp"
#include "tests/api/serving.hpp"
#include "tests/support/postgres_server.hpp"

namespace docket::test {
namespace {

const std::string kFirst(64, '1');
const std::string kSecond(64, '2');

class Keys : public ::testing::Test {
 protected:
  std::string KekFile(const std::string& name, const std::string& text) {
    const std::string path = (folder_.Path() / name).string();
    std::ofstream(path + ".new") << text;
    chmod((path + ".new").c_str(), 0600);
    std::filesystem::rename(path + ".new", path);
    return "file:" + path;
  }
  std::unique_ptr<KeyTable> Table() { return *OpenKeyTable({.url = url_, .owner = "a test"}); }
  std::unique_ptr<KeyStore> Open(const std::string& kek) {
    StoreOptions options{.url = url_, .owner = "a test"};
    if (!kek.empty()) options.keks = *KeyEncryption::Open(kek);
    store_.reset();
    store_ = *OpenStore(options);
    return store_->OpenKeys();
  }
  /// What opening the keys complains of; empty: nothing.
  std::string Complaint(const std::string& kek) {
    try {
      Open(kek);
      return "";
    } catch (const StoreError& error) {
      return error.what();
    }
  }
  static KeyId KeyOf(int number) { return KeyId("case-" + std::to_string(number) + "/holder"); }
  static std::vector<KeyId> SomeKeys(int from, int to) {
    std::vector<KeyId> keys;
    for (int i = from; i < to; ++i) keys.push_back(KeyOf(i));
    return keys;
  }

  TemporaryFolder folder_;
  const std::string url_ = StoreUrlIn(folder_.Path());
  std::unique_ptr<Store> store_;
};

TEST_F(Keys, SecretsAreStoredWrappedAndOpenOnlyWithTheirKek) {
  const std::string kek = KekFile("kek", kFirst);
  const auto keys = Open(kek);
  const auto sealed = keys->Seal(KeyOf(1), "a", "王小满");
  EXPECT_EQ(keys->Open(sealed, "a"), "王小满");
  const auto row = Table()->Find(KeyOf(1));
  ASSERT_TRUE(row);
  EXPECT_TRUE(WrappedUnder(row->secret)) << row->secret;
  EXPECT_NE(Complaint("").find("--kek"), std::string::npos);
  EXPECT_NE(Complaint(KekFile("other", kSecond)).find("further line"), std::string::npos);
  EXPECT_EQ(Open(kek)->Open(sealed, "a"), "王小满");
}

TEST_F(Keys, RotationWrapsEveryKeyAnewAndTakesAwayNoText) {
  SealedValue plain, wrapped;
  plain = Open("")->Seal(KeyOf(1), "a", "from before there was a KEK");
  const std::string first = KekFile("kek", kFirst);
  wrapped = Open(first)->Seal(KeyOf(2), "a", "under the first");
  const auto destroyed = Open(first)->Seal(KeyOf(3), "a", "gone");
  Open(first)->Destroy(KeyOf(3));
  const auto before = SurveyKeys(*Table());
  EXPECT_EQ(before.alive, 2);
  EXPECT_EQ(before.destroyed, 1);
  EXPECT_EQ(before.unwrapped, 1);
  const std::string both = KekFile("kek", kSecond + "\n" + kFirst + "\n");
  const auto rotated = RotateKeys(*Table(), **KeyEncryption::Open(both));
  ASSERT_TRUE(rotated.has_value());
  EXPECT_EQ(rotated->rewrapped, 2);
  const auto after = SurveyKeys(*Table());
  EXPECT_EQ(after.unwrapped, 0);
  EXPECT_EQ(after.destroyed, 1);
  const std::string second = KekFile("kek", kSecond);
  EXPECT_EQ(after.wrapped,
            (std::map<KekId, std::int64_t>{{(*KeyEncryption::Open(second))->CurrentId(), 2}}));
  const auto keys = Open(second);
  EXPECT_EQ(keys->Open(plain, "a"), "from before there was a KEK");
  EXPECT_EQ(keys->Open(wrapped, "a"), "under the first");
  EXPECT_EQ(keys->Open(destroyed, "a"), std::nullopt);
  EXPECT_EQ(RotateKeys(*Table(), **KeyEncryption::Open(second))->rewrapped, 0);
}

TEST_F(Keys, AStoreThatIsToldToSealsWithSm4AndReadsWhatWasBefore) {
  const auto before = Open("")->Seal(KeyOf(1), "a", "王小满");
  EXPECT_EQ(before.version, 1);
  EXPECT_EQ(RunDocket({"keys", "cipher", "--store", url_, "--use", "des"}).exit_code, 2);
  const auto told = RunDocket({"keys", "cipher", "--store", url_, "--use", "sm4-gcm", "--json"});
  EXPECT_EQ(told.exit_code, 0) << told.said;
  EXPECT_NE(told.said.find(R"({"cipher":"sm4-gcm"})"), std::string::npos) << told.said;
  const auto keys = Open("");
  const auto sealed = keys->Seal(KeyOf(1), "a", "李代表");
  EXPECT_EQ(sealed.version, 2);
  EXPECT_EQ(keys->Open(sealed, "a"), "李代表");
  EXPECT_EQ(keys->Open(before, "a"), "王小满");

  RandomIds ids;
  const SystemClock clock;
  DocumentStore rows(store_->Documents());
  Documents documents({rows, *keys, ids, clock}, {});
  const ActorId owner("portal-0001");
  const std::string bytes = "投诉书";
  const auto received = documents.Receive(
      {.owner = owner, .media_type = "text/plain", .bytes = std::ssize(bytes)},
      [&](std::size_t) -> Expected<std::string> { return bytes; },
      [](std::string_view) -> Expected<void> { return {}; });
  ASSERT_TRUE(received);
  EXPECT_EQ(received->cipher, SealCipher::kSm4Gcm);
  auto reader = documents.Open({StreamId("complaint-1"), received->digest, {{owner, KeyOf(2)}}});
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->Next(), bytes);
}

TEST_F(Keys, AKekThatIsNotInTheFileIsAskedForBeforeAnythingIsDone) {
  Open(KekFile("kek", kFirst))->Ensure(SomeKeys(0, 3), {});
  const auto refused = RotateKeys(*Table(), **KeyEncryption::Open(KekFile("kek", kSecond)));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "kek_unknown");
  EXPECT_EQ(Complaint(KekFile("kek", kFirst)), "");
}

TEST_F(Keys, AKeyDestroyedWhileItIsWrappedStaysDestroyed) {
  const std::string first = KekFile("kek", kFirst);
  const auto keys = Open(first);
  keys->Ensure(SomeKeys(0, 2), {});
  const auto table = Table();
  const std::string read_before = table->Find(KeyOf(0))->secret;
  keys->Destroy(KeyOf(0));
  table->Replace({{KeyOf(0), read_before, kSecond}, {KeyOf(1), "something else", kSecond}});
  EXPECT_TRUE(table->Find(KeyOf(0))->destroyed);
  EXPECT_TRUE(WrappedUnder(table->Find(KeyOf(1))->secret)) << "it was not what it was taken for";
}

TEST_F(Keys, AServerGoesOnWhileTheVerbIsKilledAndGoesOnToo) {
  const std::string kek = KekFile("kek", kFirst);
  constexpr int kMany = 6'000;
  Open(kek)->Ensure(SomeKeys(0, kMany), {});
  store_.reset();
  Serving serving(url_, {"--kek", kek});
  const Reply lodged = serving.As("portal-0001").Post("/v1/cases", LodgeBody());
  ASSERT_EQ(lodged.status, 201) << lodged.text;
  KekFile("kek", kSecond + "\n" + kFirst + "\n");
  const std::string current = (*KeyEncryption::Open(kek))->CurrentId();
  {
    Process rotating({"keys", "rotate", "--store", url_, "--kek", kek});
    while (SurveyKeys(*Table()).wrapped[current] == 0) std::this_thread::yield();
    rotating.Kill9();
    rotating.Wait();
  }
  const std::string path = "/v1/cases/" + lodged.body.at("case_id").get<std::string>();
  const auto name_read = [&] {
    const Reply read = serving.As("portal-0001").Get(path);
    return read.body.at("facts").at("complainant").value("name", "");
  };
  EXPECT_EQ(name_read(), kComplainantName);
  EXPECT_EQ(serving.As("portal-0001").Post("/v1/cases", LodgeBody()).status, 201);
  const auto again = RunDocket({"keys", "rotate", "--store", url_, "--kek", kek, "--json"});
  EXPECT_EQ(again.exit_code, 0) << again.said;
  EXPECT_EQ(name_read(), kComplainantName);
  const auto status = RunDocket({"keys", "status", "--store", url_, "--json"});
  const Json survey = Json::parse(status.said);
  EXPECT_EQ(survey.at("wrapped").size(), 1u) << status.said;
  EXPECT_EQ(survey.at("wrapped").at(current), survey.at("alive"));
  serving.Stop();
  EXPECT_EQ(serving.Wait(), 0) << serving.Said();
  EXPECT_EQ(serving.Said().find(kSecond), std::string::npos);
}

TEST_F(Keys, AKeyStoreElsewhereIsMigratedByTheVerb) {
  if (!OnPostgres()) {
    const auto refused = RunDocket({"migrate", "--store", url_, "--keys", "postgres://x/y"});
    EXPECT_EQ(refused.exit_code, 1) << refused.said;
    EXPECT_NE(refused.said.find("keys_url_not_here"), std::string::npos) << refused.said;
    return;
  }
  const std::string elsewhere = testing::SharedPostgres().NewDatabase();
  const auto migrated = RunDocket({"migrate", "--store", url_, "--keys", elsewhere, "--json"});
  ASSERT_EQ(migrated.exit_code, 0) << migrated.said;
  EXPECT_EQ(Json::parse(migrated.said).at("keys").front(), "0001_keys.sql") << migrated.said;
  EXPECT_EQ(RunDocket({"keys", "status", "--store", url_, "--keys", elsewhere}).exit_code, 0);
}

TEST_F(Keys, VerbsSayWhatTheyRefuse) {
  EXPECT_EQ(RunDocket({"keys", "status", "--store", "sqlite:/nonexistent/docket.db"}).exit_code, 3);
  EXPECT_EQ(RunDocket({"keys", "rotate", "--store", url_}).exit_code, 2);
  Open("");
  const auto refused = RunDocket({"keys", "rotate", "--store", url_, "--kek", "file:/nonexistent"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.said.find("kek_file_unreadable"), std::string::npos) << refused.said;
}

}  // namespace
}  // namespace docket::test
