/// GET /v1/deadlines and /v1/cases/{id}/deadlines: running clocks, and why they run as they do.
#include <set>

#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/deadline_json.hpp"

namespace docket::http {

namespace {

Expected<Response> OfCase(const Services& services, const Request& request) {
  const bool explain = Parameters(request).Flag("explain").value_or(false);
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

std::vector<std::string> RuleNames() {
  std::set<std::string> names;
  for (const auto* workflow : AllWorkflows()) {
    for (const auto& rule : workflow->Rules().Rules()) names.insert(rule.id);
  }
  return {names.begin(), names.end()};
}

Expected<Response> ListDeadlines(const Services& services, const Request& request) {
  constexpr int kRoundsMax = 10;
  const Parameters parameters(request);
  DeadlineFilter filter;
  filter.case_id = parameters.Identifier<StreamId>("case_id");
  filter.rule = parameters.Text("rule");
  filter.state = parameters.Choice<ClockState>("state");
  filter.region = parameters.Region("region");
  filter.due_by = parameters.Day("due_by");
  filter.after = parameters.Text("after").value_or("");
  const std::size_t wanted = parameters.Integer("limit").value_or(kListPageDefault);

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
      deadlines.push_back(parameters.Only(std::move(json), "case_id"));
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

const Tag kDeadlinesTag{"deadlines",
                        {"期限及其计算说明", "Deadlines, and why they run as they do"}};

Operation OfCaseOperation() {
  using namespace schema;
  return {
      .id = "getCaseDeadlines",
      .tag = kDeadlinesTag,
      .summary = {"案件的期限", "Read a case's deadlines"},
      .parameters = {CaseIdInPath(), ConsentInHeader(),
                     InQuery("explain", Flag(),
                             {"逐日说明", "Whether to say why each day counted or not"})},
      .answers = {{.status = status::kOk,
                   .about = {"全部期限，含已终止的", "All of them, also those that ended"},
                   .schema = Object(
                       {{"case_id", Text()},
                        {"now", InstantText()},
                        {"deadlines", ListOf(Component("CaseDeadline",
                                                       With(ClockSchema(),
                                                            {{"explain?", ExplainSchema()}})))}})}},
      .problems = ReadingRejections()};
}

Operation ListDeadlinesOperation() {
  using namespace schema;
  const Json row = Component("Deadline", With(ClockSchema(), {{"case_id", Text()},
                                                              {"workflow", Text()},
                                                              {"title", Titled("名称", Text())},
                                                              {"region", Text()}}));
  return {.id = "listDeadlines",
          .tag = kDeadlinesTag,
          .summary = {"期限列表", "List deadlines"},
          .details = {"按届满先后，停止计算的在后。不指定 state 时列出计算中、中止和超期的。",
                      "By due instant, those that stand still last. Without `state`: running, "
                      "paused and lapsed clocks."},
          .parameters = {InQuery("case_id", CaseIdText(), {"案件编号", "Of this case"}),
                         InQuery("rule", OneOf(RuleNames()), {"规则", "Under this rule"}),
                         InQuery("state", ChoiceOf<ClockState>(), {"状态", "In this state"}),
                         InQuery("region", Region(),
                                 {"行政区划及其下级", "In this division and all below it"}),
                         InQuery("due_by", Day(), {"届满不晚于", "Due on this day or before"}),
                         AfterInQuery(), LimitInQuery(), FieldsInQuery(row)},
          .answers = {{.status = status::kOk,
                       .about = {"一页期限", "One page of deadlines"},
                       .schema = Component("DeadlineList", Object({{"deadlines", ListOf(row)},
                                                                   {"now", InstantText()},
                                                                   PositionMember(),
                                                                   NextMember()}))}}};
}

}  // namespace

void AddDeadlineRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/cases/{id}/deadlines",
              .handler = [&](const Request& r) { return OfCase(services, r); },
              .operation = OfCaseOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/deadlines",
              .handler = [&](const Request& r) { return ListDeadlines(services, r); },
              .operation = ListDeadlinesOperation()});
}

}  // namespace docket::http
