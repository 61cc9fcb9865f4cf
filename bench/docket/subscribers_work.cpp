#include <array>
#include <fstream>
#include <future>
#include <memory>
#include <thread>
#include <unordered_map>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/docket/http_connection.hpp"
#include "bench/docket/office.hpp"
#include "bench/docket/works.hpp"

namespace docket::bench {

namespace {

constexpr int kCreated = 201;
constexpr std::size_t kWriters = 4;
constexpr int kReadyMax = 256;
constexpr int kWaitMillis = 100;
constexpr double kPatienceSeconds = 60;

/// A line `Name:   number …` of /proc/PID/status.
std::int64_t StatusOf(std::int64_t pid, std::string_view name) {
  std::ifstream file(fmt::format("/proc/{}/status", pid));
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(name)) continue;
    return std::stoll(line.substr(line.find(':') + 1));
  }
  throw WorkFailed(fmt::format("process {} says nothing of its {}", pid, name));
}

/// Every subscriber is a file here, too.
void RaiseFileLimit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// The text between `before` and the next quote; empty when it is not there.
std::string_view QuotedAfter(std::string_view text, std::string_view before) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + before.size());
  return rest.substr(0, rest.find('"'));
}

/// One stream of the feed. It knows of the complaints that were lodged, and when it was told.
class Subscriber {
 public:
  Subscriber(const HttpAddress& address, std::string_view query) : connection_(address) {
    connection_.Send(
        fmt::format("GET /v1/feed/stream{} HTTP/1.1\r\nHost: bench\r\n"
                    "Authorization: Bearer demo-resource-0001-change-me\r\n\r\n",
                    query));
    fcntl(File(), F_SETFL, fcntl(File(), F_GETFL) | O_NONBLOCK);
  }

  int File() const { return connection_.File(); }
  bool HasBegun() const { return begun_; }
  const std::unordered_map<std::string, MachineTime>& Told() const { return told_; }
  /// Takes what has come; false: the server has closed.
  bool Read() {
    std::array<char, 64 * 1024> part{};
    for (;;) {
      const auto got = recv(File(), part.data(), part.size(), 0);
      if (got == 0) return false;
      if (got < 0) return errno == EAGAIN || errno == EINTR;
      text_.append(part.data(), static_cast<std::size_t>(got));
      TakeMessages(Now());
    }
  }

 private:
  void TakeMessages(MachineTime now) {
    std::size_t at = 0;
    for (auto end = text_.find("\n\n"); end != std::string::npos; end = text_.find("\n\n", at)) {
      TakeMessage(std::string_view(text_).substr(at, end - at), now);
      at = end + 2;
    }
    text_.erase(0, at);
  }
  void TakeMessage(std::string_view message, MachineTime now) {
    if (message.find("event: heartbeat") != std::string_view::npos) begun_ = true;
    Check(message.find("event: end") == std::string_view::npos, "a stream was ended: {}", message);
    if (message.find(R"("type":"complaint.lodged")") == std::string_view::npos) return;
    const auto subject = QuotedAfter(message, R"("subject":")");
    Check(!subject.empty(), "an event without subject: {}", message);
    Check(told_.emplace(subject, now).second, "{} was told twice", subject);
  }

  HttpConnection connection_;
  std::string text_;
  bool begun_ = false;
  std::unordered_map<std::string, MachineTime> told_;
};

/// All subscribers, read by one thread.
class Audience {
 public:
  explicit Audience(HttpAddress address)
      : address_(std::move(address)), file_(epoll_create1(EPOLL_CLOEXEC)) {}
  ~Audience() { close(file_); }
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;

  /// Connects so many more, each when the last is served: a burst would measure the threads that
  /// answer requests.
  void Add(std::size_t count, std::string_view query) {
    for (std::size_t i = 0; i < count; ++i) {
      auto& one = *subscribers_.emplace_back(std::make_unique<Subscriber>(address_, query));
      epoll_event wanted{};
      wanted.events = EPOLLIN;
      wanted.data.ptr = &one;
      Check(epoll_ctl(file_, EPOLL_CTL_ADD, one.File(), &wanted) == 0, "a file too many");
      const auto start = Now();
      while (!one.HasBegun()) {
        Check(SecondsSince(start) < kPatienceSeconds, "subscriber {} was not served", i);
        ReadOnce(kWaitMillis);
      }
    }
  }
  void ReadOnce(int wait_millis) {
    std::array<epoll_event, kReadyMax> events{};
    const int count = epoll_wait(file_, events.data(), kReadyMax, wait_millis);
    for (int i = 0; i < count; ++i) {
      auto& one = *static_cast<Subscriber*>(events[static_cast<std::size_t>(i)].data.ptr);
      Check(one.Read(), "the server closed a stream");
    }
  }
  const Subscriber& At(std::size_t index) const { return *subscribers_[index]; }

 private:
  HttpAddress address_;
  int file_;
  std::vector<std::unique_ptr<Subscriber>> subscribers_;
};

struct Sent {
  std::string case_id;
  MachineTime at;
};

struct Written {
  std::vector<Sent> sent;
  std::vector<double> answers_us;
};

/// Lodges complaints at a fixed rate, whatever the answers take, until the time is over.
Written LodgeAtRate(const HttpAddress& address, std::size_t writer, double each_seconds,
                    double seconds) {
  const auto& step = ComplaintSteps().front();
  const std::string body = Json{{"workflow", "complaint"}, {"data", step.data}}.dump();
  HttpConnection connection(address);
  Written written;
  const auto start = Now();
  for (std::size_t turn = 0;; ++turn) {
    const double due =
        (static_cast<double>(turn) + static_cast<double>(writer) / kWriters) * each_seconds;
    if (due >= seconds) return written;
    std::this_thread::sleep_until(start + std::chrono::duration_cast<MachineTime::duration>(
                                              std::chrono::duration<double>(due)));
    const auto now = Now();
    connection.Send(
        fmt::format("POST /v1/cases HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
                    "demo-{}-change-me\r\nContent-Type: application/json\r\n"
                    "Content-Length: {}\r\n\r\n{}",
                    step.account, body.size(), body));
    HttpReply reply;
    while (!connection.Receive(reply)) {
    }
    Check(reply.status == kCreated, "lodging was answered with {}: {}", reply.status, reply.body);
    written.answers_us.push_back(SecondsSince(now) * 1e6);
    const auto id = QuotedAfter(reply.body, R"("case_id":")");
    Check(!id.empty(), "an answer without a case: {}", reply.body);
    written.sent.push_back({std::string(id), now});
  }
}

/// The audience is read while complaints are lodged.
Written LodgeWhileReading(const HttpAddress& address, Audience& audience, double rate,
                          double seconds) {
  std::array<Written, kWriters> parts;
  auto writing = std::async(std::launch::async, [&] {
    InParallel(kWriters, [&](std::size_t writer) {
      parts[writer] = LodgeAtRate(address, writer, kWriters / rate, seconds);
    });
  });
  while (writing.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
    audience.ReadOnce(1);
  }
  writing.get();
  Written all;
  for (auto& part : parts) {
    all.sent.insert(all.sent.end(), part.sent.begin(), part.sent.end());
    all.answers_us.insert(all.answers_us.end(), part.answers_us.begin(), part.answers_us.end());
  }
  return all;
}

/// Until the subscriber has been told of so many complaints.
void AwaitTold(Audience& audience, const Subscriber& subscriber, std::size_t complaints) {
  const auto start = Now();
  while (subscriber.Told().size() < complaints) {
    Check(SecondsSince(start) < kPatienceSeconds, "a subscriber was told of {} complaints of {}",
          subscriber.Told().size(), complaints);
    audience.ReadOnce(kWaitMillis);
  }
}

}  // namespace

Json Subscribers(const Options& options) {
  RaiseFileLimit();
  const auto address = HttpAddress::Parse(options.at("address").get<std::string>());
  const std::int64_t server = options.at("pid");
  const std::size_t idle = options.at("idle");
  const std::size_t active = options.at("active");
  const double rate = options.at("rate");
  const double seconds = options.at("seconds");

  Audience audience(address);
  audience.Add(active, "");
  // What the first events cost is not what a subscriber costs.
  const auto warmed = LodgeWhileReading(address, audience, rate, 1).sent.size();
  const auto memory = StatusOf(server, "VmRSS");
  const auto threads = StatusOf(server, "Threads");
  const auto begun = Now();
  audience.Add(idle, "?workflow=handover");
  const double connecting = SecondsSince(begun);
  const auto grown = StatusOf(server, "VmRSS") - memory;
  const auto threads_then = StatusOf(server, "Threads");
  Check(threads_then == threads, "{} threads before, {} with {} subscribers", threads, threads_then,
        idle);

  auto written = LodgeWhileReading(address, audience, rate, seconds);
  std::vector<double> delays_us;
  for (std::size_t i = 0; i < active; ++i) {
    const auto& subscriber = audience.At(i);
    AwaitTold(audience, subscriber, warmed + written.sent.size());
    for (const auto& one : written.sent) {
      const auto told = subscriber.Told().find(one.case_id);
      Check(told != subscriber.Told().end(), "{} was not told", one.case_id);
      delays_us.push_back(std::chrono::duration<double>(told->second - one.at).count() * 1e6);
    }
  }
  Json answer = {{"count", delays_us.size()},
                 {"rate", static_cast<double>(written.sent.size()) / seconds},
                 {"p50_ms", Percentile(delays_us, 0.5) / 1e3},
                 {"p99_ms", Percentile(delays_us, 0.99) / 1e3},
                 {"answer_p99_ms", Percentile(written.answers_us, 0.99) / 1e3},
                 {"threads", threads}};
  if (idle > 0) {
    answer["kib_each"] = static_cast<double>(grown) / static_cast<double>(idle);
    answer["connect_seconds"] = connecting;
  }
  return answer;
}

}  // namespace docket::bench
