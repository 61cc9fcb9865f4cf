/// /v1/api-keys: keys of programmes that act for the caller's account.
#include <algorithm>

#include "api/auth/identity_refusals.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/http/session_bodies.hpp"
#include "api/http/session_operations.hpp"

namespace docket::http {

namespace {

/// Whose acts a programme may do. Persons' acts are done by persons (HN18-12): in any other role a
/// key only reads.
constexpr std::array kProgrammeRoles{Role::kDataProvider, Role::kTradingCentre,
                                     Role::kPlatformOperator};

Json KeyJson(const ApiKeys::Key& key) {
  Json json = Encode(key.record);
  json.erase("digest");
  json["id"] = key.id;
  return json;
}

Expected<Response> MadeResponse(const Expected<ApiKeys::Made>& made) {
  if (!made) return tl::unexpected(made.error());
  Json json = KeyJson(made->key);
  json["token"] = made->token;
  Response response = JsonResponse(json);
  response.status = status::kCreated;
  response.Set("Location", "/v1/api-keys/" + made->key.id);
  return response;
}

Expected<void> CheckRoles(const Actor& actor, const KeyBody& body) {
  for (const Role role : body.roles) {
    if (!actor.Holds(role)) return Refuse(RejectionKind::kForbidden, kApiKeyRoleNotHeld);
    const bool is_programmes =
        std::find(kProgrammeRoles.begin(), kProgrammeRoles.end(), role) != kProgrammeRoles.end();
    if (!body.read_only && !is_programmes) {
      return Refuse(RejectionKind::kForbidden, kApiKeyRoleReadsOnly);
    }
  }
  return {};
}

Expected<Response> MakeKey(const Services& services, const Request& request) {
  const auto json = ParseJson(request.body);
  if (!json) return tl::unexpected(json.error());
  auto body = Decode<KeyBody>(*json);
  if (!body) return tl::unexpected(body.error());
  if (auto may = CheckRoles(request.actor, *body); !may) return tl::unexpected(may.error());
  return MadeResponse(services.identity.Keys().Make(
      request.actor.id,
      {std::move(body->label), std::move(body->roles), body->read_only, body->days}));
}

Expected<Response> ListKeys(const Services& services, const Request& request) {
  Json keys = Json::array();
  for (const auto& key : services.identity.Keys().Of(request.actor.id)) {
    keys.push_back(KeyJson(key));
  }
  return JsonResponse({{"api_keys", std::move(keys)}});
}

Expected<Response> RevokeKey(const Services& services, const Request& request) {
  const auto revoked = services.identity.Keys().Revoke(request.actor.id, request.Path("id"));
  if (!revoked) return tl::unexpected(revoked.error());
  Response response;
  response.status = status::kNoContent;
  return response;
}

}  // namespace

void AddApiKeyRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/api-keys",
              .handler = [&](const Request& r) { return ListKeys(services, r); },
              .operation = ListKeysOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/api-keys",
              .handler = [&](const Request& r) { return MakeKey(services, r); },
              .operation = MakeKeyOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/api-keys/{id}/rotation",
              .handler =
                  [&](const Request& r) {
                    return MadeResponse(services.identity.Keys().Rotate(r.actor.id, r.Path("id")));
                  },
              .operation = RotateKeyOperation()});
  router.Add({.method = "DELETE",
              .pattern = "/v1/api-keys/{id}",
              .handler = [&](const Request& r) { return RevokeKey(services, r); },
              .operation = RevokeKeyOperation()});
}

}  // namespace docket::http
