/// GET /v1/cases, /v1/cases/{id} and its timeline.
#include <thread>

#include "api/as_of.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/case_json.hpp"

namespace docket::http {

namespace {

Json AllowedJson(const std::vector<AllowedCommand>& commands) {
  Json list = Json::array();
  for (const auto& command : commands) {
    list.push_back({{"name", command.name},
                    {"zh", command.zh},
                    {"role", Encode(command.role)},
                    {"schema", command.schema}});
  }
  return list;
}

/// True when the client's copy is still right. A clock's fact changes the case but not its ETag,
/// so a case whose last event is the clock's is always sent.
bool IsUnchanged(const Request& request, const CaseModel& model) {
  const auto known = request.Header("If-None-Match");
  return known && *known == ETagOf(model.PeopleVersion()) &&
         model.Version() == model.PeopleVersion();
}

Expected<Response> GetCase(const Services& services, const Request& request) {
  Parameters parameters(request);
  const AsOf as_of = parameters.ReadAsOf(HeadOf(services).position);
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
  const auto read = OpenCase({services, request, "GET /v1/cases/{id}"}, as_of);
  if (!read) return tl::unexpected(read.error());
  const CaseModel& model = *read->model;
  Response response;
  if (!IsPast(as_of) && IsUnchanged(request, model)) {
    response.status = status::kNotModified;
  } else {
    const StreamId case_id(request.Path("id"));
    const auto& calendars = services.engine.Ports().calendars;
    Json json = CaseJson(
        {case_id, model, calendars, LegalInstant(services.engine.Ports(), as_of), read->access});
    if (!IsPast(as_of)) {
      json["allowed"] = AllowedJson(services.engine.Allowed(model, AskerOf(request)));
    }
    response = JsonResponse(json);
  }
  if (!IsPast(as_of)) response.Set("ETag", ETagOf(model.PeopleVersion()));
  return response;
}

Expected<Response> GetTimeline(const Services& services, const Request& request) {
  Parameters parameters(request);
  const AsOf as_of = parameters.ReadAsOf(HeadOf(services).position);
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
  const StreamId case_id(request.Path("id"));
  const auto access = AccessToCase({services, request, "GET /v1/cases/{id}/timeline"});
  if (!access) return tl::unexpected(access.error());
  const auto events = services.engine.Timeline(case_id, as_of, RevealTo(*access));
  if (!events) return tl::unexpected(events.error());
  Json list = Json::array();
  for (const auto& read : *events) {
    if (IsToldOf(*access, read.event, read.data)) list.push_back(TimelineJson(read));
  }
  return JsonResponse({{"case_id", case_id.value}, {"events", std::move(list)}});
}

/// What parties know as that state; the office's own states are no filter of theirs.
bool IsShownAs(const CaseRow& row, const std::optional<std::string>& state) {
  return !state || StateFor(Access::kParty, row.workflow, row.state) == *state;
}

/// A state of that workflow; of any one when none is asked for.
bool IsStateOf(const std::optional<std::string>& workflow, const std::string& state) {
  const auto& all = AllWorkflows();
  return std::any_of(all.begin(), all.end(), [&](const Workflow* candidate) {
    const bool asked = !workflow || candidate->Name() == *workflow;
    return asked && candidate->Describe().FindState(state) != nullptr;
  });
}

CaseFilter ReadFilter(Parameters& parameters) {
  CaseFilter filter;
  filter.workflow = parameters.Known(
      "workflow", [](const std::string& name) { return FindWorkflow(name) != nullptr; });
  filter.state = parameters.Known(
      "state", [&](const std::string& name) { return IsStateOf(filter.workflow, name); });
  filter.profile = parameters.Text("profile");
  filter.region = parameters.Region("region");
  filter.industry = parameters.Choice<Industry>("industry");
  filter.unit = parameters.Identifier<UnitId>("unit");
  filter.handler = parameters.Identifier<ActorId>("handler");
  filter.overdue = parameters.Flag("overdue");
  filter.text = parameters.Text("text");
  filter.after = parameters.Text("after").value_or("");
  filter.limit = parameters.Integer("limit", {1, kListPageMax}).value_or(50);
  return filter;
}

/// Read your own writes: waits until the projection has come to `position`.
Expected<void> AwaitProjection(const Services& services, std::optional<std::int64_t> position) {
  constexpr std::chrono::milliseconds kPause{5};
  const auto deadline = std::chrono::steady_clock::now() + kMinPositionWait;
  while (position && services.views.ProjectedTo().value < *position) {
    if (std::chrono::steady_clock::now() >= deadline) {
      return Refuse(RejectionKind::kOverloaded, {"projection_behind", "查询视图尚未更新到该位置",
                                                 "the views have not come to that position yet"});
    }
    std::this_thread::sleep_for(kPause);
  }
  return {};
}

Expected<Response> ListCases(const Services& services, const Request& request) {
  // A reader of few cases among many still gets an answer: at most this many pages are looked at.
  constexpr int kRoundsMax = 10;
  Parameters parameters(request);
  CaseFilter filter = ReadFilter(parameters);
  const auto min_position = parameters.Integer("min_position", {0, INT64_MAX});
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
  if (auto ready = AwaitProjection(services, min_position); !ready) {
    return tl::unexpected(ready.error());
  }
  AccessMemo access(services, request);
  std::optional<std::string> state_of_party;
  if (IsPortalOnly(request.actor)) state_of_party = std::exchange(filter.state, std::nullopt);
  Json cases = Json::array();
  const std::size_t wanted = filter.limit;
  Page<CaseRow> page;
  for (int round = 0; round < kRoundsMax; ++round) {
    // Never more than still fit: the page's `next` then stands right behind the last row shown.
    filter.limit = wanted - cases.size();
    auto found = PageOrRefusal([&] { return services.views.ListCases(filter); });
    if (!found) return tl::unexpected(found.error());
    page = std::move(*found);
    for (const auto& row : page.rows) {
      const Access seen = access.ToRow(row);
      if (seen == Access::kNone || !IsShownAs(row, state_of_party)) continue;
      cases.push_back(RowJson(row, seen));
    }
    filter.after = page.next;
    if (page.next.empty() || cases.size() == wanted) break;
  }
  Json json = {{"cases", std::move(cases)}, {"position", page.position.value}};
  if (!page.next.empty()) json["next"] = page.next;
  return JsonResponse(json);
}

}  // namespace

void AddCaseRoutes(Router& router, const Services& services) {
  router.Add({"GET",
              "/v1/cases",
              [&](const Request& r) { return ListCases(services, r); },
              {"workflow", "state", "profile", "region", "industry", "unit", "handler", "overdue",
               "text", "after", "limit", "min_position"}});
  router.Add(
      {"GET", "/v1/cases/{id}", [&](const Request& r) { return GetCase(services, r); }, {"as_of"}});
  router.Add({"GET",
              "/v1/cases/{id}/timeline",
              [&](const Request& r) { return GetTimeline(services, r); },
              {"as_of"}});
}

}  // namespace docket::http
