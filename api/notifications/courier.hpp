/// Takes notices out of the house, by e-mail and short message: in one process of all that share a
/// store, by what is written in the table of deliveries.
///
/// At least once: a process that dies between an answer and its record sends again, under the same
/// message id. What fails is tried again after a while that grows, and parked after so many times.
#pragma once

#include <random>
#include <set>

#include "api/notifications/channels.hpp"
#include "api/notifications/contacts.hpp"
#include "api/notifications/preferences.hpp"
#include "persistence/counts.hpp"
#include "persistence/redis/backoff.hpp"
#include "persistence/runners/leased_loop.hpp"

namespace docket {

struct CourierOptions {
  std::size_t batch = 50;
  std::int64_t failures_max = 8;
  BackoffRule backoff{.first = std::chrono::seconds(30), .most = std::chrono::hours(2)};
  std::chrono::milliseconds poll{1'000};
  Report report = ReportToStderr;
};

/// Of this process, since the start.
struct CourierCounts {
  Tally sent;
  Tally failed;
};

/// Thread-safe. Works from Start to Stop.
class Courier {
 public:
  /// All of it outlives the courier.
  struct Ports {
    NotificationStore& store;
    const CaseEngine& engine;
    const AccountDirectory& accounts;
    const Clock& clock;  ///< Legal time: quiet hours are its.
    const NoticeChannels& channels;
    Leases& leases;
  };
  static constexpr std::string_view kLease = "notification-delivery";

  Courier(const Ports& ports, CourierOptions options);
  ~Courier() { Stop(); }
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  /// Does nothing where there is no way out.
  void Start();
  void Wake() { loop_.Wake(); }
  /// What is being sent comes to its end.
  void Stop() { loop_.Stop(); }
  std::int64_t Failures() const { return loop_.Failures(); }
  const CourierCounts& Counts() const { return counts_; }

 private:
  void Round();
  void Deliver(NoticeDelivery delivery);
  SendResult Send(const NoticeDelivery& delivery, const Notification& notification) const;
  void Drop(NoticeDelivery& delivery, std::string reason);
  void TakeFailure(NoticeDelivery& delivery, const SendResult& result);

  const Ports ports_;
  const CourierOptions options_;
  CourierCounts counts_;
  std::set<NoticeChannel> down_;  ///< In this round; the thread's own, with the next.
  std::mt19937 random_{std::random_device{}()};
  LeasedLoop loop_;  ///< Last: its thread uses everything above.
};

}  // namespace docket
