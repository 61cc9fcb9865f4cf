/// GET /v1/access-log: who read what and who was refused, for the system auditor.
#include "api/http/access_notes.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/services.hpp"
#include "api/render/access_json.hpp"
#include "persistence/access/access_events.hpp"
#include "persistence/access/access_pages.hpp"

namespace docket::http {

namespace {

Expected<Response> ReadAccessLog(const Services& services, const Request& request) {
  Parameters parameters(request);
  AccessFilter filter;
  filter.account = parameters.Identifier<ActorId>("account");
  filter.case_id = parameters.Identifier<StreamId>("case_id");
  filter.type = parameters.Known("type", [](const std::string& type) {
    return type == AccessWasRead::kType || type == AccessWasDenied::kType;
  });
  filter.reason = parameters.Text("reason");
  filter.after = Position(parameters.Integer("after", {0, INT64_MAX}).value_or(0));
  filter.limit = static_cast<std::size_t>(
      parameters.Integer("limit", {1, kFeedPageMax}).value_or(kFeedPageDefault));
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
  // Who audits is audited.
  services.accesses.Record(ReadingNote(request, "GET /v1/access-log", StreamId(),
                                       {Access::kSealed, Role::kSystemAuditor}));
  const AccessPage page = ReadAccesses(services.engine.Ports().log, filter);
  Json events = Json::array();
  for (const auto& event : page.events) events.push_back(AccessEventJson(event));
  return JsonResponse({{"events", std::move(events)},
                       {"next", page.next.value},
                       {"epoch", page.head.epoch.value},
                       {"head", page.head.position.value}});
}

}  // namespace

void AddAccessLogRoutes(Router& router, const Services& services) {
  router.Add({"GET",
              "/v1/access-log",
              [&](const Request& r) { return ReadAccessLog(services, r); },
              {"account", "case_id", "type", "reason", "after", "limit"}});
}

}  // namespace docket::http
