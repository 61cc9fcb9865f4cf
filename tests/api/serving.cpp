#include "tests/api/serving.hpp"

#include "domain/ensure.hpp"

namespace docket::test {

namespace {

std::vector<std::string> ArgumentsOf(const std::string& url, const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"serve",
                                        "--store",
                                        url,
                                        "--office",
                                        DOCKET_SOURCE_DIR "/data/sample/office.json",
                                        "--listen",
                                        "127.0.0.1:0",
                                        "--metrics-listen",
                                        "127.0.0.1:0",
                                        "--virtual-clock=2024-08-08T09:00:00+08:00"};
  if (const auto* authority = AuthorityOfThisRun()) {
    const TlsFiles files = authority->ServerFiles();
    for (const auto& word : {std::string("--tls-certificate"), files.certificate,
                             std::string("--tls-key"), files.key}) {
      arguments.push_back(word);
    }
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// Of `… http://127.0.0.1:PORT…`.
std::uint16_t PortIn(const std::string& line) {
  const auto at = line.find("127.0.0.1:");
  ENSURE(at != std::string::npos, "an address is expected: {}", line);
  return static_cast<std::uint16_t>(std::stoi(line.substr(at + 10)));
}

}  // namespace

Serving::Serving(const std::string& url, const std::vector<std::string>& more)
    : process_(ArgumentsOf(url, more)),
      port_(PortIn(process_.ReadLine())),
      metrics_port_(PortIn(process_.ReadLine())),
      reader_([this] {
        for (std::string line = process_.ReadLine(); !line.empty(); line = process_.ReadLine()) {
          const std::lock_guard guard(mutex_);
          lines_.push_back(std::move(line));
        }
      }) {}

Serving::~Serving() {
  if (!reader_.joinable()) return;
  process_.Kill9();
  Wait();
}

int Serving::Wait() {
  reader_.join();
  return process_.Wait();
}

std::vector<Json> Serving::Log() const {
  std::vector<Json> log;
  const std::lock_guard guard(mutex_);
  for (const auto& line : lines_) {
    if (line.starts_with('{')) log.push_back(Json::parse(line));
  }
  return log;
}

std::string Serving::Said() const {
  std::string said;
  const std::lock_guard guard(mutex_);
  for (const auto& line : lines_) said += line + "\n";
  return said;
}

}  // namespace docket::test
