#include "tests/support/many_cases.hpp"

#include <fmt/format.h>

#include "tests/support/office_fixture.hpp"

namespace docket::testing {

namespace {

constexpr const char* kTitle = "样本工程";
/// Cases that are worked on at the same time.
constexpr std::size_t kOpenAtOnce = 100;
constexpr std::size_t kRequestsAtOnce = 500;

}  // namespace

CaseActs RecordComplaint() {
  Office office;
  const StreamId case_id = office.Lodge("350102", kTitle);
  const auto act = [&](const char* sender, const char* command, const Json& data) {
    office.log.clock.Set(office.log.clock.Now() + std::chrono::hours(1));
    const auto outcome = office.Execute(sender, case_id, command, data);
    if (!outcome) throw StoreError(outcome.error().code + " " + outcome.error().en);
  };
  act("clerk", "sign_for", {{"handlers", {"han", "lin"}}});
  act("head", "accept",
      {{"has_interest", true},
       {"is_specific", true},
       {"is_complete", true},
       {"is_new", true},
       {"is_not_under_review", true},
       {"within_challenge", true},
       {"received_here_first", true}});
  act("han", "investigate", {{"kind", "inquiry"}, {"second_officer", "lin"}, {"record", "询问"}});
  CaseActs acts;
  CommandId last;
  for (const auto& event : office.log.Log().ReadStream(LogId::kCases, case_id, Version{}, 1000)) {
    if (event.command_id != last) acts.emplace_back();
    last = event.command_id;
    acts.back().push_back(event);
  }
  return acts;
}

AppendRequest ManyCases::RequestOf(const StreamId& stream, std::size_t number,
                                   std::size_t act) const {
  static RandomIds ids;
  StreamWrite write{stream, ExpectedVersion::Any(), acts_[act]};
  for (auto& event : write.events) {
    event.id = EventId(ids.NewUuid());
    const auto title = event.data.find(kTitle);
    if (title != std::string::npos) {
      event.data.replace(title, std::string_view(kTitle).size(),
                         fmt::format("青川市第{}号道路改造工程", number));
    }
  }
  return Request({std::move(write)});
}

std::size_t ManyCases::Append(std::size_t cases) {
  RandomIds ids;
  std::vector<StreamId> streams;
  for (std::size_t i = 0; i < cases; ++i) streams.emplace_back("complaint-" + ids.NewUuid());
  std::vector<AppendRequest> requests;
  std::size_t events = 0;
  const auto send = [&](std::size_t enough) {
    if (requests.size() < enough) return;
    log_.AppendAll(std::exchange(requests, {}));
  };
  // Every act of a case comes when so many further cases have been opened.
  for (std::size_t round = 0; round < cases + kOpenAtOnce * acts_.size(); ++round) {
    for (std::size_t act = 0; act < acts_.size(); ++act) {
      const std::size_t before = act * kOpenAtOnce;
      if (round < before || round - before >= cases) continue;
      requests.push_back(RequestOf(streams[round - before], made_ + round - before, act));
      events += acts_[act].size();
      send(kRequestsAtOnce);
    }
  }
  send(1);
  made_ += cases;
  return events;
}

}  // namespace docket::testing
