/// The sample office at work on a store: the real application without its HTTP server.
#pragma once

#include <memory>
#include <string>

#include "api/application.hpp"
#include "bench/work.hpp"

namespace docket::bench {

constexpr std::size_t kOfficeClients = 32;
/// Where legal time begins in a store that the benchmark fills.
constexpr auto kLegalStart = "2024-08-08T09:00:00+08:00";

class BenchOffice {
 public:
  /// With `fresh` legal time begins at kLegalStart, else it goes on where the store was left.
  BenchOffice(const std::string& url, bool fresh);

  Application& App() { return *application_; }
  Position Head() { return application_->Log().ReadHead(LogId::kCases).position; }
  Date Today() { return application_->LegalClock().Now().ChinaDate(); }

  /// Throws WorkFailed with the refusal.
  CommandOutcome Execute(const std::string& account, const StreamId& case_id,
                         const std::string& command, const Json& data);
  /// A transfer that ends an account's access when `effective_on` begins.
  StreamId Announce(Date effective_on);
  /// Waits, however long it takes, until the views have seen all that is in the log.
  void CatchUp();
  /// Moves legal time forward; the cases in which the sweeper recorded something meanwhile.
  std::int64_t MoveClock(Instant instant);

 private:
  CommandOutcome Open(const std::string& account, const std::string& workflow,
                      const std::string& command, const Json& data);
  CommandOutcome Run(const CommandRequest& request);

  std::unique_ptr<Application> application_;
};

/// One act in a complaint's life.
struct ComplaintStep {
  std::string account;
  std::string command;
  Json data;
};
/// A complaint from the counter to the archive; the first step lodges it.
const std::vector<ComplaintStep>& ComplaintSteps();

}  // namespace docket::bench
