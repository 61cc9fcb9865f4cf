/// Numbers about a running Docket, for Prometheus. No label holds a path, a name or a token: only
/// route patterns, methods, status codes, random ids of webhooks and names of parts of the program.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "api/application_status.hpp"
#include "api/http/access_log.hpp"
#include "api/http/server.hpp"

namespace docket {

/// Thread-safe.
class Metrics {
 public:
  /// What is asked at each scrape; outlives this.
  using Status = std::function<ApplicationStatus()>;
  explicit Metrics(Status status);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// A request was answered.
  void Observe(const http::AccessEntry& entry);
  /// All metrics in the text format of Prometheus, version 0.0.4.
  std::string Text(const http::ConnectionCounts& connections) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The router of a listener for machines: GET /metrics. `connections` of the server whose requests
/// are counted. All of it outlives the router.
http::Router MakeMetricsRouter(const Metrics& metrics,
                               std::function<http::ConnectionCounts()> connections);

}  // namespace docket
