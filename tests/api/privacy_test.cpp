// A lodged name and phone number stand in no file of the store and not in the log of the process.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/api/complaint_requests.hpp"

namespace docket::test {
namespace {

std::string Bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void ExpectNoPersonIn(const std::string& text, const std::string& where) {
  for (const char* secret : {kComplainantName, kComplainantPhone, kComplainantId, kClaims}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << where;
  }
}

std::size_t SearchFolder(const std::filesystem::path& folder) {
  std::size_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    // A running server removes and renames files: what is gone holds nothing.
    const std::string text = Bytes(entry.path());
    ExpectNoPersonIn(text, entry.path().filename().string());
    bytes += text.size();
  }
  return bytes;
}

// Shows A071.
TEST(Privacy, NoFileOfTheStoreAndNoLogLineNamesThePerson) {
  TestServer server;
  ComplaintWalk walk(server);
  walk.ToAccepted();
  server.As("intake-0001").Get(walk.Path());
  server.As("intake-0001").Get(fmt::format("/v1/cases?text={}", kComplainantPhone));
  server.As("portal-0001").Post("/v1/cases", {{kComplainantPhone, kComplainantName}});
  server.As("portal-0001").Get(fmt::format("/v1/{}", kComplainantPhone));
  ASSERT_TRUE(server.App().CatchUp());
  // Once with the write-ahead logs as they are, once after an orderly end.
  EXPECT_GT(SearchFolder(server.StoreFolder()), 10'000u);
  server.Stop();
  EXPECT_GT(SearchFolder(server.StoreFolder()), 10'000u);
  ExpectNoPersonIn(server.Log(), "the access log");
  EXPECT_NE(server.Log().find("/v1/cases/{id}"), std::string::npos);
}

}  // namespace
}  // namespace docket::test
