// SM4-GCM as RFC 8998 has it, and as the key store uses it.
#include "persistence/keys/sealing_sm4.hpp"

#include <gtest/gtest.h>

#include "domain/evidence/sha256.hpp"
#include "persistence/keys/table_keys.hpp"
#include "persistence/sqlite/key_store.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket {
namespace {

using sealing::sm4::Binding;

/// RFC 8998, appendix A.1.
const std::string kKey = BytesOfHex("0123456789abcdeffedcba9876543210");
const std::string kNonce = BytesOfHex("00001234567800000000abcd");
const std::string kAssociated = BytesOfHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
const std::string kClear = BytesOfHex(
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
    "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa");
const std::string kSealed =
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    "83de3541e4c2b58177e065a9bf7b62ec";

const unsigned char* Raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

TEST(Sm4Gcm, IsThatOfTheStandardsExample) {
  std::string sealed(kClear.size() + sealing::sm4::kTagBytes, '\0');
  sealing::sm4::Seal(Raw(kKey), {kNonce, kAssociated}, kClear, Raw(sealed));
  EXPECT_EQ(HexOf(sealed), kSealed);
  std::string clear(kClear.size(), '\0');
  EXPECT_TRUE(sealing::sm4::Open(Raw(kKey), {kNonce, kAssociated}, sealed, Raw(clear)));
  EXPECT_EQ(clear, kClear);
}

TEST(Sm4Gcm, OpensNothingThatWasChanged) {
  const std::string sealed = BytesOfHex(kSealed);
  std::string clear(kClear.size(), '\0');
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(sealing::sm4::Open(Raw(kKey), {kNonce, kAssociated}, changed, Raw(clear))) << i;
  }
  EXPECT_FALSE(sealing::sm4::Open(Raw(kKey), {kNonce, "other"}, sealed, Raw(clear)));
}

/// One key store, opened again and again: as by one process after the other.
class CipherOfKeys : public ::testing::Test {
 protected:
  void Use(const std::string& cipher) {
    OpenSqliteKeyTable(paths_)->Write({std::string(kCipherSetting), cipher});
  }

  testing::TemporaryDirectory directory_;
  SqlitePaths paths_ = *ParseSqliteUrl("sqlite:" + directory_.File("office.db"));
};

TEST_F(CipherOfKeys, IsWhatTheKeyStoreSaysAndOlderTextsStayReadable) {
  const KeyId key("complaint-1/complainant");
  TableKeys before(OpenSqliteKeyTable(paths_));
  EXPECT_EQ(before.Cipher(), SealCipher::kXChaCha20Poly1305);
  const SealedValue old = before.Seal(key, "event/name", "张三");
  EXPECT_EQ(old.version, 1);
  Use("sm4-gcm");
  TableKeys keys(OpenSqliteKeyTable(paths_));
  EXPECT_EQ(keys.Cipher(), SealCipher::kSm4Gcm);
  const SealedValue sealed = keys.Seal(key, "event/name", "张三");
  EXPECT_EQ(sealed.version, 2);
  EXPECT_EQ(keys.Open(sealed, "event/name"), "张三");
  EXPECT_EQ(keys.Open(old, "event/name"), "张三");
  EXPECT_EQ(before.Open(sealed, "event/name"), "张三") << "a process that has not been restarted";
  EXPECT_FALSE(keys.Open(sealed, "event/other"));
  SealedValue mixed = sealed;
  mixed.version = 1;
  EXPECT_FALSE(keys.Open(mixed, "event/name"));
  mixed.version = 3;
  EXPECT_FALSE(keys.Open(mixed, "event/name"));
}

TEST_F(CipherOfKeys, AnUnknownOneIsNotOpened) {
  Use("rot13");
  EXPECT_THROW(TableKeys{OpenSqliteKeyTable(paths_)}, StoreError);
}

}  // namespace
}  // namespace docket
