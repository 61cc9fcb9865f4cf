// Requests that nobody means well by, from a fixed seed: never a 5xx, never silence, and memory
// stays bounded. DOCKET_HOSTILE_REQUESTS says how many (2,000); DOCKET_HOSTILE_SEED which (1).
#include <fstream>
#include <random>

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>
#include <gtest/gtest.h>

#include "api/http/examples.hpp"
#include "tests/api/contract.hpp"

namespace docket::test {
namespace {

std::uint64_t Setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

/// Resident memory of this process, which is the server's as well, in MiB.
std::size_t ResidentMib() {
  std::ifstream file("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  file >> total >> resident;
  return resident * 4096 / (1024 * 1024);
}

class Hostile {
 public:
  Hostile(const Contract& contract, std::string case_id, std::uint64_t seed)
      : contract_(contract),
        values_(contract.Document()),
        case_id_(std::move(case_id)),
        random_(seed) {}

  struct Shot {
    std::string account;
    std::string method;
    std::string target;
    std::string body;
    Headers headers;
    bool is_stream = false;
  };

  Shot Next() {
    const auto& operations = contract_.Operations();
    const Documented& operation = operations[Below(operations.size())];
    Shot shot{Account(), operation.method, Path(operation), "", {}, operation.IsStream()};
    if (Chance(10)) shot.method = Pick({"PUT", "DELETE", "OPTIONS", "TRACE", "FOO", "HEAD"});
    if (Chance(60)) shot.target += Query(operation);
    for (const auto& parameter : operation.Parameters("header")) {
      if (Chance(30)) shot.headers.push_back({parameter["name"], HeaderText()});
    }
    if (Chance(10)) shot.headers.push_back({"Accept-Encoding", "gzip"});
    if (Chance(5)) shot.headers.push_back({"X-Request-Id", HeaderText()});
    if (!operation.BodySchema().is_null()) shot.body = Body(operation);
    return shot;
  }

  /// Bytes that are hardly HTTP.
  std::string Noise() {
    std::string noise = Pick({"", "GET / HTTP/1.1\r\n", "POST /v1/cases HTTP/1.1\r\n",
                              "GET /v1/health HTTP/9.9\r\n", "\r\n\r\n"});
    const std::size_t size = Below(600);
    for (std::size_t i = 0; i < size; ++i) noise += static_cast<char>(Below(256));
    return noise + "\r\n\r\n";
  }

  bool Chance(std::size_t percent) { return Below(100) < percent; }

 private:
  std::size_t Below(std::size_t limit) { return random_() % limit; }
  std::string Pick(const std::vector<std::string>& from) { return from[Below(from.size())]; }

  std::string Account() {
    return Pick({"", "nobody", "intake-0001", "handler-0001", "head-0001", "portal-0001",
                 "sysadmin-0001", "unit-admin-0001", "discipline-0001"});
  }

  std::string Text() {
    switch (Below(8)) {
      case 0: return std::string(Below(4000), 'x');
      case 1:
        return Pick({"' OR 1=1 --", "\"; DROP TABLE events;", "../../etc/passwd", "${jndi:x}"});
      case 2: return Pick({"9223372036854775807", "-9223372036854775808", "1e400", "0x10", "-0"});
      case 3: return Pick({"投诉", "\xf0\x9f\x98\x80", "\xe2\x80\xae", "%", "\\", "{}", "null"});
      case 4: return Pick({"2024-02-31", "9999-12-31", "0000-01-01", "2024-08-08T99:00:00Z"});
      case 5: return Pick({"\xff\xfe", std::string("a\0b", 3), "\xc0\xaf", "\xed\xa0\x80"});
      case 6: return Pick({"true", "false", "1", "200", "complaint", "transport", "330482"});
      default: return "";
    }
  }

  /// One line of visible bytes: others end the request before it is one.
  std::string HeaderText() {
    std::string text;
    for (const char c : Text().substr(0, 300)) {
      if (c > ' ' && c < 0x7f) text += c;
    }
    return Chance(50) ? text : Pick({"\"1\"", "*", "W/\"1\"", "key-1", "key-2"});
  }

  std::string Path(const Documented& operation) {
    std::string path = operation.path;
    for (auto at = path.find('{'); at != std::string::npos; at = path.find('{')) {
      const std::string value = Chance(70) ? case_id_ : Escaped(Text().substr(0, 500));
      path.replace(at, path.find('}') - at + 1, value.empty() ? "x" : value);
    }
    return path;
  }

  static std::string Escaped(const std::string& text) {
    std::string out;
    for (const char c : text) out += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    return out;
  }

  std::string Query(const Documented& operation) {
    std::string query = "?";
    for (const auto& parameter : operation.Parameters("query")) {
      if (!Chance(30)) continue;
      const Json right = values_.Least(parameter["schema"]);
      query += parameter["name"].get<std::string>() + "=";
      query += (Chance(40) ? Encoded(right) : Escaped(Text().substr(0, 300))) + "&";
    }
    if (Chance(5)) query += Text().empty() ? "%zz" : "extra=1";
    return query;
  }

  std::string Body(const Documented& operation) {
    const Json schema = operation.BodySchema();
    Json body = Chance(50) ? values_.Full(schema) : values_.Least(schema);
    if (Chance(40)) {
      const auto broken = values_.BreakEach(schema);
      if (!broken.empty()) body = broken[Below(broken.size())].value;
    }
    if (Chance(30)) {
      for (const auto& step : http::ExampleWalk()) {
        if (step["operation"] == operation.id) body = step["body"];
      }
    }
    std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (Chance(15) && !text.empty()) text[Below(text.size())] = static_cast<char>(Below(256));
    if (Chance(5)) text.resize(Below(text.size() + 1));
    if (Chance(3)) text = std::string(Below(3000), '[');
    if (Chance(3)) text = R"({"workflow":"complaint","data":{"n":1e999,"n":1e999}})";
    if (Chance(1)) text = "\"" + std::string(1 << 20, 'x') + "\"";
    return text;
  }

  const Contract& contract_;
  SchemaValues values_;
  std::string case_id_;
  std::mt19937_64 random_;
};

/// Writes bytes and takes in what comes until the other side ends it or is silent for two seconds.
std::string SendNoise(std::uint16_t port, const std::string& bytes) {
  std::string received;
  try {
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", port));
    socket.setReceiveTimeout(Poco::Timespan(2, 0));
    socket.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
    socket.shutdownSend();
    std::array<char, 4096> buffer;
    for (int count = 1; count > 0;
         received.append(buffer.data(), static_cast<std::size_t>(count))) {
      count = socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
      if (count <= 0) break;
    }
  } catch (const Poco::Exception&) {
    // Let go without a word: what was sent was no HTTP.
  }
  return received;
}

TEST(Hostile, RequestsAreAnsweredBelow500AndInBoundedMemory) {
  constexpr std::size_t kGrowthMibMax = 256;
  const auto count = Setting("DOCKET_HOSTILE_REQUESTS", 2000);
  const auto seed = Setting("DOCKET_HOSTILE_SEED", 1);
  TestServer server;
  const Contract contract(server);
  const auto& lodging = http::ExampleWalk().front();
  const Reply opened = server.As(lodging["as"]).Post("/v1/cases", lodging["body"]);
  ASSERT_EQ(opened.status, 201) << opened.text;
  Hostile hostile(contract, opened.body["case_id"], seed);

  std::map<int, std::uint64_t> answered;
  std::size_t resident = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i == count / 5) resident = ResidentMib();
    if (hostile.Chance(3)) {
      const std::string reply = SendNoise(server.Port(), hostile.Noise());
      EXPECT_EQ(reply.find("HTTP/1.1 5"), std::string::npos) << "seed " << seed << ", " << i;
      continue;
    }
    const Hostile::Shot shot = hostile.Next();
    const auto started = std::chrono::steady_clock::now();
    if (shot.is_stream) {
      const std::string reply =
          SendNoise(server.Port(), fmt::format("{} {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                               "demo-{}-change-me\r\n\r\n",
                                               shot.method, shot.target, shot.account));
      EXPECT_EQ(reply.find("HTTP/1.1 5"), std::string::npos) << "seed " << seed << ", " << i;
      continue;
    }
    try {
      const Reply reply =
          server.As(shot.account).Send(shot.method, shot.target, shot.body, shot.headers);
      ++answered[reply.status];
      ASSERT_LT(reply.status, 500) << "seed " << seed << ", " << i << ": " << shot.method << " "
                                   << shot.target << " " << shot.body.substr(0, 500) << "\n"
                                   << reply.text;
    } catch (const Poco::Net::NetException&) {
      ++answered[0];  // The connection was ended before the answer was whole.
    }
    ASSERT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(20)) << shot.target;
  }
  for (const int status : {200, 400, 401, 403, 404, 405, 409, 422}) {
    EXPECT_GT(answered[status], 0U) << "none was answered " << status;
  }
  EXPECT_LT(answered[0], count / 100);
  EXPECT_LT(ResidentMib(), resident + kGrowthMibMax);
  EXPECT_EQ(server.As("").Get("/v1/health").status, 200);
}

}  // namespace
}  // namespace docket::test
