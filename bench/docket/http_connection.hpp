/// One keep-alive HTTP/1.1 connection for many requests, driven from outside: the load generator
/// must cost far less than the server that it loads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace docket::bench {

struct HttpAddress {
  std::string host;  ///< An IPv4 address.
  std::uint16_t port = 0;
  /// `127.0.0.1:8080`; throws WorkFailed.
  static HttpAddress Parse(std::string_view text);
};

struct HttpReply {
  int status = 0;
  bool closes = false;
  std::string_view body;  ///< Until the next Receive.
};

/// Not thread-safe. Failure: WorkFailed.
class HttpConnection {
 public:
  explicit HttpConnection(HttpAddress address);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  int File() const { return file_; }
  /// Connects anew where the server has closed; the whole request is handed to the kernel.
  void Send(std::string_view request);
  /// Reads what has arrived; true when the reply is whole. Blocks when nothing has arrived.
  bool Receive(HttpReply& reply);
  std::size_t Connects() const { return connects_; }

 private:
  void Connect();
  void Close();
  bool ParseReply(HttpReply& reply) const;

  HttpAddress address_;
  int file_ = -1;
  std::string received_;
  std::size_t connects_ = 0;
};

}  // namespace docket::bench
