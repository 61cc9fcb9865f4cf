#include <array>
#include <memory>

#include <sys/epoll.h>
#include <unistd.h>

#include "bench/docket/http_connection.hpp"
#include "bench/docket/office.hpp"
#include "bench/docket/works.hpp"

namespace docket::bench {

namespace {

constexpr int kCreated = 201;
constexpr int kOk = 200;
constexpr std::size_t kAcceptStep = 2;
constexpr int kReadyMax = 64;
constexpr int kWaitMillis = 10'000;

/// The value of a text or number member of a flat part of a JSON answer.
std::string_view MemberOf(std::string_view body, std::string_view name) {
  const auto at = body.find(fmt::format("\"{}\":", name));
  Check(at != std::string_view::npos, "an answer without {}: {}", name, body);
  auto value = body.substr(at + name.size() + 3);
  if (value.starts_with('"')) {
    value.remove_prefix(1);
    return value.substr(0, value.find('"'));
  }
  return value.substr(0, value.find_first_of(",}"));
}

/// One client. First it lodges complaints and signs for them; then, measured, it accepts them.
class HttpClient {
 public:
  HttpClient(const HttpAddress& address, std::size_t number, std::size_t cases)
      : connection_(address), number_(number), cases_(cases) {}

  HttpConnection& Connection() { return connection_; }
  /// From here on, accepting.
  void Measure() { step_ = kAcceptStep; }
  bool IsDone() const { return step_ == kAcceptStep ? accepted_ == cases_ : ids_.size() == cases_; }
  void SendNext() {
    const auto& step = ComplaintSteps()[step_];
    const bool opens = step_ == 0;
    const std::string body =
        (opens ? Json{{"workflow", "complaint"}, {"data", step.data}} : Json{{"data", step.data}})
            .dump();
    if (step_ == kAcceptStep) case_id_ = ids_[accepted_];
    const std::string path =
        opens ? "/v1/cases" : fmt::format("/v1/cases/{}/commands/{}", case_id_, step.command);
    sent_ = Now();
    connection_.Send(
        fmt::format("POST {} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer demo-{}-change-me\r\n"
                    "Content-Type: application/json\r\nIdempotency-Key: bench-{}-{}\r\n"
                    "Content-Length: {}\r\n\r\n{}",
                    path, step.account, number_, ++commands_, body.size(), body));
  }
  /// True when the answer to the last command is whole; it must be a success.
  bool ReceiveAnswer() {
    HttpReply reply;
    if (!connection_.Receive(reply)) return false;
    const int wanted = step_ == 0 ? kCreated : kOk;
    Check(reply.status == wanted, "{} was answered with {}: {}", ComplaintSteps()[step_].command,
          reply.status, reply.body);
    Check(MemberOf(reply.body, "repeated") == "false", "a new command was taken for a repeat");
    const auto version = std::stoll(std::string(MemberOf(reply.body, "version")));
    if (step_ == 0) {
      case_id_ = MemberOf(reply.body, "case_id");
      step_ = 1;
    } else if (step_ < kAcceptStep) {
      ids_.push_back(case_id_);
      version_ = version;
      step_ = 0;
    } else {
      latencies_us_.push_back(SecondsSince(sent_) * 1e6);
      events_ += version - version_;
      ++accepted_;
    }
    return true;
  }
  /// Events that the measured commands were told to have added.
  std::int64_t Events() const { return events_; }
  const std::vector<std::string>& Cases() const { return ids_; }
  const std::vector<double>& LatenciesUs() const { return latencies_us_; }

 private:
  HttpConnection connection_;
  std::size_t number_;
  std::size_t cases_;
  std::size_t step_ = 0;
  std::size_t commands_ = 0;
  std::size_t accepted_ = 0;
  std::string case_id_;
  std::int64_t version_ = 0;  ///< Of a case that was signed for; the same for all.
  std::int64_t events_ = 0;
  MachineTime sent_;
  std::vector<std::string> ids_;
  std::vector<double> latencies_us_;
};

using Clients = std::vector<std::unique_ptr<HttpClient>>;

/// Waits for connections that have something to read.
class Poll {
 public:
  Poll() : file_(epoll_create1(EPOLL_CLOEXEC)) { Check(file_ >= 0, "no epoll"); }
  ~Poll() { close(file_); }
  Poll(const Poll&) = delete;
  Poll& operator=(const Poll&) = delete;

  /// A connection that was closed has left by itself; asking twice changes nothing.
  void Add(HttpClient& client) const {
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    wanted.data.ptr = &client;
    epoll_ctl(file_, EPOLL_CTL_ADD, client.Connection().File(), &wanted);
  }
  std::vector<HttpClient*> Wait() const {
    std::array<epoll_event, kReadyMax> events{};
    const int count = epoll_wait(file_, events.data(), kReadyMax, kWaitMillis);
    Check(count > 0, "no answer within {} ms", kWaitMillis);
    std::vector<HttpClient*> ready;
    for (int i = 0; i < count; ++i) ready.push_back(static_cast<HttpClient*>(events[i].data.ptr));
    return ready;
  }

 private:
  int file_;
};

/// One thread drives all connections; the seconds until the last answer.
double Drive(const Clients& clients) {
  const Poll poll;
  const auto start = Now();
  for (const auto& client : clients) {
    client->SendNext();
    poll.Add(*client);
  }
  std::size_t busy = clients.size();
  while (busy > 0) {
    for (auto* client : poll.Wait()) {
      if (!client->ReceiveAnswer()) continue;
      if (client->IsDone()) {
        --busy;
        continue;
      }
      client->SendNext();
      poll.Add(*client);
    }
  }
  return SecondsSince(start);
}

struct Got {
  int status;
  std::string body;
};

Got Ask(const HttpAddress& address, const std::string& path) {
  HttpConnection connection(address);
  connection.Send(
      fmt::format("GET {} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
                  "demo-head-0001-change-me\r\n\r\n",
                  path));
  HttpReply reply;
  while (!connection.Receive(reply)) {
  }
  return {reply.status, std::string(reply.body)};
}

std::string Get(const HttpAddress& address, const std::string& path) {
  auto got = Ask(address, path);
  Check(got.status == kOk, "{} was answered with {}", path, got.status);
  return std::move(got.body);
}

std::int64_t HeadOf(const HttpAddress& address) {
  return std::stoll(std::string(MemberOf(Get(address, "/v1/health"), "head")));
}

/// The views are behind while cases pour in; what they still do is not part of what is measured.
void WaitUntilProjected(const HttpAddress& address) {
  constexpr int kTries = 60;
  const auto path = fmt::format("/v1/cases?limit=1&min_position={}", HeadOf(address));
  for (int i = 0; i < kTries; ++i) {
    if (Ask(address, path).status == kOk) return;
  }
  Check(false, "the views did not catch up");
}

}  // namespace

Json Http(const Options& options) {
  const auto address = HttpAddress::Parse(options.at("address").get<std::string>());
  const auto connections = options.at("connections").get<std::size_t>();
  const auto cases = options.at("cases").get<std::size_t>() / connections;
  Clients clients;
  for (std::size_t i = 0; i < connections; ++i) {
    clients.push_back(std::make_unique<HttpClient>(address, i, cases));
  }
  Drive(clients);
  WaitUntilProjected(address);
  for (const auto& client : clients) client->Measure();
  const auto before = HeadOf(address);
  LoopResult result;
  result.seconds = Drive(clients);

  std::int64_t events = 0;
  std::size_t connects = 0;
  for (const auto& client : clients) {
    events += client->Events();
    connects += client->Connection().Connects();
    result.latencies_us.insert(result.latencies_us.end(), client->LatenciesUs().begin(),
                               client->LatenciesUs().end());
    const auto body = Get(address, "/v1/cases/" + client->Cases().back());
    const std::string state = ParseJson(body)->at("state");
    Check(state == "accepted", "an accepted complaint is {}", state);
  }
  result.calls = result.latencies_us.size();
  const auto stored = HeadOf(address) - before;
  Check(stored == events, "{} events acknowledged, {} stored", events, stored);
  Json answer = ToJson(result);
  answer["connects"] = connects;
  return answer;
}

}  // namespace docket::bench
