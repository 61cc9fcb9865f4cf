/// From a request to its answer: route, account, parameters, body, handler, problem.
///
/// Filled once, then shared by all threads. It never throws: what a handler throws becomes a 503
/// (the store) or a 500 (a bug), without a word of what was thrown.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "api/auth/caller.hpp"
#include "api/http/cors.hpp"
#include "api/http/message.hpp"
#include "api/http/operation.hpp"
#include "domain/rejection.hpp"

namespace docket::http {

using Handler = std::function<Expected<Response>(const Request&)>;
using docket::Caller;
/// The caller of an `Authorization` header's bearer token.
using Authenticator = std::function<Expected<Caller>(std::string_view token, const Origin& origin)>;
struct Route;
/// Whether the account of the request may use this operation at all.
using Gate = std::function<Expected<void>(const Route&, const Request&)>;
/// Told of every request that was refused, with its route; of those that the authenticator refused
/// it tells itself.
using RefusalObserver = std::function<void(const Route&, const Request&, const Rejection&)>;

struct Route {
  std::string method;   ///< GET also answers HEAD.
  std::string pattern;  ///< `/v1/cases/{id}`
  Handler handler;
  Operation operation = {};  ///< Its documentation and the types of its parameters.
  bool open_to_all = false;  ///< No account needed.
};

/// An answer, and what the access log may say of it.
struct Answer {
  Response response;
  std::string route;             ///< The pattern, never the path; empty: no such route.
  std::string account;           ///< Empty: none was recognised.
  std::string fault;             ///< What went wrong inside; no personal data.
  bool is_unrecognised = false;  ///< The authenticator refused, and has told of it itself.
};

class Router {
 public:
  explicit Router(Authenticator authenticate, Cors cors = {})
      : authenticate_(std::move(authenticate)), cors_(std::move(cors)) {}

  void Add(Route route);
  /// Without a gate every account passes.
  void SetGate(Gate gate) { gate_ = std::move(gate); }
  void OnRefused(RefusalObserver observer) { on_refused_ = std::move(observer); }
  /// All routes, in the order in which they were added.
  std::vector<const Route*> Routes() const;
  /// `read_body` is called only when the handler needs a body, and gives `body_bytes` in all.
  Answer Handle(Request request, const BodyReader& read_body) const;
  /// The answer to a request that is refused before it is looked at.
  static Answer Refusing(const Rejection& rejection, const std::string& request_id);

 private:
  struct Entry {
    Route route;
    std::vector<std::string> segments;
  };
  const Entry* Match(Request& request, std::vector<std::string>& allowed) const;
  Expected<Response> Run(const Entry& entry, Request& request, const BodyReader& read_body,
                         Answer& answer) const;
  /// Whole, of JSON; of other types the handler reads it.
  static Expected<void> TakeBody(const Operation& operation, Request& request,
                                 const BodyReader& read_body);

  Authenticator authenticate_;
  Cors cors_;
  Gate gate_;
  RefusalObserver on_refused_;
  std::vector<Entry> entries_;
};

}  // namespace docket::http
