/// GET /v1/access-log: who read what, who was refused, who logged in; for the system auditor.
#include "api/http/access_notes.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/access_json.hpp"
#include "persistence/access/access_events.hpp"
#include "persistence/access/access_pages.hpp"

namespace docket::http {

namespace {

Expected<Response> ReadAccessLog(const Services& services, const Request& request) {
  const Parameters parameters(request);
  AccessFilter filter;
  filter.account = parameters.Identifier<ActorId>("account");
  filter.case_id = parameters.Identifier<StreamId>("case_id");
  filter.type = parameters.Text("type");
  filter.reason = parameters.Text("reason");
  filter.address = parameters.Text("address");
  filter.after = Position(parameters.Integer("after").value_or(0));
  filter.limit = static_cast<std::size_t>(parameters.Integer("limit").value_or(kFeedPageDefault));
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

Operation ReadAccessLogOperation() {
  using namespace schema;
  std::vector<std::string> types;
  for (const auto& name : kAccessEventNames) types.emplace_back(name.type);
  return {.id = "readAccessLog",
          .tag = {"access-log",
                  {"查阅、拒绝与登录记录", "Who read what, who was refused, who logged in"}},
          .summary = {"读取查阅、拒绝与登录记录", "Read the log of accesses"},
          .details = {"仅限系统审计员。一页可能为空：继续用 next 读取，直至等于 head。",
                      "For the system auditor alone. A page may be empty though more follow: go on "
                      "with `next` until it is `head`."},
          .parameters = {InQuery("account", AnyText(), {"账号", "Of this account"}),
                         InQuery("case_id", CaseIdText(), {"案件编号", "Of this case"}),
                         InQuery("type", OneOf(std::move(types)), {"类型", "Of this type"}),
                         InQuery("reason", AnyText(), {"原因", "Refused with this code"}),
                         InQuery("address", AnyText(), {"客户端地址", "Of a client there"}),
                         InQuery("after", IntegerWithin({0, INT64_MAX}, 0),
                                 {"此位置之后", "Events after this position"}),
                         InQuery("limit", IntegerWithin({1, kFeedPageMax}, kFeedPageDefault),
                                 {"每页至多条数", "Events of a page at most"})},
          .answers = {{.status = status::kOk,
                       .about = {"一页记录", "One page of events"},
                       .schema = Component("AccessPage",
                                           Object({{"events", ListOf(AccessEventSchema())},
                                                   {"next", Titled("下一页的 after", Integer())},
                                                   {"epoch", Titled("事件库分期", Text())},
                                                   {"head", Titled("末位", Integer())}}))}}};
}

}  // namespace

void AddAccessLogRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/access-log",
              .handler = [&](const Request& r) { return ReadAccessLog(services, r); },
              .operation = ReadAccessLogOperation()});
}

}  // namespace docket::http
