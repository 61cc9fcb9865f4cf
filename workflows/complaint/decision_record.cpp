#include "workflows/complaint/decision_record.hpp"

#include <algorithm>

#include "workflows/complaint/states.hpp"

namespace docket::complaint {

namespace {

/// Reads members one by one, so that what is there is checked and what is left over is known.
class Reader {
 public:
  explicit Reader(const Json& object, std::string pointer = "")
      : object_(object), pointer_(std::move(pointer)) {}

  template <class T>
  std::optional<T> Optional(const std::string& name) {
    known_.push_back(name);
    const auto found = object_.find(name);
    // Published records write an unknown text as an empty one.
    if (found == object_.end() || found->is_null() || *found == "") return std::nullopt;
    return DecodeAt<T>(*found, JsonPath(pointer_, name), errors_);
  }
  template <class T>
  T Required(const std::string& name) {
    const auto found = object_.find(name);
    auto value = Optional<T>(name);
    if (found == object_.end() || *found == "") {
      json_detail::AddMissing(errors_, JsonPath(pointer_, name));
    }
    return value ? std::move(*value) : T{};
  }
  void PassOver(const std::string& name) { known_.push_back(name); }

  FieldErrors& Errors() { return errors_; }
  std::vector<std::string> Unread() const {
    std::vector<std::string> names;
    for (const auto& [name, value] : object_.items()) {
      const bool counted = name.rfind("computed_", 0) == 0;
      if (!counted && std::find(known_.begin(), known_.end(), name) == known_.end()) {
        names.push_back(name);
      }
    }
    return names;
  }

 private:
  const Json& object_;
  std::string pointer_;
  std::vector<std::string> known_;
  FieldErrors errors_;
};

StatedDates ReadDates(const Json& json, DecisionRecord& record, FieldErrors& errors) {
  Reader reader(json, "/dates");
  StatedDates dates;
  dates.query_submitted = reader.Optional<Date>("query_submitted");
  dates.query_answered = reader.Optional<Date>("query_answered");
  dates.complaint_filed = reader.Optional<Date>("complaint_filed");
  dates.complaint_received = reader.Optional<Date>("complaint_received");
  dates.correction_notified = reader.Optional<Date>("correction_notified");
  dates.correction_delivered = reader.Optional<Date>("correction_delivered");
  dates.correction_received = reader.Optional<Date>("correction_received");
  dates.accepted = reader.Optional<Date>("accepted");
  dates.reply_notice_issued = reader.Optional<Date>("reply_notice_issued");
  dates.withdrawn = reader.Optional<Date>("withdrawn");
  dates.decided = reader.Optional<Date>("decided");
  dates.published = reader.Optional<Date>("published");
  dates.procurement_suspended = reader.Optional<Date>("procurement_suspended");
  errors.insert(errors.end(), reader.Errors().begin(), reader.Errors().end());
  for (const auto& name : reader.Unread()) record.left_out.push_back("dates." + name);
  return dates;
}

RecordedCase CommonOf(const DecisionRecord& record) {
  RecordedCase common;
  common.profile = record.profile;
  common.region = record.region;
  common.authority = record.authority;
  common.source_id = record.id;
  common.document_no = record.document_no;
  common.challenged_on = record.dates.query_submitted;
  common.challenge_answered_on = record.dates.query_answered;
  common.filed_on = record.dates.complaint_filed;
  common.received_on = record.dates.complaint_received;
  common.correction_requested_on = record.dates.correction_notified;
  common.correction_supplied_on = record.dates.correction_received;
  common.reply_notice_sent_on = record.dates.reply_notice_issued;
  common.accepted_on = record.dates.accepted;
  common.published_on = record.dates.published;
  common.articles = record.articles;
  if (record.grounds) common.grounds = PersonalText(*record.grounds);
  if (record.remedies) common.remedies = PersonalText(*record.remedies);
  common.unknowns = LacksOf(record);
  return common;
}

template <class Command>
RecordingCommand Recording(const Command& command) {
  return {std::string(Command::kName), Encode(command)};
}

/// The ground, where the text names one in the words of the law.
std::optional<RefusalGround> GroundIn(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  for (const auto& entry : EnumTable<RefusalGround>::kNames) {
    if (text->find(entry.zh) != std::string::npos) return entry.value;
  }
  return std::nullopt;
}

Expected<RecordingCommand> RefusalOf(const DecisionRecord& record) {
  RecordRefusal refusal{CommonOf(record), GroundIn(record.grounds), record.dates.decided,
                        record.correction_allowed_workdays, record.dates.correction_delivered};
  return Recording(refusal);
}

Expected<RecordingCommand> SuspensionOf(const DecisionRecord& record) {
  if (!record.suspension_days || !record.dates.procurement_suspended) {
    return Refuse(RejectionKind::kRefused,
                  {"suspension_days_not_stated", "暂停日期或天数未载明",
                   "the day or the length of the suspension is not stated"});
  }
  return Recording(RecordSuspension{CommonOf(record), *record.dates.procurement_suspended,
                                    *record.suspension_days});
}

Expected<RecordingCommand> DecisionOf(const DecisionRecord& record) {
  if (record.outcome == "withdrawn") {
    return Recording(RecordWithdrawal{CommonOf(record), record.dates.withdrawn,
                                      record.dates.decided, record.stated_excluded_workdays});
  }
  RecordDecision decision{CommonOf(record), std::nullopt, record.dates.decided,
                          record.stated_excluded_workdays};
  if (record.outcome == "rejected") decision.outcome = Outcome::kDismissed;
  else if (record.outcome == "upheld") decision.outcome = Outcome::kUpheld;
  else if (record.outcome == "partly_upheld") decision.outcome = Outcome::kPartlyUpheld;
  else if (record.outcome != "not_in_excerpt") {
    return Refuse(RejectionKind::kInvalid,
                  {"outcome_unknown", "处理结果无法识别", "the outcome is none that is known"});
  }
  return Recording(decision);
}

}  // namespace

Expected<DecisionRecord> ReadDecisionRecord(const Json& json) {
  FieldErrors errors;
  if (!json.is_object()) {
    json_detail::AddWrongType(errors, "", "object");
    return tl::unexpected(InvalidFields(std::move(errors)));
  }
  DecisionRecord record;
  Reader reader(json);
  record.id = reader.Required<std::string>("id");
  record.authority = reader.Required<std::string>("authority");
  record.region = reader.Optional<RegionCode>("region_code");
  record.document_no = reader.Optional<std::string>("document_no");
  record.document_type = reader.Required<std::string>("document_type");
  record.profile = reader.Required<Profile>("profile");
  record.outcome = reader.Required<std::string>("outcome");
  record.grounds = reader.Optional<std::string>("grounds");
  record.remedies = reader.Optional<std::string>("remedies");
  record.articles =
      reader.Optional<std::vector<std::string>>("articles").value_or(std::vector<std::string>{});
  record.stated_excluded_workdays = reader.Optional<std::int64_t>("stated_excluded_working_days");
  record.correction_allowed_workdays =
      reader.Optional<std::int64_t>("correction_allowed_working_days");
  record.suspension_days = reader.Optional<std::int64_t>("suspension_days_calendar");
  reader.PassOver("completeness");
  reader.Optional<std::string>("remarks");
  const Json dates = reader.Required<Json>("dates");
  errors = reader.Errors();
  record.left_out = reader.Unread();
  if (json.contains("remarks") && json["remarks"] != "") record.left_out.emplace_back("remarks");
  if (dates.is_object()) record.dates = ReadDates(dates, record, errors);
  else if (!dates.is_null()) json_detail::AddWrongType(errors, "/dates", "object");
  if (!errors.empty()) return tl::unexpected(InvalidFields(std::move(errors)));
  return record;
}

Expected<RecordingCommand> CommandFor(const DecisionRecord& record) {
  if (record.document_type == "not_accepted_notice") return RefusalOf(record);
  if (record.document_type == "suspension_notice") return SuspensionOf(record);
  // A judgment tells of the decision that it is about; the lawsuit itself is left out by name.
  if (record.document_type == "complaint_decision" || record.document_type == "judgment") {
    return DecisionOf(record);
  }
  return Refuse(RejectionKind::kRefused,
                {"record_of_other_workflow", "该文书不是投诉处理记录，属于其他业务",
                 "this document is no complaint record; it belongs to another workflow"});
}

std::vector<std::string> LacksOf(const DecisionRecord& record) {
  std::vector<std::string> lacks;
  const auto need = [&](bool known, const char* name) {
    if (!known) lacks.emplace_back(name);
  };
  const auto& dates = record.dates;
  need(record.region.has_value(), "region");
  need(record.document_no.has_value(), "document_no");
  if (record.document_type != "suspension_notice") {
    need(dates.decided.has_value(), "decided_on");
    need(record.outcome != "not_in_excerpt", "outcome");
    need(dates.published.has_value(), "published_on");
  }
  need(dates.complaint_received.has_value(), "received_on");
  if (record.document_type == "complaint_decision") need(dates.accepted.has_value(), "accepted_on");
  need(dates.correction_received || !dates.correction_notified, "correction_supplied_on");
  lacks.emplace_back("parties");
  lacks.emplace_back("handlers");
  return lacks;
}

}  // namespace docket::complaint
