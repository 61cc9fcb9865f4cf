/// GET /v1/feed and /v1/feed/stream: the log in order, as CloudEvents with sealed data; by the
/// page, waited for, or as server-sent events.
#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/http/wire_text.hpp"

namespace docket::http {

namespace {

/// What a client is to wait before it comes back after a broken connection, in milliseconds.
constexpr std::string_view kRetry = "retry: 2000\n\n";

struct FeedAsk {
  FeedView view;
  FeedCheckpoint after;
};

FeedFilter ReadFilter(Parameters& parameters) {
  FeedFilter filter;
  filter.workflow = parameters.Known(
      "workflow", [](const std::string& name) { return FindWorkflow(name) != nullptr; });
  filter.type = parameters.Text("type");
  filter.region = parameters.Region("region");
  filter.industry = parameters.Choice<Industry>("industry");
  return filter;
}

Expected<void> MayReadFeed(const Actor& actor) {
  if (!IsPortalOnly(actor)) return {};
  return Refuse(RejectionKind::kForbidden,
                {"feed_not_readable", "无权订阅事件流", "this account may not read the feed"});
}

/// A stream that begins again says by itself how far it had come.
Expected<FeedCheckpoint> Resumed(const Request& request, FeedCheckpoint after) {
  const auto header = request.Header("Last-Event-ID");
  if (!header) return after;
  if (const auto checkpoint = ParseCheckpoint(*header)) return *checkpoint;
  return tl::unexpected(InvalidParameter(
      {{"/header/Last-Event-ID", "checkpoint_invalid", "断点应为 历史编号:位置",
        "expected the id of a message of this stream, EPOCH:POSITION"}}));
}

FeedAsk ReadAsk(const Request& request, Parameters& parameters) {
  FeedAsk ask;
  ask.view = {AskerOf(request), ReadFilter(parameters)};
  ask.after.epoch = parameters.Identifier<Epoch>("epoch").value_or(Epoch());
  ask.after.position = Position(parameters.Integer("after", {0, INT64_MAX}).value_or(0));
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
                       const std::string& request_id, const std::vector<NamedValue>& headers) {
  Response response;
  try {
    const auto reason = feed.Check(ask.after);
    response = reason ? BreakProblem(*reason, request_id)
                      : AnswerOf(feed.ReadAnswer(ask.view, ask.after.position, limit));
  } catch (const std::exception&) {
    response = ProblemOf(StoreUnavailable(), request_id);
  }
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
  return WireText(response);
}

Expected<Response> ReadFeed(const Services& services, const Request& request) {
  Parameters parameters(request);
  FeedAsk ask = ReadAsk(request, parameters);
  const auto limit = static_cast<std::size_t>(
      parameters.Integer("limit", {1, kFeedPageMax}).value_or(kFeedPageDefault));
  const std::chrono::seconds wait(
      parameters.Integer("wait", {0, kFeedWaitMax.count()}).value_or(0));
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
  if (auto allowed = MayReadFeed(request.actor); !allowed) return tl::unexpected(allowed.error());
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
  response.take_over = [&feed, &hub = services.hub, ask, limit, wait, id = request.id,
                        reached = FeedCheckpoint{answer.head.epoch, answer.next}](
                           TakenConnection taken) {
    hub.Wait({std::move(taken.socket), ask.view, reached, wait,
              [&feed, ask, limit, id, headers = std::move(taken.headers)] {
                return LateAnswer(feed, ask, limit, id, headers);
              }});
  };
  return response;
}

/// Whether the account still is who it was when the stream began.
std::function<Renewal()> RenewalOf(const Directory& directory, const Asker& asker) {
  const auto text = [](const Actor& actor, const Unit& unit) {
    return CanonicalJson(Json::array({Encode(actor), Encode(unit)}));
  };
  return [&directory, id = asker.actor.id, text, before = text(asker.actor, asker.unit)] {
    const auto actor = directory.FindActor(id);
    if (!actor) return Renewal::kGone;
    const auto unit = directory.FindUnit(actor->unit).value_or(Unit());
    return text(*actor, unit) == before ? Renewal::kSame : Renewal::kChanged;
  };
}

Expected<Response> StreamFeed(const Services& services, const Request& request) {
  Parameters parameters(request);
  FeedAsk ask = ReadAsk(request, parameters);
  if (auto valid = parameters.Check(); !valid) return tl::unexpected(valid.error());
  auto after = Resumed(request, ask.after);
  if (!after) return tl::unexpected(after.error());
  if (auto allowed = MayReadFeed(request.actor); !allowed) return tl::unexpected(allowed.error());
  if (after->epoch.empty()) after->epoch = services.feed.ReadHead().epoch;
  if (const auto reason = services.feed.Check(*after)) return BreakProblem(*reason, request.id);
  if (!services.hub.HasRoom()) {
    return Refuse(RejectionKind::kOverloaded,
                  {"feed_full", "订阅连接已满，请稍后再试", "as many streams as may are open"});
  }
  Response response;
  response.status = status::kOk;
  response.content_type = "text/event-stream";
  if (request.method != "GET") return response;
  response.take_over = [&hub = services.hub, view = ask.view, after = *after,
                        renew = RenewalOf(services.office, ask.view.asker)](
                           TakenConnection taken) {
    Response head;
    head.status = status::kOk;
    head.content_type = "text/event-stream";
    head.headers = std::move(taken.headers);
    const std::string preamble = HeadText(head, std::nullopt) + std::string(kRetry);
    hub.Stream({std::move(taken.socket), preamble, view, after, renew});
  };
  return response;
}

}  // namespace

void AddFeedRoutes(Router& router, const Services& services) {
  router.Add({"GET",
              "/v1/feed",
              [&](const Request& r) { return ReadFeed(services, r); },
              {"after", "epoch", "limit", "wait", "workflow", "type", "region", "industry"}});
  router.Add({"GET",
              "/v1/feed/stream",
              [&](const Request& r) { return StreamFeed(services, r); },
              {"after", "epoch", "workflow", "type", "region", "industry"}});
}

}  // namespace docket::http
