/// States of a matter of security: a duty that recurs, an incident, or a document under review.
#pragma once

#include "workflows/engine/machine.hpp"

namespace docket::security_duty {

struct Unregistered : State<Unregistered> {
  static constexpr std::string_view kName = "unregistered", kZh = "未登记";
};
struct Active : State<Active> {
  static constexpr std::string_view kName = "active", kZh = "履行中";
};
struct Suspended : State<Suspended> {
  static constexpr std::string_view kName = "suspended", kZh = "已暂停";
};
struct IncidentReported : State<IncidentReported> {
  static constexpr std::string_view kName = "incident_reported", kZh = "事件已报告待处置";
};
struct IncidentHandled : State<IncidentHandled> {
  static constexpr std::string_view kName = "incident_handled", kZh = "事件已处置";
};
struct DocumentSubmitted : State<DocumentSubmitted> {
  static constexpr std::string_view kName = "document_submitted", kZh = "文件审核中";
};
struct DocumentReturned : State<DocumentReturned> {
  static constexpr std::string_view kName = "document_returned", kZh = "文件已退回";
};
struct DocumentInForce : State<DocumentInForce> {
  static constexpr std::string_view kName = "document_in_force", kZh = "文件有效";
};
struct IncidentClosed : State<IncidentClosed> {
  static constexpr std::string_view kName = "incident_closed", kZh = "事件已结案";
  static constexpr bool kTerminal = true;
};
struct Ended : State<Ended> {
  static constexpr std::string_view kName = "ended", kZh = "已终止";
  static constexpr bool kTerminal = true;
};

}  // namespace docket::security_duty
