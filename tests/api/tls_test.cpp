// The server by TLS: its certificate, handshakes that are not finished, streams, and what it
// refuses to start with.
#include <filesystem>
#include <thread>

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/X509Certificate.h>
#include <gtest/gtest.h>

#include "api/http/limits.hpp"
#include "tests/api/account_walk.hpp"
#include "tests/api/complaint_requests.hpp"
#include "tests/api/event_stream.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

using Poco::Net::SecureStreamSocket;
using Poco::Net::SocketAddress;
using Poco::Net::StreamSocket;

/// Until the other end has closed, by whatever way.
std::string ReadToTheEnd(StreamSocket& socket) {
  std::string received;
  std::array<char, 4096> bytes;
  try {
    while (const int count = socket.receiveBytes(bytes.data(), static_cast<int>(bytes.size()))) {
      received.append(bytes.data(), static_cast<std::size_t>(count));
    }
  } catch (const Poco::Net::NetException& error) {
    received += " " + error.displayText();
  }
  return received;
}

class Tls : public ::testing::Test {
 protected:
  TestServer::Options OptionsOf() const {
    TestServer::Options options;
    options.tls = files_;
    options.client_tls = trusting_;
    return options;
  }

  TemporaryFolder folder_;
  Authority authority_{folder_.Path() / "authority"};
  TlsFiles files_ = authority_.ServerFiles();
  Poco::Net::Context::Ptr trusting_ = ClientContext(authority_);
};

TEST_F(Tls, AnswersAndTellsBrowsersToComeBackByTls) {
  const TestServer server(OptionsOf());
  const Reply reply = server.As("intake-0001").Get("/v1/clock");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.headers.at("strict-transport-security"), "max-age=31536000");
  const Reply refused = server.Nobody().Get("/v1/clock");
  EXPECT_EQ(refused.status, 401);
  EXPECT_TRUE(refused.headers.contains("strict-transport-security"));
  const std::string body(http::kBodyBytesMax + 1, ' ');
  EXPECT_EQ(server.As("intake-0001").PostText("/v1/cases", body).status, 413);
  const std::string large = LodgeBody().dump() + std::string(500'000, ' ');
  EXPECT_EQ(server.As("portal-0001").PostText("/v1/cases", large).status, 201);
}

TEST_F(Tls, PlainHttpGetsNeitherAnAnswerNorThePromise) {
  const TestServer server(OptionsOf());
  const Client plain = server.As("intake-0001").Over(nullptr);
  EXPECT_THROW(plain.Get("/v1/clock"), Poco::Exception);
  if (AuthorityOfThisRun() != nullptr) return;
  const TestServer other;
  EXPECT_FALSE(
      other.As("intake-0001").Get("/v1/clock").headers.contains("strict-transport-security"));
}

TEST_F(Tls, AClientThatDoesNotFinishItsHandshakeHoldsUpNobody) {
  const TestServer server(OptionsOf());
  std::vector<StreamSocket> silent;
  // More than there are threads to serve requests; some of them have begun to say something.
  for (int i = 0; i < http::kThreadsMax + 40; ++i) {
    silent.emplace_back(SocketAddress("127.0.0.1", server.Port()));
    const std::string_view half_a_hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc", 9);
    if (i % 2 == 0) silent.back().sendBytes(half_a_hello.data(), 9);
  }
  EXPECT_EQ(server.As("intake-0001").Get("/v1/clock").status, 200);
  EXPECT_EQ(server.As("intake-0001").Get("/v1/clock").status, 200);
}

TEST_F(Tls, WhatIsNoHandshakeIsClosed) {
  const TestServer server(OptionsOf());
  StreamSocket socket(SocketAddress("127.0.0.1", server.Port()));
  socket.setReceiveTimeout(Poco::Timespan(20, 0));
  socket.sendBytes("GET / HTTP/1.1\r\n\r\n", 18);
  EXPECT_EQ(ReadToTheEnd(socket).find("HTTP"), std::string::npos);
}

TEST_F(Tls, StreamsAndLongPollsAreServed) {
  TestServer server(OptionsOf());
  EventStream stream({.port = server.Port(), .account = "resource-0001", .tls = trusting_});
  ASSERT_NE(stream.Head().find(" 200 "), std::string::npos) << stream.Head();
  EXPECT_NE(stream.Head().find("Strict-Transport-Security"), std::string::npos);
  Reply polled;
  std::thread poll([&] {
    polled = server.As("resource-0001").Get("/v1/feed?wait=30&after=0&type=complaint.lodged");
  });
  ComplaintWalk walk(server);
  walk.ToAccepted();
  poll.join();
  EXPECT_EQ(polled.status, 200) << polled.text;
  testing::Positions positions;
  while (positions.last < server.Head()) {
    const auto message = stream.NextNews();
    ASSERT_TRUE(message);
    positions.Take(*message);
  }
  EXPECT_TRUE(positions.skipped.empty());
  server.Stop();
}

TEST_F(Tls, AReplacedCertificateIsReadWithoutARestart) {
  const TestServer server(OptionsOf());
  const auto presented = [&] {
    SecureStreamSocket socket(SocketAddress("127.0.0.1", server.Port()), "localhost", trusting_);
    return socket.peerCertificate().serialNumber();
  };
  const std::string before = presented();
  const Issued next = authority_.IssueServer("next");
  std::filesystem::rename(next.certificate, files_.certificate);
  EXPECT_EQ(presented(), before) << "the key does not fit yet, so the old pair stays in force";
  std::filesystem::rename(next.key, files_.key);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (presented() == before && std::chrono::steady_clock::now() < end) {
  }
  EXPECT_NE(presented(), before);
  EXPECT_EQ(server.As("intake-0001").Get("/v1/clock").status, 200);
  EXPECT_NE(server.Log().find("certificates were read anew"), std::string::npos);
}

TEST_F(Tls, WhatIsStoppedAnswersWhatItHasTaken) {
  TestServer server(OptionsOf());
  SecureStreamSocket socket(SocketAddress("127.0.0.1", server.Port()), "localhost", trusting_);
  const std::string_view request =
      "GET /v1/clock HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
      "demo-intake-0001-change-me\r\n\r\n";
  socket.sendBytes(request.data(), static_cast<int>(request.size()));
  std::thread stop([&] { server.Stop(); });
  const std::string received = ReadToTheEnd(socket);
  stop.join();
  EXPECT_NE(received.find("HTTP/1.1 200"), std::string::npos) << received;
}

TEST_F(Tls, FilesThatDoNotFitAreNamedAtTheStart) {
  const auto open = [&](const TlsFiles& files) {
    const auto opened = TlsServer::Open(files, [](const Notice&) {});
    return opened ? std::string("ok") : opened.error().code + " " + opened.error().en;
  };
  const auto says = [&](const TlsFiles& files, const std::string& code, const std::string& path) {
    const std::string said = open(files);
    EXPECT_TRUE(said.starts_with(code) && said.ends_with(path)) << said;
  };
  EXPECT_EQ(open(files_), "ok");
  const Issued other = authority_.IssueServer("other");
  const std::string text = authority_.File("ca.cnf");
  says({files_.certificate, other.key}, "tls_key_mismatch", other.key);
  says({files_.certificate, text}, "tls_key_exposed", text);
  says({text, files_.key}, "tls_certificate_invalid", text);
  says({"/nonexistent", files_.key}, "tls_file_unreadable", "/nonexistent");
  says({files_.certificate, files_.key, text}, "tls_client_ca_invalid", text);
  says({files_.certificate, files_.key, files_.client_ca, text}, "tls_revocation_list_invalid",
       text);
  says({files_.certificate, ""}, "tls_options_incomplete", "");
  says({files_.certificate, files_.key, "", files_.revocation_lists}, "tls_options_incomplete", "");
  const auto refused = RunDocket({"serve", "--store", "sqlite:" + authority_.File("x.db"),
                                  "--office", DOCKET_SOURCE_DIR "/data/sample/office.json",
                                  "--tls-certificate", files_.certificate, "--tls-key", other.key});
  EXPECT_EQ(refused.exit_code, 1) << refused.said;
  EXPECT_NE(refused.said.find(other.key), std::string::npos) << refused.said;
}

}  // namespace
}  // namespace docket::test
