#include "api/render/notification_json.hpp"

namespace docket {

namespace {

std::vector<schema::Member> Members() {
  using namespace schema;
  return {{"id", Titled("序号", Integer())},
          {"kind", Titled("类别", Of<NoticeKind>())},
          {"kind_zh", Text()},
          {"text", Titled("内容", Text())},
          {"workflow", Text()},
          {"case_id", Titled("案件编号", Text())},
          {"clock?", Titled("期限", Text())},
          {"rule", Titled("通知规则", Text())},
          {"position", Titled("事件的位置", Integer())},
          {"event_id", Titled("事件编号", Text())},
          {"step", Titled("转报", Of<NoticeStep>())},
          {"created_at", Titled("通知时间", InstantText())},
          {"read_at?", Titled("阅读时间", InstantText())},
          {"escalate_at?", Titled("未读则转报的时间", InstantText())},
          {"escalated_at?", Titled("转报时间", InstantText())}};
}

Json DeliverySchema() {
  using namespace schema;
  return Component("NotificationDelivery", Object({{"channel", Titled("渠道", Of<NoticeChannel>())},
                                                   {"channel_zh", Text()},
                                                   {"state", Titled("状态", Of<DeliveryState>())},
                                                   {"state_zh", Text()},
                                                   {"message_id", Titled("消息编号", Text())},
                                                   {"attempts", Titled("发送次数", Integer())},
                                                   {"sent_at?", Titled("发送时间", InstantText())},
                                                   {"receipt?", Titled("对方编号", Text())},
                                                   {"reason?", Titled("原因", Text())}}));
}

}  // namespace

Json NotificationJson(const Notification& notification) {
  Json json = {{"id", notification.number},
               {"kind", NameOf(notification.kind)},
               {"kind_zh", ChineseOf(notification.kind)},
               {"text", notification.text},
               {"workflow", notification.workflow},
               {"case_id", notification.case_id.value},
               {"rule", notification.rule},
               {"position", notification.position.value},
               {"event_id", notification.event_id.value},
               {"step", NameOf(notification.step)},
               {"created_at", notification.created_at.ToString()}};
  if (!notification.clock.empty()) json["clock"] = notification.clock;
  if (notification.read_at) json["read_at"] = notification.read_at->ToString();
  if (notification.escalate_at) json["escalate_at"] = notification.escalate_at->ToString();
  if (notification.escalated_at) json["escalated_at"] = notification.escalated_at->ToString();
  return json;
}

Json NotificationJson(const Notification& notification,
                      const std::vector<NoticeDelivery>& deliveries) {
  Json json = NotificationJson(notification);
  json["deliveries"] = Json::array();
  for (const auto& delivery : deliveries) json["deliveries"].push_back(DeliveryJson(delivery));
  return json;
}

Json DeliveryJson(const NoticeDelivery& delivery) {
  Json json = {{"channel", NameOf(delivery.channel)}, {"channel_zh", ChineseOf(delivery.channel)},
               {"state", NameOf(delivery.state)},     {"state_zh", ChineseOf(delivery.state)},
               {"message_id", delivery.message_id},   {"attempts", delivery.attempts}};
  if (delivery.sent_at) json["sent_at"] = delivery.sent_at->ToString();
  if (!delivery.receipt.empty()) json["receipt"] = delivery.receipt;
  if (!delivery.reason.empty()) json["reason"] = delivery.reason;
  return json;
}

Json DeliveryStatusJson(const DeliveryCounts& counts, const std::vector<NoticeDelivery>& parked) {
  Json json = {
      {"pending", counts.pending}, {"parked", counts.parked}, {"parked_deliveries", Json::array()}};
  if (counts.oldest_pending) json["oldest_pending_at"] = counts.oldest_pending->ToString();
  for (const auto& delivery : parked) {
    Json one = DeliveryJson(delivery);
    one["notification"] = delivery.notification;
    json["parked_deliveries"].push_back(std::move(one));
  }
  return json;
}

Json NotificationSchema() { return schema::Component("Notification", schema::Object(Members())); }

Json NotificationWithDeliveriesSchema() {
  using namespace schema;
  auto members = Members();
  members.push_back({"deliveries", ListOf(DeliverySchema())});
  return Component("NotificationWithDeliveries", Object(members));
}

Json DeliveryStatusSchema() {
  using namespace schema;
  const Json parked = Component(
      "ParkedDelivery", With(DeliverySchema(), {{"notification", Titled("通知序号", Integer())}}));
  return Component("NotificationDeliveryStatus",
                   Object({{"pending", Titled("待发送", Integer())},
                           {"parked", Titled("已搁置", Integer())},
                           {"oldest_pending_at?", Titled("最早待发送的时间", InstantText())},
                           {"parked_deliveries", ListOf(parked)}}));
}

}  // namespace docket
