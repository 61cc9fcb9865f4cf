/// GET /v1/feed and /v1/feed/stream: the log in order, as CloudEvents with sealed data; by the
/// page, waited for, or as server-sent events.
#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/representation.hpp"
#include "api/http/services.hpp"
#include "api/http/wire_text.hpp"
#include "api/render/feed_json.hpp"

namespace docket::http {

namespace {

/// What a client is to wait before it comes back after a broken connection, in milliseconds.
constexpr std::string_view kRetry = "retry: 2000\n\n";
constexpr auto kLastEventId = "Last-Event-ID";

struct FeedAsk {
  FeedView view;
  FeedCheckpoint after;
};

FeedFilter ReadFilter(const Parameters& parameters) {
  FeedFilter filter;
  filter.workflow = parameters.Text("workflow");
  filter.type = parameters.Text("type");
  filter.region = parameters.Region("region");
  filter.industry = parameters.Choice<Industry>("industry");
  return filter;
}

Rejection FeedFull() {
  return {RejectionKind::kOverloaded,
          {"feed_full", "订阅连接已满，请稍后再试", "as many streams as may are open"}};
}

/// A stream that begins again says by itself how far it had come.
FeedAsk ReadAsk(const Request& request) {
  const Parameters parameters(request);
  FeedAsk ask;
  ask.view = {AskerOf(request), ReadFilter(parameters), request.credential_id};
  ask.after.epoch = parameters.Identifier<Epoch>("epoch").value_or(Epoch());
  ask.after.position = Position(parameters.Integer("after").value_or(0));
  return ask;
}

Response BreakProblem(const FeedBreak& reason, const std::string& request_id) {
  return ProblemOf(reason.rejection, request_id,
                   {{"head", reason.head.position.value},
                    {"epoch", reason.head.epoch.value},
                    {"fork", reason.fork.value}});
}

Response AnswerOf(FeedAnswer answer) {
  Response response;
  response.status = status::kOk;
  response.body = std::move(answer.text);
  return response;
}

/// The answer to a long poll, when its time has come.
std::string LateAnswer(const FeedReader& feed, const FeedAsk& ask, std::size_t limit,
                       const Request& request, const std::vector<NamedValue>& headers) {
  Response response;
  try {
    const auto reason = feed.Check(ask.after);
    response = reason ? BreakProblem(*reason, request.id)
                      : AnswerOf(feed.ReadAnswer(ask.view, ask.after.position, limit));
  } catch (const std::exception&) {
    response = ProblemOf(StoreUnavailable(), request.id);
  }
  Represent(request, response);
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
  return WireText(response);
}

Expected<Response> ReadFeed(const Services& services, const Request& request) {
  const Parameters parameters(request);
  FeedAsk ask = ReadAsk(request);
  const auto limit =
      static_cast<std::size_t>(parameters.Integer("limit").value_or(kFeedPageDefault));
  const std::chrono::seconds wait(parameters.Integer("wait").value_or(0));
  const FeedReader& feed = services.feed;
  if (ask.after.epoch.empty()) ask.after.epoch = feed.ReadHead().epoch;
  if (const auto reason = feed.Check(ask.after)) return BreakProblem(*reason, request.id);
  FeedAnswer answer = feed.ReadAnswer(ask.view, ask.after.position, limit);
  const bool abreast = answer.shown == 0 && answer.next == answer.head.position;
  // Where there is no more room to wait in, the answer is that there is nothing yet.
  if (!abreast || wait.count() == 0 || request.method != "GET" || !services.hub.HasRoom()) {
    return AnswerOf(std::move(answer));
  }
  Response response;
  response.status = status::kOk;
  response.take_over = [&feed, &hub = services.hub, ask, limit, wait, request,
                        reached =
                            FeedCheckpoint{answer.head.epoch, answer.next}](TakenConnection taken) {
    hub.Wait({std::move(taken.socket), ask.view, reached, wait,
              [&feed, ask, limit, request, headers = std::move(taken.headers)] {
                return LateAnswer(feed, ask, limit, request, headers);
              }});
  };
  return response;
}

/// Whether the account still is who it was when the stream began.
std::function<Renewal()> RenewalOf(const Identity& identity, const Request& request) {
  const auto text = [](const Actor& actor, const Unit& unit) {
    return CanonicalJson(Json::array({Encode(actor), Encode(unit)}));
  };
  return [&identity, recognition = request.Recognition(), text,
          before = text(request.actor, request.unit)] {
    const Directory& directory = identity.Accounts();
    const auto actor = directory.FindActor(recognition.account);
    if (!actor || !identity.StillStands(recognition)) return Renewal::kGone;
    const auto unit = directory.FindUnit(actor->unit).value_or(Unit());
    return text(*actor, unit) == before ? Renewal::kSame : Renewal::kChanged;
  };
}

Expected<Response> StreamFeed(const Services& services, const Request& request) {
  FeedAsk ask = ReadAsk(request);
  if (const auto last = request.Header(kLastEventId)) ask.after = *ParseCheckpoint(*last);
  if (ask.after.epoch.empty()) ask.after.epoch = services.feed.ReadHead().epoch;
  if (const auto reason = services.feed.Check(ask.after)) return BreakProblem(*reason, request.id);
  if (!services.hub.HasRoom()) return tl::unexpected(FeedFull());
  Response response;
  response.status = status::kOk;
  response.content_type = "text/event-stream";
  if (request.method != "GET") return response;
  response.take_over = [&hub = services.hub, view = ask.view, after = ask.after,
                        renew = RenewalOf(services.identity, request)](TakenConnection taken) {
    Response head;
    head.status = status::kOk;
    head.content_type = "text/event-stream";
    head.headers = std::move(taken.headers);
    const std::string preamble = HeadText(head, std::nullopt) + std::string(kRetry);
    hub.Stream({std::move(taken.socket), preamble, view, after, renew});
  };
  return response;
}

const Tag kFeedTag{"feed", {"事件流", "The log of events, in order"}};

ValueType CheckpointText() {
  return {schema::Text(), [](const std::string& text) -> std::optional<FieldError> {
            if (ParseCheckpoint(text)) return std::nullopt;
            return FieldError{"", "checkpoint_invalid", "断点应为 历史编号:位置",
                              "expected the id of a message of this stream, EPOCH:POSITION"};
          }};
}

/// Those of every way to read the feed.
std::vector<Parameter> WithFilters(std::vector<Parameter> parameters) {
  std::vector<std::string> workflows;
  for (const auto* workflow : AllWorkflows()) workflows.emplace_back(workflow->Name());
  const std::vector<Parameter> shared = {
      InQuery("after", IntegerWithin({0, INT64_MAX}, 0),
              {"此位置之后", "Events after this position"}),
      InQuery("epoch", AnyText(),
              {"断点所属的历史编号", "Of the remembered position; refused where it forked"}),
      InQuery("workflow", OneOf(workflows), {"流程", "Only cases of this workflow"}),
      InQuery("type", AnyText(), {"事件类型前缀", "Only types that begin so: `deadline.`"}),
      InQuery("region", Region(), {"行政区划", "Only this division and those below"}),
      InQuery("industry", ChoiceOf<Industry>(), {"行业", "Only cases of this industry"})};
  parameters.insert(parameters.end(), shared.begin(), shared.end());
  return parameters;
}

Operation ReadFeedOperation() {
  return {
      .id = "readFeed",
      .tag = kFeedTag,
      .summary = {"读取事件流", "Read the feed"},
      .details = {"位置连续：`events` 与 `omitted` 合在一起，从 after 之后到 next 不缺一个位置。",
                  "Positions are dense: `events` and `omitted` together have every position "
                  "behind `after` up to `next`. What was filtered out, or is not for this "
                  "account, is in a run of `omitted`. With `wait` an answer without events "
                  "comes only when the time is over."},
      .parameters =
          WithFilters({InQuery("limit", IntegerWithin({1, kFeedPageMax}, kFeedPageDefault),
                               {"每页至多条数", "Events of a page at most"}),
                       InQuery("wait", IntegerWithin({0, kFeedWaitMax.count()}, 0),
                               {"至多等待的秒数", "Seconds to wait for an event, at most"})}),
      .answers = {{.status = status::kOk,
                   .about = {"一页事件", "One page of events"},
                   .schema = FeedPageSchema()}},
      .problems = BreakRejections()};
}

Operation StreamFeedOperation() {
  auto problems = BreakRejections();
  problems.push_back(FeedFull());
  return {.id = "streamFeed",
          .tag = kFeedTag,
          .summary = {"持续接收事件流", "Stream the feed"},
          .details =
              {"服务器推送（text/event-stream）。消息的 id 是断点，重连时以 Last-Event-ID 带回。",
               "Server-sent events; docs/api/asyncapi.json says what each message is. The id "
               "of a message is a checkpoint, which comes back as `Last-Event-ID`."},
          .parameters = WithFilters({InHeader(
              kLastEventId, CheckpointText(),
              {"断点，优先于 after 和 epoch", "A checkpoint; goes before `after` and `epoch`"})}),
          .answers = {{.status = status::kOk,
                       .about = {"事件流", "The stream"},
                       .schema = schema::Text(),
                       .media_type = "text/event-stream"}},
          .problems = std::move(problems)};
}

}  // namespace

void AddFeedRoutes(Router& router, const Services& services) {
  router.Add({.method = "GET",
              .pattern = "/v1/feed",
              .handler = [&](const Request& r) { return ReadFeed(services, r); },
              .operation = ReadFeedOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/feed/stream",
              .handler = [&](const Request& r) { return StreamFeed(services, r); },
              .operation = StreamFeedOperation()});
}

}  // namespace docket::http
