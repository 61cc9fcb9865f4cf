#include "api/http/cors.hpp"

#include <algorithm>

#include "api/http/problem.hpp"

namespace docket::http {

namespace {

bool IsOrigin(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    const auto host = text.substr(scheme.size());
    return !host.empty() && host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-:[]") ==
                                std::string_view::npos;
  }
  return false;
}

}  // namespace

Expected<Cors> Cors::Allowing(const std::vector<std::string>& origins) {
  Cors cors;
  for (const auto& origin : origins) {
    if (!IsOrigin(origin)) {
      return Refuse(RejectionKind::kInvalid,
                    {"cors_origin_invalid", "来源应为小写的 https://主机[:端口]，不含路径",
                     "expected https://host[:port] in lower case, without a path"});
    }
    cors.origins_.push_back(origin);
  }
  return cors;
}

bool Cors::IsAllowed(const Request& request) const {
  const auto origin = request.Header("Origin");
  return origin && std::find(origins_.begin(), origins_.end(), *origin) != origins_.end();
}

bool Cors::IsPreflight(const Request& request) const {
  return request.method == "OPTIONS" && request.Header("Access-Control-Request-Method") &&
         IsAllowed(request);
}

Response Cors::Preflight(const std::string& methods) {
  Response response;
  response.status = status::kNoContent;
  response.Set("Access-Control-Allow-Methods", methods);
  response.Set("Access-Control-Allow-Headers",
               "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
               "X-Request-Id");
  response.Set("Access-Control-Max-Age", "600");
  return response;
}

void Cors::Mark(const Request& request, Response& response) const {
  if (!IsAllowed(request)) return;
  response.Set("Access-Control-Allow-Origin", *request.Header("Origin"));
  response.Set(
      "Access-Control-Expose-Headers",
      "Docket-Position, ETag, Location, RateLimit-Limit, RateLimit-Remaining, Retry-After, "
      "X-Request-Id");
}

}  // namespace docket::http
