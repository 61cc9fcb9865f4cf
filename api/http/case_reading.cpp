#include "api/http/case_reading.hpp"

#include "api/http/limits.hpp"
#include "api/http/problem.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

Access Decide(const Request& request, const CaseModel& model) {
  return AccessTo(ScopeOf(model.Summary(), model.OpenedBy()), AskerOf(request));
}

tl::unexpected<Rejection> NotReadable() { return tl::unexpected(CaseNotReadable()); }

}  // namespace

Expected<ReadCase> OpenCase(const Services& services, const Request& request, const AsOf& as_of) {
  const StreamId case_id(request.Path("id"));
  auto current = services.engine.Load(case_id);
  if (!current) return tl::unexpected(current.error());
  const Access access = Decide(request, **current);
  if (access == Access::kNone) return NotReadable();
  const bool is_current = !as_of.position && !as_of.recorded_at;
  if (is_current && access == Access::kSealed) return ReadCase{std::move(*current), access};
  auto model = services.engine.Load(case_id, as_of, RevealTo(access));
  if (!model) return tl::unexpected(model.error());
  return ReadCase{std::move(*model), access};
}

Expected<Access> AccessToCase(const Services& services, const Request& request,
                              const StreamId& case_id) {
  const auto model = services.engine.Load(case_id);
  if (!model) return tl::unexpected(model.error());
  const Access access = Decide(request, **model);
  if (access == Access::kNone) return NotReadable();
  return access;
}

Access AccessMemo::ToStream(const StreamId& stream) {
  if (WorkflowOf(stream) == nullptr) return Access::kSealed;
  const auto found = known_.find(stream);
  if (found != known_.end()) return found->second;
  const auto model = services_.engine.Load(stream);
  const Access access = model ? Decide(request_, **model) : Access::kNone;
  known_.emplace(stream, access);
  return access;
}

Access AccessMemo::ToRow(const CaseRow& row) const {
  return AccessTo(ScopeOf(row.summary, row.opened_by), AskerOf(request_));
}

ActorId OpenedBy(const Services& services, const StreamId& case_id) {
  const auto first = services.engine.Ports().log.ReadStream(LogId::kCases, case_id, Version(0), 1);
  return first.empty() ? ActorId() : first.front().actor;
}

Head HeadOf(const Services& services) {
  return services.engine.Ports().log.ReadHead(LogId::kCases);
}

Asker AskerOf(const Request& request) { return {request.actor, request.unit}; }

Rejection UnknownPageAsked() {
  return InvalidParameter(
      {{"/query/after", "page_unknown", "不是任何一页的 next", "not the next of any page"}});
}

Rejection UnknownCase() { return {RejectionKind::kNotFound, kUnknownCase}; }

Rejection CaseNotReadable() {
  return {RejectionKind::kForbidden,
          {"case_not_readable", "无权查看或办理该案件",
           "this account may neither read this case nor act on it"}};
}

Parameter CaseIdInPath() { return InPath("id", CaseIdText(), {"案件编号", "The case's id"}); }

Parameter AsOfInQuery() {
  return InQuery("as_of", AsOfText(),
                 {"读取当时所知：日期（至当日终了）、时间或事件位置",
                  "The case as the log knew it then: a date (its end), an instant or a position"});
}

Parameter AfterInQuery() {
  return InQuery("after", AnyText(), {"上一页的 next", "The `next` of the page before"});
}

Parameter LimitInQuery() {
  return InQuery("limit", IntegerWithin({1, kListPageMax}, kListPageDefault),
                 {"每页至多条数", "Rows of a page at most"});
}

Parameter FieldsInQuery(const Json& schema) {
  return InQuery("fields", MembersOf(schema),
                 {"只要这些字段，以逗号分开；编号总在其中",
                  "Only these members, apart by commas; the case's id is always there. The "
                  "answer's schema then requires nothing else"});
}

schema::Member PositionMember() {
  return {"position", schema::Titled("视图已更新到的事件库位置", schema::Integer())};
}

schema::Member NextMember() {
  return {"next?", schema::Titled("下一页的 after；没有则已到末页", schema::Text())};
}

Response JsonResponse(const Json& json) {
  Response response;
  response.status = status::kOk;
  response.body = ToText(json);
  return response;
}

}  // namespace docket::http
