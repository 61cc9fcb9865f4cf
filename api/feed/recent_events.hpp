/// The end of the log in memory, for all who are abreast of it.
#pragma once

#include <deque>

#include "api/feed/feed_connection.hpp"
#include "api/feed/feed_reader.hpp"

namespace docket {

/// Belongs to one thread. Holds the positions from After() + 1 to End().
class RecentEvents {
 public:
  struct Entry {
    FeedEvent event;
    Frame frame;  ///< The message of a stream; made when first asked for.
  };

  explicit RecentEvents(std::size_t events_max) : events_max_(events_max) {}

  /// Forgets everything; the next event is the one after `after`.
  void Restart(const Epoch& epoch, Position after);
  void Add(FeedEvent event);
  /// Its case is for all events that are kept of it as it is for this one.
  void Renew(const FeedEvent& last);

  const docket::Epoch& Epoch() const { return epoch_; }
  Position After() const { return after_; }
  Position End() const;
  const FeedEvent& At(Position position) const;
  const Frame& FrameAt(Position position);
  /// The message on what lies between two messages; `last` >= `first`, both kept.
  const Frame& OmittedFrame(Position first, Position last);

 private:
  std::size_t IndexOf(Position position) const;

  const std::size_t events_max_;
  docket::Epoch epoch_;
  Position after_;
  std::deque<Entry> entries_;
  /// Whoever is idle has the same run left out, so the last one is made once for all of them.
  Position omitted_first_;
  Position omitted_last_;
  Frame omitted_;
};

/// A message of a stream (server-sent events): `name` is empty for events of the log. The
/// checkpoint is what a client sends back as `Last-Event-ID`.
Frame MakeFrame(std::string_view name, const FeedCheckpoint& checkpoint, std::string_view data);

}  // namespace docket
