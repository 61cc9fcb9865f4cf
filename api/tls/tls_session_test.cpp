// A subscriber's connection by TLS, on a socket pair that takes little: what waits is sent whole
// and once, whatever is dropped meanwhile.
#include "api/tls/tls_session.hpp"

#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "api/feed/feed_connection.hpp"
#include "api/tls/openssl.hpp"
#include "api/tls/tls_server.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket {
namespace {

using Session = std::unique_ptr<SSL, openssl::Freeing<SSL_free>>;

class TlsSessionTest : public ::testing::Test {
 protected:
  TlsSessionTest() : client_context_(SSL_CTX_new(TLS_client_method())) {
    const std::string command = fmt::format(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=localhost -keyout {0}/key.pem -out {0}/cert.pem 2>/dev/null",
        folder_.File(""));
    EXPECT_EQ(std::system(command.c_str()), 0);
    const auto opened = TlsServer::Open(
        {folder_.File("cert.pem"), folder_.File("key.pem"), folder_.File("cert.pem")},
        [](const Notice&) {});
    EXPECT_TRUE(opened) << opened.error().en;
    server_ = *opened;
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    mine_ = OwnedFile(ends[0]);
    theirs_ = OwnedFile(ends[1]);
    const int small = 8 * 1024;
    setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    client_.reset(SSL_new(client_context_.get()));
    SSL_set_fd(client_.get(), ends[0]);
  }
  /// The server's end, after the handshake.
  ClientSocket Shake() {
    auto session = server_->Begin(theirs_.Number());
    std::thread client([this] { EXPECT_EQ(SSL_connect(client_.get()), 1); });
    while (session->ShakeHands() != TlsSession::Flow::kDone) std::this_thread::yield();
    client.join();
    return {std::move(theirs_), std::move(session)};
  }
  std::string ReadToTheEnd() {
    std::string text;
    std::array<char, 4096> bytes;
    for (;;) {
      const int count = SSL_read(client_.get(), bytes.data(), static_cast<int>(bytes.size()));
      if (count <= 0) return text;
      text.append(bytes.data(), static_cast<std::size_t>(count));
    }
  }
  static Frame FrameOf(char letter) {
    return std::make_shared<const std::string>(std::string(5'000, letter));
  }

  testing::TemporaryDirectory folder_;
  openssl::Context client_context_;
  std::shared_ptr<TlsServer> server_;
  OwnedFile mine_;
  OwnedFile theirs_;
  Session client_;
};

TEST_F(TlsSessionTest, WhatIsDroppedWhileItWaitsIsNotSentAndNothingElseIsLost) {
  auto connection = std::make_unique<FeedConnection>(Shake());
  std::string all;
  for (int i = 0; i < 40; ++i) {
    const Frame frame = FrameOf(static_cast<char>('A' + i % 26));
    all += *frame;
    connection->Add(frame);
  }
  ASSERT_NE(connection->Flush(), FeedConnection::Sent::kBroken);
  EXPECT_GT(connection->Pending(), 0U) << "the socket takes less than a record";
  EXPECT_EQ(connection->Flush(), FeedConnection::Sent::kNothing);
  const std::size_t before = connection->Pending();
  connection->DropUnbegun();
  EXPECT_LT(connection->Pending(), before);
  connection->Add(std::make_shared<const std::string>("goodbye"));
  std::string received;
  std::thread reader([&] { received = ReadToTheEnd(); });
  while (connection->Pending() > 0) {
    ASSERT_NE(connection->Flush(), FeedConnection::Sent::kBroken);
    std::this_thread::yield();
  }
  connection.reset();
  reader.join();
  ASSERT_TRUE(received.ends_with("goodbye"));
  const std::string frames = received.substr(0, received.size() - 7);
  EXPECT_EQ(frames.size() % 5'000, 0U) << "whole frames only";
  EXPECT_LT(frames.size(), all.size());
  EXPECT_EQ(frames, all.substr(0, frames.size()));
}

TEST_F(TlsSessionTest, ACertificateWithDatesThatAreNoneIsLookedAtAndRefused) {
  const std::unique_ptr<EVP_PKEY, openssl::Freeing<EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
  const openssl::Certificate strange(X509_new());
  for (ASN1_TIME* const time :
       {X509_getm_notBefore(strange.get()), X509_getm_notAfter(strange.get())}) {
    ASN1_STRING_set(time, "tomorrow", 8);
    time->type = V_ASN1_UTCTIME;
  }
  X509_set_pubkey(strange.get(), key.get());
  ASSERT_GT(X509_sign(strange.get(), key.get(), EVP_sha256()), 0);
  ASSERT_EQ(SSL_use_certificate(client_.get(), strange.get()), 1);
  ASSERT_EQ(SSL_use_PrivateKey(client_.get(), key.get()), 1);
  const ClientSocket socket = Shake();
  const auto presented = socket.tls->Presented();
  ASSERT_TRUE(presented);
  EXPECT_EQ(presented->certificate.valid_until, Instant::FromMicros(0));
  const auto trusted = server_->Check(*presented);
  ASSERT_FALSE(trusted);
  EXPECT_EQ(trusted.error().code, "certificate_untrusted");
}

TEST_F(TlsSessionTest, AClientThatSaysGoodbyeIsGone) {
  FeedConnection connection(Shake());
  EXPECT_TRUE(connection.Listen());
  SSL_write(client_.get(), "GET", 3);
  EXPECT_TRUE(connection.Listen()) << "nobody waits for what it says";
  SSL_shutdown(client_.get());
  EXPECT_FALSE(connection.Listen());
}

}  // namespace
}  // namespace docket
