#include "domain/cloud_event.hpp"

namespace docket {

namespace {

using Kind = CloudAttribute::Kind;
using Placed = PlacedEvent;

std::string_view NameOfLog(LogId log) { return log == LogId::kCases ? "cases" : "access"; }

}  // namespace

std::string CloudEventSource(LogId log) { return "/docket/" + std::string(NameOfLog(log)); }

const std::array<CloudAttribute, kCloudAttributes>& CloudAttributes() {
  static const std::array<CloudAttribute, kCloudAttributes> attributes{{
      {"specversion", Kind::kText, true, "规范版本", "always 1.0",
       [](const Placed&) { return std::string("1.0"); }},
      {"id", Kind::kText, true, "事件编号", "UUIDv7 of the event",
       [](const Placed& p) { return p.event.id.value; }},
      {"source", Kind::kText, true, "事件库", "which log: /docket/cases",
       [](const Placed& p) { return CloudEventSource(p.log); }},
      {"type", Kind::kText, true, "事件类型", "what happened, such as complaint.lodged",
       [](const Placed& p) { return p.event.type; }},
      {"subject", Kind::kText, true, "案卷", "the stream: one case, one account, one calendar",
       [](const Placed& p) { return p.event.stream.value; }},
      {"time", Kind::kInstant, true, "发生时间", "when it legally happened",
       [](const Placed& p) { return p.event.occurred_at.ToString(); }},
      {"datacontenttype", Kind::kText, true, "内容格式", "always application/json",
       [](const Placed&) { return std::string("application/json"); }},
      {"epoch", Kind::kText, true, "历史编号", "the incarnation of the log",
       [](const Placed& p) { return p.epoch.value; }},
      {"position", Kind::kText, true, "位置", "place in the log: 1, 2, 3 …, in decimal digits",
       [](const Placed& p) { return std::to_string(p.event.position.value); }},
      {"version", Kind::kInteger, true, "案卷内序号", "place in the stream: 1, 2, 3 …",
       [](const Placed& p) { return std::to_string(p.event.version.value); }},
      {"schemaversion", Kind::kInteger, true, "内容版本", "version of the data's shape",
       [](const Placed& p) { return std::to_string(p.event.schema_version); }},
      {"recordedat", Kind::kInstant, true, "记录时间", "when the log learnt of it",
       [](const Placed& p) { return p.event.recorded_at.ToString(); }},
      {"actor", Kind::kText, false, "行为人", "who did it",
       [](const Placed& p) { return p.event.actor.value; }},
      {"recordedby", Kind::kText, false, "录入人", "who entered it",
       [](const Placed& p) { return p.event.recorded_by.value; }},
      {"unit", Kind::kText, false, "单位", "the actor's unit",
       [](const Placed& p) { return p.event.unit.value; }},
      {"role", Kind::kText, true, "角色", "the role in which the actor acted",
       [](const Placed& p) { return std::string(NameOf(p.event.role)); }},
      {"commandid", Kind::kText, false, "命令编号", "of the command that caused it",
       [](const Placed& p) { return p.event.command_id.value; }},
      {"correlation", Kind::kText, false, "关联编号", "ties together what one outside act caused",
       [](const Placed& p) { return p.event.correlation.value; }},
      {"causation", Kind::kText, false, "起因事件", "the event that this one follows from",
       [](const Placed& p) { return p.event.causation.value; }},
      {"region", Kind::kText, false, "行政区划", "GB/T 2260 division code",
       [](const Placed& p) { return p.event.region.value; }},
      {"confidentiality", Kind::kText, true, "密级", "ordinary or restricted",
       [](const Placed& p) { return std::string(NameOf(p.event.confidentiality)); }},
      {"virtualclock", Kind::kBoolean, true, "虚拟时钟", "recorded under a moved legal clock",
       [](const Placed& p) { return std::string(p.event.virtual_clock ? "true" : "false"); }},
      {"salt", Kind::kText, false, "盐值", "of the data's digest, 32 hex digits",
       [](const Placed& p) { return p.event.salt; }},
      {"datadigest", Kind::kText, false, "内容摘要", "SHA-256 of salt and canonical data, hex",
       [](const Placed& p) { return p.event.data_digest; }},
      {"leafhash", Kind::kText, true, "叶节点摘要", "leaf of the log's Merkle tree, hex",
       [](const Placed& p) { return p.event.leaf_hash; }},
      {"erasedat", Kind::kInstant, false, "个人信息删除时间",
       "since when a personal text in it can no longer be opened by anybody",
       [](const Placed& p) { return p.erased_at ? p.erased_at->ToString() : std::string(); }},
      {"withheld", Kind::kText, false, "隐去的字段",
       "JSON Pointers, apart by spaces, of what the reader's grant does not show; what is absent "
       "and not named here was never there",
       [](const Placed&) { return std::string(); }},
      {"data", Kind::kText, true, "内容", "as stored, personal texts sealed",
       [](const Placed& p) { return p.event.data; }},
  }};
  return attributes;
}

void EachCloudAttribute(
    const PlacedEvent& placed,
    const std::function<void(const CloudAttribute&, const std::string&)>& visit) {
  for (const auto& attribute : CloudAttributes()) {
    const std::string value = attribute.read(placed);
    if (attribute.required || !value.empty()) visit(attribute, value);
  }
}

std::string CloudEventText(const PlacedEvent& placed) {
  std::string text;
  text.reserve(placed.event.data.size() + 1200);
  EachCloudAttribute(placed, [&](const CloudAttribute& attribute, const std::string& value) {
    text += text.empty() ? '{' : ',';
    AppendCanonicalString(text, attribute.name);
    text += ':';
    const bool as_it_is = attribute.kind == Kind::kInteger || attribute.kind == Kind::kBoolean ||
                          attribute.name == "data";
    if (as_it_is) text += value;
    else AppendCanonicalString(text, value);
  });
  return text += '}';
}

}  // namespace docket
