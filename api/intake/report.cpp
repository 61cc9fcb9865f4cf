#include "api/intake/report.hpp"

#include <algorithm>

#include "api/render/schema.hpp"

namespace docket::intake {

namespace {

Json WhyJson(const Rejection& why) {
  Json errors = Json::array();
  for (const auto& field : why.fields) {
    errors.push_back(
        {{"pointer", field.pointer}, {"code", field.code}, {"zh", field.zh}, {"en", field.en}});
  }
  Json json = {{"code", why.code}, {"zh", why.zh}, {"en", why.en}, {"errors", std::move(errors)}};
  if (!why.basis.empty()) json["basis"] = why.basis;
  return json;
}

Json MessageJson(const MessageReport& report) {
  Json json = {{"index", report.index},
               {"outcome", NameOf(report.outcome)},
               {"outcome_zh", ChineseOf(report.outcome)},
               {"late", report.late}};
  if (report.message) json["message"] = *report.message;
  if (report.message_id) json["message_id"] = *report.message_id;
  if (report.key) json["key"] = *report.key;
  if (!report.case_id.empty()) json["case_id"] = report.case_id.value;
  if (!report.check.empty()) json["check_id"] = report.check.value;
  if (report.why) json["why"] = WhyJson(*report.why);
  return json;
}

}  // namespace

std::int64_t BatchReport::Count(Outcome outcome) const {
  return std::count_if(messages.begin(), messages.end(),
                       [&](const MessageReport& one) { return one.outcome == outcome; });
}

Json ReportJson(const BatchReport& report) {
  Json list = Json::array();
  for (const auto& one : report.messages) list.push_back(MessageJson(one));
  Json json = {{"batch", report.batch},
               {"received_at", report.received_at.ToString()},
               {"messages", std::move(list)}};
  for (const auto& entry : EnumTable<Outcome>::kNames) {
    json[std::string(entry.name)] = report.Count(entry.value);
  }
  if (!report.clue.empty()) json["clue_id"] = report.clue.value;
  return json;
}

Json ReportSchema() {
  using namespace schema;
  const Json field =
      Object({{"pointer", Text()}, {"code", Text()}, {"zh", Text()}, {"en", Text()}});
  const Json why = Object({{"code", Text()},
                           {"zh", Text()},
                           {"en", Text()},
                           {"basis?", Text()},
                           {"errors", ListOf(field)}});
  const Json message = Component("IntakeMessage", Object({{"index", Integer()},
                                                          {"outcome", Of<Outcome>()},
                                                          {"outcome_zh", Text()},
                                                          {"late", Boolean()},
                                                          {"message?", Text()},
                                                          {"message_id?", Text()},
                                                          {"key?", Text()},
                                                          {"case_id?", Text()},
                                                          {"check_id?", Text()},
                                                          {"why?", why}}));
  return Component("IntakeReport", Object({{"batch", Text()},
                                           {"received_at", InstantText()},
                                           {"accepted", Integer()},
                                           {"duplicate", Integer()},
                                           {"conflict", Integer()},
                                           {"rejected", Integer()},
                                           {"quarantined", Integer()},
                                           {"clue_id?", Text()},
                                           {"messages", ListOf(message)}}));
}

}  // namespace docket::intake
