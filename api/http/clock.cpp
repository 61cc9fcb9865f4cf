/// GET /v1/health, GET /v1/clock and POST /v1/dev/clock.
#include "api/http/case_reading.hpp"
#include "api/http/services.hpp"

namespace docket::http {

namespace {

constexpr int kClockYearMax = 2100;

struct MoveBody {
  Instant now;

  static constexpr auto Fields() { return std::tuple{Field{"now", &MoveBody::now, "新的时间"}}; }
};

Expected<Response> GetHealth(const Services& services) {
  const Head head = services.engine.Ports().log.ReadHead(LogId::kCases);
  return JsonResponse({{"status", "ok"},
                       {"epoch", head.epoch.value},
                       {"head", head.position.value},
                       {"projected", services.views.ProjectedTo().value}});
}

Expected<Response> GetClock(const Services& services) {
  const Clock& clock = services.engine.Ports().clock;
  return JsonResponse({{"now", clock.Now().ToString()}, {"virtual", clock.IsVirtual()}});
}

Expected<Response> MoveClock(const Services& services, const Request& request) {
  const auto json = ParseJson(request.body);
  if (!json) return tl::unexpected(json.error());
  const auto body = Decode<MoveBody>(*json);
  if (!body) return tl::unexpected(body.error());
  // Clocks started far ahead would count beyond what dates and calendars can say.
  if (body->now >= Instant::StartOf(*Date::FromParts(kClockYearMax + 1, 1, 1))) {
    return Refuse(RejectionKind::kInvalid, {"clock_out_of_range", "时间不得晚于 2100 年",
                                            "the clock cannot be set beyond the year 2100"});
  }
  const auto moved = services.move_clock(body->now);
  if (!moved) return tl::unexpected(moved.error());
  return JsonResponse({{"now", moved->now.ToString()}, {"cases_ticked", moved->cases_ticked}});
}

}  // namespace

void AddClockRoutes(Router& router, const Services& services) {
  Route health{"GET", "/v1/health", [&](const Request&) { return GetHealth(services); }};
  health.open_to_all = true;
  router.Add(std::move(health));
  router.Add({"GET", "/v1/clock", [&](const Request&) { return GetClock(services); }});
  router.Add({"POST", "/v1/dev/clock", [&](const Request& r) { return MoveClock(services, r); }});
}

}  // namespace docket::http
