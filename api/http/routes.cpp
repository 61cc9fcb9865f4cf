#include "api/auth/operations.hpp"
#include "api/http/access_notes.hpp"
#include "api/http/openapi.hpp"
#include "api/http/services.hpp"

namespace docket::http {

namespace {

Expected<Caller> Recognise(const Services& services, std::string_view token) {
  auto actor = services.office.Authenticate(token);
  if (!actor) return tl::unexpected(actor.error());
  if (auto admitted = services.admit(actor->id); !admitted) {
    return tl::unexpected(admitted.error());
  }
  auto unit = services.office.FindUnit(actor->unit);
  return Caller{std::move(*actor), unit.value_or(Unit())};
}

}  // namespace

Router MakeRouter(const Services& services) {
  Router router([&](std::string_view token) { return Recognise(services, token); }, services.cors);
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
  AddWorkflowRoutes(router, services);
  AddAccessLogRoutes(router, services);
  AddOpenApiRoute(router);
  return router;
}

}  // namespace docket::http
