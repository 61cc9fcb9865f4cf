#include "api/notifications/notifier.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "domain/evidence/sha256.hpp"
#include "workflows/engine/deadline_events.hpp"

namespace docket {

namespace {

constexpr std::size_t kEscalatedAtOnce = 200;
constexpr std::chrono::hours kForgetEvery{1};
constexpr const char* kEscalatedMark = "【逾期未读转报】";

const CaseClock* ClockNamed(const CaseModel& model, const std::string& name) {
  const auto& clocks = model.Clocks().All();
  const auto found = std::find_if(clocks.begin(), clocks.end(),
                                  [&](const CaseClock& clock) { return clock.clock == name; });
  return found == clocks.end() ? nullptr : &*found;
}

std::string ClockOf(const RecordedEvent& event, const Json& data) {
  return deadline::IsDeadlineEvent(event.type) ? data.value("clock", "") : "";
}

NoticeFacts FactsOf(const ToldCase& told, const CaseModel& model, const std::string& clock_name) {
  NoticeFacts facts;
  facts.case_id = told.event->stream.value;
  facts.account = told.account.value;
  const CaseClock* clock = ClockNamed(model, clock_name);
  if (clock == nullptr) return facts;
  const ClockRule* rule = WorkflowOf(told.event->stream)->Rules().Find(clock->rule, clock->edition);
  if (rule != nullptr) facts.clock = rule->title;
  if (clock->due_date) facts.due = clock->due_date->ToString();
  if (const auto left = told.data.find("left"); left != told.data.end()) {
    facts.left = fmt::format("{}{}", left->get<std::int64_t>(), ChineseOf(clock->period.unit));
  }
  return facts;
}

/// An act that has come, or a matter that fell away, needs nobody's attention any more.
bool StillMatters(const CaseModel& model, const std::string& clock_name) {
  if (clock_name.empty()) return true;
  const CaseClock* clock = ClockNamed(model, clock_name);
  return clock != nullptr && (clock->IsOpen() || clock->state == ClockState::kLapsed);
}

std::string MessageId(const Notification& notification, NoticeChannel channel) {
  const std::string key = fmt::format("{}/{}/{}", notification.event_id.value,
                                      notification.recipient.value, NameOf(channel));
  return Sha256Hex(key).substr(0, 32);
}

}  // namespace

Notifier::Notifier(const Ports& ports, NotifierOptions options)
    : ports_(ports),
      options_(std::move(options)),
      roster_(ports.directory),
      loop_(ports.leases,
            {.lease = std::string(kLease), .poll = options_.poll, .report = options_.report},
            [this](const Lease& lease) { Round(lease); }) {}

void Notifier::Start() {
  // A book that does not fit its workflow shows now, not when somebody was to be told.
  for (const Workflow* workflow : AllWorkflows()) NoticesOf(*workflow);
  ports_.store.BeginAt(ports_.log.ReadHead(LogId::kCases).position);
  loop_.Start();
}

void Notifier::Round(const Lease& lease) {
  Tell(lease);
  Escalate();
  ForgetOld();
}

void Notifier::Tell(const Lease& lease) {
  Position read_to = ports_.store.ReadTo();
  if (roster_token_ != lease.Token()) {
    if (!ports_.catch_up(read_to)) throw StoreError("the views are behind");
    roster_.Load(ports_.views);
    roster_token_ = lease.Token();
  }
  std::size_t read = 0;
  do {
    const auto page = ports_.log.ReadLog(LogId::kCases, read_to, options_.page_events);
    for (const auto& event : page) {
      if (!loop_.Holds()) return;
      TellOf(event);
    }
    read = page.size();
    if (read == 0) return;
    read_to = page.back().position;
    if (!ports_.store.MoveTo(read_to, lease.Token())) return;
  } while (read == options_.page_events);
}

void Notifier::TellOf(const RecordedEvent& event) {
  const Workflow* workflow = WorkflowOf(event.stream);
  if (workflow == nullptr) return;
  const NoticeBook& book = NoticesOf(*workflow);
  const bool is_account = IsAccountCase(event.stream);
  const bool of_clock = deadline::IsDeadlineEvent(event.type);
  // Most of the log is of no concern, and need not be read any further.
  if (!of_clock && !is_account && book.On(event.type, "").empty()) return;
  try {
    const Json data = DataOf(event);
    const auto rows = book.On(event.type, ClockOf(event, data));
    if (rows.empty() && !is_account) return;
    const auto model = ports_.engine.Load(event.stream);
    if (!model) return;
    if (is_account) roster_.Take(AccountRecordOf(event.stream, **model));
    const auto flags = (*model)->Summary().flags;
    if (std::find(flags.begin(), flags.end(), kRecordedHistoryFlag) != flags.end()) return;
    ToldCase told = ToldCaseOf(*workflow, **model, ports_.clock.Now().ChinaDate());
    told.event = &event;
    told.data = data;
    for (const NoticeRule* row : rows) TellRow(*row, told, **model);
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception& error) {
    // One event that cannot be read must not keep everybody else from being told.
    options_.report(
        {NoticeLevel::kError, std::string(kLease),
         fmt::format("nobody is told of position {}: {}", event.position.value, error.what())});
  }
}

void Notifier::TellRow(const NoticeRule& row, const ToldCase& told, const CaseModel& model) {
  const std::string clock = ClockOf(*told.event, told.data);
  Notification notification{.recipient = {},
                            .position = told.event->position,
                            .event_id = told.event->id,
                            .workflow = std::string(told.outline.table->name),
                            .case_id = told.event->stream,
                            .clock = clock,
                            .rule = row.id,
                            .kind = row.kind,
                            .text = NoticeText(row.text, FactsOf(told, model, clock)),
                            .created_at = ports_.clock.Now()};
  if (IsEscalated(row.kind)) notification.escalate_at = AfterWorkdays(notification.created_at);
  for (const auto& recipient : RecipientsOf(row.to, told, roster_)) {
    notification.recipient = recipient;
    Keep(notification);
  }
}

void Notifier::Keep(const Notification& notification) {
  ports_.store.Add(notification);
  for (const NoticeChannel channel : options_.channels) {
    ports_.store.AddDelivery(notification, {.channel = channel,
                                            .message_id = MessageId(notification, channel),
                                            .next_attempt_at = notification.created_at,
                                            .made_at = notification.created_at});
  }
  ports_.store.Trim(notification.recipient);
  if (!options_.channels.empty()) ports_.made();
}

Instant Notifier::AfterWorkdays(Instant from) const {
  const auto calendar = ports_.engine.Ports().calendars.Current();
  Date day = from.ChinaDate();
  for (std::int64_t counted = 0; counted < options_.escalate_after_workdays;) {
    ++day;
    if (calendar->IsWorkday(day)) ++counted;
  }
  return Instant::StartOf(day + 1);
}

void Notifier::Escalate() {
  for (const auto& one : ports_.store.ListToEscalate(ports_.clock.Now(), kEscalatedAtOnce)) {
    if (!loop_.Holds()) return;
    EscalateOne(one);
  }
}

void Notifier::EscalateOne(const Notification& notification) {
  const Workflow* workflow = WorkflowOf(notification.case_id);
  const auto model = ports_.engine.Load(notification.case_id);
  if (workflow == nullptr || !model || !StillMatters(**model, notification.clock)) {
    return ports_.store.EndEscalation(notification.number, std::nullopt);
  }
  const Instant now = ports_.clock.Now();
  const ToldCase told = ToldCaseOf(*workflow, **model, now.ChinaDate());
  const auto holder = roster_.Find(notification.recipient);
  const bool past_head =
      notification.step == NoticeStep::kToHead || (holder && holder->Holds(Role::kHead));
  std::vector<ActorId> next;
  Notification on = notification;
  if (!past_head) {
    on.step = NoticeStep::kToHead;
    next = RecipientsOf({NoticeAudience::kHeads}, told, roster_);
  }
  // A unit without a head that may know: the office.
  if (next.empty()) {
    on.step = NoticeStep::kToOffice;
    next = RecipientsOf({NoticeAudience::kResourceOffices}, told, roster_);
  }
  if (on.text.rfind(kEscalatedMark, 0) != 0) on.text = kEscalatedMark + on.text;
  on.created_at = now;
  on.escalate_at.reset();
  if (on.step == NoticeStep::kToHead) on.escalate_at = AfterWorkdays(now);
  for (const auto& recipient : next) {
    on.recipient = recipient;
    Keep(on);
  }
  ports_.store.EndEscalation(notification.number, now);
}

void Notifier::ForgetOld() {
  const Instant now = ports_.clock.Now();
  if (forgotten_at_ && now < *forgotten_at_ + kForgetEvery) return;
  ports_.store.ForgetBefore(now + -kNoticesKept);
  forgotten_at_ = now;
}

}  // namespace docket
