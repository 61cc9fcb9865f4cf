/// /v1/api-keys: keys of programmes that act for the caller's account.
#include <algorithm>

#include "api/http/case_reading.hpp"
#include "api/http/services.hpp"

namespace docket::http {

namespace {

/// Whose acts a programme may do. Persons' acts are done by persons (HN18-12): in any other role a
/// key only reads.
constexpr std::array kProgrammeRoles{Role::kDataProvider, Role::kTradingCentre,
                                     Role::kPlatformOperator};

struct KeyBody {
  std::string label;
  std::vector<Role> roles;
  bool read_only = true;
  std::int64_t days = 0;

  static constexpr auto Fields() {
    return std::tuple{
        Field{"label", &KeyBody::label, "用途"}, Field{"roles", &KeyBody::roles, "角色"},
        Field{"read_only", &KeyBody::read_only, "只读"}, Field{"days", &KeyBody::days, "有效天数"}};
  }
};

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
  const auto refuse = [](const Refusal& refusal) {
    return Refuse(RejectionKind::kForbidden, refusal);
  };
  for (const Role role : body.roles) {
    if (!actor.Holds(role)) {
      return refuse({"api_key_role_not_held", "本账号没有该角色", "the account lacks this role", "",
                     "/roles"});
    }
    const bool is_programmes =
        std::find(kProgrammeRoles.begin(), kProgrammeRoles.end(), role) != kProgrammeRoles.end();
    if (!body.read_only && !is_programmes) {
      return refuse({"api_key_role_reads_only",
                     "该角色的密钥仅可读取，须由本人办理的事项不得由程序代办",
                     "a key in this role only reads: persons act themselves", "HN18-12", "/roles"});
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
  router.Add({"GET", "/v1/api-keys", [&](const Request& r) { return ListKeys(services, r); }});
  router.Add({"POST", "/v1/api-keys", [&](const Request& r) { return MakeKey(services, r); }});
  router.Add({"POST", "/v1/api-keys/{id}/rotation", [&](const Request& r) {
                return MadeResponse(services.identity.Keys().Rotate(r.actor.id, r.Path("id")));
              }});
  router.Add(
      {"DELETE", "/v1/api-keys/{id}", [&](const Request& r) { return RevokeKey(services, r); }});
}

}  // namespace docket::http
