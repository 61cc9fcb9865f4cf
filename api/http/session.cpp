/// /v1/session: logging in, what has to be done before work begins, logging out; and the password
/// that an administrator hands out.
#include "api/auth/identity_refusals.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/json_body.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/http/session_bodies.hpp"
#include "api/http/session_operations.hpp"
#include "workflows/account/undertaking.hpp"

namespace docket::http {

namespace {

Response NoContent() {
  Response response;
  response.status = status::kNoContent;
  return response;
}

Caller CallerOf(const Request& request) {
  return {.actor = request.actor,
          .unit = request.unit,
          .credential = request.credential,
          .stage = request.stage};
}

Json StageJson(SessionStage stage) {
  Json json = {{"stage", NameOf(stage)}, {"stage_zh", ChineseOf(stage)}};
  if (stage == SessionStage::kUndertaking) {
    json["undertaking"] = {{"version", account::kUndertakingVersion},
                           {"text", account::kUndertaking}};
  }
  return json;
}

/// What the holder is shown: who he is here, and his duties (HN18-13).
Json SessionJson(const Services& services, const Caller& caller,
                 const std::optional<Sessions::Open>& session) {
  Json json = StageJson(caller.stage);
  json["account"] = caller.actor.id.value;
  json["unit"] = caller.actor.unit.value;
  json["roles"] = Encode(caller.actor.roles);
  json["credential"] = NameOf(caller.credential);
  const auto record = services.identity.Accounts().FindRecord(caller.actor.id);
  if (record) json["responsibilities"] = record->responsibilities;
  if (session) {
    json["begun_at"] = session->record.created_at.ToString();
    json["ends_at"] = session->ends_at.ToString();
    json["idle_ends_at"] = session->idle_ends_at.ToString();
  }
  return json;
}

/// The session and, this once, its token.
Expected<Response> BegunResponse(const Services& services, const Request& request,
                                 const Expected<Sessions::Begun>& begun) {
  if (!begun) return tl::unexpected(begun.error());
  const auto caller = services.identity.Recognise(begun->token, request.origin);
  if (!caller) return tl::unexpected(caller.error());
  Json json = SessionJson(services, *caller, begun->session);
  json["token"] = begun->token;
  Response response = JsonResponse(json);
  response.status = status::kCreated;
  return response;
}

Expected<Response> LogIn(const Services& services, const Request& request) {
  auto body = OptionalBodyOf<LoginBody>(request);
  if (!body) return tl::unexpected(body.error());
  return BegunResponse(
      services, request,
      services.identity.LogIn(
          {body->account, {std::move(body->password), body->code.value_or("")}, request.origin}));
}

Expected<Response> LogInByCertificate(const Services& services, const Request& request) {
  // A page of another origin can lead a browser that has a certificate to send a POST that names no
  // media type, and so to end the session that there was.
  if (!request.Header("Content-Type")) return tl::unexpected(MediaTypeUnsupported());
  return BegunResponse(services, request, services.identity.LogInByCertificate(request.origin));
}

Expected<Response> ShowSession(const Services& services, const Request& request) {
  const Caller caller = CallerOf(request);
  const bool in_session = caller.credential == CredentialUse::kSession;
  return JsonResponse(SessionJson(
      services, caller,
      in_session ? services.identity.OpenSessions().Find(caller.actor.id) : std::nullopt));
}

/// Only a session can be ended, completed or given another password.
Expected<void> NeedsSession(const Request& request) {
  if (request.credential == CredentialUse::kSession) return {};
  return Refuse(RejectionKind::kForbidden, kNoSession);
}

Expected<Response> LogOut(const Services& services, const Request& request) {
  if (auto session = NeedsSession(request); !session) return tl::unexpected(session.error());
  services.identity.LogOut(CallerOf(request), request.origin);
  return NoContent();
}

Expected<Response> Answered(const Expected<SessionStage>& stage) {
  if (!stage) return tl::unexpected(stage.error());
  return JsonResponse(StageJson(*stage));
}

template <class Body, class Use>
Handler InSession(const Services& services, const Use& use) {
  return [&services, use](const Request& request) -> Expected<Response> {
    if (auto session = NeedsSession(request); !session) return tl::unexpected(session.error());
    const auto body = OptionalBodyOf<Body>(request);
    if (!body) return tl::unexpected(body.error());
    return Answered(use(services.identity, request, *body));
  };
}

/// Also by a token of an issuer: the holder proves each time who it is.
Expected<Response> SignUndertaking(const Services& services, const Request& request) {
  if (request.credential != CredentialUse::kIssued) {
    if (auto session = NeedsSession(request); !session) return tl::unexpected(session.error());
  }
  const auto body = OptionalBodyOf<UndertakingBody>(request);
  if (!body) return tl::unexpected(body.error());
  return Answered(services.identity.SignUndertaking(CallerOf(request), body->version));
}

Expected<Response> EnrolSecondFactor(const Services& services, const Request& request) {
  if (auto session = NeedsSession(request); !session) return tl::unexpected(session.error());
  const auto enrolment = services.identity.EnrolSecondFactor(CallerOf(request));
  if (!enrolment) return tl::unexpected(enrolment.error());
  Response response = JsonResponse({{"secret", enrolment->secret}, {"uri", enrolment->uri}});
  response.status = status::kCreated;
  return response;
}

Expected<Response> ResetPassword(const Services& services, const Request& request) {
  const auto body = OptionalBodyOf<account::ResetPassword>(request);
  if (!body) return tl::unexpected(body.error());
  const auto password = services.identity.ResetPassword(
      request.actor, {ActorId(request.Path("account")), *body, request.origin});
  if (!password) return tl::unexpected(password.error());
  Response response = JsonResponse({{"one_time_password", *password}});
  response.status = status::kCreated;
  return response;
}

}  // namespace

void AddSessionRoutes(Router& router, const Services& services) {
  router.Add({.method = "POST",
              .pattern = "/v1/session",
              .handler = [&](const Request& r) { return LogIn(services, r); },
              .operation = LogInOperation(),
              .open_to_all = true});
  router.Add({.method = "POST",
              .pattern = "/v1/session/certificate",
              .handler = [&](const Request& r) { return LogInByCertificate(services, r); },
              .operation = LogInByCertificateOperation(),
              .open_to_all = true});
  router.Add({.method = "GET",
              .pattern = "/v1/session",
              .handler = [&](const Request& r) { return ShowSession(services, r); },
              .operation = ShowSessionOperation()});
  router.Add({.method = "DELETE",
              .pattern = "/v1/session",
              .handler = [&](const Request& r) { return LogOut(services, r); },
              .operation = LogOutOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/session/password",
              .handler = InSession<PasswordBody>(
                  services,
                  [](Identity& identity, const Request& request, const PasswordBody& body) {
                    return identity.ChangePassword(CallerOf(request), request.origin,
                                                   {body.password, body.new_password});
                  }),
              .operation = ChangePasswordOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/session/undertaking",
              .handler = [&](const Request& r) { return SignUndertaking(services, r); },
              .operation = SignUndertakingOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/session/second-factor",
              .handler = [&](const Request& r) { return EnrolSecondFactor(services, r); },
              .operation = EnrolSecondFactorOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/session/second-factor/confirmation",
              .handler = InSession<CodeBody>(
                  services,
                  [](Identity& identity, const Request& request, const CodeBody& body) {
                    return identity.ConfirmSecondFactor(CallerOf(request), request.origin,
                                                        body.code);
                  }),
              .operation = ConfirmSecondFactorOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/accounts/{account}/password-reset",
              .handler = [&](const Request& r) { return ResetPassword(services, r); },
              .operation = ResetPasswordOperation()});
}

}  // namespace docket::http
