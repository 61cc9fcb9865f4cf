#include "api/http/problem.hpp"

#include <array>

#include "api/auth/identity_refusals.hpp"
#include "api/auth/operations.hpp"
#include "api/documents/document_types.hpp"
#include "domain/json_refusals.hpp"

namespace docket::http {

namespace {

struct StatusOfCode {
  std::string_view code;
  int status;
};

/// Codes whose status says more than that of their kind.
constexpr std::array kStatusOfCode{
    StatusOfCode{"json_malformed", 400},      StatusOfCode{"json_too_deep", 400},
    StatusOfCode{"json_duplicate_name", 400}, StatusOfCode{"json_too_large", 413},
    StatusOfCode{"target_malformed", 400},    StatusOfCode{"invalid_parameter", 400},
    StatusOfCode{"body_unreadable", 400},     StatusOfCode{"body_too_large", 413},
    StatusOfCode{"framing_ambiguous", 400},   StatusOfCode{"target_too_long", 414},
    StatusOfCode{"headers_too_large", 431},   StatusOfCode{"media_type_unsupported", 415},
    StatusOfCode{"method_not_allowed", 405},  StatusOfCode{"stale_version", 412},
    StatusOfCode{"length_required", 411},     StatusOfCode{"encoding_unsupported", 415},
    StatusOfCode{"headers_too_many", 431},    StatusOfCode{"internal_error", 500},
    StatusOfCode{"rate_limited", 429},        StatusOfCode{"document_type_unsupported", 415},
    StatusOfCode{"document_too_large", 413},
};

Json ErrorsOf(const std::vector<FieldError>& fields) {
  Json errors = Json::array();
  for (const auto& field : fields) {
    errors.push_back(
        {{"pointer", field.pointer}, {"code", field.code}, {"zh", field.zh}, {"en", field.en}});
  }
  return errors;
}

Rejection Invalid(const Refusal& refusal) { return {RejectionKind::kInvalid, refusal}; }

}  // namespace

int StatusOf(const Rejection& rejection) {
  for (const auto& entry : kStatusOfCode) {
    if (entry.code == rejection.code) return entry.status;
  }
  switch (rejection.kind) {
    case RejectionKind::kInvalid: return 422;
    case RejectionKind::kRefused: return 409;
    case RejectionKind::kForbidden: return 403;
    case RejectionKind::kUnauthenticated: return 401;
    case RejectionKind::kNotFound: return 404;
    case RejectionKind::kConflict: return 409;
    case RejectionKind::kOverloaded: return 503;
  }
  return 500;
}

Response ProblemOf(const Rejection& rejection, const std::string& request_id, const Json& members) {
  Response response;
  response.status = StatusOf(rejection);
  response.content_type = "application/problem+json";
  Json body = {{"type", "urn:docket:problem:" + rejection.code},
               {"title", rejection.zh},
               {"status", response.status},
               {"detail", rejection.en},
               {"detail_zh", rejection.zh},
               {"code", rejection.code},
               {"request_id", request_id}};
  if (!rejection.basis.empty()) body["basis"] = rejection.basis;
  if (!rejection.fields.empty()) body["errors"] = ErrorsOf(rejection.fields);
  body.update(members);
  response.body = ToText(body);
  if (rejection.kind == RejectionKind::kUnauthenticated) {
    response.Set("WWW-Authenticate", "Bearer realm=\"docket\"");
  }
  if (rejection.kind == RejectionKind::kOverloaded) response.Set("Retry-After", "1");
  return response;
}

std::vector<Rejection> ProblemsOfEveryRequest() {
  return {TargetMalformed(),  TargetTooLong(),    HeadersTooLarge(), HeadersTooMany(),
          FramingAmbiguous(), LengthRequired(),   BodyTooLarge(),    InvalidParameter({}),
          InternalError(),    StoreUnavailable(), StoreOverloaded()};
}

std::vector<Rejection> ProblemsOfAccounts() {
  std::vector<Rejection> problems = {TokenMissing(),
                                     RateLimited(),
                                     {RejectionKind::kForbidden, kOperationNotPermitted},
                                     {RejectionKind::kForbidden, kApiKeyReadOnly},
                                     {RejectionKind::kForbidden, kApiKeyNotForThis}};
  for (const auto& refusal :
       {kTokenUnknown, kSessionEnded, kSessionIdle, kSessionExpired, kApiKeyRevoked, kApiKeyExpired,
        kAccountNotActive, kPasswordChangeNeeded, kUndertakingNeeded, kEnrolmentNeeded}) {
    problems.emplace_back(RejectionKind::kUnauthenticated, refusal);
  }
  return problems;
}

std::vector<Rejection> ProblemsOfBodies() {
  return {MediaTypeUnsupported(),      EncodingUnsupported(), BodyUnreadable(),
          Invalid(kJsonMalformed),     Invalid(kJsonTooDeep), Invalid(kJsonTooLarge),
          Invalid(kJsonDuplicateName), InvalidFields({})};
}

Rejection TargetMalformed() {
  return Invalid(
      {"target_malformed", "请求地址格式错误", "the request target is not a valid path and query"});
}

Rejection TargetTooLong() {
  return Invalid({"target_too_long", "请求地址过长", "the request target is too long"});
}

Rejection HeadersTooLarge() {
  return Invalid({"headers_too_large", "请求头过大", "the headers are too large"});
}

Rejection HeadersTooMany() {
  return Invalid({"headers_too_many", "请求头过多", "there are more than 64 headers"});
}

Rejection FramingAmbiguous() {
  return Invalid(
      {"framing_ambiguous", "请求内容的长度标识有歧义", "the body's length is stated ambiguously"});
}

Rejection LengthRequired() {
  return Invalid({"length_required", "请求须以 Content-Length 标明长度，不接受分块传输",
                  "state the body's length with Content-Length; chunked bodies are not taken"});
}

Rejection EncodingUnsupported() {
  return Invalid({"encoding_unsupported", "请求内容不得压缩",
                  "the body has to come without a Content-Encoding"});
}

Rejection MediaTypeUnsupported() {
  return Invalid({"media_type_unsupported", "请求内容应为 application/json",
                  "the body has to be application/json"});
}

Rejection DocumentTypeUnsupported() { return Invalid(kDocumentTypeUnsupported); }

Rejection TokenMissing() {
  return {RejectionKind::kUnauthenticated,
          {"token_missing", "缺少访问令牌", "an Authorization: Bearer header is needed"}};
}

Rejection NoSuchRoute() {
  return {RejectionKind::kNotFound,
          {"route_not_found", "没有该接口", "there is nothing at this address"}};
}

Rejection MethodNotAllowed() {
  return {RejectionKind::kInvalid,
          {"method_not_allowed", "该接口不支持此方法", "this address does not take this method"}};
}

Rejection InternalError() {
  return {RejectionKind::kRefused,
          {"internal_error", "系统内部错误", "an internal error; the request id names it"}};
}

Rejection StoreUnavailable() {
  return {RejectionKind::kOverloaded,
          {"store_unavailable", "存储暂不可用，请用同一幂等键重试",
           "the store is unavailable; send the same Idempotency-Key again"}};
}

Rejection StoreOverloaded() {
  return {RejectionKind::kOverloaded,
          {"overloaded", "系统繁忙，未写入任何内容，请稍后重试",
           "too busy; nothing was written, try again later"}};
}

Rejection BodyTooLarge() {
  return {RejectionKind::kInvalid,
          {"body_too_large", "请求内容超过大小上限", "the body is larger than 1 MiB"}};
}

Rejection BodyUnreadable() {
  return {RejectionKind::kInvalid,
          {"body_unreadable", "请求内容不完整", "the body ended early or is badly framed"}};
}

Rejection RateLimited() {
  return {RejectionKind::kOverloaded,
          {"rate_limited", "请求过于频繁，请稍后再试", "too many requests; try again later"}};
}

Rejection ClockNotVirtual() {
  return {RejectionKind::kRefused,
          {"clock_not_virtual", "服务未以虚拟时钟启动，不能移动时间",
           "the server was not started with --virtual-clock"}};
}

Rejection InvalidParameter(FieldErrors errors) {
  Rejection rejection(RejectionKind::kInvalid,
                      {"invalid_parameter", "请求参数有误", "a parameter or header is invalid"});
  rejection.fields = std::move(errors);
  return rejection;
}

}  // namespace docket::http
