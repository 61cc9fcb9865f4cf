/// A request and its answer as the router sees them: no socket, no library.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/auth/caller.hpp"
#include "api/tls/client_socket.hpp"
#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"

namespace docket::http {

struct NamedValue {
  std::string name;
  std::string value;
  friend bool operator==(const NamedValue&, const NamedValue&) = default;
};

/// The parts between separators; of an empty text one, which is empty.
std::vector<std::string_view> SplitAt(std::string_view text, char separator);

/// `text/plain` of `Text/Plain; charset=utf-8`.
std::string MediaTypeOf(std::string_view header);

/// Splits a request target and undoes its percent-encoding; `target_malformed` when that is wrong.
struct Target {
  std::vector<std::string> segments;
  std::vector<NamedValue> query;
  static Expected<Target> Parse(std::string_view text);
};

/// The next so many bytes of a body; refused where they do not come.
using BodyReader = std::function<Expected<std::string>(std::size_t bytes)>;

struct Request {
  std::string id;  ///< X-Request-Id of the answer, and of the log.
  std::string method;
  std::string target;  ///< As sent. Never logged: it may hold personal data.
  std::vector<NamedValue> headers;
  Origin origin;

  /// How much body follows the headers, as they say.
  std::size_t body_bytes = 0;

  // Filled by the router.
  Target parsed;
  /// Of an operation that takes bytes; else the body is there whole.
  BodyReader read_body{};
  std::vector<NamedValue> path;  ///< What stood for `{id}`, `{name}`.
  std::string body;
  Actor actor;
  Unit unit;  ///< The actor's.
  CredentialUse credential = CredentialUse::kToken;
  SessionStage stage = SessionStage::kComplete;
  std::optional<RateShare> rate;  ///< Absent where accounts are not limited.
  std::string credential_id;      ///< See docket::Recognition.

  /// What the caller was recognised by.
  docket::Recognition Recognition() const { return {credential, actor.id, credential_id, origin}; }
  /// nullopt when absent; the first one when given twice. Names compare without case.
  std::optional<std::string> Header(std::string_view name) const;
  std::size_t HeaderCount(std::string_view name) const;
  /// The text that stood for `{name}` in the route's pattern.
  const std::string& Path(std::string_view name) const;
  std::optional<std::string> Query(std::string_view name) const;
};

/// A connection whose answer is given later, or bit by bit, by somebody else than the server.
struct TakenConnection {
  ClientSocket socket;
  std::vector<NamedValue> headers;  ///< Of the response that asked for it.
};

/// May a caller's X-Request-Id stand? Only a UUID: it comes into the log, where free text could
/// hold personal data or pass for another line.
bool IsRequestId(std::string_view text);

/// The body of an answer, part after part, so that it need not be in memory whole.
struct BodyParts {
  std::int64_t bytes = 0;  ///< In all.
  /// nullopt: that was all. What it throws ends the connection.
  std::function<std::optional<std::string>()> next{};
};

struct Response {
  int status = 0;
  std::string content_type = "application/json";
  std::vector<NamedValue> headers;
  std::string body;
  std::optional<BodyParts> parts{};  ///< Instead of `body`.
  CorrelationId correlation;         ///< Of the case that this is about: for the log, never sent.
  /// When set, the server sends nothing of this and hands the connection over.
  std::function<void(TakenConnection)> take_over{};

  void Set(std::string name, std::string value) {
    headers.push_back({std::move(name), std::move(value)});
  }
  std::optional<std::string> Header(std::string_view name) const;
};

/// Text of a JSON answer. Bytes that are not UTF-8 (an unknown parameter's name) are replaced.
std::string ToText(const Json& json);

}  // namespace docket::http
