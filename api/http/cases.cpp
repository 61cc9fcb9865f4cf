/// GET /v1/cases, /v1/cases/{id} and its timeline.
#include <set>

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
    Json json = CaseJson({case_id, model, calendars, LegalInstant(services.engine.Ports(), as_of),
                          read->access, read->erased});
    if (!IsPast(as_of)) {
      json["allowed"] = AllowedJson(services.engine.Allowed(model, AskerOf(request)));
    }
    response = JsonResponse(parameters.Only(std::move(json), "case_id"));
  }
  response.correlation = model.Correlation();
  if (!IsPast(as_of)) response.Set("ETag", ETagOf(model.PeopleVersion()));
  return response;
}

Expected<Response> GetTimeline(const Services& services, const Request& request) {
  Parameters parameters(request);
  const AsOf as_of = parameters.ReadAsOf(HeadOf(services).position);
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
  const StreamId case_id(request.Path("id"));
  const auto read_case = EnterCase({services, request, "GET /v1/cases/{id}/timeline"});
  if (!read_case) return tl::unexpected(read_case.error());
  const Access access = read_case->access;
  const auto events = services.engine.Timeline(case_id, as_of, RevealTo(access));
  if (!events) return tl::unexpected(events.error());
  const std::int64_t after = parameters.Integer("after").value_or(0);
  const std::size_t limit = parameters.Integer("limit").value_or(kTimelinePageMax);
  Json list = Json::array();
  std::optional<std::string> next;
  for (const auto& read : *events) {
    if (read.event.version.value <= after) continue;
    if (!IsToldOf(access, read.event, read.data)) continue;
    if (list.size() == limit) {
      next = std::to_string(list.back()["version"].get<std::int64_t>());
      break;
    }
    list.push_back(TimelineJson(read, read_case->erased));
  }
  Json json = {{"case_id", case_id.value}, {"events", std::move(list)}};
  if (next) json["next"] = *next;
  return JsonResponse(json);
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
  filter.workflow = parameters.Text("workflow");
  filter.state = parameters.Text("state");
  if (filter.state && !IsStateOf(filter.workflow, *filter.state)) {
    parameters.Wrong("state", {"unknown_choice", "取值无效", "not one of the known values"});
  }
  filter.profile = parameters.Text("profile");
  filter.region = parameters.Region("region");
  filter.industry = parameters.Choice<Industry>("industry");
  filter.unit = parameters.Identifier<UnitId>("unit");
  filter.handler = parameters.Identifier<ActorId>("handler");
  filter.overdue = parameters.Flag("overdue");
  filter.text = parameters.Text("text");
  filter.after = parameters.Text("after").value_or("");
  filter.limit = parameters.Integer("limit").value_or(kListPageDefault);
  return filter;
}

Expected<Response> ListCases(const Services& services, const Request& request) {
  // A reader of few cases among many still gets an answer: at most this many pages are looked at.
  constexpr int kRoundsMax = 10;
  Parameters parameters(request);
  CaseFilter filter = ReadFilter(parameters);
  const auto min_position = parameters.Integer("min_position");
  if (min_position && *min_position > HeadOf(services).position.value) {
    parameters.Wrong("min_position", kPositionAheadOfLog);
  }
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
      cases.push_back(parameters.Only(RowJson(row, seen), "case_id"));
    }
    filter.after = page.next;
    if (page.next.empty() || cases.size() == wanted) break;
  }
  Json json = {{"cases", std::move(cases)}, {"position", page.position.value}};
  if (!page.next.empty()) json["next"] = page.next;
  return JsonResponse(json);
}

std::vector<std::string> WorkflowNames() {
  std::vector<std::string> names;
  for (const auto* workflow : AllWorkflows()) names.emplace_back(workflow->Name());
  return names;
}

std::vector<std::string> StateNames() {
  std::set<std::string> names;
  for (const auto* workflow : AllWorkflows()) {
    for (const auto& state : workflow->Describe().states) names.insert(state.name);
  }
  return {names.begin(), names.end()};
}

std::vector<Parameter> FilterParameters() {
  return {
      InQuery("workflow", OneOf(WorkflowNames()), {"流程", "Of this workflow"}),
      InQuery("state", OneOf(StateNames()),
              {"状态，须属于所选流程", "In this state, which is one of the workflow's"}),
      InQuery("profile", AnyText(), {"适用程序", "Under this profile, such as `tendering`"}),
      InQuery("region", Region(), {"行政区划及其下级", "In this division and all below it"}),
      InQuery("industry", ChoiceOf<Industry>(), {"行业", "Of this trade"}),
      InQuery("unit", AnyText(), {"承办单位", "Worked by this unit"}),
      InQuery("handler", AnyText(), {"承办人", "Worked by this account"}),
      InQuery("overdue", Flag(), {"是否超期", "Whether a statutory or promised clock has lapsed"}),
      InQuery("text", AnyText(),
              {"名称中的词，以空格分开", "Words in the title, apart by spaces; all are found"}),
      AfterInQuery(),
      LimitInQuery(),
      FieldsInQuery(RowSchema()),
      InQuery("min_position", IntegerWithin({0, INT64_MAX}),
              {"至多等待两秒，直至视图更新到该位置",
               "Waits up to two seconds until the views have come to this position"}),
  };
}

Json AllowedSchema() {
  using namespace schema;
  return ListOf(Component(
      "AllowedCommand",
      Object({{"name", Text()}, {"zh", Text()}, {"role", Of<Role>()}, {"schema", AnyObject()}})));
}

Json OwnCaseSchema() {
  return schema::With(CaseSchema(),
                      {{"allowed?", schema::Titled("当前可办理事项", AllowedSchema())}});
}

const Tag kCasesTag{"cases", {"案件：列表、案卷、时间线", "Cases: lists, files and timelines"}};

Operation ListCasesOperation() {
  return {.id = "listCases",
          .tag = kCasesTag,
          .summary = {"案件列表", "List cases"},
          .details = {"按立案先后倒序。无权查看的案件不在其中，故一页可能少于 limit。",
                      "Newest first. Cases that the account may not read are left out, so that a "
                      "page may hold fewer than `limit`."},
          .parameters = FilterParameters(),
          .answers = {{.status = status::kOk,
                       .about = {"一页案件", "One page of cases"},
                       .schema = schema::Component(
                           "CaseList", schema::Object({{"cases", schema::ListOf(RowSchema())},
                                                       PositionMember(),
                                                       NextMember()}))}},
          .problems = {ProjectionBehind()}};
}

Operation GetCaseOperation() {
  const HeaderText tag{"ETag", schema::Text(), {"人工办理版本", "The people's version, quoted"}};
  return {.id = "getCase",
          .tag = kCasesTag,
          .summary = {"读取案件", "Read a case"},
          .details = {"无权查看的个人信息显示为 {\"sealed\": true}，已依法删除的显示为 "
                      "{\"erased\": true, \"erased_at\": …}。",
                      "A personal text that the account may not see is `{\"sealed\": true}`, one "
                      "that was erased `{\"erased\": true, \"erased_at\": …}`. "
                      "`allowed` names the commands that are open to the account now; it is absent "
                      "with `as_of`."},
          .parameters = {CaseIdInPath(), AsOfInQuery(), FieldsInQuery(OwnCaseSchema()),
                         ConsentInHeader(),
                         InHeader("If-None-Match", AnyText(),
                                  {"已有副本的 ETag", "The ETag of the copy at hand"})},
          .answers = {{.status = status::kOk,
                       .about = {"案件", "The case"},
                       .schema = OwnCaseSchema(),
                       .headers = {tag}},
                      {.status = status::kNotModified,
                       .about = {"副本仍有效", "The copy is still right"},
                       .headers = {tag}}},
          .problems = ReadingRejections()};
}

Operation GetTimelineOperation() {
  return {.id = "getTimeline",
          .tag = kCasesTag,
          .summary = {"案件时间线", "Read a case's timeline"},
          .details = {"按事件先后，只列该账号可知的事件。",
                      "In order; only events that the account is told of."},
          .parameters = {CaseIdInPath(), AsOfInQuery(), ConsentInHeader(),
                         InQuery("after", IntegerWithin({0, INT64_MAX}, 0),
                                 {"上一页的 next：此版本之后",
                                  "The `next` of the page before: events after this version"}),
                         InQuery("limit", IntegerWithin({1, kTimelinePageMax}, kTimelinePageMax),
                                 {"每页至多条数", "Events of a page at most"})},
          .answers = {{.status = status::kOk,
                       .about = {"时间线", "The timeline"},
                       .schema = schema::Component(
                           "Timeline", schema::Object({{"case_id", schema::Text()},
                                                       {"events", schema::ListOf(TimelineSchema())},
                                                       NextMember()}))}},
          .problems = ReadingRejections()};
}

}  // namespace

void AddCaseRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/cases",
              .handler = [&](const Request& r) { return ListCases(services, r); },
              .operation = ListCasesOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/cases/{id}",
              .handler = [&](const Request& r) { return GetCase(services, r); },
              .operation = GetCaseOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/cases/{id}/timeline",
              .handler = [&](const Request& r) { return GetTimeline(services, r); },
              .operation = GetTimelineOperation()});
}

}  // namespace docket::http
