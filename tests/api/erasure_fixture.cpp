#include "tests/api/erasure_fixture.hpp"

#include <chrono>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "persistence/keys/person_index.hpp"
#include "workflows/engine/identifiers.hpp"

namespace docket::test {

namespace {

PersonalDetails Complainant() { return DetailsOf(LodgeData().at("complainant")); }

}  // namespace

Json OtherLodgeBody() {
  Json body = LodgeBody();
  body["data"]["complainant"] = {{"kind", "person"},
                                 {"name", kOtherName},
                                 {"phone", kOtherPhone},
                                 {"id_number", "11010519491231002X"}};
  return body;
}

std::string Lodge(TestServer& server, const Json& body, const Headers& headers) {
  const Reply reply = server.As("portal-0001").Post("/v1/cases", body, headers);
  EXPECT_EQ(reply.status, 201) << reply.text;
  return reply.body.value("case_id", "");
}

std::string LodgeAndCancel(TestServer& server, const Json& body, const Headers& headers) {
  const std::string case_id = Lodge(server, body, headers);
  const Reply reply =
      server.As("portal-0001")
          .Post("/v1/cases/" + case_id + "/commands/cancel", {{"data", {{"reason", "不再投诉"}}}},
                {{"Idempotency-Key", "cancel-" + case_id}});
  EXPECT_EQ(reply.status, 200) << reply.text;
  const Reply archived =
      server.As("intake-0001")
          .Post("/v1/cases/" + case_id + "/commands/archive",
                {{"data", {{"archive_no", case_id.substr(case_id.size() - 12)}}}});
  EXPECT_EQ(archived.status, 200) << archived.text;
  return case_id;
}

void PassRetention(TestServer& server) { ASSERT_EQ(server.MoveClock(kAfterRetention).status, 200); }

Json EraseBody(bool dry_run) {
  return {{"person", {{"id_number", kComplainantId}}},
          {"basis", "consent_withdrawn"},
          {"asked_by", "subject"},
          {"reference", "SQ-2028-17"},
          {"dry_run", dry_run}};
}

Json AwaitErased(TestServer& server, const std::string& id) {
  const auto done = server.App().Erasing().Await(id, std::chrono::seconds(60));
  EXPECT_TRUE(done && done->erased_at);
  const Reply read = server.As("head-0001").Get("/v1/erasures/" + id);
  EXPECT_EQ(read.status, 200) << read.text;
  EXPECT_EQ(read.body.value("state", ""), "done");
  return read.body;
}

std::unique_ptr<KeyTable> TableOf(const std::string& store_url) {
  return *OpenKeyTable({.url = store_url, .owner = "a test"});
}

std::set<std::string> IndexedKeys(TestServer& server) {
  const auto& ports = server.App().PersonalData().Parts();
  std::set<std::string> keys;
  for (const auto& found : ports.keys.FindPersons(IdentifiersOf(Complainant()))) {
    keys.insert(found.key.value);
  }
  return keys;
}

std::set<std::string> SecretsOf(const KeyTable& table, const std::set<std::string>& keys) {
  std::set<std::string> secrets;
  for (const auto& key : keys) {
    const auto row = table.Find(KeyId(key));
    EXPECT_TRUE(row && !row->destroyed) << key;
    if (row) secrets.insert(row->secret);
  }
  return secrets;
}

std::set<std::string> DigestsOf(const KeyTable& table) {
  const auto row = table.Find(KeyId(std::string(kIndexKey)));
  EXPECT_TRUE(row);
  SecretKey secret;
  for (std::size_t i = 0; i < SecretKey::kBytes; ++i) {
    secret.data()[i] =
        static_cast<unsigned char>(std::stoi(row->secret.substr(2 * i, 2), nullptr, 16));
  }
  const auto index_key = sealing::Derive(secret, sealing::kAuthenticatePurpose);
  std::set<std::string> digests;
  for (const auto& identifier : IdentifiersOf(Complainant())) {
    digests.insert(PersonDigest(index_key, identifier));
  }
  return digests;
}

std::vector<std::string> FilesWith(const std::filesystem::path& folder,
                                   const std::set<std::string>& texts) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().string();
    if (!entry.is_regular_file() || path.find("/pg_wal/") != std::string::npos) continue;
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    const std::string file = bytes.str();
    for (const auto& text : texts) {
      if (file.find(text) == std::string::npos) continue;
      found.push_back(path);
      break;
    }
  }
  return found;
}

}  // namespace docket::test
