/// /v1/notifications and /v1/inbox: what the account was told, and what it has read of it.
#include <charconv>

#include "api/auth/identity_refusals.hpp"
#include "api/http/body.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/json_body.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/notifications/preferences.hpp"
#include "api/render/notification_json.hpp"
#include "workflows/account/guards.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

const Tag kNotificationsTag{"notifications", {"通知与站内信", "What the account was told"}};

struct ReadBody {
  std::int64_t up_to = 0;

  static FieldList Fields() { return {Field{"up_to", &ReadBody::up_to, "此序号及以前的全部已读"}}; }
};

Rejection UnknownNotification() {
  return {RejectionKind::kNotFound,
          {"unknown_notification", "没有该通知", "this account has no such notification"}};
}

Instant NowOf(const Services& services) { return services.engine.Ports().clock.Now(); }

Expected<Response> List(const Services& services, const Request& request) {
  const Parameters parameters(request);
  InboxAsk ask{.recipient = request.actor.id};
  ask.unread_only = parameters.Text("state").has_value();
  ask.after = parameters.Integer("after").value_or(0);
  ask.limit = static_cast<std::size_t>(parameters.Integer("limit").value_or(kListPageDefault));
  const auto found = services.notifications.List(ask);
  Json list = Json::array();
  for (const auto& notification : found) list.push_back(NotificationJson(notification));
  Json json = {{"notifications", std::move(list)},
               {"unread", services.notifications.CountUnread(request.actor.id)}};
  if (found.size() == ask.limit) json["next"] = found.back().number;
  return JsonResponse(json);
}

Expected<Notification> OfPath(const Services& services, const Request& request) {
  const std::string text = request.Path("id");
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = read.ec == std::errc() && read.ptr == text.data() + text.size();
  auto found = is_number ? services.notifications.Find(request.actor.id, number) : std::nullopt;
  if (!found) return tl::unexpected(UnknownNotification());
  return std::move(*found);
}

Expected<Response> Read(const Services& services, const Request& request) {
  const auto notification = OfPath(services, request);
  if (!notification) return tl::unexpected(notification.error());
  return JsonResponse(
      NotificationJson(*notification, services.notifications.DeliveriesOf(notification->number)));
}

Expected<Response> MarkOneRead(const Services& services, const Request& request) {
  const auto notification = OfPath(services, request);
  if (!notification) return tl::unexpected(notification.error());
  services.notifications.MarkOneRead(request.actor.id, notification->number, NowOf(services));
  return Read(services, request);
}

Expected<Response> MarkRead(const Services& services, const Request& request) {
  const auto body = BodyOf<ReadBody>(request);
  if (!body) return tl::unexpected(body.error());
  const ActorId& account = request.actor.id;
  const auto read = services.notifications.MarkRead(account, body->up_to, NowOf(services));
  return JsonResponse({{"read", read}, {"unread", services.notifications.CountUnread(account)}});
}

Json PreferencesJson(const Services& services, const NoticePreferences& preferences) {
  Json json = Encode(preferences);
  json["channels"] = Json::array();
  for (const NoticeChannel channel : services.notice_channels.Available()) {
    json["channels"].push_back(NameOf(channel));
  }
  return json;
}

Expected<Response> ShowPreferences(const Services& services, const Request& request) {
  return JsonResponse(
      PreferencesJson(services, PreferencesOf(services.notifications, request.actor.id)));
}

Expected<Response> ChangePreferences(const Services& services, const Request& request) {
  const auto preferences = BodyOf<NoticePreferences>(request);
  if (!preferences) return tl::unexpected(preferences.error());
  const auto checked = CheckPreferences(*preferences);
  if (!checked) return tl::unexpected(checked.error());
  services.notifications.WritePreferences(request.actor.id, CanonicalJson(Encode(*preferences)));
  return JsonResponse(PreferencesJson(services, *preferences));
}

/// An act upon the account's own case, where the texts are sealed.
Expected<Response> ChangeContact(const Services& services, const Request& request) {
  const auto contact = BodyOf<account::ChangeContact>(request);
  if (!contact) return tl::unexpected(contact.error());
  const auto changed = services.identity.Act(
      request.actor, {request.actor.id, account::ChangeContact::kName, Encode(*contact)});
  if (!changed) return tl::unexpected(changed.error());
  return JsonResponse(
      {{"phone", contact->phone.has_value()}, {"email", contact->email.has_value()}});
}

Expected<Response> ShowDeliveries(const Services& services, const Request&) {
  return JsonResponse(DeliveryStatusJson(services.notifications.Count(),
                                         services.notifications.ListParked(kListPageMax)));
}

Expected<Response> RetryDeliveries(const Services& services, const Request&) {
  return JsonResponse({{"retried", services.notifications.Retry(NowOf(services))}});
}

Parameter NumberInPath() { return InPath("id", AnyText(), {"通知序号", "Its number"}); }

Operation ListOperation() {
  using namespace schema;
  return {
      .id = "listNotifications",
      .tag = kNotificationsTag,
      .summary = {"本账号的通知", "The notifications of this account"},
      .details = {"按序号由小到大；序号在所有账号间共用，有间隔。",
                  "In order of their numbers, which all accounts share and which have gaps."},
      .parameters = {InQuery("state", OneOf({"unread"}), {"仅未读", "Unread ones only"}),
                     InQuery("after", IntegerWithin({0, INT64_MAX}),
                             {"此序号之后", "Those behind this number"}),
                     LimitInQuery()},
      .answers = {{.status = status::kOk,
                   .about = {"通知及未读数", "Notifications, and how many are unread"},
                   .schema = Component(
                       "NotificationList",
                       Object({{"notifications", ListOf(NotificationSchema())},
                               {"unread", Titled("未读数", Integer())},
                               {"next?", Titled("下一页的 after；没有则已到末页", Integer())}}))}}};
}

Operation OfOne(std::string id, Words summary) {
  return {
      .id = std::move(id),
      .tag = kNotificationsTag,
      .summary = std::move(summary),
      .parameters = {NumberInPath()},
      .answers = {{.status = status::kOk,
                   .about = {"通知及其对外发送情况", "The notification, and what went out of it"},
                   .schema = NotificationWithDeliveriesSchema()}},
      .problems = {UnknownNotification()}};
}

Operation MarkReadOperation() {
  using namespace schema;
  return {.id = "markNotificationsRead",
          .tag = kNotificationsTag,
          .summary = {"全部标为已读", "Mark all up to one as read"},
          .body = Schema<ReadBody>(),
          .answers = {{.status = status::kOk,
                       .about = {"标记的条数与未读数", "How many were marked, and are left"},
                       .schema = Object({{"read", Titled("本次标为已读", Integer())},
                                         {"unread", Titled("未读数", Integer())}})}}};
}

Json PreferencesSchema() {
  using namespace schema;
  return Component("NotificationPreferences",
                   With(Of<NoticePreferences>(),
                        {{"channels", Titled("可用的渠道", ListOf(Of<NoticeChannel>()))}}));
}

Operation ShowPreferencesOperation() {
  return {
      .id = "readNotificationPreferences",
      .tag = kNotificationsTag,
      .summary = {"通知偏好", "How this account wants to be told"},
      .answers = {{.status = status::kOk,
                   .about = {"偏好与可用的渠道", "Its preferences, and what channels there are"},
                   .schema = PreferencesSchema()}}};
}

Operation ChangePreferencesOperation() {
  return {.id = "changeNotificationPreferences",
          .tag = kNotificationsTag,
          .summary = {"设置通知偏好", "Change how it is told"},
          .details = {"未列出的类别不以该渠道通知；超期和账号安全两类必须列出。站内信始终有。",
                      "A kind that is not listed does not go out by that channel; `overdue` and "
                      "`security` are always listed. The inbox has everything."},
          .body = Schema<NoticePreferences>(),
          .answers = {{.status = status::kOk,
                       .about = {"新的偏好", "The preferences now"},
                       .schema = PreferencesSchema()}},
          .problems = {Rejection(RejectionKind::kInvalid, kNoticeMandatory)}};
}

Operation ChangeContactOperation() {
  using namespace schema;
  return {.id = "changeContact",
          .tag = kNotificationsTag,
          .summary = {"登记联系方式", "Say where this account's holder is reached"},
          .details = {"未填写的即被删除。号码与邮箱加密保存，仅在发送时解密，不再显示。",
                      "What is absent is forgotten. Both are sealed, opened only to send to them, "
                      "and not shown again."},
          .body = Schema<account::ChangeContact>(),
          .answers = {{.status = status::kOk,
                       .about = {"已登记的项目", "What is known now"},
                       .schema = Object({{"phone", Titled("已登记手机号码", Boolean())},
                                         {"email", Titled("已登记电子邮箱", Boolean())}})}},
          .problems = {Rejection(RejectionKind::kNotFound, kUnknownAccount),
                       Rejection(RejectionKind::kRefused, kCommandNotAllowedInState),
                       Rejection(RejectionKind::kRefused, account::PhoneWellFormed::kRefusal),
                       Rejection(RejectionKind::kRefused, account::EmailWellFormed::kRefusal)}};
}

Operation ShowDeliveriesOperation() {
  return {.id = "readNotificationDeliveries",
          .tag = kNotificationsTag,
          .summary = {"通知的发送情况", "How deliveries outside the inbox stand"},
          .details = {"不含收件人和内容。", "Without recipients and without texts."},
          .answers = {{.status = status::kOk,
                       .about = {"各状态的条数，及最近搁置的",
                                 "How many are in which state, and the latest that were parked"},
                       .schema = DeliveryStatusSchema()}}};
}

Operation RetryDeliveriesOperation() {
  using namespace schema;
  return {.id = "retryNotificationDeliveries",
          .tag = kNotificationsTag,
          .summary = {"重新发送搁置的通知", "Send parked ones again"},
          .answers = {{.status = status::kOk,
                       .about = {"重新发送的条数", "How many"},
                       .schema = Object({{"retried", Titled("条数", Integer())}})}}};
}

}  // namespace

void AddNotificationRoutes(Router& router, const Services& services) {
  const auto add = [&](std::string method, std::string pattern, Operation operation, auto handler) {
    router.Add({.method = std::move(method),
                .pattern = std::move(pattern),
                .handler = [&services, handler](const Request& r) { return handler(services, r); },
                .operation = std::move(operation)});
  };
  add("GET", "/v1/notifications", ListOperation(), List);
  add("GET", "/v1/notifications/{id}",
      OfOne("readNotification", {"读取通知", "Read a notification"}), Read);
  add("POST", "/v1/notifications/{id}/read",
      OfOne("markNotificationRead", {"标为已读", "Mark it as read"}), MarkOneRead);
  add("POST", "/v1/inbox/read", MarkReadOperation(), MarkRead);
  add("GET", "/v1/inbox/preferences", ShowPreferencesOperation(), ShowPreferences);
  add("POST", "/v1/inbox/preferences", ChangePreferencesOperation(), ChangePreferences);
  add("GET", "/v1/notification-deliveries", ShowDeliveriesOperation(), ShowDeliveries);
  add("POST", "/v1/notification-deliveries/retry", RetryDeliveriesOperation(), RetryDeliveries);
  add("POST", "/v1/inbox/contact", ChangeContactOperation(), ChangeContact);
}

}  // namespace docket::http
