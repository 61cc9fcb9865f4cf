/// Reads a server's feed page by page, and remembers how far it has come.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "api/feed/checkpoint.hpp"
#include "domain/json.hpp"

namespace docket::cli {

/// `http://HOST:PORT`.
struct ServerAddress {
  std::string host;
  std::uint16_t port = 80;
  std::string path;  ///< Before `/v1`; empty, or begins with `/`.

  /// Refused: `server_url_invalid`, and `server_url_tls` for https, which is not built in.
  static Expected<ServerAddress> Parse(const std::string& url);
};

/// The server is away or too busy; trying again may help.
class ServerAway : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class FeedClient {
 public:
  struct Options {
    ServerAddress server;
    std::string token;
    std::string filters;  ///< As in a query: `&type=deadline.`, or empty.
    std::chrono::seconds wait{0};
  };
  explicit FeedClient(Options options) : options_(std::move(options)) {}

  /// The page behind the checkpoint. Refused with the server's problem; throws ServerAway.
  Expected<Json> Read(const FeedCheckpoint& after) const;

 private:
  const Options options_;
};

/// Where a checkpoint is kept, one line. Empty path: nowhere.
class CheckpointFile {
 public:
  explicit CheckpointFile(std::string path) : path_(std::move(path)) {}
  /// nullopt: there is none yet. Throws std::runtime_error when it cannot be read.
  std::optional<FeedCheckpoint> Read() const;
  /// In one step, durable when it returns. Throws std::runtime_error.
  void Write(const FeedCheckpoint& checkpoint) const;

 private:
  std::string path_;
};

}  // namespace docket::cli
