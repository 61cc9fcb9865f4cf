// Parts of documents: what is stored, and that nothing else opens.
#include "persistence/documents/document_seal.hpp"

#include <gtest/gtest.h>

#include "domain/evidence/sha256.hpp"

namespace docket {
namespace {

DocumentKey KeyOfOnes() {
  DocumentKey key;
  std::fill(key.key.data(), key.key.data() + SecretKey::kBytes, 1);
  return key;
}

const std::string kNonce(24, '\x02');
const std::string kClear = "投诉书";

TEST(DocumentSeal, StoredBytesAreGolden) {
  EXPECT_EQ(HexOf(SealPart(KeyOfOnes(), kNonce, {"d-1", 0, true}, kClear)),
            "020202020202020202020202020202020202020202020202"
            "2aeca30705fe18f4064c0b2eb46a5110a3de5bdffd7d096f74");
}

TEST(DocumentSeal, OpensWhatItSealed) {
  const std::string sealed = SealPart(
      KeyOfOnes(), sealing::NewNonce(SealCipher::kXChaCha20Poly1305), {"d-1", 3, false}, kClear);
  EXPECT_EQ(OpenPart(KeyOfOnes(), {"d-1", 3, false}, sealed), kClear);
}

TEST(DocumentSeal, APartIsThatOfItsDocumentAndPlaceOnly) {
  const std::string sealed = SealPart(KeyOfOnes(), kNonce, {"d-1", 3, false}, kClear);
  EXPECT_FALSE(OpenPart(KeyOfOnes(), {"d-2", 3, false}, sealed)) << "another document";
  EXPECT_FALSE(OpenPart(KeyOfOnes(), {"d-1", 2, false}, sealed)) << "another place";
  EXPECT_FALSE(OpenPart(KeyOfOnes(), {"d-1", 3, true}, sealed)) << "cut off behind it";
  EXPECT_FALSE(
      OpenPart({SealCipher::kXChaCha20Poly1305, sealing::NewKey()}, {"d-1", 3, false}, sealed))
      << "another key";
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(OpenPart(KeyOfOnes(), {"d-1", 3, false}, changed)) << i;
  }
  EXPECT_FALSE(OpenPart(KeyOfOnes(), {"d-1", 3, false}, "short"));
}

}  // namespace
}  // namespace docket
