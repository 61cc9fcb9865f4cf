/// GET /v1/deadlines and /v1/cases/{id}/deadlines: running clocks, and why they run as they do.
#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/services.hpp"
#include "api/render/deadline_json.hpp"

namespace docket::http {

namespace {

Expected<Response> OfCase(const Services& services, const Request& request) {
  Parameters parameters(request);
  const bool explain = parameters.Flag("explain").value_or(false);
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
  const auto read =
      OpenCase({services, request, "GET /v1/cases/{id}/deadlines", /*shows_texts=*/false}, {});
  if (!read) return tl::unexpected(read.error());
  const StreamId case_id(request.Path("id"));
  const auto* workflow = WorkflowOf(case_id);
  const auto& ports = services.engine.Ports();
  const Instant now = ports.clock.Now();
  Json list = Json::array();
  for (const auto& clock : read->model->Clocks().All()) {
    if (!IsToldOfClock(read->access, clock.clock)) continue;
    Json json = ClockJson(ports.calendars, clock, now);
    if (explain && workflow != nullptr) {
      json["explain"] = ExplainJson(workflow->Rules(), ports.calendars, clock);
    }
    list.push_back(std::move(json));
  }
  return JsonResponse(
      {{"case_id", case_id.value}, {"now", now.ToString()}, {"deadlines", std::move(list)}});
}

bool IsRule(const std::string& id) {
  const auto& all = AllWorkflows();
  return std::any_of(all.begin(), all.end(), [&](const Workflow* workflow) {
    const auto& rules = workflow->Rules().Rules();
    return std::any_of(rules.begin(), rules.end(),
                       [&](const ClockRule& rule) { return rule.id == id; });
  });
}

Expected<Response> ListDeadlines(const Services& services, const Request& request) {
  constexpr int kRoundsMax = 10;
  Parameters parameters(request);
  DeadlineFilter filter;
  const auto is_case = [](const std::string& id) { return WorkflowOf(StreamId(id)) != nullptr; };
  if (const auto case_id = parameters.Known("case_id", is_case)) {
    filter.case_id = StreamId(*case_id);
  }
  filter.rule = parameters.Known("rule", IsRule);
  filter.state = parameters.Choice<ClockState>("state");
  filter.region = parameters.Region("region");
  filter.due_by = parameters.Day("due_by");
  filter.after = parameters.Text("after").value_or("");
  const std::size_t wanted = parameters.Integer("limit", {1, kListPageMax}).value_or(50);
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());

  const auto& ports = services.engine.Ports();
  const Instant now = ports.clock.Now();
  AccessMemo access(services, request);
  Json deadlines = Json::array();
  Page<DeadlineRow> page;
  for (int round = 0; round < kRoundsMax; ++round) {
    filter.limit = wanted - deadlines.size();
    auto found = PageOrRefusal([&] { return services.views.ListDeadlines(filter); });
    if (!found) return tl::unexpected(found.error());
    page = std::move(*found);
    for (const auto& row : page.rows) {
      if (!IsToldOfClock(access.ToStream(row.case_id), row.clock.clock)) continue;
      Json json = ClockJson(ports.calendars, row.clock, now);
      json["case_id"] = row.case_id.value;
      json["workflow"] = row.workflow;
      json["title"] = row.title;
      json["region"] = row.region.value;
      deadlines.push_back(std::move(json));
    }
    filter.after = page.next;
    if (page.next.empty() || deadlines.size() == wanted) break;
  }
  Json json = {{"deadlines", std::move(deadlines)},
               {"now", now.ToString()},
               {"position", page.position.value}};
  if (!page.next.empty()) json["next"] = page.next;
  return JsonResponse(json);
}

}  // namespace

void AddDeadlineRoutes(Router& router, const Services& services) {
  router.Add({"GET",
              "/v1/cases/{id}/deadlines",
              [&](const Request& r) { return OfCase(services, r); },
              {"explain"}});
  router.Add({"GET",
              "/v1/deadlines",
              [&](const Request& r) { return ListDeadlines(services, r); },
              {"case_id", "rule", "state", "region", "due_by", "after", "limit"}});
}

}  // namespace docket::http
