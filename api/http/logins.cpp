/// /v1/accounts/{account}/logins: what an account logs in with beside its password.
#include "api/http/case_reading.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/http/session_bodies.hpp"
#include "api/http/session_operations.hpp"

namespace docket::http {

namespace {

ActorId AccountIn(const Request& request) { return ActorId(request.Path("account")); }

Expected<Response> ListLogins(const Services& services, const Request& request) {
  const auto logins = services.identity.LoginsOf(request.actor, AccountIn(request));
  if (!logins) return tl::unexpected(logins.error());
  Json list = Json::array();
  for (const auto& login : *logins) list.push_back(Encode(login.record));
  return JsonResponse({{"logins", std::move(list)}});
}

Expected<Response> BindLogin(const Services& services, const Request& request) {
  const auto json = ParseJson(request.body);
  if (!json) return tl::unexpected(json.error());
  auto body = Decode<LoginBindingBody>(*json);
  if (!body) return tl::unexpected(body.error());
  const ActorId account = AccountIn(request);
  const auto login = services.identity.BindLogin(
      request.actor, {account, body->kind, std::move(body->certificate).value_or(""),
                      std::move(body->subject).value_or("")});
  if (!login) return tl::unexpected(login.error());
  Response response = JsonResponse(Encode(login->record));
  response.status = status::kCreated;
  response.Set("Location", "/v1/accounts/" + account.value + "/logins/" + login->record.id);
  return response;
}

Expected<Response> RevokeLogin(const Services& services, const Request& request) {
  const auto revoked = services.identity.RevokeLogin(
      request.actor, {AccountIn(request), request.Path("id"), request.origin});
  if (!revoked) return tl::unexpected(revoked.error());
  Response response;
  response.status = status::kNoContent;
  return response;
}

}  // namespace

void AddLoginRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/accounts/{account}/logins",
              .handler = [&](const Request& r) { return ListLogins(services, r); },
              .operation = ListLoginsOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/accounts/{account}/logins",
              .handler = [&](const Request& r) { return BindLogin(services, r); },
              .operation = BindLoginOperation()});
  router.Add({.method = "DELETE",
              .pattern = "/v1/accounts/{account}/logins/{id}",
              .handler = [&](const Request& r) { return RevokeLogin(services, r); },
              .operation = RevokeLoginOperation()});
}

}  // namespace docket::http
