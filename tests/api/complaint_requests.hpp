/// A government-procurement complaint as its parties send it, and the way to each of its states.
#pragma once

#include <string>

#include "tests/api/test_server.hpp"

namespace docket::test {

constexpr auto kComplainantName = "王小满";
constexpr auto kComplainantPhone = "13905731234";
constexpr auto kComplainantId = "91330482MA2B9X7Y3Q";
constexpr auto kClaims = "请求认定评审过程违法，责令重新评审";

/// Body of the lodge command.
Json LodgeData();
/// POST /v1/cases body.
Json LodgeBody();

/// Drives one case, each step as the account whose step it is. Every step must succeed.
class ComplaintWalk {
 public:
  explicit ComplaintWalk(TestServer& server) : server_(server) {}

  const std::string& CaseId() const { return case_id_; }
  std::string Path(const std::string& rest = "") const { return "/v1/cases/" + case_id_ + rest; }

  /// The portal account lodges.
  Reply Lodge();
  Reply Act(const std::string& account, const std::string& command, const Json& data,
            const Headers& headers = {}) const;
  /// Lodged, signed for and accepted.
  void ToAccepted();
  /// On to the archive.
  void ToArchived();

 private:
  TestServer& server_;
  std::string case_id_;
};

}  // namespace docket::test
