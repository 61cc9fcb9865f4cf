/// GET /v1/feed/stream as a client opens it.
#pragma once

#include <memory>
#include <string>

#include <Poco/Net/StreamSocket.h>

#include "tests/api/certificates.hpp"
#include "tests/support/message_reader.hpp"

namespace docket::test {

class EventStream {
 public:
  struct Ask {
    std::uint16_t port = 0;
    std::string account;
    std::string target = "/v1/feed/stream";
    std::string last_event_id = {};
    std::string token = {};  ///< Instead of a sample account's.
    Poco::Net::Context::Ptr tls = {};
  };
  /// Returns when the head of the answer is there.
  explicit EventStream(const Ask& ask);

  /// The status line and the headers.
  const std::string& Head() const { return head_; }
  /// Of an answer that is no stream.
  std::string Rest();
  /// Waits a bounded time; nullopt: the stream has ended.
  std::optional<testing::StreamMessage> Next() { return messages_.Next(); }
  std::optional<testing::StreamMessage> NextNews() { return messages_.NextNews(); }
  void Close() { socket_.close(); }

 private:
  std::string Receive();

  Poco::Net::StreamSocket socket_;
  std::string head_;
  std::string begun_;  ///< What came together with the head.
  testing::MessageReader messages_;
};

}  // namespace docket::test
