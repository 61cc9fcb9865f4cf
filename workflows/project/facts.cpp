#include "workflows/project/facts.hpp"

#include <algorithm>

#include "workflows/project/events.hpp"
#include "workflows/project/states.hpp"

namespace docket::project {

namespace {

template <class List, class Item>
bool IsAmong(const List& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// The record stands with this content from now on.
template <class Event>
void Stand(Facts& facts, const Event& e, std::string_view command) {
  if (e.record.supersedes) ++facts.corrections;
  for (auto& known : facts.records) {
    if (known.type != command || known.record != e.record.key) continue;
    known.digest = e.record.digest;
    return;
  }
  facts.records.push_back({std::string(command), e.record.key, e.record.digest});
}

/// In the place of what the record said before.
template <class Entry>
void Put(std::vector<Entry>& entries, Entry entry) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& one) { return one.record == entry.record; });
  if (found == entries.end()) entries.push_back(std::move(entry));
  else *found = std::move(entry);
}

void See(Facts& facts, ElectronicStep step) {
  if (!IsAmong(facts.steps_seen, step)) facts.steps_seen.push_back(step);
  facts.steps_missed.erase(std::remove(facts.steps_missed.begin(), facts.steps_missed.end(), step),
                           facts.steps_missed.end());
}

/// What goes before the step in any trade. Experts are drawn before they evaluate, whenever bids
/// are opened; deposits come and go beside the rest.
std::vector<ElectronicStep> StepsBefore(ElectronicStep step) {
  using S = ElectronicStep;
  std::vector<S> before;
  if (step == S::kDeposit) return before;
  for (const auto& entry : EnumTable<S>::kNames) {
    if (entry.value >= step) break;
    const bool is_beside = (step == S::kOpening && entry.value == S::kExpertDraw) ||
                           (step == S::kExpertDraw && entry.value == S::kBidEnrolment);
    if (!is_beside) before.push_back(entry.value);
  }
  return before;
}

constexpr Refusal kBackwards{"span_backwards", "结束早于开始", "it ends before it begins"};
constexpr Refusal kNegative{"amount_negative", "金额不得为负", "an amount is not negative"};
constexpr Refusal kNotPositive{"count_not_positive", "数量应大于零", "there is at least one"};

}  // namespace

FieldErrors RecordProject::WrongFields() const {
  FieldErrors errors;
  if (estimate_fen < 0) json_detail::Add(errors, "/estimate_fen", kNegative);
  if (investment_fen.value_or(0) < 0) json_detail::Add(errors, "/investment_fen", kNegative);
  return errors;
}
FieldErrors RecordSection::WrongFields() const {
  FieldErrors errors;
  if (estimate_fen < 0) json_detail::Add(errors, "/estimate_fen", kNegative);
  return errors;
}
FieldErrors RecordDraw::WrongFields() const {
  FieldErrors errors;
  if (experts < 1) json_detail::Add(errors, "/experts", kNotPositive);
  return errors;
}
FieldErrors RecordOpening::WrongFields() const {
  FieldErrors errors;
  if (ended_at < opened_at) json_detail::Add(errors, "/ended_at", kBackwards);
  if (bids < 0) json_detail::Add(errors, "/bids", kNegative);
  return errors;
}
FieldErrors RecordEvaluation::WrongFields() const {
  FieldErrors errors;
  if (ended_at < began_at) json_detail::Add(errors, "/ended_at", kBackwards);
  return errors;
}
FieldErrors RecordPublicity::WrongFields() const {
  FieldErrors errors;
  if (until < from) json_detail::Add(errors, "/until", kBackwards);
  return errors;
}
FieldErrors RecordAward::WrongFields() const {
  FieldErrors errors;
  if (amount_fen < 0) json_detail::Add(errors, "/amount_fen", kNegative);
  return errors;
}
FieldErrors RecordContract::WrongFields() const {
  FieldErrors errors;
  if (amount_fen < 0) json_detail::Add(errors, "/amount_fen", kNegative);
  return errors;
}
FieldErrors RecordPerformance::WrongFields() const {
  FieldErrors errors;
  if (amount_fen.value_or(0) < 0) json_detail::Add(errors, "/amount_fen", kNegative);
  return errors;
}
FieldErrors RecordDeposit::WrongFields() const {
  FieldErrors errors;
  if (amount_fen < 0) json_detail::Add(errors, "/amount_fen", kNegative);
  return errors;
}
FieldErrors RecordMedia::WrongFields() const {
  FieldErrors errors;
  if (until < from) json_detail::Add(errors, "/until", kBackwards);
  return errors;
}

const Known* FindRecord(const Facts& facts, std::string_view type, std::string_view record) {
  const auto found = std::find_if(
      facts.records.begin(), facts.records.end(),
      [&](const Known& known) { return known.type == type && known.record == record; });
  return found == facts.records.end() ? nullptr : &*found;
}

std::vector<ElectronicStep> StepsMissing(const Facts& facts) {
  std::vector<ElectronicStep> missing;
  for (const ElectronicStep step : facts.steps_due) {
    if (!IsAmong(facts.steps_seen, step)) missing.push_back(step);
  }
  return missing;
}

std::optional<StepsMissed> StepsMissed::Before(ElectronicStep arrived, const Facts& facts) {
  StepsMissed event{arrived, {}};
  for (const ElectronicStep step : StepsBefore(arrived)) {
    const bool is_told = IsAmong(facts.steps_missed, step);
    if (IsAmong(StepsMissing(facts), step) && !is_told) event.steps.push_back(step);
  }
  if (event.steps.empty()) return std::nullopt;
  return event;
}

void Apply(Facts& facts, const ProjectRecorded& e, const RecordedEvent&) {
  if (facts.state == Unrecorded::kName) {
    facts.state = Trading::kName;
    facts.stage = Stage::kTrading;
  }
  facts.project = e.project;
  facts.project_name = e.project_name;
  facts.provider = e.provider;
  facts.region = e.region;
  facts.industry = e.industry;
  facts.trade = e.trade;
  facts.owner = e.owner;
  facts.mode = e.mode;
  facts.mandatory = e.mandatory;
  facts.tenderer = e.tenderer;
  facts.agency = e.agency;
  facts.investment_code = e.investment_code;
  facts.approval_number = e.approval_number;
  facts.estimate_fen = e.estimate_fen;
  facts.investment_fen = e.investment_fen;
  facts.registered_on = e.registered_on;
  facts.steps_due = e.steps_due;
  if (facts.steps_due.empty()) {
    for (const auto& entry : EnumTable<ElectronicStep>::kNames) {
      facts.steps_due.push_back(entry.value);
    }
  }
  See(facts, RecordProject::kStep);
  Stand(facts, e, RecordProject::kName);
}

void Apply(Facts& facts, const SectionRecorded& e, const RecordedEvent&) {
  Put(facts.sections, Section{e.record.key, e.section, e.estimate_fen});
  Stand(facts, e, RecordSection::kName);
}

void Apply(Facts& facts, const NoticeRecorded& e, const RecordedEvent&) {
  Put(facts.notices, Notice{e.record.key, e.section, e.kind, e.published_at, e.opening_at});
  See(facts, RecordNotice::kStep);
  Stand(facts, e, RecordNotice::kName);
}

void Apply(Facts& facts, const EnrolmentRecorded& e, const RecordedEvent&) {
  auto& bidders = facts.bidders;
  bidders.erase(std::remove_if(bidders.begin(), bidders.end(),
                               [&](const Bidder& one) { return one.record == e.record.key; }),
                bidders.end());
  for (const auto& one : e.bidders) {
    bidders.push_back({e.record.key, e.section, one.credit_code, one.phone_mark, one.email_mark,
                       one.address_mark});
  }
  See(facts, RecordEnrolment::kStep);
  Stand(facts, e, RecordEnrolment::kName);
}

void Apply(Facts& facts, const DrawRecorded& e, const RecordedEvent&) {
  Put(facts.draws, Draw{e.record.key, e.section, e.drawn_at, e.experts});
  See(facts, RecordDraw::kStep);
  Stand(facts, e, RecordDraw::kName);
}

void Apply(Facts& facts, const OpeningRecorded& e, const RecordedEvent&) {
  Put(facts.openings, Opening{e.record.key, e.section, e.opened_at, e.ended_at, e.bids});
  See(facts, RecordOpening::kStep);
  Stand(facts, e, RecordOpening::kName);
}

void Apply(Facts& facts, const EvaluationRecorded& e, const RecordedEvent&) {
  Put(facts.evaluations, Evaluation{e.record.key, e.section, e.began_at, e.ended_at, e.candidates});
  See(facts, RecordEvaluation::kStep);
  Stand(facts, e, RecordEvaluation::kName);
}

void Apply(Facts& facts, const PublicityRecorded& e, const RecordedEvent&) {
  Put(facts.publicities, Publicity{e.record.key, e.section, e.from, e.until});
  See(facts, RecordPublicity::kStep);
  Stand(facts, e, RecordPublicity::kName);
}

void Apply(Facts& facts, const AwardRecorded& e, const RecordedEvent&) {
  if (facts.state == Trading::kName) facts.state = Awarded::kName;
  Put(facts.awards, Award{e.record.key, e.section, e.awarded_at, e.winner, e.amount_fen});
  See(facts, RecordAward::kStep);
  Stand(facts, e, RecordAward::kName);
}

void Apply(Facts& facts, const ContractRecorded& e, const RecordedEvent&) {
  if (facts.state != Closed::kName) facts.state = Performing::kName;
  facts.stage = Stage::kPerformance;
  Put(facts.contracts, Contract{e.record.key, e.section, e.signed_on, e.contractor, e.amount_fen});
  Stand(facts, e, RecordContract::kName);
}

void Apply(Facts& facts, const PerformanceRecorded& e, const RecordedEvent&) {
  Put(facts.performances, Performance{e.record.key, e.section, e.kind, e.on, e.amount_fen});
  Stand(facts, e, RecordPerformance::kName);
}

void Apply(Facts& facts, const DepositRecorded& e, const RecordedEvent&) {
  Put(facts.deposits, Deposit{e.record.key, e.section, e.act, e.on, e.bidder, e.amount_fen});
  See(facts, RecordDeposit::kStep);
  Stand(facts, e, RecordDeposit::kName);
}

void Apply(Facts& facts, const MediaRecorded& e, const RecordedEvent&) {
  Put(facts.media, Media{e.record.key, e.section, e.step, e.from, e.until, e.media});
  Stand(facts, e, RecordMedia::kName);
}

void Apply(Facts& facts, const StepsMissed& e, const RecordedEvent&) {
  facts.steps_missed.insert(facts.steps_missed.end(), e.steps.begin(), e.steps.end());
}

void Apply(Facts& facts, const ProjectClosed& e, const RecordedEvent&) {
  facts.state = Closed::kName;
  facts.ending = e.ending;
  facts.closed_on = e.on;
  Stand(facts, e, Close::kName);
}

}  // namespace docket::project
