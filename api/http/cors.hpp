/// Which web pages of other origins may call: none, unless the operator names them.
///
/// Tokens come in a header, never in a cookie, so credentials in the sense of CORS are not allowed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.hpp"
#include "domain/rejection.hpp"

namespace docket::http {

class Cors {
 public:
  Cors() = default;
  /// Each is `https://host[:port]`, or http; refused with `cors_origin_invalid`.
  static Expected<Cors> Allowing(const std::vector<std::string>& origins);

  /// Does a browser ask whether such a page may call?
  bool IsPreflight(const Request& request) const;
  /// The answer to that; `methods` as in an Allow header.
  static Response Preflight(const std::string& methods);
  /// Lets a page of an allowed origin read the answer.
  void Mark(const Request& request, Response& response) const;
  bool IsOff() const { return origins_.empty(); }

 private:
  bool IsAllowed(const Request& request) const;
  std::vector<std::string> origins_;
};

}  // namespace docket::http
