#include "tests/api/account_walk.hpp"

#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "persistence/credentials/totp.hpp"

namespace docket::test {

namespace {

std::string FromBase32(const std::string& text) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    bits = (bits << 5) | static_cast<std::uint32_t>(alphabet.find(c));
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>((bits >> held) & 0xff);
  }
  return bytes;
}

}  // namespace

Authenticator::Authenticator(const std::string& secret) : secret_(FromBase32(secret)) {}

std::string Authenticator::Next() {
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const auto present = totp::StepAt(Instant::FromMicros(now.count()));
  last_ = std::max(last_ + 1, present - 1);
  return totp::CodeAt(secret_, last_);
}

void AccountWalk::Request() {
  const auto opened = Admin().Post("/v1/cases", {{"workflow", "account"},
                                                 {"data",
                                                  {{"account", "zhao"},
                                                   {"holder", "赵某"},
                                                   {"identity", kIdentity},
                                                   {"roles", {"handler"}},
                                                   {"responsibilities", "承办投诉"}}}});
  ASSERT_EQ(opened.status, 201) << opened.text;
  case_id_ = opened.body["case_id"];
}

Reply AccountWalk::Do(const std::string& command, const Json& data) const {
  return Admin().Post(fmt::format("/v1/cases/{}/commands/{}", case_id_, command), {{"data", data}});
}

std::string AccountWalk::State() const {
  return Admin().Get("/v1/cases/" + case_id_).body.value("state", "");
}

std::string AccountWalk::NewPassword() {
  const auto reset = Admin().Post("/v1/accounts/zhao/password-reset", Json::object());
  EXPECT_EQ(reset.status, 201) << reset.text;
  return Remember(reset.body.value("one_time_password", ""));
}

Reply AccountWalk::LogIn(const std::string& password, const std::string& code,
                         const std::string& account) const {
  Json body = {{"account", account}, {"password", password}};
  if (!code.empty()) body["code"] = code;
  return server_.Nobody().Post("/v1/session", body);
}

std::string AccountWalk::Token(const Reply& login) {
  EXPECT_EQ(login.status, 201) << login.text;
  return Remember(login.body.value("token", ""));
}

std::string AccountWalk::ToComplete(bool second_factor) {
  Request();
  EXPECT_EQ(Do("approve").status, 200);
  const std::string once = NewPassword();
  const std::string token = Token(LogIn(once));
  const Client zhao = server_.Holding(token);
  const auto changed =
      zhao.Post("/v1/session/password", {{"password", once}, {"new_password", kOwnPassword}});
  EXPECT_EQ(changed.status, 200) << changed.text;
  EXPECT_EQ(zhao.Post("/v1/session/undertaking", {{"version", "1"}}).status, 200);
  if (second_factor) Enrol(zhao);
  return token;
}

void AccountWalk::Enrol(const Client& zhao) {
  const auto enrolled = zhao.Post("/v1/session/second-factor", Json::object());
  ASSERT_EQ(enrolled.status, 201) << enrolled.text;
  authenticator.emplace(Remember(enrolled.body["secret"]));
  const auto confirmed =
      zhao.Post("/v1/session/second-factor/confirmation", {{"code", authenticator->Next()}});
  ASSERT_EQ(confirmed.status, 200) << confirmed.text;
  EXPECT_EQ(confirmed.body["stage"], "complete");
}

std::string AccountWalk::Remember(std::string secret) {
  secrets.push_back(secret);
  return secret;
}

Reply AccountWalk::Bind(const std::string& certificate_file) const {
  return Admin().Post("/v1/accounts/zhao/logins",
                      {{"kind", "certificate"}, {"certificate", Bytes(certificate_file)}});
}

std::string Bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace docket::test
