/// Cases of one complainant and of others, and what is kept of them in a store.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "persistence/keys/key_table.hpp"
#include "persistence/open_store.hpp"
#include "tests/api/complaint_requests.hpp"

namespace docket::test {

constexpr auto kOtherName = "赵另人";
constexpr auto kOtherPhone = "13800001111";

/// Lodged by somebody else, who shares nothing with the complainant but the respondent.
Json OtherLodgeBody();

/// The case's id.
std::string Lodge(TestServer& server, const Json& body, const Headers& headers = {});
/// Lodged, taken back and archived: a case that is over.
std::string LodgeAndCancel(TestServer& server, const Json& body, const Headers& headers = {});

/// Until nothing has to be kept any more.
constexpr auto kAfterRetention = "2028-08-09T09:00:00+08:00";
void PassRetention(TestServer& server);

/// POST /v1/erasures of the complainant, by number.
Json EraseBody(bool dry_run);
/// Waits until the erasure has its receipt.
Json AwaitErased(TestServer& server, const std::string& id);

/// The key table beside the running server.
std::unique_ptr<KeyTable> TableOf(const std::string& store_url);
/// Names of the keys that the blind index has for what identifies the complainant.
std::set<std::string> IndexedKeys(TestServer& server);
/// What must be in no file once these keys are destroyed: their secrets as they are stored, and the
/// digests by which their person is found.
std::set<std::string> SecretsOf(const KeyTable& table, const std::set<std::string>& keys);
/// The digests of everything that identifies the complainant.
std::set<std::string> DigestsOf(const KeyTable& table);

/// All files below the folder in which one of these stands, but for the server's journal of
/// changes on PostgreSQL, which docs/operations-postgres.md speaks of.
std::vector<std::string> FilesWith(const std::filesystem::path& folder,
                                   const std::set<std::string>& texts);

}  // namespace docket::test
