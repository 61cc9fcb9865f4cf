// A key-encryption key in a token: SoftHSM, through its PKCS#11 module.
#include "persistence/keys/key_encryption_pkcs11.hpp"

#include <atomic>
#include <thread>

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "persistence/keys/key_rotation.hpp"
#include "persistence/keys/table_keys.hpp"
#include "persistence/sqlite/key_store.hpp"
#include "tests/support/soft_hsm.hpp"

namespace docket {
namespace {

const std::string kHex(64, '1');
const std::string kSecret(64, 'a');

class KeyEncryptionTokenTest : public ::testing::Test {
 protected:
  KeyEncryptionTokenTest() {
    hsm_.AddToken();
    hsm_.AddKey("kek-1");
  }
  static std::string Code(const std::string& spec) {
    const auto opened = KeyEncryption::Open(spec);
    return opened ? "" : opened.error().code;
  }
  /// What `use` throws; empty: nothing.
  template <class Use>
  static std::string Complaint(const Use& use) {
    try {
      use();
      return "";
    } catch (const StoreError& error) {
      return error.what();
    }
  }
  std::shared_ptr<KeyEncryption> Keks() { return *KeyEncryption::Open(hsm_.Uri("kek-1")); }

  testing::SoftHsm hsm_;
  const KeyId key_{"complaint-1/complainant"};
};

TEST_F(KeyEncryptionTokenTest, UnwrapsWhatItWrapped) {
  const auto keks = Keks();
  const std::string wrapped = keks->Wrap(key_, kSecret);
  EXPECT_TRUE(wrapped.starts_with("p1:" + keks->CurrentId() + ":")) << wrapped;
  EXPECT_EQ(wrapped.find(kSecret), std::string::npos);
  EXPECT_EQ(WrappedUnder(wrapped), keks->CurrentId());
  EXPECT_NE(keks->Wrap(key_, kSecret), wrapped);
  EXPECT_EQ(keks->Unwrap(key_, wrapped), kSecret);
  EXPECT_EQ(Keks()->Unwrap(key_, wrapped), kSecret);
}

TEST_F(KeyEncryptionTokenTest, AWrappedSecretIsThatOfItsKeyOnly) {
  const auto keks = Keks();
  const std::string wrapped = keks->Wrap(key_, kSecret);
  EXPECT_THROW(keks->Unwrap(KeyId("complaint-2/complainant"), wrapped), StoreError);
  const auto box = wrapped.rfind(':') + 1;
  for (const std::size_t at : {box, box + 30, wrapped.size() - 2}) {
    std::string other = wrapped;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    EXPECT_THROW(keks->Unwrap(key_, other), StoreError) << at;
  }
  EXPECT_THROW(keks->Unwrap(key_, wrapped.substr(0, wrapped.size() - 4)), StoreError);
  EXPECT_THROW(keks->Unwrap(key_, "p1:" + keks->CurrentId()), StoreError);
  EXPECT_THROW(keks->Unwrap(key_, "w1" + wrapped.substr(2)), StoreError);
  EXPECT_THROW(keks->Unwrap(key_, "p1:0000000000000000" + wrapped.substr(box - 1)), StoreError);
  EXPECT_EQ(keks->Unwrap(key_, wrapped), kSecret) << "none of it ends the session";
}

TEST_F(KeyEncryptionTokenTest, ItsIdTellsOneKeyFromAnother) {
  hsm_.AddKey("kek-2");
  const auto second = *KeyEncryption::Open(hsm_.Uri("kek-2"));
  EXPECT_EQ(Keks()->CurrentId(), Keks()->CurrentId());
  EXPECT_NE(Keks()->CurrentId(), second->CurrentId());
  EXPECT_TRUE(second->Knows(second->CurrentId()));
  EXPECT_FALSE(second->Knows(Keks()->CurrentId()));
}

TEST_F(KeyEncryptionTokenTest, SaysWhatIsNotThere) {
  EXPECT_EQ(Code(hsm_.Uri("kek-9")), "kek_not_found");
  EXPECT_EQ(Code(hsm_.Uri("kek-1", "elsewhere")), "kek_not_found");
  hsm_.AddKey("kek-1");
  EXPECT_EQ(Code(hsm_.Uri("kek-1")), "kek_ambiguous");
  hsm_.AddToken("twice");
  EXPECT_EQ(Code(hsm_.Uri("kek-1", "twice")), "kek_not_found");
  hsm_.AddToken("twice");
  EXPECT_EQ(Code(hsm_.Uri("kek-1", "twice")), "kek_ambiguous");
  EXPECT_EQ(Code("pkcs11:token=docket"), "kek_uri_invalid");
}

TEST_F(KeyEncryptionTokenTest, RefusesAKeyThatMayLeaveTheTokenOrDoesNotSuit) {
  hsm_.AddKey("may-leave", {.extractable = CK_TRUE});
  EXPECT_EQ(Code(hsm_.Uri("may-leave")), "kek_unsuitable");
  hsm_.AddKey("short", {.bytes = 16});
  EXPECT_EQ(Code(hsm_.Uri("short")), "kek_unsuitable");
  hsm_.AddKey("one-way", {.decrypts = CK_FALSE});
  EXPECT_EQ(Code(hsm_.Uri("one-way")), "kek_unsuitable");
}

TEST_F(KeyEncryptionTokenTest, RefusesALibraryThatIsNoModule) {
  const auto with = [&](const std::string& module) {
    return "pkcs11:token=docket;object=kek-1?module-path=" + module +
           "&pin-source=file:" + hsm_.PinFile();
  };
  EXPECT_EQ(Code(with("/nonexistent.so")), "kek_module_unusable");
  EXPECT_EQ(Code(with(hsm_.PinFile())), "kek_module_unusable");
  Dl_info library{};
  ASSERT_NE(dladdr(reinterpret_cast<void*>(&getpid), &library), 0);
  EXPECT_EQ(Code(with(library.dli_fname)), "kek_module_unusable");
}

TEST(KeyEncryptionToken, RefusesATokenWithoutTheMechanism) {
  const testing::SoftHsm hsm("CKM_AES_KEY_GEN,CKM_AES_CBC");
  hsm.AddToken();
  hsm.AddKey("kek-1");
  const auto opened = KeyEncryption::Open(hsm.Uri("kek-1"));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "kek_mechanism_missing");
}

TEST_F(KeyEncryptionTokenTest, RefusesAPinThatOthersMayRead) {
  for (const mode_t mode : {0640, 0604, 0620}) {
    hsm_.WritePin(testing::SoftHsm::kPin, mode);
    EXPECT_EQ(Code(hsm_.Uri("kek-1")), "kek_pin_exposed") << mode;
  }
  hsm_.WritePin("");
  EXPECT_EQ(Code(hsm_.Uri("kek-1")), "kek_pin_unreadable");
  hsm_.WritePin(std::string(300, '1'));
  EXPECT_EQ(Code(hsm_.Uri("kek-1")), "kek_pin_unreadable");
  std::filesystem::remove(hsm_.PinFile());
  EXPECT_EQ(Code(hsm_.Uri("kek-1")), "kek_pin_unreadable");
}

TEST_F(KeyEncryptionTokenTest, AWrongPinIsNotTriedAgainBeforeItsFileChanges) {
  const std::string wrong = "0815-falsch";
  hsm_.WritePin(wrong);
  const auto refused = KeyEncryption::Open(hsm_.Uri("kek-1"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "kek_pin_wrong");
  EXPECT_EQ(refused.error().en.find(wrong), std::string::npos);
  // The token would take it now, if it were asked.
  hsm_.ChangePin(wrong);
  EXPECT_EQ(Code(hsm_.Uri("kek-1")), "kek_pin_wrong");
  hsm_.WritePin(wrong);
  EXPECT_EQ(Code(hsm_.Uri("kek-1")), "");
}

TEST_F(KeyEncryptionTokenTest, ASessionThatWasLostIsOpenedAnew) {
  const auto keks = Keks();
  const std::string wrapped = keks->Wrap(key_, kSecret);
  hsm_.LoseSessions();
  EXPECT_EQ(keks->Unwrap(key_, wrapped), kSecret);
  hsm_.LoseSessions();
  EXPECT_EQ(keks->Unwrap(key_, keks->Wrap(key_, kSecret)), kSecret);
}

TEST_F(KeyEncryptionTokenTest, ATokenThatIsTakenAwaySaysSoAndServesAgainWhenItIsBack) {
  const auto keks = Keks();
  const std::string wrapped = keks->Wrap(key_, kSecret);
  hsm_.LoseSessions();
  hsm_.MoveAway();
  const std::string said = Complaint([&] { keks->Unwrap(key_, wrapped); });
  EXPECT_NE(said.find("the token docket"), std::string::npos) << said;
  EXPECT_NE(said.find("kek_not_found"), std::string::npos) << said;
  EXPECT_NE(Complaint([&] { keks->Wrap(key_, kSecret); }), "");
  hsm_.MoveBack();
  EXPECT_EQ(keks->Unwrap(key_, wrapped), kSecret);
}

TEST_F(KeyEncryptionTokenTest, ThreadsUseItAtOnceWhileSessionsAreLost) {
  const auto keks = Keks();
  constexpr int kRounds = 100;
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&, i] {
      const KeyId key("case-" + std::to_string(i));
      for (int round = 0; round < kRounds; ++round) {
        right += keks->Unwrap(key, keks->Wrap(key, kSecret)) == kSecret ? 1 : 0;
      }
    });
  }
  hsm_.LoseSessions();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 2 * kRounds);
}

/// Texts stay readable while an office goes from a file to a token, on to its next key, and back.
class KeyEncryptionChangeTest : public KeyEncryptionTokenTest {
 protected:
  /// As an operator changes the file: a reader finds the old or the new.
  void List(const std::string& lines) {
    const std::string path = directory_.File("kek");
    std::ofstream(path + ".new") << lines;
    chmod((path + ".new").c_str(), 0600);
    std::filesystem::rename(path + ".new", path);
  }
  std::shared_ptr<KeyEncryption> File() {
    return *KeyEncryption::Open("file:" + directory_.File("kek"));
  }
  std::unique_ptr<KeyTable> Table() { return OpenSqliteKeyTable(paths_); }
  /// Runs the verb's work and says how the living keys are kept afterwards.
  std::set<std::string> Rotate() {
    const auto table = Table();
    const auto rotated = RotateKeys(*table, *File());
    EXPECT_TRUE(rotated) << rotated.error().code;
    std::set<std::string> kept;
    for (const auto& [key, row] : table->ReadAfter(KeyId(), 100)) {
      kept.insert(row.secret.substr(0, row.secret.rfind(':')));
    }
    return kept;
  }

  testing::TemporaryDirectory directory_;
  const SqlitePaths paths_ = *ParseSqliteUrl("sqlite:" + directory_.File("office.db"));
};

TEST_F(KeyEncryptionChangeTest, FromAFileToATokenToItsNextKeyAndBackWhileItIsServed) {
  hsm_.AddKey("kek-2");
  const std::string first = hsm_.Uri("kek-1") + "\n";
  const std::string second = hsm_.Uri("kek-2") + "\n";
  List(kHex + "\n");
  // Opened once, as by a server: what it seals and reads goes on through all changes.
  const auto running = File();
  SqliteKeys served(paths_, running);
  std::vector<SealedValue> sealed;
  const auto seal_another = [&] {
    const KeyId key("case-" + std::to_string(sealed.size()) + "/holder");
    sealed.push_back(served.Seal(key, "a", "王小满"));
  };
  const auto expect_readable = [&](const char* when) {
    const SqliteKeys anew(paths_, File());
    for (const auto& value : sealed) EXPECT_EQ(anew.Open(value, "a"), "王小满") << when;
    for (const auto& value : sealed) EXPECT_EQ(served.Open(value, "a"), "王小满") << when;
  };
  seal_another();
  for (const auto& [now, before] :
       {std::pair(first, kHex + "\n"), std::pair(second, first), std::pair(kHex + "\n", second)}) {
    List(now + before);
    EXPECT_TRUE(running->Knows(File()->CurrentId()));
    expect_readable("both are listed");
    const auto kept = Rotate();
    const KekId current = File()->CurrentId();
    EXPECT_EQ(kept, std::set<std::string>{(now == kHex + "\n" ? "w1:" : "p1:") + current});
    expect_readable("keys are wrapped anew");
    seal_another();
    List(now);
    expect_readable("what was before is listed no more");
  }
}

TEST_F(KeyEncryptionChangeTest, NoSecretIsInTheFilesOfTheStore) {
  List(hsm_.Uri("kek-1"));
  {
    SqliteKeys keys(paths_, File());
    keys.Ensure({key_}, {});
  }
  const std::string stored = Table()->Find(key_)->secret;
  EXPECT_TRUE(stored.starts_with("p1:")) << stored;
  std::string secret = File()->Unwrap(key_, stored);
  ASSERT_EQ(secret.size(), 64u);
  for (const auto& entry : std::filesystem::directory_iterator(directory_.File(""))) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find(testing::SoftHsm::kPin), std::string::npos) << entry.path();
  }
  EXPECT_NE(Complaint([&] { const SqliteKeys without(paths_); }), "");
}

TEST_F(KeyEncryptionChangeTest, AFileThatListsATokenWithAWrongPinKeepsWhatItHas) {
  List(kHex);
  const auto running = File();
  const std::string wrapped = running->Wrap(key_, kSecret);
  hsm_.WritePin("0815-falsch");
  List(hsm_.Uri("kek-1") + "\n" + kHex);
  EXPECT_FALSE(running->Knows("0000000000000000"));
  EXPECT_EQ(running->Unwrap(key_, wrapped), kSecret);
  EXPECT_EQ(Code("file:" + directory_.File("kek")), "kek_pin_wrong");
  hsm_.WritePin(testing::SoftHsm::kPin);
  EXPECT_TRUE(running->Knows(Keks()->CurrentId()));
}

}  // namespace
}  // namespace docket
