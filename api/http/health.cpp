/// GET /healthz and /readyz: for whoever starts, restarts and balances processes.
#include "api/http/case_reading.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"

namespace docket::http {

namespace {

Rejection NotReady() {
  return {RejectionKind::kOverloaded,
          {"not_ready", "本进程暂不受理请求", "this process takes no requests now"}};
}

/// The process answers. Nothing else is looked at: a store that is away is no reason to restart.
Expected<Response> GetAlive() { return JsonResponse({{"status", "alive"}}); }

Expected<Response> GetReady(const Services& services, const Request& request) {
  Json checks = Json::array();
  bool is_ready = true;
  for (const auto& [name, problem] : services.readiness()) {
    Json check = {{"name", name}, {"ok", problem.empty()}};
    if (!problem.empty()) check["problem"] = problem;
    is_ready = is_ready && problem.empty();
    checks.push_back(std::move(check));
  }
  if (!is_ready) return ProblemOf(NotReady(), request.id, {{"checks", std::move(checks)}});
  return JsonResponse({{"status", "ready"}, {"checks", std::move(checks)}});
}

const Tag kProcessTag{"process", {"进程状态", "The state of this process"}};

Operation GetAliveOperation() {
  using namespace schema;
  return {.id = "getAlive",
          .tag = kProcessTag,
          .summary = {"进程是否在运行", "Ask whether the process runs"},
          .details = {"不检查存储；失败时才需重启。",
                      "The store is not looked at. Restart the process only where this fails."},
          .answers = {{.status = status::kOk,
                       .about = {"正在运行", "It does"},
                       .schema = Component("Alive", Object({{"status", {{"const", "alive"}}}}))}}};
}

Operation GetReadyOperation() {
  using namespace schema;
  const Json check =
      Component("ReadinessCheck", Object({{"name", Titled("检查项", Text())},
                                          {"ok", Boolean()},
                                          {"problem?", Titled("未通过的原因", Text())}}));
  return {.id = "getReady",
          .tag = kProcessTag,
          .summary = {"进程是否可受理请求", "Ask whether requests may be sent here"},
          .details = {"未通过时为 503，其 `checks` 说明原因。",
                      "503 when a check fails; its `checks` say which."},
          .answers = {{.status = status::kOk,
                       .about = {"可以", "They may"},
                       .schema = Component("Ready", Object({{"status", {{"const", "ready"}}},
                                                            {"checks", ListOf(check)}}))}},
          .problems = {NotReady()}};
}

}  // namespace

void AddHealthRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/healthz",
              .handler = [](const Request&) { return GetAlive(); },
              .operation = GetAliveOperation(),
              .open_to_all = true});
  router.Add({.method = "GET",
              .pattern = "/readyz",
              .handler = [&](const Request& r) { return GetReady(services, r); },
              .operation = GetReadyOperation(),
              .open_to_all = true});
}

}  // namespace docket::http
