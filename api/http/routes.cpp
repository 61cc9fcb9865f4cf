#include "api/http/openapi.hpp"
#include "api/http/services.hpp"

namespace docket::http {

namespace {

Expected<Caller> Recognise(const Services& services, std::string_view token) {
  auto actor = services.office.Authenticate(token);
  if (!actor) return tl::unexpected(actor.error());
  const auto share = services.admit(actor->id);
  if (!share) return tl::unexpected(share.error());
  auto unit = services.office.FindUnit(actor->unit);
  return Caller{std::move(*actor), unit.value_or(Unit()), *share};
}

}  // namespace

Router MakeRouter(const Services& services) {
  Router router([&](std::string_view token) { return Recognise(services, token); }, services.cors);
  AddClockRoutes(router, services);
  AddCommandRoutes(router, services);
  AddCaseRoutes(router, services);
  AddDeadlineRoutes(router, services);
  AddFeedRoutes(router, services);
  AddWorkflowRoutes(router, services);
  AddOpenApiRoute(router);
  return router;
}

}  // namespace docket::http
