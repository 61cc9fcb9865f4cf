#include "api/http/router.hpp"

#include <algorithm>
#include <typeinfo>

#include <fmt/ranges.h>

#include "api/auth/identity_refusals.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/representation.hpp"
#include "domain/event_log.hpp"

namespace docket::http {

namespace {

bool IsPlaceholder(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// The values that stand for the pattern's placeholders; nullopt when it does not match.
std::optional<std::vector<NamedValue>> Bind(const std::vector<std::string>& pattern,
                                            const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  std::vector<NamedValue> values;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (IsPlaceholder(pattern[i])) {
      if (path[i].empty()) return std::nullopt;
      values.push_back({pattern[i].substr(1, pattern[i].size() - 2), path[i]});
    } else if (pattern[i] != path[i]) {
      return std::nullopt;
    }
  }
  return values;
}

bool Takes(const std::string& route_method, const std::string& method) {
  return route_method == method || (route_method == "GET" && method == "HEAD");
}

Expected<std::string> BearerToken(const Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  const auto header = request.Header("Authorization");
  std::string scheme = header.value_or("").substr(0, kScheme.size());
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (scheme != kScheme) return tl::unexpected(TokenMissing());
  return header->substr(kScheme.size());
}

Expected<void> CheckMediaType(const Operation& operation, const Request& request) {
  if (request.Header("Content-Encoding").value_or("identity") != "identity") {
    return tl::unexpected(EncodingUnsupported());
  }
  const auto given = request.Header("Content-Type");
  const auto& types = operation.body_types;
  if (types.empty()) {
    if (!given || MediaTypeOf(*given) == "application/json") return {};
    return tl::unexpected(MediaTypeUnsupported());
  }
  const bool taken =
      given && std::find(types.begin(), types.end(), MediaTypeOf(*given)) != types.end();
  if (taken) return {};
  return tl::unexpected(DocumentTypeUnsupported());
}

/// What is about the caller itself: its session and its keys.
bool IsAbout(std::string_view resource, const std::string& pattern) {
  return pattern == resource || pattern.starts_with(std::string(resource) + "/");
}

tl::unexpected<Rejection> Incomplete(SessionStage stage) {
  switch (stage) {
    case SessionStage::kPassword:
      return Refuse(RejectionKind::kUnauthenticated, kPasswordChangeNeeded);
    case SessionStage::kUndertaking:
      return Refuse(RejectionKind::kUnauthenticated, kUndertakingNeeded);
    default: return Refuse(RejectionKind::kUnauthenticated, kEnrolmentNeeded);
  }
}

/// What its credential does not let the caller do, whatever its roles.
Expected<void> CheckCredential(const Caller& caller, const Route& route) {
  constexpr std::string_view kSession = "/v1/session";
  if (caller.stage != SessionStage::kComplete && !IsAbout(kSession, route.pattern)) {
    return Incomplete(caller.stage);
  }
  if (caller.credential != CredentialUse::kApiKey) return {};
  if (IsAbout(kSession, route.pattern) || IsAbout("/v1/api-keys", route.pattern)) {
    return Refuse(RejectionKind::kForbidden, kApiKeyNotForThis);
  }
  if (caller.read_only && route.method != "GET") {
    return Refuse(RejectionKind::kForbidden, kApiKeyReadOnly);
  }
  return {};
}

/// Before anything else is asked. What takes bytes has a limit of its own.
bool IsTooLarge(const Operation& operation, const Request& request) {
  return operation.body_types.empty() && request.body_bytes > kBodyBytesMax;
}

void AddStandardHeaders(Response& response, const std::string& request_id) {
  response.Set("X-Request-Id", request_id);
  response.Set("X-Content-Type-Options", "nosniff");
  response.Set("Cache-Control", "no-store");
  response.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  response.Set("Referrer-Policy", "no-referrer");
  response.Set("Vary", "Authorization, Accept-Encoding, Origin");
  // Whoever is led to an answer's address gets a file, and no page.
  const bool is_json = response.content_type.find("json") != std::string::npos;
  if (is_json && !response.Header("Content-Disposition")) {
    response.Set("Content-Disposition", R"(attachment; filename="api.json")");
  }
}

}  // namespace

void Router::Add(Route route) {
  auto target = Target::Parse(route.pattern);
  entries_.push_back({std::move(route), std::move(target->segments)});
}

std::vector<const Route*> Router::Routes() const {
  std::vector<const Route*> routes;
  for (const auto& entry : entries_) routes.push_back(&entry.route);
  return routes;
}

const Router::Entry* Router::Match(Request& request, std::vector<std::string>& allowed) const {
  for (const auto& entry : entries_) {
    auto values = Bind(entry.segments, request.parsed.segments);
    if (!values) continue;
    if (Takes(entry.route.method, request.method)) {
      request.path = std::move(*values);
      return &entry;
    }
    allowed.push_back(entry.route.method);
    if (entry.route.method == "GET") allowed.push_back("HEAD");
  }
  return nullptr;
}

Expected<Response> Router::Run(const Entry& entry, Request& request, const BodyReader& read_body,
                               Answer& answer) const {
  if (!entry.route.open_to_all) {
    const auto token = BearerToken(request);
    if (!token) return tl::unexpected(token.error());
    auto caller = authenticate_(*token, request.origin);
    answer.is_unrecognised = !caller;
    if (!caller) return tl::unexpected(caller.error());
    answer.account = caller->actor.id.value;
    if (auto may = CheckCredential(*caller, entry.route); !may) return tl::unexpected(may.error());
    request.actor = std::move(caller->actor);
    request.unit = std::move(caller->unit);
    request.credential = caller->credential;
    request.stage = caller->stage;
    request.rate = caller->rate;
    request.credential_id = std::move(caller->credential_id);
  }
  if (auto known = CheckParameters(entry.route.operation, request); !known) {
    return tl::unexpected(known.error());
  }
  if (gate_ && !entry.route.open_to_all) {
    if (auto open = gate_(entry.route, request); !open) return tl::unexpected(open.error());
  }
  if (request.method == "POST") {
    if (auto taken = TakeBody(entry.route.operation, request, read_body); !taken) {
      return tl::unexpected(taken.error());
    }
  }
  return entry.route.handler(request);
}

Expected<void> Router::TakeBody(const Operation& operation, Request& request,
                                const BodyReader& read_body) {
  if (auto type = CheckMediaType(operation, request); !type) return type;
  if (!operation.body_types.empty()) {
    request.read_body = read_body;
    return {};
  }
  auto body = read_body(request.body_bytes);
  if (!body) return tl::unexpected(body.error());
  if (!body->empty() && !request.Header("Content-Type")) {
    return tl::unexpected(MediaTypeUnsupported());
  }
  request.body = std::move(*body);
  return {};
}

Answer Router::Refusing(const Rejection& rejection, const std::string& request_id) {
  Answer answer;
  answer.response = ProblemOf(rejection, request_id);
  AddStandardHeaders(answer.response, request_id);
  return answer;
}

Answer Router::Handle(Request request, const BodyReader& read_body) const {
  Answer answer;
  const auto refuse = [&](const Rejection& rejection) {
    answer.response = ProblemOf(rejection, request.id);
  };
  try {
    auto parsed = Target::Parse(request.target);
    std::vector<std::string> allowed;
    const Entry* entry = nullptr;
    if (parsed) {
      request.parsed = std::move(*parsed);
      entry = Match(request, allowed);
    }
    if (entry != nullptr && IsTooLarge(entry->route.operation, request)) {
      answer.route = entry->route.pattern;
      refuse(BodyTooLarge());
    } else if (entry != nullptr) {
      answer.route = entry->route.pattern;
      auto response = Run(*entry, request, read_body, answer);
      if (!response && on_refused_ && !answer.is_unrecognised) {
        on_refused_(entry->route, request, response.error());
      }
      if (response) answer.response = std::move(*response);
      else refuse(response.error());
    } else if (!allowed.empty()) {
      const std::string methods = fmt::format("{}", fmt::join(allowed, ", "));
      if (cors_.IsPreflight(request)) {
        answer.response = Cors::Preflight(methods);
      } else {
        refuse(MethodNotAllowed());
        answer.response.Set("Allow", methods);
      }
    } else {
      refuse(parsed ? NoSuchRoute() : parsed.error());
    }
  } catch (const Overloaded& error) {
    answer.fault = error.what();
    refuse(StoreOverloaded());
  } catch (const StoreError& error) {
    answer.fault = error.what();
    refuse(StoreUnavailable());
  } catch (const std::exception& error) {
    // Only the type: the text may quote what a person wrote.
    answer.fault = typeid(error).name();
    refuse(InternalError());
  }
  Represent(request, answer.response);
  cors_.Mark(request, answer.response);
  if (request.rate) {
    answer.response.Set("RateLimit-Limit", std::to_string(request.rate->limit));
    answer.response.Set("RateLimit-Remaining", std::to_string(request.rate->left));
  }
  AddStandardHeaders(answer.response, request.id);
  return answer;
}

}  // namespace docket::http
