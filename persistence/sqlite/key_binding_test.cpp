// A log is not opened without the key store that it was written with.
#include "persistence/sqlite/key_binding.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "persistence/sqlite/key_store.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using testing::LogFixture;
using testing::Request;
using testing::Write;

std::string Refusal(LogFixture& fixture, LostKeys lost = LostKeys::kRefuse) {
  try {
    BindKeys(fixture.Store(), lost);
    return "";
  } catch (const StoreError& error) {
    return error.what();
  }
}

void Act(LogFixture& fixture, const std::string& command) {
  fixture.Log().Append(Request({Write("a", ExpectedVersion::Any(), 1)}, command));
}

void RemoveKeys(const LogFixture& fixture) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(fixture.Paths().keys + suffix);
  }
}

TEST(KeyBinding, AMissingKeyStoreIsRefusedAndNotCreated) {
  LogFixture fixture;
  EXPECT_EQ(Refusal(fixture), "");
  Act(fixture, "first");
  EXPECT_EQ(Refusal(fixture), "");
  RemoveKeys(fixture);
  EXPECT_NE(Refusal(fixture).find("is missing"), std::string::npos);
  EXPECT_NE(Refusal(fixture).find("--accept-lost-keys"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(fixture.Paths().keys));
  EXPECT_EQ(Refusal(fixture, LostKeys::kAccept), "");
  EXPECT_EQ(Refusal(fixture), "") << "accepted once, it stays so";
}

TEST(KeyBinding, TheKeyStoreOfAnotherLogIsRefused) {
  LogFixture fixture, other;
  for (LogFixture* each : {&fixture, &other}) {
    BindKeys(each->Store());
    Act(*each, "first");
  }
  RemoveKeys(fixture);
  std::filesystem::copy_file(other.Paths().keys, fixture.Paths().keys);
  EXPECT_NE(Refusal(fixture).find("another log"), std::string::npos);
  EXPECT_NE(Refusal(fixture, LostKeys::kAccept).find("another log"), std::string::npos);
}

TEST(KeyBinding, ALogInWhichNobodyActedNeedsNoKeys) {
  LogFixture fixture;
  fixture.Log().Append(Request({Write("calendars", ExpectedVersion::Any(), 1)}));
  EXPECT_EQ(Refusal(fixture), "");
  RemoveKeys(fixture);
  EXPECT_EQ(Refusal(fixture), "");
}

TEST(KeyBinding, ALogFromBeforeTheBindingIsBoundToItsKeys) {
  LogFixture fixture;
  { const SqliteKeys keys(fixture.Paths()); }
  Act(fixture, "first");
  EXPECT_EQ(Refusal(fixture), "");
  RemoveKeys(fixture);
  EXPECT_NE(Refusal(fixture), "");
}

}  // namespace
}  // namespace docket
