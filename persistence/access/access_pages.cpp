#include "persistence/access/access_pages.hpp"

#include "domain/json.hpp"

namespace docket {

namespace {

constexpr std::size_t kAccessPage = 1000;
constexpr std::size_t kEventsLookedAtMax = 20'000;

bool Has(const Json& data, const char* name, const std::string& value) {
  const auto found = data.find(name);
  return found != data.end() && found->is_string() && found->get_ref<const std::string&>() == value;
}

bool Suits(const AccessFilter& filter, const RecordedEvent& event) {
  if (filter.account && event.actor != *filter.account) return false;
  if (filter.type && event.type != *filter.type) return false;
  if (!filter.case_id && !filter.reason && !filter.address) return true;
  const Json data = Json::parse(event.data);
  return (!filter.case_id || Has(data, "case_id", filter.case_id->value)) &&
         (!filter.reason || Has(data, "reason", *filter.reason)) &&
         (!filter.address || Has(data, "address", *filter.address));
}

}  // namespace

AccessPage ReadAccesses(const EventLog& log, const AccessFilter& filter) {
  AccessPage page;
  page.head = log.ReadHead(LogId::kAccess);
  page.next = filter.after;
  for (std::size_t looked_at = 0; looked_at < kEventsLookedAtMax;) {
    const auto events = log.ReadLog(LogId::kAccess, page.next, kAccessPage);
    for (const auto& event : events) {
      if (page.events.size() == filter.limit) return page;
      page.next = event.position;
      if (Suits(filter, event)) page.events.push_back(event);
    }
    looked_at += events.size();
    if (events.size() < kAccessPage) break;
  }
  page.head.position = std::max(page.head.position, page.next);
  return page;
}

}  // namespace docket
