// Webhooks over TLS: the certificate has to be trusted and the host's.
#include <cstdlib>

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <gtest/gtest.h>

#include "api/webhooks/webhook_sender.hpp"
#include "tests/api/test_server.hpp"
#include "tests/api/webhook_receiver.hpp"

namespace docket::test {
namespace {

class WebhookTlsTest : public ::testing::Test {
 protected:
  WebhookTlsTest() {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        " -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
        File("key.pem") + " -out " + File("cert.pem") + " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    const Poco::Net::Context::Ptr context(
        new Poco::Net::Context(Poco::Net::Context::SERVER_USE, File("key.pem"), File("cert.pem"),
                               "", Poco::Net::Context::VERIFY_NONE));
    receiver_ = std::make_unique<WebhookReceiver>(
        Poco::Net::SecureServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0), 16, context));
  }
  std::string File(const std::string& name) const { return (folder_.Path() / name).string(); }
  WebhookReply Post(const std::string& host, const std::string& ca_file) const {
    const WebhookSender sender({.allow_private = true, .ca_file = ca_file});
    return sender.Post({"https://" + host + ":" + std::to_string(receiver_->Port()) + "/hook",
                        {{"Content-Type", "application/json"}},
                        "{}"});
  }

  TemporaryFolder folder_;
  std::unique_ptr<WebhookReceiver> receiver_;
};

TEST_F(WebhookTlsTest, ATrustedCertificateOfTheHostIsTaken) {
  const auto reply = Post("localhost", File("cert.pem"));
  EXPECT_EQ(reply.status, 204) << reply.error;
  const auto messages = receiver_->Await(1);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].headers.at("host"), "localhost:" + std::to_string(receiver_->Port()));
}

TEST_F(WebhookTlsTest, AnotherHostsOrAnUnknownOneIsNot) {
  EXPECT_EQ(Post("127.0.0.1", File("cert.pem")).status, 0);
  EXPECT_EQ(Post("localhost", "").status, 0);
  EXPECT_TRUE(receiver_->Await(0).empty());
}

}  // namespace
}  // namespace docket::test
