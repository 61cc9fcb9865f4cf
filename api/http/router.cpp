#include "api/http/router.hpp"

#include <algorithm>
#include <typeinfo>

#include <fmt/ranges.h>

#include "api/http/problem.hpp"
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

/// A parameter that nobody reads is a misspelt filter: its answer would be wrong in silence.
Expected<void> CheckParameters(const Route& route, const Request& request) {
  FieldErrors errors;
  std::vector<std::string_view> seen;
  for (const auto& given : request.parsed.query) {
    const std::string pointer = PointerTo("/query", given.name);
    const auto& known = route.parameters;
    if (std::find(known.begin(), known.end(), given.name) == known.end()) {
      errors.push_back({pointer, "parameter_unknown", "未知参数", "there is no such parameter"});
    } else if (std::find(seen.begin(), seen.end(), given.name) != seen.end()) {
      errors.push_back({pointer, "parameter_repeated", "参数重复", "given more than once"});
    }
    seen.push_back(given.name);
  }
  if (!errors.empty()) return tl::unexpected(InvalidParameter(std::move(errors)));
  return {};
}

Expected<std::string> BearerToken(const Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  const auto header = request.Header("Authorization");
  std::string scheme = header.value_or("").substr(0, kScheme.size());
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (scheme != kScheme) {
    return Refuse(RejectionKind::kUnauthenticated,
                  {"token_missing", "缺少访问令牌", "an Authorization: Bearer header is needed"});
  }
  return header->substr(kScheme.size());
}

Expected<void> CheckMediaType(const Request& request) {
  if (request.Header("Content-Encoding").value_or("identity") != "identity") {
    return Refuse(RejectionKind::kInvalid, {"encoding_unsupported", "请求内容不得压缩",
                                            "the body has to come without a Content-Encoding"});
  }
  const auto type = request.Header("Content-Type");
  if (!type || type->rfind("application/json", 0) == 0) return {};
  return Refuse(RejectionKind::kInvalid, {"media_type_unsupported", "请求内容应为 application/json",
                                          "the body has to be application/json"});
}

/// What is about the caller itself: its session and its keys.
bool IsAbout(std::string_view resource, const std::string& pattern) {
  return pattern == resource || pattern.starts_with(std::string(resource) + "/");
}

tl::unexpected<Rejection> Incomplete(SessionStage stage) {
  constexpr Refusal kPassword{"password_change_needed", "请先更改密码",
                              "the password has to be changed first"};
  constexpr Refusal kUndertaking{"undertaking_needed", "请先签署保密承诺书",
                                 "the undertaking has to be signed first", "FJ18-10"};
  constexpr Refusal kSecondFactor{"second_factor_enrolment_needed", "请先登记第二因子",
                                  "a second factor has to be enrolled first",
                                  "GB/T 22239-2019 8.1.4.1"};
  switch (stage) {
    case SessionStage::kPassword: return Refuse(RejectionKind::kUnauthenticated, kPassword);
    case SessionStage::kUndertaking: return Refuse(RejectionKind::kUnauthenticated, kUndertaking);
    default: return Refuse(RejectionKind::kUnauthenticated, kSecondFactor);
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
    return Refuse(RejectionKind::kForbidden,
                  {"api_key_not_for_this", "接口密钥不得办理会话和密钥事项",
                   "a key manages neither sessions nor keys"});
  }
  if (caller.read_only && route.method != "GET") {
    return Refuse(RejectionKind::kForbidden,
                  {"api_key_read_only", "该接口密钥仅可读取", "this key only reads"});
  }
  return {};
}

void AddStandardHeaders(Response& response, const std::string& request_id) {
  response.Set("X-Request-Id", request_id);
  response.Set("X-Content-Type-Options", "nosniff");
  response.Set("Cache-Control", "no-store");
  response.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  response.Set("Referrer-Policy", "no-referrer");
  response.Set("Vary", "Authorization");
}

}  // namespace

void Router::Add(Route route) {
  auto target = Target::Parse(route.pattern);
  entries_.push_back({std::move(route), std::move(target->segments)});
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
    auto caller = authenticate_(*token);
    if (!caller) return tl::unexpected(caller.error());
    answer.account = caller->actor.id.value;
    if (auto may = CheckCredential(*caller, entry.route); !may) return tl::unexpected(may.error());
    request.actor = std::move(caller->actor);
    request.unit = std::move(caller->unit);
    request.credential = caller->credential;
    request.stage = caller->stage;
  }
  if (auto known = CheckParameters(entry.route, request); !known) {
    return tl::unexpected(known.error());
  }
  if (request.method == "POST") {
    if (auto type = CheckMediaType(request); !type) return tl::unexpected(type.error());
    auto body = read_body();
    if (!body) return tl::unexpected(body.error());
    request.body = std::move(*body);
  }
  return entry.route.handler(request);
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
    if (entry != nullptr) {
      answer.route = entry->route.pattern;
      auto response = Run(*entry, request, read_body, answer);
      if (response) answer.response = std::move(*response);
      else refuse(response.error());
    } else if (!allowed.empty()) {
      refuse(MethodNotAllowed());
      answer.response.Set("Allow", fmt::format("{}", fmt::join(allowed, ", ")));
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
  AddStandardHeaders(answer.response, request.id);
  return answer;
}

}  // namespace docket::http
