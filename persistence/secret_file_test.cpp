// A secret is read from a file that nobody else reads.
#include "persistence/secret_file.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.hpp"

namespace docket {
namespace {

class SecretFileTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& text, mode_t mode = 0600) {
    std::ofstream(path_) << text;
    EXPECT_EQ(chmod(path_.c_str(), mode), 0);
    return path_;
  }
  static std::string CodeOf(const std::string& path) {
    const auto read = ReadSecretFile(path);
    return read ? "" : read.error().code;
  }

  testing::TemporaryDirectory directory_;
  const std::string path_ = directory_.File("secret");
};

TEST_F(SecretFileTest, ItsFirstLineIsTheSecret) {
  EXPECT_EQ(ReadSecretFile(Write("correct horse\nmore\n")), "correct horse");
  EXPECT_EQ(ReadSecretFile(Write("correct horse", 0400)), "correct horse");
  EXPECT_EQ(ReadSecretFile(Write(std::string(kSecretBytesMax, 'x') + "\n")),
            std::string(kSecretBytesMax, 'x'));
}

TEST_F(SecretFileTest, OneThatOthersMayReadOrWriteIsRefused) {
  for (const mode_t mode : {0640, 0604, 0620, 0602, 0644, 0666}) {
    EXPECT_EQ(CodeOf(Write("correct horse\n", mode)), "secret_file_exposed") << mode;
  }
}

TEST_F(SecretFileTest, OneThatHoldsNoneIsRefused) {
  EXPECT_EQ(CodeOf(Write("")), "secret_file_unreadable");
  EXPECT_EQ(CodeOf(Write("\nsecret\n")), "secret_file_unreadable");
  EXPECT_EQ(CodeOf(Write(std::string(kSecretBytesMax + 1, 'x'))), "secret_file_unreadable");
  EXPECT_EQ(CodeOf(directory_.File("none")), "secret_file_unreadable");
  EXPECT_EQ(CodeOf(directory_.File("")), "secret_file_unreadable") << "a directory";
}

}  // namespace
}  // namespace docket
