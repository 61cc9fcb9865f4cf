// HTTP itself: framing, limits, methods, headers and stopping, on a real socket.
#include <thread>

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/StreamSocket.h>
#include <gtest/gtest.h>

#include "api/http/limits.hpp"
#include "tests/api/complaint_requests.hpp"

namespace docket::test {
namespace {

/// Sends the bytes and reads until the server closes the connection.
std::string Exchange(std::uint16_t port, const std::string& bytes) {
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", port));
  socket.setReceiveTimeout(Poco::Timespan(30, 0));
  for (std::size_t sent = 0; sent < bytes.size();) {
    const int count = socket.sendBytes(bytes.data() + sent, static_cast<int>(bytes.size() - sent));
    sent += static_cast<std::size_t>(count);
  }
  std::string received;
  std::array<char, 4096> buffer;
  while (const int count = socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()))) {
    received.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return received;
}

constexpr auto kToken = "Authorization: Bearer demo-intake-0001-change-me\r\n";

std::string PostHead(const std::string& framing) {
  return std::string("POST /v1/cases HTTP/1.1\r\nHost: x\r\n") + kToken +
         "Content-Type: application/json\r\nConnection: close\r\n" + framing + "\r\n";
}

/// As a portal account that may lodge, on a connection that could go on.
std::string KeepAliveHead(const std::string& framing) {
  return "POST /v1/cases HTTP/1.1\r\nHost: x\r\n"
         "Authorization: Bearer demo-portal-0001-change-me\r\n"
         "Content-Type: application/json\r\n" +
         framing + "\r\n";
}

std::string StatusLine(const std::string& answer) { return answer.substr(0, answer.find('\r')); }

std::string Chunk(const std::string& bytes) {
  return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

TEST(Wire, ABodyThatSaysItIsTooLargeIsRefused) {
  TestServer server;
  const std::string body(http::kBodyBytesMax + 1, ' ');
  const Reply reply = server.As("intake-0001").PostText("/v1/cases", body);
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.Code(), "body_too_large");
  EXPECT_EQ(server.Head(), 0);
}

/// One answer, and then the end: what followed the headers was not taken for a request.
std::string OnlyAnswer(std::uint16_t port, const std::string& bytes) {
  const std::string received = Exchange(port, bytes);
  EXPECT_EQ(received.find("HTTP/1.1", 1), std::string::npos) << received;
  EXPECT_NE(received.find("Connection: Close"), std::string::npos) << received;
  return StatusLine(received);
}

TEST(Wire, AChunkedBodyIsRefusedWellFormedOrNot) {
  TestServer server;
  const std::string body = LodgeBody().dump();
  const std::string next = "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string whole = Chunk(body);
  std::vector<std::string> bodies = {whole + "0\r\n\r\n" + next,
                                     whole + "ZZ\r\n" + next,
                                     whole,
                                     whole + next,
                                     "ZZ\r\n" + body,
                                     "",
                                     fmt::format("{:x}\r\n{}", body.size() + 5, body)};
  for (int i = 0; i < 20; ++i) bodies[0] = Chunk(std::string(64 * 1024, ' ')) + bodies[0];
  for (const auto& chunks : bodies) {
    const std::string head = KeepAliveHead("Transfer-Encoding: chunked\r\n");
    EXPECT_EQ(OnlyAnswer(server.Port(), head + chunks), "HTTP/1.1 411 Length Required");
  }
  const std::string get = "GET /v1/health HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(OnlyAnswer(server.Port(), get + "Transfer-Encoding: chunked\r\n\r\n" + next),
            "HTTP/1.1 411 Length Required");
  EXPECT_EQ(server.Head(), 0);
}

TEST(Wire, ABodyThatEndsEarlyIsNotExecuted) {
  TestServer server;
  const std::string body = LodgeBody().dump();
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server.Port()));
  const std::string bytes =
      KeepAliveHead(fmt::format("Content-Length: {}\r\n", body.size() + 1)) + body;
  socket.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
  socket.shutdownSend();
  std::array<char, 4096> buffer;
  const int count = socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
  EXPECT_EQ(StatusLine({buffer.data(), static_cast<std::size_t>(count)}),
            "HTTP/1.1 400 Bad Request");
  EXPECT_EQ(server.Head(), 0);
}

TEST(Wire, TwoContentLengthsAreRefused) {
  TestServer server;
  const std::string body = LodgeBody().dump();
  for (const std::size_t second : {body.size(), body.size() + 40, std::size_t{0}}) {
    const std::string lengths =
        fmt::format("Content-Length: {}\r\nContent-Length: {}\r\n", body.size(), second);
    EXPECT_EQ(OnlyAnswer(server.Port(), KeepAliveHead(lengths) + body), "HTTP/1.1 400 Bad Request");
  }
  EXPECT_EQ(server.Head(), 0);
}

TEST(Wire, ABodyWithoutFramingIsNone) {
  TestServer server;
  const std::string answer = Exchange(server.Port(), PostHead(""));
  EXPECT_EQ(StatusLine(answer), "HTTP/1.1 422 Unprocessable Entity");
}

TEST(Wire, AmbiguousFramingIsRefusedAndTheConnectionClosed) {
  TestServer server;
  const std::string request =
      PostHead("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n";
  const std::string answer = Exchange(server.Port(), request);
  EXPECT_EQ(StatusLine(answer), "HTTP/1.1 400 Bad Request");
  EXPECT_NE(answer.find("framing_ambiguous"), std::string::npos);
}

TEST(Wire, ACompressedBodyIsRefused) {
  TestServer server;
  const Client client = server.As("portal-0001");
  const Reply reply = client.Post("/v1/cases", LodgeBody(), {{"Content-Encoding", "gzip"}});
  EXPECT_EQ(reply.status, 415);
  EXPECT_EQ(reply.Code(), "encoding_unsupported");
  EXPECT_EQ(client.Post("/v1/cases", LodgeBody(), {{"Content-Encoding", "identity"}}).status, 201);
}

TEST(Wire, ARefusalReachesAClientThatIsStillSending) {
  TestServer server;
  const std::string body(6 << 20, ' ');
  const std::string length = fmt::format("Content-Length: {}\r\n", body.size());
  EXPECT_EQ(OnlyAnswer(server.Port(), KeepAliveHead(length) + body),
            "HTTP/1.1 413 Request Entity Too Large");
  EXPECT_EQ(OnlyAnswer(server.Port(), KeepAliveHead("Transfer-Encoding: chunked\r\n") + body),
            "HTTP/1.1 411 Length Required");
}

TEST(Wire, HeadersAndTargetsHaveLimits) {
  TestServer server;
  const Client client = server.As("intake-0001");
  EXPECT_EQ(client.Get("/v1/cases?text=" + std::string(http::kUriBytesMax, 'x')).status, 414);
  Headers headers;
  for (int i = 0; i < 3; ++i) {
    headers.push_back({"X-Padding-" + std::to_string(i), std::string(7000, 'x')});
  }
  EXPECT_EQ(client.Get("/v1/cases", headers).status, 431);
  Headers many;
  for (std::size_t i = 0; i < http::kHeaderFieldsMax; ++i) {
    many.push_back({"X-Many-" + std::to_string(i), "x"});
  }
  const Reply crowded = client.Get("/v1/cases", many);
  EXPECT_EQ(crowded.status, 431);
  EXPECT_EQ(crowded.Code(), "headers_too_many");
  EXPECT_EQ(crowded.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(StatusLine(Exchange(server.Port(), "NONSENSE\r\n\r\n")), "HTTP/1.1 400 Bad Request");
}

TEST(Wire, HeadHasTheHeadersOfGetAndNoBody) {
  TestServer server;
  const std::string answer =
      Exchange(server.Port(), "HEAD /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(StatusLine(answer), "HTTP/1.1 200 OK");
  EXPECT_EQ(answer.substr(answer.size() - 4), "\r\n\r\n");
  EXPECT_EQ(answer.find("Content-Length: 0"), std::string::npos);
}

TEST(Wire, EveryAnswerCarriesItsRequestIdAndTheSecurityHeaders) {
  TestServer server;
  const Reply first = server.As("").Get("/v1/health");
  const Reply second = server.As("").Get("/v1/cases");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(second.status, 401);
  EXPECT_EQ(second.headers.at("www-authenticate"), "Bearer realm=\"docket\"");
  EXPECT_EQ(second.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(second.body["request_id"], second.headers.at("x-request-id"));
  EXPECT_NE(first.headers.at("x-request-id"), second.headers.at("x-request-id"));
  EXPECT_EQ(first.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(first.headers.at("cache-control"), "no-store");
  const Reply wrong = server.As("intake-0001").Send("DELETE", "/v1/cases", "", {});
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.at("allow"), "POST, GET, HEAD");
}

TEST(Wire, AConnectionServesOneRequestAfterAnother) {
  TestServer server;
  Poco::Net::HTTPClientSession session("127.0.0.1", server.Port());
  session.setKeepAlive(true);
  for (int i = 0; i < 3; ++i) {
    Poco::Net::HTTPRequest request("GET", "/v1/health", "HTTP/1.1");
    request.setKeepAlive(true);
    session.sendRequest(request);
    Poco::Net::HTTPResponse response;
    std::istream& body = session.receiveResponse(response);
    const std::string text((std::istreambuf_iterator<char>(body)), {});
    EXPECT_EQ(response.getStatus(), 200);
    EXPECT_TRUE(response.getKeepAlive());
    EXPECT_TRUE(session.connected());
  }
}

TEST(Wire, StoppingDoesNotWaitForIdleConnections) {
  TestServer server;
  Poco::Net::StreamSocket idle(Poco::Net::SocketAddress("127.0.0.1", server.Port()));
  EXPECT_EQ(server.As("").Get("/v1/health").status, 200);
  const auto started = std::chrono::steady_clock::now();
  server.Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
}

/// A server of one route whose handler takes its time.
struct SlowServer {
  RandomIds ids;
  std::atomic<bool> entered{false};
  http::Router router{
      [](std::string_view, const Origin&) -> Expected<http::Caller> { return http::Caller{}; }};
  std::unique_ptr<http::Server> server;

  SlowServer() {
    router.Add({"GET", "/slow", [this](const http::Request&) -> Expected<http::Response> {
                  entered = true;
                  std::this_thread::sleep_for(std::chrono::milliseconds(300));
                  http::Response response;
                  response.status = 200;
                  response.body = "{}";
                  return response;
                }});
    http::ServerOptions options;
    options.listen.port = 0;
    options.log = ProcessLog([](std::string_view) {});
    server = std::move(*http::Server::Start(router, ids, options));
  }
};

TEST(Wire, StoppingLetsAnAnswerInTheMakingFinish) {
  SlowServer slow;
  Reply reply;
  std::thread client([&] { reply = Client(slow.server->Port(), "intake-0001").Get("/slow"); });
  while (!slow.entered) std::this_thread::yield();
  slow.server->Stop();
  client.join();
  EXPECT_EQ(reply.status, 200);
}

TEST(Wire, ATakenAddressIsRefused) {
  SlowServer first;
  http::ServerOptions options;
  options.listen.port = first.server->Port();
  const auto second = http::Server::Start(first.router, first.ids, options);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "listen_failed");
}

TEST(Wire, AddressesToListenOn) {
  const auto parse = [](const char* text) {
    const auto address = http::ListenAddress::Parse(text);
    return address ? address->host + " " + std::to_string(address->port) : address.error().code;
  };
  EXPECT_EQ(parse("127.0.0.1:8080"), "127.0.0.1 8080");
  EXPECT_EQ(parse("[::1]:0"), "::1 0");
  for (const char* bad : {"", "8080", ":8080", "localhost:80", "127.0.0.1:", "127.0.0.1:65536",
                          "127.0.0.1:80x", "999.0.0.1:80"}) {
    EXPECT_EQ(parse(bad), "listen_invalid") << bad;
  }
}

TEST(Wire, ManyClientsAtOnceAreAllAnswered) {
  TestServer server;
  std::atomic<int> answered{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 48; ++i) {
    clients.emplace_back([&] {
      if (server.As("").Get("/v1/health").status == 200) ++answered;
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(answered, 48);
}

TEST(Wire, TheAccessLogHasALineARequestWithoutItsWords) {
  TestServer server;
  server.As("intake-0001").Get("/v1/cases?text=SECRETWORD");
  server.As("intake-0001").Get("/v1/cases/SECRETCASE");
  server.As("intake-0001").PostText("/v1/cases", "{\"SECRETNAME\":1}");
  server.Stop();
  const std::string log = server.Log();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3);
  EXPECT_EQ(log.find("SECRET"), std::string::npos) << log;
  EXPECT_NE(log.find("\"route\":\"/v1/cases/{id}\""), std::string::npos) << log;
  EXPECT_NE(log.find("\"account\":\"intake-0001\""), std::string::npos) << log;
}

}  // namespace
}  // namespace docket::test
