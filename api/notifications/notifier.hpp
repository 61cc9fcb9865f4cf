/// Makes notifications (通知) from the log: in one process of all that share a store, from a
/// checkpoint of its own, by the rows of each workflow's notices.
///
/// At least once, and kept once: a notice is known by event and recipient, so that a process that
/// dies anywhere makes it again to no effect. What stays unread goes on to the next in line.
#pragma once

#include "api/notifications/recipients.hpp"
#include "persistence/notifications/notification_store.hpp"
#include "persistence/runners/leased_loop.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket {

struct NotifierOptions {
  std::size_t page_events = 500;
  std::chrono::milliseconds poll{1'000};
  /// Unread after so many working days, a warning or an overdue duty goes on.
  std::int64_t escalate_after_workdays = 2;
  /// By which a notice goes out besides the inbox.
  std::vector<NoticeChannel> channels{};
  Report report = ReportToStderr;
};

/// Thread-safe. Works from Start to Stop.
class Notifier {
 public:
  /// All of it outlives the notifier.
  struct Ports {
    NotificationStore& store;
    const EventLog& log;
    const CaseEngine& engine;
    const AccountDirectory& directory;
    const CaseViews& views;
    const Clock& clock;  ///< Legal time: working days and midnight are its.
    Leases& leases;
    /// Waits until the views have seen a position; false when that took too long.
    std::function<bool(Position)> catch_up;
    /// Something may have to be sent.
    std::function<void()> made = [] {};
  };
  static constexpr std::string_view kLease = "notifications";

  Notifier(const Ports& ports, NotifierOptions options);
  ~Notifier() { Stop(); }
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  /// What was appended before the first start of all is not told of.
  void Start();
  /// Something was appended, or the clock was moved. Cheap.
  void Wake() { loop_.Wake(); }
  void Stop() { loop_.Stop(); }
  std::int64_t Failures() const { return loop_.Failures(); }

 private:
  void Round(const Lease& lease);
  void Tell(const Lease& lease);
  void TellOf(const RecordedEvent& event);
  void TellRow(const NoticeRule& row, const ToldCase& told, const CaseModel& model);
  void Escalate();
  void EscalateOne(const Notification& notification);
  void Keep(const Notification& notification);
  Instant AfterWorkdays(Instant from) const;
  void ForgetOld();

  const Ports ports_;
  const NotifierOptions options_;
  Roster roster_;                   ///< The thread's own, with the next.
  std::int64_t roster_token_ = -1;  ///< Of the lease under which it was loaded.
  std::optional<Instant> forgotten_at_;
  LeasedLoop loop_;  ///< Last: its thread uses everything above.
};

}  // namespace docket
