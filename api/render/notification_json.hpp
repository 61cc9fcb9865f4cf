/// Notifications as JSON, for the API and the command line.
#pragma once

#include <vector>

#include "api/render/schema.hpp"
#include "persistence/notifications/notification_store.hpp"

namespace docket {

Json NotificationJson(const Notification& notification);
/// With what became of it outside the house.
Json NotificationJson(const Notification& notification,
                      const std::vector<NoticeDelivery>& deliveries);
Json DeliveryJson(const NoticeDelivery& delivery);
/// How all deliveries stand, and those that were given up.
Json DeliveryStatusJson(const DeliveryCounts& counts, const std::vector<NoticeDelivery>& parked);

Json NotificationSchema();
Json NotificationWithDeliveriesSchema();
Json DeliveryStatusSchema();

}  // namespace docket
