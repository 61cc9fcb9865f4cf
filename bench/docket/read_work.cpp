#include "bench/docket/append_clients.hpp"
#include "bench/docket/works.hpp"
#include "persistence/log_pages.hpp"

namespace docket::bench {

Json ReadLog(const Options& options) {
  OpenedLog opened(StoreUrl(options), StoreAccess::kReader);
  const auto page_events = options.at("page").get<std::size_t>();
  const Position head = opened.Head();
  Position last;
  std::size_t bytes = 0;
  const auto start = Now();
  LogPages pages(opened.Log(), LogId::kCases, last, page_events);
  std::vector<RecordedEvent> page;
  while (last < head) {
    page = pages.Next(std::move(page));
    Check(!page.empty(), "the log ends at {}, its head is {}", last.value, head.value);
    for (const auto& event : page) {
      Check(event.position == last.Next(), "position {} is missing", last.value + 1);
      last = event.position;
      bytes += event.data.size();
    }
  }
  const double seconds = SecondsSince(start);
  Check(bytes > 0, "the events are empty");
  return {{"count", last.value}, {"rate", static_cast<double>(last.value) / seconds}};
}

}  // namespace docket::bench
