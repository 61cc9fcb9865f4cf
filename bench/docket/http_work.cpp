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
constexpr std::size_t kStepsToAccepted = 3;
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

/// One client: lodges a complaint, signs for it, accepts it, and begins anew.
class HttpClient {
 public:
  HttpClient(const HttpAddress& address, std::size_t number)
      : connection_(address), number_(number) {}

  HttpConnection& Connection() { return connection_; }
  void SendNext() {
    const auto& step = ComplaintSteps()[step_];
    const bool opens = step_ == 0;
    const std::string body =
        (opens ? Json{{"workflow", "complaint"}, {"data", step.data}} : Json{{"data", step.data}})
            .dump();
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
    latencies_us_.push_back(SecondsSince(sent_) * 1e6);
    const int wanted = step_ == 0 ? kCreated : kOk;
    Check(reply.status == wanted, "{} was answered with {}: {}", ComplaintSteps()[step_].command,
          reply.status, reply.body);
    Check(MemberOf(reply.body, "repeated") == "false", "a new command was taken for a repeat");
    if (step_ == 0) case_id_ = MemberOf(reply.body, "case_id");
    last_version_ = std::stoll(std::string(MemberOf(reply.body, "version")));
    if (++step_ == kStepsToAccepted) {
      events_ += last_version_;
      accepted_.push_back(case_id_);
      step_ = 0;
    }
    return true;
  }
  /// Events of the cases that this client was told of.
  std::int64_t Events() const { return events_ + (step_ == 0 ? 0 : last_version_); }
  const std::vector<std::string>& Accepted() const { return accepted_; }
  const std::vector<double>& LatenciesUs() const { return latencies_us_; }

 private:
  HttpConnection connection_;
  std::size_t number_;
  std::size_t step_ = 0;
  std::size_t commands_ = 0;
  std::string case_id_;
  std::int64_t last_version_ = 0;
  std::int64_t events_ = 0;
  MachineTime sent_;
  std::vector<std::string> accepted_;
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
double Drive(const Clients& clients, double seconds) {
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
      if (SecondsSince(start) >= seconds) {
        --busy;
        continue;
      }
      client->SendNext();
      poll.Add(*client);
    }
  }
  return SecondsSince(start);
}

std::string Get(const HttpAddress& address, const std::string& path) {
  HttpConnection connection(address);
  connection.Send(
      fmt::format("GET {} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
                  "demo-head-0001-change-me\r\n\r\n",
                  path));
  HttpReply reply;
  while (!connection.Receive(reply)) {
  }
  Check(reply.status == kOk, "{} was answered with {}", path, reply.status);
  return std::string(reply.body);
}

std::int64_t HeadOf(const HttpAddress& address) {
  return std::stoll(std::string(MemberOf(Get(address, "/v1/health"), "head")));
}

}  // namespace

Json Http(const Options& options) {
  const auto address = HttpAddress::Parse(options.at("address").get<std::string>());
  const auto before = HeadOf(address);
  Clients clients;
  for (std::size_t i = 0; i < options.at("connections").get<std::size_t>(); ++i) {
    clients.push_back(std::make_unique<HttpClient>(address, i));
  }
  LoopResult result;
  result.seconds = Drive(clients, options.at("seconds").get<double>());

  std::int64_t events = 0;
  std::size_t connects = 0;
  for (const auto& client : clients) {
    events += client->Events();
    connects += client->Connection().Connects();
    result.latencies_us.insert(result.latencies_us.end(), client->LatenciesUs().begin(),
                               client->LatenciesUs().end());
    if (client->Accepted().empty()) continue;
    const auto body = Get(address, "/v1/cases/" + client->Accepted().back());
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
