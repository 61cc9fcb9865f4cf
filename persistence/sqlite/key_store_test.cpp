#include "persistence/sqlite/key_store.hpp"

#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "persistence/sqlite/database.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket {
namespace {

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

class KeyStoreTest : public ::testing::Test {
 protected:
  testing::TemporaryDirectory directory_;
  SqlitePaths paths_ = *ParseSqliteUrl("sqlite:" + directory_.File("office.db"));
  SqliteKeys keys_{paths_};
  const KeyId key_{"complaint-1/complainant"};
};

TEST_F(KeyStoreTest, OpensWhatItSealed) {
  const auto sealed = keys_.Seal(key_, "event/name", "张三");
  EXPECT_EQ(sealed.version, 1);
  EXPECT_EQ(sealed.key, key_);
  EXPECT_EQ(sealed.box.find("张三"), std::string::npos);
  EXPECT_EQ(keys_.Open(sealed, "event/name"), "张三");
  EXPECT_NE(keys_.Seal(key_, "event/name", "张三").box, sealed.box);
  EXPECT_EQ(keys_.Open(keys_.Seal(key_, "", ""), ""), "");
}

TEST_F(KeyStoreTest, DoesNotOpenElsewhereOrWhenTamperedWith) {
  const auto sealed = keys_.Seal(key_, "event/name", "张三");
  EXPECT_FALSE(keys_.Open(sealed, "event/phone").has_value());
  for (std::size_t i = 0; i < sealed.box.size(); i += 5) {
    auto tampered = sealed;
    tampered.box[i] = tampered.box[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(keys_.Open(tampered, "event/name").has_value()) << i;
  }
  auto short_box = sealed;
  short_box.box = "QUJD";
  EXPECT_FALSE(keys_.Open(short_box, "event/name").has_value());
  auto other_version = sealed;
  other_version.version = 2;
  EXPECT_FALSE(keys_.Open(other_version, "event/name").has_value());
  auto other_key = sealed;
  other_key.key = KeyId("nobody");
  EXPECT_FALSE(keys_.Open(other_key, "event/name").has_value());
  keys_.Seal(other_key.key, "", "");
  EXPECT_FALSE(keys_.Open(other_key, "event/name").has_value());
}

TEST_F(KeyStoreTest, SurvivesReopening) {
  const auto sealed = keys_.Seal(key_, "a", "text");
  const auto mac = keys_.Authenticate(key_, "content");
  SqliteKeys again(paths_);
  EXPECT_EQ(again.Open(sealed, "a"), "text");
  EXPECT_EQ(again.Reauthenticate(key_, "content"), mac);
}

TEST_F(KeyStoreTest, AuthenticatesByKey) {
  const auto mac = keys_.Authenticate(key_, "content");
  EXPECT_EQ(mac.size(), 64u);
  EXPECT_EQ(keys_.Authenticate(key_, "content"), mac);
  EXPECT_NE(keys_.Authenticate(key_, "Content"), mac);
  EXPECT_NE(keys_.Authenticate(KeyId("other"), "content"), mac);
  EXPECT_FALSE(keys_.Reauthenticate(KeyId("absent"), "content").has_value());
}

TEST_F(KeyStoreTest, DestroyedKeyIsGoneForGood) {
  const auto sealed = keys_.Seal(key_, "a", "text");
  Database file(paths_.keys, {.read_only = true});
  const auto secret_of = [&] {
    auto query = file.Prepare("SELECT secret FROM keys WHERE key = ?");
    query.Bind(key_.value);
    EXPECT_TRUE(query.Step());
    return query.Text(0);
  };
  const std::string secret = secret_of();
  ASSERT_EQ(secret.size(), 64u);
  keys_.Destroy(key_);
  EXPECT_TRUE(keys_.IsDestroyed(key_));
  EXPECT_FALSE(keys_.Open(sealed, "a").has_value());
  EXPECT_FALSE(keys_.Reauthenticate(key_, "x").has_value());
  EXPECT_THROW(keys_.Seal(key_, "a", "text"), KeyDestroyed);
  EXPECT_THROW(keys_.Authenticate(key_, "x"), KeyDestroyed);
  EXPECT_EQ(secret_of(), "");
  EXPECT_EQ(BytesOf(paths_.keys).find(secret), std::string::npos);
  EXPECT_EQ(BytesOf(paths_.keys + "-wal").find(secret), std::string::npos);
  keys_.Destroy(key_);
  SqliteKeys again(paths_);
  EXPECT_THROW(again.Seal(key_, "a", "text"), KeyDestroyed);
}

TEST_F(KeyStoreTest, WhatAPersonIsFoundByGoesWithTheKeyAndIsNotTakenAfterwards) {
  const auto table = OpenSqliteKeyTable(paths_);
  const std::string digest(64, 'd');
  const KeyId other("complaint-2/complainant");
  table->InsertAbsent({{key_, std::string(64, 'a')}, {other, std::string(64, 'b')}},
                      {{digest, key_}, {digest, other}});
  table->InsertAbsent({}, {{digest, key_}});
  EXPECT_EQ(table->FindRows({digest}).size(), 2u);
  table->Destroy(key_);
  table->InsertAbsent({}, {{digest, key_}});
  EXPECT_EQ(table->FindRows({digest}), (std::vector<KeyTable::IndexRow>{{digest, other}}));
}

TEST_F(KeyStoreTest, NothingOfManyDestroyedKeysIsInTheFilesOnceTheyAreScrubbed) {
  const auto table = OpenSqliteKeyTable(paths_);
  const auto secret_of = [](int number) {
    return std::string(56, 'e') + std::to_string(10'000'000 + number);
  };
  for (int number = 0; number < 600; ++number) {
    const KeyId key("case-" + std::to_string(number * 7919 % 600));
    table->InsertAbsent({{key, secret_of(number)}}, {{std::string(60, 'f'), key}});
  }
  for (int number = 0; number < 600; number += 2) {
    table->Destroy(KeyId("case-" + std::to_string(number * 7919 % 600)));
  }
  table->Scrub();
  const std::string bytes = BytesOf(paths_.keys) + BytesOf(paths_.keys + "-wal");
  for (int number = 0; number < 600; ++number) {
    EXPECT_EQ(bytes.find(secret_of(number)) == std::string::npos, number % 2 == 0) << number;
  }
}

TEST_F(KeyStoreTest, KeyThatNeverWasCanBeDestroyed) {
  EXPECT_FALSE(keys_.IsDestroyed(KeyId("ghost")));
  keys_.Destroy(KeyId("ghost"));
  EXPECT_THROW(keys_.Seal(KeyId("ghost"), "a", "text"), KeyDestroyed);
}

TEST_F(KeyStoreTest, FileIsForItsOwnerOnly) {
  keys_.Seal(key_, "a", "b");
  for (const std::string suffix : {"", "-wal"}) {
    struct stat status {};
    ASSERT_EQ(stat((paths_.keys + suffix).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u) << suffix;
  }
}

TEST_F(KeyStoreTest, ThreadsShareOneKey) {
  std::vector<SealedValue> sealed(8);
  std::vector<std::thread> threads;
  for (auto& value : sealed) {
    threads.emplace_back([&] { value = keys_.Seal(KeyId("shared"), "a", "text"); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& value : sealed) EXPECT_EQ(keys_.Open(value, "a"), "text");
}

// Stored format: changing these bytes makes every sealed value unreadable.
TEST(Sealing, GoldenBytes) {
  SecretKey secret;
  for (std::size_t i = 0; i < SecretKey::kBytes; ++i) {
    secret.data()[i] = static_cast<unsigned char>(i);
  }
  const auto key = sealing::Derive(secret, sealing::SealPurpose(SealCipher::kXChaCha20Poly1305));
  const std::string nonce = "012345678901234567890123";
  const std::string box = sealing::SealBox(SealCipher::kXChaCha20Poly1305, key, nonce,
                                           "event/complainant/name", "张三");
  EXPECT_EQ(box, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzPtOUX2lh+ske65+MC4D+9WzeMM8wYg==");
  EXPECT_EQ(sealing::OpenBox(SealCipher::kXChaCha20Poly1305, key, box, "event/complainant/name"),
            "张三");
  EXPECT_NE(std::string_view(reinterpret_cast<const char*>(key.data()), SecretKey::kBytes),
            std::string_view(reinterpret_cast<const char*>(
                                 sealing::Derive(secret, sealing::kAuthenticatePurpose).data()),
                             SecretKey::kBytes));
}

}  // namespace
}  // namespace docket
