/// `docket serve` as a process whose output is read while it runs.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "domain/json.hpp"
#include "tests/api/process.hpp"
#include "tests/api/test_server.hpp"

namespace docket::test {

class Serving {
 public:
  /// The sample office on the store at `url`, on a free port, with metrics on another.
  explicit Serving(const std::string& url, const std::vector<std::string>& more = {});
  ~Serving();
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  Client As(const std::string& account) const { return Client(port_, account); }
  std::uint16_t Port() const { return port_; }
  Reply Metrics() const { return Client(metrics_port_, "").Over(nullptr).Get("/metrics"); }
  /// SIGTERM.
  void Stop() const { process_.Stop(); }
  /// Until it has ended; its exit code.
  int Wait();
  /// The lines of its log so far; each must be a JSON object.
  std::vector<Json> Log() const;
  /// All that it has said so far.
  std::string Said() const;

 private:
  Process process_;
  std::uint16_t port_ = 0;
  std::uint16_t metrics_port_ = 0;
  mutable std::mutex mutex_;  ///< Guards lines_.
  std::vector<std::string> lines_;
  std::thread reader_;
};

}  // namespace docket::test
