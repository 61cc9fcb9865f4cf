/// GET /v1/feed: the log in order, page by page, as envelopes with sealed data.
#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"

namespace docket::http {

namespace {

/// Positions stay dense, so that a subscriber can prove that nothing is missing: what it may not
/// read is there with its place and its leaf hash only.
Json WithheldJson(const RecordedEvent& event) {
  return {{"position", event.position.value}, {"leaf_hash", event.leaf_hash}, {"withheld", true}};
}

/// The event as stored. Sealed values stay in their boxes, so that the digest can be checked.
Json EnvelopeJson(const RecordedEvent& event) {
  Json json = {{"position", event.position.value},
               {"stream", event.stream.value},
               {"version", event.version.value},
               {"id", event.id.value},
               {"type", event.type},
               {"schema_version", event.schema_version},
               {"occurred_at", event.occurred_at.ToString()},
               {"recorded_at", event.recorded_at.ToString()},
               {"actor", event.actor.value},
               {"recorded_by", event.recorded_by.value},
               {"unit", event.unit.value},
               {"role", Encode(event.role)},
               {"command_id", event.command_id.value},
               {"correlation", event.correlation.value},
               {"region", event.region.value},
               {"confidentiality", Encode(event.confidentiality)},
               {"virtual_clock", event.virtual_clock},
               {"data", Json::parse(event.data)},
               {"salt", event.salt},
               {"data_digest", event.data_digest},
               {"leaf_hash", event.leaf_hash}};
  if (!event.causation.empty()) json["causation"] = event.causation.value;
  return json;
}

/// The subscriber knows more than the log: this is another log, or one restored from a backup.
Rejection PositionAheadOfLog() {
  return {RejectionKind::kConflict,
          {"position_ahead_of_log", "事件库尚无该位置，可能已从备份恢复",
           "the log has not come to that position; was it restored?"}};
}

Rejection FeedNotReadable() {
  return {RejectionKind::kForbidden,
          {"feed_not_readable", "无权订阅事件流", "this account may not read the feed"}};
}

Response AheadOfLog(const Request& request, const Head& head) {
  return ProblemOf(PositionAheadOfLog(), request.id,
                   {{"head", head.position.value}, {"epoch", head.epoch.value}});
}

Expected<Response> ReadFeed(const Services& services, const Request& request) {
  const Parameters parameters(request);
  const Position after(parameters.Integer("after").value_or(0));
  const auto limit = parameters.Integer("limit").value_or(kFeedPageDefault);
  if (IsPortalOnly(request.actor)) return tl::unexpected(FeedNotReadable());
  const auto& log = services.engine.Ports().log;
  const Head head = HeadOf(services);
  if (after > head.position) return AheadOfLog(request, head);
  AccessMemo access(services, request);
  Json events = Json::array();
  Position next = after;
  for (const auto& event : log.ReadLog(LogId::kCases, after, static_cast<std::size_t>(limit))) {
    const bool readable = IsToldOf(access.ToStream(event.stream), event, Json::parse(event.data));
    events.push_back(readable ? EnvelopeJson(event) : WithheldJson(event));
    next = event.position;
  }
  return JsonResponse({{"events", std::move(events)},
                       {"next", next.value},
                       {"epoch", head.epoch.value},
                       {"head", std::max(head.position, next).value}});
}

const Tag kTag{"feed", {"事件流", "The log of events, in order"}};

Json EnvelopeSchema() {
  using namespace schema;
  return Component("FeedEvent", Object({{"position", Titled("事件库位置", Integer())},
                                        {"stream", Titled("案件编号", Text())},
                                        {"version", Titled("版本", Integer())},
                                        {"id", Text()},
                                        {"type", Titled("事件", Text())},
                                        {"schema_version", Integer()},
                                        {"occurred_at", Titled("发生时间", InstantText())},
                                        {"recorded_at", Titled("记录时间", InstantText())},
                                        {"actor", Titled("办理人", Text())},
                                        {"recorded_by", Titled("录入人", Text())},
                                        {"unit", Titled("单位", Text())},
                                        {"role", Titled("角色", Of<Role>())},
                                        {"command_id", Text()},
                                        {"correlation", Text()},
                                        {"region", Titled("行政区划代码", Text())},
                                        {"confidentiality", Titled("密级", Of<Confidentiality>())},
                                        {"virtual_clock", Titled("虚拟时钟", Boolean())},
                                        {"data", Titled("内容，个人信息密封", AnyObject())},
                                        {"salt", Text()},
                                        {"data_digest", Text()},
                                        {"leaf_hash", Text()},
                                        {"causation?", Titled("起因事件", Text())}}));
}

Json WithheldSchema() {
  using namespace schema;
  return Component(
      "WithheldEvent",
      Object({{"position", Integer()}, {"leaf_hash", Text()}, {"withheld", {{"const", true}}}}));
}

Operation ReadFeedOperation() {
  using namespace schema;
  const Json event = {{"oneOf", {EnvelopeSchema(), WithheldSchema()}}};
  return {.id = "readFeed",
          .tag = kTag,
          .summary = {"读取事件流", "Read the feed"},
          .details = {"位置连续：无权读取的事件只有位置和叶哈希。",
                      "Positions are dense: of an event that the account may not read there is its "
                      "position and its leaf hash. Another `epoch` says that history may have "
                      "forked."},
          .parameters = {InQuery("after", IntegerWithin({0, INT64_MAX}, 0),
                                 {"此位置之后", "Events after this position"}),
                         InQuery("limit", IntegerWithin({1, kFeedPageMax}, kFeedPageDefault),
                                 {"每页至多条数", "Events of a page at most"})},
          .answers = {{.status = status::kOk,
                       .about = {"一页事件", "One page of events"},
                       .schema = Component("FeedPage",
                                           Object({{"events", ListOf(event)},
                                                   {"next", Titled("下一页的 after", Integer())},
                                                   {"epoch", Titled("事件库分期", Text())},
                                                   {"head", Titled("事件库末位", Integer())}}))}},
          .problems = {FeedNotReadable(), PositionAheadOfLog()}};
}

}  // namespace

void AddFeedRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/feed",
              .handler = [&](const Request& r) { return ReadFeed(services, r); },
              .operation = ReadFeedOperation()});
}

}  // namespace docket::http
