#include "persistence/keys/key_encryption_file.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/event_log.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket {
namespace {

const std::string kFirst(64, '1');
const std::string kSecond(64, '2');
const std::string kSecret(64, 'a');

class KeyEncryptionFileTest : public ::testing::Test {
 protected:
  void WriteFile(const std::string& text, mode_t mode = 0600) {
    // Under another name first: a reader finds the old or the new, as an operator should do it.
    const std::string made = path_ + ".new";
    std::ofstream(made) << text;
    chmod(made.c_str(), mode);
    ASSERT_EQ(rename(made.c_str(), path_.c_str()), 0);
  }
  std::shared_ptr<KeyEncryption> Keks() { return *KeyEncryption::Open("file:" + path_); }
  std::string Code(const std::string& spec) {
    const auto opened = KeyEncryption::Open(spec);
    return opened ? "" : opened.error().code;
  }

  testing::TemporaryDirectory directory_;
  const std::string path_ = directory_.File("kek");
  const KeyId key_{"complaint-1/complainant"};
};

TEST_F(KeyEncryptionFileTest, UnwrapsWhatItWrapped) {
  WriteFile(kFirst + "\n");
  const auto keks = Keks();
  const std::string wrapped = keks->Wrap(key_, kSecret);
  EXPECT_EQ(wrapped.find(kSecret), std::string::npos);
  EXPECT_EQ(WrappedUnder(wrapped), keks->CurrentId());
  EXPECT_NE(keks->Wrap(key_, kSecret), wrapped);
  EXPECT_EQ(keks->Unwrap(key_, wrapped), kSecret);
  EXPECT_EQ(WrappedUnder(kSecret), std::nullopt);
}

TEST_F(KeyEncryptionFileTest, AWrappedSecretIsThatOfItsKeyOnly) {
  WriteFile(kFirst);
  const auto keks = Keks();
  std::string wrapped = keks->Wrap(key_, kSecret);
  EXPECT_THROW(keks->Unwrap(KeyId("complaint-2/complainant"), wrapped), StoreError);
  wrapped[wrapped.size() - 5] = wrapped[wrapped.size() - 5] == 'A' ? 'B' : 'A';
  EXPECT_THROW(keks->Unwrap(key_, wrapped), StoreError);
  EXPECT_THROW(keks->Unwrap(key_, wrapped.substr(0, 20)), StoreError);
  EXPECT_THROW(keks->Unwrap(key_, "w1:" + keks->CurrentId()), StoreError);
}

TEST_F(KeyEncryptionFileTest, TheFirstLineWrapsAndTheOthersUnwrap) {
  WriteFile(kFirst);
  const std::string wrapped = Keks()->Wrap(key_, kSecret);
  WriteFile(kSecond + "\n" + kFirst + "\n");
  const auto keks = Keks();
  EXPECT_EQ(keks->Unwrap(key_, wrapped), kSecret);
  EXPECT_NE(WrappedUnder(keks->Wrap(key_, kSecret)), WrappedUnder(wrapped));
  WriteFile(kSecond + "\n");
  EXPECT_THROW(Keks()->Unwrap(key_, wrapped), StoreError);
}

TEST_F(KeyEncryptionFileTest, AKekThatCameLaterIsFoundInTheFile) {
  WriteFile(kFirst);
  const auto running = Keks();
  EXPECT_EQ(running->Unwrap(key_, running->Wrap(key_, kSecret)), kSecret);
  WriteFile(kSecond + "\n" + kFirst + "\n");
  const std::string wrapped = Keks()->Wrap(key_, kSecret);
  EXPECT_EQ(running->Unwrap(key_, wrapped), kSecret);
  // A file that is broken meanwhile takes nothing away.
  WriteFile("nonsense");
  EXPECT_EQ(running->Unwrap(key_, wrapped), kSecret);
}

TEST_F(KeyEncryptionFileTest, RefusesWhatIsNoFileOfKeks) {
  EXPECT_EQ(Code("env:KEK"), "kek_spec_invalid");
  EXPECT_EQ(Code("file:"), "kek_spec_invalid");
  EXPECT_EQ(Code("file:" + path_), "kek_file_unreadable");
  EXPECT_EQ(Code("file:" + directory_.File("")), "kek_file_unreadable");
  for (const std::string& text :
       {std::string(), std::string("\n"), kFirst.substr(1), kFirst + "1", kFirst + "\n\n" + kSecond,
        std::string(64, 'x'), kFirst + " \n"}) {
    WriteFile(text);
    EXPECT_EQ(Code("file:" + path_), "kek_file_malformed") << text;
  }
  std::string nine;
  for (int i = 0; i < 9; ++i) nine += kFirst + "\n";
  WriteFile(nine);
  EXPECT_EQ(Code("file:" + path_), "kek_file_malformed");
}

TEST_F(KeyEncryptionFileTest, RefusesAFileThatOthersMayRead) {
  for (const mode_t mode : {0640, 0604, 0620, 0666}) {
    WriteFile(kFirst, mode);
    EXPECT_EQ(Code("file:" + path_), "kek_file_exposed") << mode;
  }
  WriteFile(kFirst, 0400);
  EXPECT_EQ(Code("file:" + path_), "");
}

// Stored format: changing these bytes makes every wrapped key unreadable.
TEST_F(KeyEncryptionFileTest, GoldenBytes) {
  WriteFile(kFirst);
  const std::string wrapped =
      "w1:ffe81cd0d00bbb6a:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzMu54aX8/"
      "PmH5yIYbuS76wXS3rea5KIZbaPqglpAM+Sy2AeVoCwQhpKc/GKQUZhzs";
  EXPECT_EQ(Keks()->Unwrap(key_, wrapped), kSecret);
}

}  // namespace
}  // namespace docket
