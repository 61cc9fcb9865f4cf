/// /v1/webhooks: subscriptions of the account, their secrets and their deliveries.
#include "api/http/body.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/json_body.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/schema.hpp"

namespace docket::http {

namespace {

const Tag kWebhooksTag{"webhooks", {"推送订阅", "Events sent to a receiver of one's own"}};
constexpr std::size_t kDeliveriesDefault = 50;

struct ReplayBody {
  std::int64_t after = 0;

  static FieldList Fields() { return {Field{"after", &ReplayBody::after, "从此位置之后重新推送"}}; }
};

Json JsonOf(const Webhook& webhook) {
  Json json = {{"id", webhook.id},
               {"url", webhook.url},
               {"filter", Json::parse(webhook.filter)},
               {"state", NameOf(webhook.state)},
               {"state_zh", ChineseOf(webhook.state)},
               {"epoch", webhook.epoch.value},
               {"position", webhook.position.value},
               {"failures", webhook.failures},
               {"next_attempt_at", webhook.next_attempt_at.ToString()},
               {"created_at", webhook.created_at.ToString()}};
  if (!webhook.reason.empty()) json["reason"] = webhook.reason;
  return json;
}

std::vector<schema::Member> WebhookMembers() {
  using namespace schema;
  return {{"id", Text()},
          {"url", Titled("推送地址", Text())},
          {"filter", Titled("筛选", Of<FeedFilter>())},
          {"state", Titled("状态", Of<WebhookState>())},
          {"state_zh", Text()},
          {"epoch", Titled("历史编号", Text())},
          {"position", Titled("已处理到的位置", Integer())},
          {"failures", Titled("连续失败次数", Integer())},
          {"next_attempt_at", Titled("下次推送时间", InstantText())},
          {"created_at", Titled("创建时间", InstantText())},
          {"reason?", Titled("搁置原因", Text())}};
}

Json WebhookSchema() { return schema::Component("Webhook", schema::Object(WebhookMembers())); }

Json WithSecretSchema() {
  auto members = WebhookMembers();
  members.push_back({"secret", schema::Titled("验签密钥，只显示一次", schema::Text())});
  return schema::Component("WebhookWithSecret", schema::Object(members));
}

Json DeliverySchema() {
  using namespace schema;
  return Component("WebhookDelivery",
                   Object({{"number", Integer()},
                           {"position", Titled("位置", Integer())},
                           {"event_id", Titled("事件编号", Text())},
                           {"attempted_at", Titled("推送时间", InstantText())},
                           {"took_ms", Titled("耗时毫秒", Integer())},
                           {"status", Titled("HTTP 状态，0 为无应答", Integer())},
                           {"outcome", Titled("结果", Text())},
                           {"detail", Titled("说明", Text())}}));
}

Expected<Response> AnswerOf(const Expected<Webhook>& webhook) {
  if (!webhook) return tl::unexpected(webhook.error());
  return JsonResponse(JsonOf(*webhook));
}

Expected<Response> AnswerOf(const Expected<WebhookWithSecret>& made) {
  if (!made) return tl::unexpected(made.error());
  Json json = JsonOf(made->webhook);
  json["secret"] = made->secret;
  return JsonResponse(json);
}

Expected<Response> Create(const Services& services, const Request& request) {
  const auto ask = BodyOf<WebhookAsk>(request);
  if (!ask) return tl::unexpected(ask.error());
  const auto made = services.webhooks.Create(request.actor.id, *ask);
  auto response = AnswerOf(made);
  if (!response) return response;
  response->status = status::kCreated;
  response->Set("Location", "/v1/webhooks/" + made->webhook.id);
  return response;
}

Expected<Response> List(const Services& services, const Request& request) {
  Json webhooks = Json::array();
  for (const auto& webhook : services.webhooks.List(request.actor.id)) {
    webhooks.push_back(JsonOf(webhook));
  }
  return JsonResponse({{"webhooks", std::move(webhooks)}});
}

Expected<Response> ListDeliveries(const Services& services, const Request& request) {
  const Parameters parameters(request);
  const auto limit =
      static_cast<std::size_t>(parameters.Integer("limit").value_or(kDeliveriesDefault));
  const auto deliveries = services.webhooks.Deliveries(request.actor.id, request.Path("id"),
                                                       parameters.Integer("before"), limit);
  if (!deliveries) return tl::unexpected(deliveries.error());
  Json list = Json::array();
  for (const auto& delivery : *deliveries) {
    list.push_back({{"number", delivery.number},
                    {"position", delivery.position.value},
                    {"event_id", delivery.event_id},
                    {"attempted_at", delivery.attempted_at.ToString()},
                    {"took_ms", delivery.took_ms},
                    {"status", delivery.status},
                    {"outcome", delivery.outcome},
                    {"detail", delivery.detail}});
  }
  return JsonResponse({{"deliveries", std::move(list)}});
}

Expected<Response> Replay(const Services& services, const Request& request) {
  const auto body = BodyOf<ReplayBody>(request);
  if (!body) return tl::unexpected(body.error());
  return AnswerOf(
      services.webhooks.Replay(request.actor.id, request.Path("id"), Position(body->after)));
}

Expected<Response> Remove(const Services& services, const Request& request) {
  const auto removed = services.webhooks.Remove(request.actor.id, request.Path("id"));
  if (!removed) return tl::unexpected(removed.error());
  return JsonResponse({{"id", request.Path("id")}});
}

Parameter IdInPath() { return InPath("id", AnyText(), {"订阅编号", "Id of the webhook"}); }

/// Of one webhook, which its owner alone sees.
Operation OfOne(std::string id, Words summary, Words details, Json answer) {
  return {.id = std::move(id),
          .tag = kWebhooksTag,
          .summary = std::move(summary),
          .details = std::move(details),
          .parameters = {IdInPath()},
          .answers = {{.status = status::kOk,
                       .about = {"推送订阅", "The webhook"},
                       .schema = std::move(answer)}},
          .problems = {UnknownWebhook(), WebhookBusy()}};
}

std::vector<Rejection> CreateRejections() {
  std::vector<Rejection> problems = BreakRejections();
  problems.insert(problems.end(),
                  {WebhookUrlInvalid(), WebhookAddressRefused(), TooManyWebhooks()});
  return problems;
}

Operation CreateOperation() {
  return {.id = "createWebhook",
          .tag = kWebhooksTag,
          .summary = {"新建推送订阅", "Create a webhook"},
          .details = {"验签密钥只在此时显示；通过验证后才开始推送。",
                      "The secret is shown now only. Nothing is sent before the receiver has been "
                      "verified. Messages follow the Standard Webhooks specification."},
          .body = Schema<WebhookAsk>(),
          .answers = {{.status = status::kCreated,
                       .about = {"新的订阅", "The new webhook"},
                       .schema = WithSecretSchema(),
                       .headers = {{"Location", schema::Text(), {"地址", "Where it is"}}}}},
          .problems = CreateRejections()};
}

Operation ListOperation() {
  return {.id = "listWebhooks",
          .tag = kWebhooksTag,
          .summary = {"本账号的推送订阅", "The webhooks of this account"},
          .answers = {{.status = status::kOk,
                       .about = {"推送订阅", "Webhooks, oldest first"},
                       .schema = schema::Component(
                           "WebhookList",
                           schema::Object({{"webhooks", schema::ListOf(WebhookSchema())}}))}}};
}

Operation DeliveriesOperation() {
  auto operation =
      OfOne("listWebhookDeliveries", {"推送记录", "What became of its messages"}, {},
            schema::Component("WebhookDeliveryList",
                              schema::Object({{"deliveries", schema::ListOf(DeliverySchema())}})));
  operation.parameters.push_back(
      InQuery("before", IntegerWithin({1, INT64_MAX}), {"此序号之前", "Those before this number"}));
  operation.parameters.push_back(InQuery("limit",
                                         IntegerWithin({1, kListPageMax}, kDeliveriesDefault),
                                         {"至多条数", "So many at most, newest first"}));
  return operation;
}

void AddActs(Router& router, const Services& services) {
  Webhooks& webhooks = services.webhooks;
  const auto add = [&](const std::string& verb, Operation operation, auto act) {
    router.Add(
        {.method = "POST",
         .pattern = "/v1/webhooks/{id}/" + verb,
         .handler = [act](const Request& r) { return AnswerOf(act(r.actor.id, r.Path("id"))); },
         .operation = std::move(operation)});
  };
  const auto refusing = [](Operation operation, std::vector<Rejection> problems) {
    operation.problems.insert(operation.problems.end(), problems.begin(), problems.end());
    return operation;
  };
  const auto resume_problems = [] {
    auto problems = BreakRejections();
    problems.push_back(WebhookPending());
    return problems;
  };
  add("verify",
      refusing(OfOne("verifyWebhook", {"验证接收方", "Verify the receiver"},
                     {"发送带签名的验证码，接收方须原样返回。",
                      "Sends a signed `{\"type\", \"challenge\"}`, which the receiver answers with "
                      "`{\"challenge\"}`; then the webhook is active."},
                     WebhookSchema()),
               {WebhookNotVerified()}),
      [&webhooks](const ActorId& owner, const std::string& id) {
        return webhooks.Verify(owner, id);
      });
  add("pause",
      refusing(OfOne("pauseWebhook", {"暂停推送", "Pause it"}, {}, WebhookSchema()),
               {WebhookPending()}),
      [&webhooks](const ActorId& owner, const std::string& id) {
        return webhooks.Pause(owner, id);
      });
  add("resume",
      refusing(OfOne("resumeWebhook", {"恢复推送", "Resume it"}, {}, WebhookSchema()),
               resume_problems()),
      [&webhooks](const ActorId& owner, const std::string& id) {
        return webhooks.Resume(owner, id);
      });
  add("rotate",
      OfOne("rotateWebhookSecret", {"更换密钥", "Change its secret"},
            {"旧密钥在 24 小时内同时签名。", "For 24 hours the old one signs as well."},
            WithSecretSchema()),
      [&webhooks](const ActorId& owner, const std::string& id) {
        return webhooks.Rotate(owner, id);
      });
}

}  // namespace

void AddWebhookRoutes(Router& router, const Services& services) {
  const auto add = [&](std::string method, std::string rest, Operation operation, auto handler) {
    router.Add({.method = std::move(method),
                .pattern = "/v1/webhooks" + rest,
                .handler = [&services, handler](const Request& r) { return handler(services, r); },
                .operation = std::move(operation)});
  };
  add("POST", "", CreateOperation(), Create);
  add("GET", "", ListOperation(), List);
  add("GET", "/{id}", OfOne("readWebhook", {"读取推送订阅", "Read a webhook"}, {}, WebhookSchema()),
      [](const Services& s, const Request& r) {
        return AnswerOf(s.webhooks.Find(r.actor.id, r.Path("id")));
      });
  add("DELETE", "/{id}",
      OfOne("deleteWebhook", {"删除推送订阅", "Delete it"}, {},
            schema::Object({{"id", schema::Text()}})),
      Remove);
  add("GET", "/{id}/deliveries", DeliveriesOperation(), ListDeliveries);
  auto replay =
      OfOne("replayWebhook", {"从某位置重新推送", "Deliver again from a position"},
            {"也使搁置的订阅恢复推送。", "Also resumes one that is parked."}, WebhookSchema());
  replay.body = Schema<ReplayBody>();
  for (auto& problem : BreakRejections()) replay.problems.push_back(std::move(problem));
  replay.problems.push_back(WebhookPending());
  add("POST", "/{id}/replay", std::move(replay), Replay);
  AddActs(router, services);
}

}  // namespace docket::http
