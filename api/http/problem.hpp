/// The only place that knows HTTP status codes.
///
/// A refusal is answered as RFC 9457 `application/problem+json`:
///   type       `urn:docket:problem:<code>`
///   title      what is wrong, in Chinese
///   status     the HTTP status
///   detail     what is wrong, in English; `detail_zh` the same in Chinese
///   code       the stable snake_case code
///   basis      document and article; absent when there is none
///   errors     [{pointer, code, zh, en}]; absent when no field is to blame. `pointer` is a JSON
///              pointer into the request's body; `/query/<name>` and `/header/<name>` stand for
///              what is outside the body
///   request_id the answer's X-Request-Id
#pragma once

#include <string>
#include <vector>

#include "api/http/message.hpp"
#include "domain/rejection.hpp"

namespace docket::http {

namespace status {
constexpr int kOk = 200;
constexpr int kCreated = 201;
constexpr int kNoContent = 204;
constexpr int kNotModified = 304;
constexpr int kFirstOfServer = 500;  ///< From here on it is not the client's fault.
}  // namespace status

/// `members` are added to the body (RFC 9457, 3.2).
Response ProblemOf(const Rejection& rejection, const std::string& request_id,
                   const Json& members = Json::object());

int StatusOf(const Rejection& rejection);

/// What any request may be refused with, whatever its route; what one that needs an account; what
/// one with a body. Known to the document, so that routes need not name them.
std::vector<Rejection> ProblemsOfEveryRequest();
std::vector<Rejection> ProblemsOfAccounts();
std::vector<Rejection> ProblemsOfBodies();

/// The refusals of the edge itself.
Rejection TargetMalformed();
Rejection TargetTooLong();
Rejection HeadersTooLarge();
Rejection HeadersTooMany();
Rejection FramingAmbiguous();
Rejection LengthRequired();
Rejection EncodingUnsupported();
Rejection MediaTypeUnsupported();
Rejection DocumentTypeUnsupported();
Rejection TokenMissing();
Rejection NoSuchRoute();
Rejection MethodNotAllowed();
Rejection InternalError();
Rejection StoreUnavailable();
Rejection StoreOverloaded();
Rejection BodyTooLarge();
Rejection BodyUnreadable();
/// Not this account's turn: it has asked too often.
Rejection RateLimited();
Rejection ClockNotVirtual();
/// One thing outside the body is wrong: `pointer` is `/query/<name>` or `/header/<name>`.
Rejection InvalidParameter(FieldErrors errors);

}  // namespace docket::http
