/// Everybody who waits for the log: streams and long polls, on one thread and a few readers.
///
/// A thread with an epoll serves all connections; the number of threads does not grow with them.
/// The end of the log is read once for all who are abreast of it; whoever is behind reads pages
/// through the same few reader threads. A connection has a position, not a queue: when its client
/// is slow it stays behind and its output stays bounded.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "api/feed/recent_events.hpp"
#include "api/feed/workers.hpp"
#include "persistence/runners/projector_runner.hpp"

namespace docket {

struct FeedHubOptions {
  using SteadyTime = std::chrono::steady_clock::time_point;

  std::size_t subscribers_max = 10'000;  ///< Streams and long polls together.
  std::size_t readers = 2;
  std::size_t page_events = 500;
  std::size_t recent_events_max = 4096;
  /// Beyond it nothing more is read for a client until it has taken some.
  std::size_t output_bytes_max = 256 * 1024;
  std::chrono::milliseconds heartbeat{15'000};
  /// How long a client may take nothing of what waits for it.
  std::chrono::milliseconds stall_max{30'000};
  /// How often it is asked whether an account may still read as it does.
  std::chrono::milliseconds renew_every{5'000};
  /// At the latest the end of the log is looked for this often: a wake-up may be lost.
  std::chrono::milliseconds poll{1'000};
  /// At most this often, so that a burst of appends is read together.
  std::chrono::milliseconds gather{10};
  /// For the last words to a client, and for stopping.
  std::chrono::milliseconds farewell{2'000};
  std::function<SteadyTime()> now = std::chrono::steady_clock::now;
  Report report = ReportToStderr;
};

/// Whether a subscriber may go on as it began.
enum class Renewal : std::uint8_t { kSame, kChanged, kGone };

/// Thread-safe. Works from its construction to Stop.
class FeedHub {
 public:
  struct StreamRequest {
    ClientSocket socket;
    std::string preamble;  ///< Sent first: the head of the HTTP answer.
    FeedView view;
    FeedCheckpoint after;            ///< With its epoch; not beyond the head.
    std::function<Renewal()> renew;  ///< Asked by a reader thread.
  };
  struct WaitRequest {
    ClientSocket socket;
    FeedView view;
    FeedCheckpoint after;  ///< Everything up to here is known to hold nothing for this view.
    std::chrono::milliseconds timeout{0};
    /// The whole HTTP answer, made when there is something or the time is over. By a reader
    /// thread; must not throw.
    std::function<std::string()> answer;
  };
  struct Status {
    std::int64_t subscribers = 0;
    std::int64_t slow_dropped = 0;  ///< Since the start.
    std::int64_t lag_max = 0;       ///< Events that who is furthest behind has not been told of.
    Position read_to;
  };

  /// `reader` outlives the hub.
  FeedHub(const FeedReader& reader, FeedHubOptions options);
  explicit FeedHub(const FeedReader& reader) : FeedHub(reader, FeedHubOptions{}) {}
  ~FeedHub() { Stop(); }
  FeedHub(const FeedHub&) = delete;
  FeedHub& operator=(const FeedHub&) = delete;

  /// False: as many as may are served already.
  bool HasRoom() const;
  void Stream(StreamRequest request);
  void Wait(WaitRequest request);
  /// Something was appended, or the clock was moved. Cheap.
  void Wake();
  FeedHub::Status Now() const;
  /// Ends streams with a reason, answers who waits. Idempotent.
  void Stop();

 private:
  using SteadyTime = FeedHubOptions::SteadyTime;
  using Task = std::function<void()>;
  struct Visible {
    Position position;
    Frame frame;  ///< nullptr: the one that is made for everybody.
  };
  /// Subscribers that see the same.
  struct Group {
    FeedView view;
    std::string key;
    std::function<Renewal()> renew;
    std::size_t users = 0;
    Position begins;  ///< Whoever is further back has to begin anew with what is kept.
    Position checked;
    std::deque<Visible> visible;  ///< Of the recent events.
  };
  struct Subscriber {
    explicit Subscriber(ClientSocket socket) : connection(std::move(socket)) {}
    FeedConnection connection;
    std::uint64_t id = 0;
    Group* group = nullptr;
    Epoch epoch;
    Position position;     ///< Decided on up to here.
    Position told;         ///< The client knows of everything up to here.
    bool reading = false;  ///< A reader thread works for it.
    bool wants_write = false;
    bool waits_once = false;  ///< A long poll.
    bool ending = false;
    SteadyTime close_by{};
    SteadyTime moved_at{};                ///< When output last went on, or began to wait.
    std::function<std::string()> answer;  ///< Of a long poll.
    SteadyTime answer_by{};
  };

  // The reactor's thread.
  void Run();
  int PauseMillis() const;
  void TakeTasks();
  void Serve(std::uint64_t id, std::uint32_t events);
  void Tick();
  void TickAll(SteadyTime now);
  void TickOne(Subscriber& subscriber, SteadyTime now);
  void Begin(std::unique_ptr<Subscriber> subscriber, FeedView view, std::function<Renewal()> renew);
  void Advance(Subscriber& subscriber);
  void AdvanceAll();
  void TellFromRecent(Subscriber& subscriber);
  void TellFromPage(Subscriber& subscriber, const FeedPage& page);
  void TellOmitted(Subscriber& subscriber, Position last);
  void Heartbeat(Subscriber& subscriber);
  void End(Subscriber& subscriber, std::string_view reason);
  void Finish(Subscriber& subscriber);
  void Flush(Subscriber& subscriber);
  void WatchWrite(Subscriber& subscriber, bool wanted);
  void CloseLater(Subscriber& subscriber);
  void CloseThose();
  void Check(Group& group);
  /// Looks anew at what was found visible of a case whose readers were just named.
  void CheckAgain(const FeedEvent& restricted);
  void ReadEnd();
  void TakeEnd(bool starting, const std::shared_ptr<FeedPage>& page);
  void Start(const Head& head);
  void ReadBehind(Subscriber& subscriber);
  void TakeBehind(Position after, const std::shared_ptr<FeedPage>& page);
  void Fork();
  void RenewAll();
  void TakeRenewal(const std::string& key, Renewal renewal);
  void EndAll();

  // Any thread.
  void Post(Task task);
  /// nullptr: the store failed.
  std::shared_ptr<FeedPage> TryRead(const std::function<FeedPage()>& read);

  const FeedReader& reader_;
  const FeedHubOptions options_;
  OwnedFile poll_;
  OwnedFile wake_;
  std::atomic<std::int64_t> subscribers_count_{0};
  std::atomic<std::int64_t> slow_dropped_{0};
  std::atomic<std::int64_t> read_to_{0};
  std::atomic<std::int64_t> lag_max_{0};

  // The reactor's thread alone.
  std::uint64_t next_id_ = 1;
  std::unordered_map<std::uint64_t, std::unique_ptr<Subscriber>> subscribers_;
  std::map<std::string, std::unique_ptr<Group>> groups_;
  std::map<Position, std::vector<std::uint64_t>> behind_;  ///< Who waits for which page.
  std::vector<std::uint64_t> closing_;
  RecentEvents recent_;
  Position head_;
  bool started_ = false;  ///< recent_ follows the log.
  bool reading_end_ = false;
  bool end_wanted_ = false;
  bool fresh_ = true;  ///< The last read succeeded.
  SteadyTime end_read_at_{};
  SteadyTime ticked_at_{};
  SteadyTime heartbeat_at_{};
  SteadyTime renew_at_{};
  std::optional<std::chrono::steady_clock::time_point> stop_by_;

  std::mutex mutex_;  ///< Guards what follows.
  std::vector<Task> tasks_;
  std::atomic<bool> failing_{false};
  Workers workers_;
  std::thread thread_;  ///< Last: it uses everything above.
};

}  // namespace docket
