#include "api/auth/operations.hpp"
#include "api/http/access_notes.hpp"
#include "api/http/openapi.hpp"
#include "api/http/services.hpp"

namespace docket::http {

namespace {

Expected<Caller> Recognise(const Services& services, std::string_view token, const Origin& origin) {
  auto caller = services.identity.Recognise(token, origin);
  if (!caller) return caller;
  const auto share = services.admit(caller->actor.id);
  if (!share) return tl::unexpected(share.error());
  caller->rate = *share;
  return caller;
}

}  // namespace

Router MakeRouter(const Services& services) {
  Router router([&](std::string_view token,
                    const Origin& origin) { return Recognise(services, token, origin); },
                services.cors);
  router.SetGate([](const Route& route, const Request& request) {
    return MayUse(route.method, route.pattern, request.actor);
  });
  router.OnRefused([&](const Route& route, const Request& request, const Rejection& rejection) {
    if (const auto note = DenialOf(route, request, rejection)) services.accesses.Record(*note);
  });
  AddClockRoutes(router, services);
  AddHealthRoutes(router, services);
  AddCommandRoutes(router, services);
  AddCaseRoutes(router, services);
  AddDeadlineRoutes(router, services);
  AddFeedRoutes(router, services);
  AddWebhookRoutes(router, services);
  AddNotificationRoutes(router, services);
  AddWorkflowRoutes(router, services);
  AddAccessLogRoutes(router, services);
  AddSessionRoutes(router, services);
  AddApiKeyRoutes(router, services);
  AddPersonRoutes(router, services);
  AddErasureRoutes(router, services);
  AddConsentRoutes(router, services);
  AddLoginRoutes(router, services);
  AddDocumentRoutes(router, services);
  AddIntakeRoutes(router, services);
  AddOpenApiRoute(router);
  return router;
}

}  // namespace docket::http
