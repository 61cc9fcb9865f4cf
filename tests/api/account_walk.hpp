/// An account `zhao` of the sample's finance bureau, managed by its unit's administrator, from the
/// request to the last login.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/api/test_server.hpp"

namespace docket::test {

inline const std::string kOwnPassword = "Sunny-Day-01";
inline const std::string kNextPassword = "Rainy-Day-02";
/// Of nobody else: tests look for it in the files of a server that they share with others.
inline const std::string kIdentity = "33048219880229117X";

/// Codes as an authenticator makes them, each later than the last.
class Authenticator {
 public:
  /// `secret` is Base32, as the server shows it.
  explicit Authenticator(const std::string& secret);
  std::string Next();

 private:
  std::string secret_;
  std::int64_t last_ = 0;
};

class AccountWalk {
 public:
  explicit AccountWalk(const TestServer& server) : server_(server) {}

  Client Admin() const { return server_.As("unit-admin-0001"); }
  void Request();
  Reply Do(const std::string& command, const Json& data = Json::object()) const;
  std::string State() const;
  std::string NewPassword();
  Reply LogIn(const std::string& password, const std::string& code = "",
              const std::string& account = "zhao") const;
  /// The token of a login that must succeed.
  std::string Token(const Reply& login);
  /// With a password of its own, the undertaking signed, and a second factor where one is needed.
  std::string ToComplete(bool second_factor = true);
  void Enrol(const Client& zhao);
  std::string Remember(std::string secret);
  /// The bound certificate, as the administrator is answered.
  Reply Bind(const std::string& certificate_file) const;

  std::optional<Authenticator> authenticator;
  std::vector<std::string> secrets;

 private:
  const TestServer& server_;
  std::string case_id_;
};

/// The bytes of a file.
std::string Bytes(const std::filesystem::path& path);

}  // namespace docket::test
