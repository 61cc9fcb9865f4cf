/// GET /v1/health, GET /v1/clock and POST /v1/dev/clock.
#include "api/http/case_reading.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "persistence/clock/virtual_clock.hpp"

namespace docket::http {

namespace {

constexpr int kClockYearMax = 2100;

struct MoveBody {
  Instant now;

  static FieldList Fields() { return {Field{"now", &MoveBody::now, "新的时间"}}; }
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

Rejection ClockOutOfRange() {
  return {RejectionKind::kInvalid,
          {"clock_out_of_range", "时间不得晚于 2100 年",
           "the clock cannot be set beyond the year 2100"}};
}

Expected<Response> MoveClock(const Services& services, const Request& request) {
  const auto json = ParseJson(request.body);
  if (!json) return tl::unexpected(json.error());
  const auto body = Decode<MoveBody>(*json);
  if (!body) return tl::unexpected(body.error());
  // Clocks started far ahead would count beyond what dates and calendars can say.
  if (body->now >= Instant::StartOf(*Date::FromParts(kClockYearMax + 1, 1, 1))) {
    return tl::unexpected(ClockOutOfRange());
  }
  const auto moved = services.move_clock(body->now);
  if (!moved) return tl::unexpected(moved.error());
  return JsonResponse({{"now", moved->now.ToString()}, {"cases_ticked", moved->cases_ticked}});
}

const Tag kClockTag{"clock", {"法定时钟与运行状况", "The legal clock and the server's health"}};

Operation GetHealthOperation() {
  using namespace schema;
  return {.id = "getHealth",
          .tag = kClockTag,
          .summary = {"运行状况", "Ask whether the server is well"},
          .answers = {
              {.status = status::kOk,
               .about = {"运行正常", "It is"},
               .schema = Component(
                   "Health", Object({{"status", {{"const", "ok"}}},
                                     {"epoch", Titled("事件库分期", Text())},
                                     {"head", Titled("事件库末位", Integer())},
                                     {"projected", Titled("视图已更新到的位置", Integer())}}))}}};
}

Operation GetClockOperation() {
  using namespace schema;
  return {.id = "getClock",
          .tag = kClockTag,
          .summary = {"读取法定时钟", "Read the legal clock"},
          .answers = {{.status = status::kOk,
                       .about = {"当前时间", "The time"},
                       .schema = Component("LegalClock", Object({{"now", InstantText()},
                                                                 {"virtual", Boolean()}}))}}};
}

Operation MoveClockOperation() {
  using namespace schema;
  return {.id = "moveClock",
          .tag = kClockTag,
          .summary = {"移动虚拟时钟", "Move the virtual clock"},
          .details = {"仅供演示。先记录到期事项，再答复。",
                      "For demonstrations. What falls due is recorded before the answer."},
          .body = Schema<MoveBody>(),
          .answers = {{.status = status::kOk,
                       .about = {"已移动", "It was moved"},
                       .schema = Component(
                           "ClockMoved",
                           Object({{"now", InstantText()},
                                   {"cases_ticked", Titled("有到期事项的案件数", Integer())}}))}},
          .problems = {ClockOutOfRange(), ClockNotVirtual(),
                       Rejection(RejectionKind::kRefused, kClockBeforeLogHead)}};
}

}  // namespace

void AddClockRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/health",
              .handler = [&](const Request&) { return GetHealth(services); },
              .operation = GetHealthOperation(),
              .open_to_all = true});
  router.Add({.method = "GET",
              .pattern = "/v1/clock",
              .handler = [&](const Request&) { return GetClock(services); },
              .operation = GetClockOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/dev/clock",
              .handler = [&](const Request& r) { return MoveClock(services, r); },
              .operation = MoveClockOperation()});
}

}  // namespace docket::http
