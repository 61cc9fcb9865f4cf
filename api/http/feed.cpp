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
Response AheadOfLog(const Request& request, const Head& head) {
  const Rejection rejection(RejectionKind::kConflict,
                            {"position_ahead_of_log", "事件库尚无该位置，可能已从备份恢复",
                             "the log has not come to that position; was it restored?"});
  return ProblemOf(rejection, request.id,
                   {{"head", head.position.value}, {"epoch", head.epoch.value}});
}

Expected<Response> ReadFeed(const Services& services, const Request& request) {
  Parameters parameters(request);
  const Position after(parameters.Integer("after", {0, INT64_MAX}).value_or(0));
  const auto limit = parameters.Integer("limit", {1, kFeedPageMax}).value_or(kFeedPageDefault);
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
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

}  // namespace

void AddFeedRoutes(Router& router, const Services& services) {
  router.Add({"GET",
              "/v1/feed",
              [&](const Request& r) { return ReadFeed(services, r); },
              {"after", "limit"}});
}

}  // namespace docket::http
