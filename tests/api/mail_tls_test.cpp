// E-mail over TLS: STARTTLS is insisted on, the certificate has to be trusted and the host's.
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "api/notifications/mail_sender.hpp"
#include "tests/api/mail_server.hpp"
#include "tests/api/test_server.hpp"

namespace docket::test {
namespace {

using Poco::Net::Context;

class MailTls : public ::testing::Test {
 protected:
  MailTls() {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        " -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
        File("key.pem") + " -out " + File("cert.pem") + " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ofstream(File("password")) << "correct horse\n";
    std::filesystem::permissions(File("password"), std::filesystem::perms::owner_read);
    server_ = std::make_unique<MailServer>(Context::Ptr(new Context(
        Context::SERVER_USE, File("key.pem"), File("cert.pem"), "", Context::VERIFY_NONE)));
  }
  std::string File(const std::string& name) const { return (folder_.Path() / name).string(); }
  SendResult Send(const std::string& host, const std::string& ca_file, std::uint16_t port) const {
    MailOptions options;
    options.url = "smtp://" + host + ":" + std::to_string(port);
    options.from = "docket@example.org";
    options.user = "docket";
    options.password_file = File("password");
    options.ca_file = ca_file;
    options.timeout = std::chrono::seconds(5);
    const auto sender = MailSender::Open(options);
    EXPECT_TRUE(sender) << sender.error().code;
    return sender->Send({"qian@example.org", "id-1", "标题", "正文\r\n.\r\n还有\n", Instant()});
  }

  TemporaryFolder folder_;
  std::unique_ptr<MailServer> server_;
};

TEST_F(MailTls, ThePasswordGoesOverAnEncryptedConnectionOnly) {
  const auto result = Send("localhost", File("cert.pem"), server_->Port());
  EXPECT_TRUE(result.is_sent) << result.reason;
  const auto mails = server_->Await(1);
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_TRUE(mails[0].encrypted);
  EXPECT_EQ(mails[0].login, std::string("\0docket\0correct horse", 21));
  EXPECT_NE(mails[0].body.find("还有"), std::string::npos) << "a lone dot ends nothing";
}

TEST_F(MailTls, WithoutStartTlsNothingIsSent) {
  MailServer plain;
  const auto result = Send("localhost", File("cert.pem"), plain.Port());
  EXPECT_FALSE(result.is_sent);
  EXPECT_EQ(result.reason, "smtp_no_tls");
  EXPECT_TRUE(plain.Await(0).empty());
}

TEST_F(MailTls, AnUnknownCertificateOrAnotherHostsIsNotTrusted) {
  EXPECT_FALSE(Send("localhost", "", server_->Port()).is_sent);
  EXPECT_FALSE(Send("127.0.0.1", File("cert.pem"), server_->Port()).is_sent);
  EXPECT_TRUE(server_->Await(0).empty());
}

std::string Refusal(const std::string& url, const std::string& from = "docket@example.org") {
  MailOptions options;
  options.url = url;
  options.from = from;
  const auto sender = MailSender::Open(options);
  return sender ? "" : sender.error().code;
}

TEST(MailOptions, AreRefusedWhereTheyCannotBeRight) {
  EXPECT_EQ(Refusal("smtp://localhost"), "");
  EXPECT_EQ(Refusal("smtps://localhost:465"), "");
  EXPECT_EQ(Refusal("smtp+plain://127.0.0.1:25"), "");
  EXPECT_EQ(Refusal("smtp+plain://192.0.2.1"), "smtp_plain_exposed");
  EXPECT_EQ(Refusal("smtp://user:secret@localhost"), "smtp_url_invalid");
  EXPECT_EQ(Refusal("http://localhost"), "smtp_url_invalid");
  EXPECT_EQ(Refusal("localhost:25"), "smtp_url_invalid");
  EXPECT_EQ(Refusal("smtp://localhost", "docket@a\r\nBcc: b"), "smtp_sender_invalid");
}

}  // namespace
}  // namespace docket::test
