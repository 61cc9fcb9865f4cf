// Counting the periods of a recorded decision.
#include <algorithm>

#include "workflows/complaint/decision_record.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket::complaint {

namespace {

struct StatedDate {
  std::string name;
  Date date;
};

/// What is to be counted: the rule by name, from where, to where.
struct Question {
  std::string rule;
  std::optional<StatedDate> start;
  std::optional<StatedDate> end;
  std::vector<Pause> pauses;
  std::int64_t excluded_undated = 0;
  std::optional<std::int64_t> limit;  ///< Where the document itself sets it.
  bool end_is_upper_bound = false;
  std::vector<std::string> caveats;
};

std::optional<StatedDate> Stated(const char* name, const std::optional<Date>& date) {
  return date ? std::optional(StatedDate{name, *date}) : std::nullopt;
}

std::optional<StatedDate> FirstStated(std::initializer_list<std::optional<StatedDate>> dates) {
  for (const auto& date : dates) {
    if (date) return date;
  }
  return std::nullopt;
}

std::int64_t UnitsBetween(Date from, Date to, PeriodUnit unit, const WorkCalendar& calendar) {
  return unit == PeriodUnit::kWorkday ? calendar.WorkdaysBetween(from, to) : to - from;
}

/// Working days, or days, inside the pauses between the start and the end.
std::int64_t ExcludedUntil(const Question& question, const ClockRule& rule, Date until,
                           const WorkCalendar& calendar) {
  std::int64_t excluded = question.excluded_undated;
  for (const auto& pause : question.pauses) {
    const Date from = std::max(pause.from, question.start->date);
    const Date to = std::min(pause.to.value_or(until), until);
    if (to > from) excluded += UnitsBetween(from, to, rule.period.unit, calendar);
  }
  return excluded;
}

void Judge(PeriodFinding& finding, const Question& question, const WorkCalendar& calendar) {
  if (!question.end) {
    finding.result = "not_ended";
    return;
  }
  const Date end = question.end->date;
  const bool in_time = end <= finding.due_on;
  finding.by = in_time ? UnitsBetween(end, finding.due_on, finding.unit, calendar)
                       : UnitsBetween(finding.due_on, end, finding.unit, calendar);
  finding.result = in_time ? "met" : "missed";
  // The true end lies on or before an upper bound: late there says nothing.
  if (!in_time && question.end_is_upper_bound) finding.result = "undecidable";
}

std::optional<PeriodFinding> Answer(const Question& question, const DecisionRecord& record,
                                    const Rulebook& rules, const WorkCalendar& calendar) {
  if (!question.start) return std::nullopt;
  const Date start = question.start->date;
  const ClockRule* rule = rules.InForce(question.rule, NameOf(record.profile),
                                        record.region.value_or(RegionCode("100000")), start);
  if (rule == nullptr) return std::nullopt;
  Period period = rule->period;
  if (question.limit) period.amount = *question.limit;
  std::vector<Pause> pauses = question.pauses;
  std::erase_if(pauses, [](const Pause& pause) { return !pause.to; });
  const auto due = ComputeDue(
      {Instant::StartOf(start), period, question.excluded_undated, pauses, false}, calendar);
  if (!due || !due->date) return std::nullopt;
  PeriodFinding finding;
  finding.rule = rule->id;
  finding.title = rule->title;
  finding.start = question.start->name;
  finding.started_on = start;
  finding.limit = period.amount;
  finding.unit = period.unit;
  finding.due_on = *due->date;
  finding.caveats = question.caveats;
  const Date until = question.end ? question.end->date : finding.due_on;
  finding.excluded = ExcludedUntil(question, *rule, until, calendar);
  if (question.end) {
    finding.end = question.end->name;
    finding.ended_on = question.end->date;
    finding.counted =
        UnitsBetween(start, question.end->date, finding.unit, calendar) - finding.excluded;
  }
  if (due->provisional) finding.caveats.emplace_back("provisional_calendar");
  Judge(finding, question, calendar);
  return finding;
}

/// Receipt, from which the law counts; where it is not stated the next best, and it says so.
std::optional<StatedDate> ReceiptOf(const StatedDates& dates, std::vector<std::string>& caveats) {
  const auto start = FirstStated({Stated("complaint_received", dates.complaint_received),
                                  Stated("complaint_filed", dates.complaint_filed)});
  if (start && start->name != "complaint_received") {
    caveats.emplace_back("receipt_not_stated_counted_from_filing");
  }
  return start;
}

std::vector<Pause> CorrectionOf(const StatedDates& dates) {
  if (!dates.correction_notified || !dates.correction_received) return {};
  return {{*dates.correction_notified, dates.correction_received, "补正"}};
}

Question DecisionQuestion(const DecisionRecord& record, bool from_acceptance) {
  const auto& dates = record.dates;
  Question question;
  question.rule = record.profile == Profile::kTendering ? "tendering_decide" : "procurement_decide";
  if (from_acceptance) {
    question.start = Stated("accepted", dates.accepted);
    question.caveats.emplace_back("counted_from_acceptance_for_comparison");
  } else {
    question.start = ReceiptOf(dates, question.caveats);
    if (!question.start) {
      question.start = Stated("accepted", dates.accepted);
      question.caveats.emplace_back("receipt_not_stated_counted_from_acceptance");
    }
  }
  question.end =
      FirstStated({Stated("decided", dates.decided), Stated("published", dates.published)});
  question.end_is_upper_bound = question.end && question.end->name == "published";
  if (question.end_is_upper_bound) question.caveats.emplace_back("end_is_upper_bound");
  if (record.profile == Profile::kGovernmentProcurement) question.pauses = CorrectionOf(dates);
  question.excluded_undated = record.stated_excluded_workdays.value_or(0);
  if (question.excluded_undated > 0) question.caveats.emplace_back("excluded_days_stated_undated");
  return question;
}

/// The window to complain opens when the time to answer the challenge expires.
Question ComplaintWindow(const DecisionRecord& record, const Rulebook& rules,
                         const WorkCalendar& calendar) {
  Question question;
  question.rule = "procurement_complain";
  const auto& challenged = record.dates.query_submitted;
  question.end = FirstStated({Stated("complaint_filed", record.dates.complaint_filed),
                              Stated("complaint_received", record.dates.complaint_received)});
  if (!challenged || !question.end) return question;
  const ClockRule* reply = rules.InForce("procurement_challenge_reply", NameOf(record.profile),
                                         RegionCode("100000"), *challenged);
  if (reply == nullptr) return question;
  const auto expiry =
      ComputeDue({Instant::StartOf(*challenged), reply->period, 0, {}, false}, calendar);
  if (expiry && expiry->date) question.start = StatedDate{"reply_period_expired", *expiry->date};
  return question;
}

Question CorrectionLimit(const DecisionRecord& record) {
  const auto& dates = record.dates;
  Question question;
  question.rule = "procurement_correction_supply";
  question.limit = record.correction_allowed_workdays;
  if (!question.limit) return question;
  question.start = FirstStated({Stated("correction_delivered", dates.correction_delivered),
                                Stated("correction_notified", dates.correction_notified)});
  if (question.start && question.start->name == "correction_notified") {
    question.caveats.emplace_back("delivery_not_stated_counted_from_notice");
  }
  question.end = Stated("correction_received", dates.correction_received);
  return question;
}

Question FromReceipt(const char* rule, const DecisionRecord& record,
                     std::optional<StatedDate> end) {
  Question question;
  question.rule = rule;
  question.start = ReceiptOf(record.dates, question.caveats);
  question.end = std::move(end);
  if (!question.end) question.start.reset();
  return question;
}

}  // namespace

std::vector<PeriodFinding> CountPeriods(const DecisionRecord& record, const Rulebook& rules,
                                        const WorkCalendar& calendar) {
  const auto& dates = record.dates;
  std::vector<Question> questions;
  questions.push_back({"procurement_challenge_reply",
                       Stated("query_submitted", dates.query_submitted),
                       Stated("query_answered", dates.query_answered),
                       {},
                       0,
                       {},
                       false,
                       {}});
  questions.push_back(ComplaintWindow(record, rules, calendar));
  questions.push_back(FromReceipt("procurement_correction_notice", record,
                                  Stated("correction_notified", dates.correction_notified)));
  questions.push_back(CorrectionLimit(record));
  auto reply_notice = FromReceipt("procurement_reply_notice", record,
                                  Stated("reply_notice_issued", dates.reply_notice_issued));
  reply_notice.pauses = CorrectionOf(dates);
  questions.push_back(std::move(reply_notice));
  if (record.document_type == "complaint_decision") {
    questions.push_back(DecisionQuestion(record, false));
    if (dates.accepted && (dates.complaint_received || dates.complaint_filed)) {
      questions.push_back(DecisionQuestion(record, true));
    }
  }
  Question suspension{"procurement_suspension",
                      Stated("procurement_suspended", dates.procurement_suspended),
                      {},
                      {},
                      0,
                      record.suspension_days,
                      false,
                      {"counted_from_the_notice_not_its_service"}};
  questions.push_back(std::move(suspension));

  std::vector<PeriodFinding> findings;
  for (const auto& question : questions) {
    if (auto finding = Answer(question, record, rules, calendar)) {
      findings.push_back(std::move(*finding));
    }
  }
  return findings;
}

}  // namespace docket::complaint
