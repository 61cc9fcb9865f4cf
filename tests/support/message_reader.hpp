/// Server-sent events as a client reads them, and whether positions came once each and in order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/json.hpp"

namespace docket::testing {

struct StreamMessage {
  std::string event;  ///< Empty: an event of the log.
  std::string id;
  Json data;
};

/// Cuts what a socket gives into messages.
class MessageReader {
 public:
  /// `receive` gives some more bytes; none: the stream has ended.
  explicit MessageReader(std::function<std::string()> receive) : receive_(std::move(receive)) {}

  /// nullopt: the stream has ended.
  std::optional<StreamMessage> Next() {
    for (;;) {
      const auto end = text_.find("\n\n");
      if (end == std::string::npos) {
        const std::string more = receive_();
        if (more.empty()) return std::nullopt;
        text_ += more;
        continue;
      }
      const std::string block = text_.substr(0, end + 1);
      text_.erase(0, end + 2);
      if (auto message = Parse(block)) return message;
    }
  }
  /// The next that is no heartbeat.
  std::optional<StreamMessage> NextNews() {
    auto message = Next();
    while (message && message->event == "heartbeat") message = Next();
    return message;
  }

 private:
  static std::optional<StreamMessage> Parse(const std::string& block) {
    StreamMessage message;
    bool has_data = false;
    for (std::size_t at = 0; at < block.size();) {
      const auto end = block.find('\n', at);
      const std::string line = block.substr(at, end - at);
      at = end + 1;
      if (line.starts_with("event: ")) message.event = line.substr(7);
      if (line.starts_with("id: ")) message.id = line.substr(4);
      if (!line.starts_with("data: ")) continue;
      message.data = Json::parse(line.substr(6));
      has_data = true;
    }
    return has_data ? std::optional(message) : std::nullopt;
  }

  std::function<std::string()> receive_;
  std::string text_;
};

/// Positions as a subscriber counts them. `skipped` is what came otherwise than in order and once.
struct Positions {
  std::int64_t last = 0;
  std::vector<std::int64_t> shown;
  std::vector<std::string> skipped;

  void Take(const StreamMessage& message) {
    if (message.event.empty()) TakeEvent(message.data);
    if (message.event == "omitted") TakeOmitted(message.data);
  }
  /// Of a page.
  void TakePage(const Json& page) {
    std::size_t run = 0;
    const auto& omitted = page["omitted"];
    const auto take_runs_before = [&](std::int64_t position) {
      while (run < omitted.size() && omitted[run]["first"].get<std::int64_t>() < position) {
        TakeOmitted(omitted[run++]);
      }
    };
    for (const auto& event : page["events"]) {
      take_runs_before(PositionOf(event));
      TakeEvent(event);
    }
    take_runs_before(INT64_MAX);
  }
  static std::int64_t PositionOf(const Json& event) {
    return std::stoll(event["position"].get<std::string>());
  }

 private:
  void TakeEvent(const Json& event) {
    const auto position = PositionOf(event);
    Expect(position, position);
    shown.push_back(position);
  }
  void TakeOmitted(const Json& run) {
    Expect(run["first"].get<std::int64_t>(), run["last"].get<std::int64_t>());
  }
  void Expect(std::int64_t first, std::int64_t end) {
    if (first != last + 1 || end < first) {
      skipped.push_back(std::to_string(first) + " after " + std::to_string(last));
    }
    last = end;
  }
};

}  // namespace docket::testing
