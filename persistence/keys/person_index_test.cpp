#include "persistence/keys/person_index.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "persistence/keys/table_keys.hpp"
#include "tests/support/memory_key_table.hpp"

namespace docket {
namespace {

const Identifier kNumber{IdentifierKind::kIdNumber, "91330482ma2b9x7y3q"};

// Stored format: changing these bytes makes the index find nobody until it is built again.
TEST(PersonIndex, GoldenBytes) {
  SecretKey key;
  std::iota(key.data(), key.data() + SecretKey::kBytes, static_cast<unsigned char>(0));
  EXPECT_EQ(PersonDigest(key, kNumber),
            "7b2e6412a002009a865edd48d3e40f9fdb17dec14025821621656f38fbfdf723");
  EXPECT_NE(PersonDigest(key, {IdentifierKind::kPhone, kNumber.value}), PersonDigest(key, kNumber));
}

class PersonIndexTest : public ::testing::Test {
 protected:
  std::unique_ptr<testing::MemoryKeyTable> owned_ = std::make_unique<testing::MemoryKeyTable>();
  TableKeys keys_{std::move(owned_)};
  const KeyId first_{"case-1/complainant"};
  const KeyId second_{"case-2/complainant"};
};

TEST_F(PersonIndexTest, FindsTheKeysOfOnePersonAndSaysByWhat) {
  const Identifier phone{IdentifierKind::kPhone, "13905731234"};
  keys_.Ensure({first_}, {{first_, kNumber}, {first_, phone}});
  keys_.Ensure({second_}, {{second_, kNumber}});
  const auto found = keys_.FindPersons({kNumber, phone});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].key, first_);
  EXPECT_EQ(std::set<IdentifierKind>(found[0].by.begin(), found[0].by.end()),
            (std::set{IdentifierKind::kIdNumber, IdentifierKind::kPhone}));
  EXPECT_EQ(found[1].by, std::vector{IdentifierKind::kIdNumber});
  EXPECT_TRUE(keys_.FindPersons({{IdentifierKind::kIdNumber, "1"}}).empty());
  EXPECT_TRUE(keys_.FindPersons({}).empty());
}

TEST_F(PersonIndexTest, WhoIsErasedIsNotFound) {
  keys_.Ensure({first_, second_}, {{first_, kNumber}, {second_, kNumber}});
  keys_.Destroy(first_);
  const auto found = keys_.FindPersons({kNumber});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].key, second_);
}

}  // namespace
}  // namespace docket
