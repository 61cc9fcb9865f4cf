/// GET /healthz and /readyz: for whoever starts, restarts and balances processes.
#include "api/http/case_reading.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"

namespace docket::http {

namespace {

/// The process answers. Nothing else is looked at: a store that is away is no reason to restart.
Expected<Response> GetAlive() { return JsonResponse({{"status", "alive"}}); }

Expected<Response> GetReady(const Services& services) {
  Json checks = Json::array();
  bool is_ready = true;
  for (const auto& [name, problem] : services.readiness()) {
    Json check = {{"name", name}, {"ok", problem.empty()}};
    if (!problem.empty()) check["problem"] = problem;
    is_ready = is_ready && problem.empty();
    checks.push_back(std::move(check));
  }
  Response response =
      JsonResponse({{"status", is_ready ? "ready" : "not_ready"}, {"checks", std::move(checks)}});
  if (!is_ready) response.status = status::kUnavailable;
  return response;
}

void AddOpen(Router& router, const std::string& path, Handler handler) {
  Route route{"GET", path, std::move(handler)};
  route.open_to_all = true;
  router.Add(std::move(route));
}

}  // namespace

void AddHealthRoutes(Router& router, const Services& services) {
  AddOpen(router, "/healthz", [](const Request&) { return GetAlive(); });
  AddOpen(router, "/readyz", [&](const Request&) { return GetReady(services); });
}

}  // namespace docket::http
