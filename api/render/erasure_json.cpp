#include "api/render/erasure_json.hpp"

#include "api/render/schema.hpp"
#include "workflows/engine/sealing.hpp"

namespace docket {

namespace {

Json TextJson(const PlannedText& text) {
  return {{"version", text.version.value},
          {"type", text.type},
          {"pointer", text.pointer},
          {"subject", std::string(NameOf(SubjectOf(text.key)))}};
}

Json ObstacleJson(const Obstacle& obstacle) {
  Json json = {{"case_id", obstacle.case_id.value},
               {"code", std::string(obstacle.refusal.code)},
               {"zh", std::string(obstacle.refusal.zh)},
               {"en", std::string(obstacle.refusal.en)}};
  if (!obstacle.hold.empty()) json["hold"] = obstacle.hold;
  if (obstacle.until) json["until"] = obstacle.until->ToString();
  return json;
}

}  // namespace

Json PlanJson(const ErasurePlan& plan) {
  Json cases = Json::array();
  for (const auto& planned : plan.cases) {
    Json texts = Json::array();
    for (const auto& text : planned.texts) texts.push_back(TextJson(text));
    Json documents = Json::array();
    for (const auto& digest : planned.documents) documents.push_back(digest.value);
    cases.push_back({{"case_id", planned.case_id.value},
                     {"state", planned.state},
                     {"keys", planned.keys.size()},
                     {"texts", std::move(texts)},
                     {"documents", std::move(documents)},
                     {"documents_left", planned.documents_left},
                     {"free_texts_left", planned.free_texts_left}});
  }
  Json obstacles = Json::array();
  for (const auto& obstacle : plan.obstacles) obstacles.push_back(ObstacleJson(obstacle));
  return {{"cases", std::move(cases)}, {"obstacles", std::move(obstacles)}};
}

Json ErasureJson(const Erasure& erasure) {
  Json cases = Json::array();
  for (const auto& one : erasure.order.cases) {
    cases.push_back({{"case_id", one.case_id.value}, {"keys", one.keys.size()}});
  }
  Json json = {{"id", erasure.order.id},
               {"state", erasure.erased_at ? "done" : "ordered"},
               {"basis", Encode(erasure.order.basis)},
               {"asked_by", Encode(erasure.order.asked_by)},
               {"shared", erasure.order.shared},
               {"ordered_by", erasure.by.actor.value},
               {"ordered_at", erasure.ordered_at.ToString()},
               {"cases", std::move(cases)}};
  if (erasure.order.reference) json["reference"] = erasure.order.reference->value;
  if (erasure.erased_at) json["erased_at"] = erasure.erased_at->ToString();
  return json;
}

Json PlanSchema() {
  using namespace schema;
  const Json text = Component("PlannedText", Object({{"version", Titled("案卷内序号", Integer())},
                                                     {"type", Titled("事件", Text())},
                                                     {"pointer", Titled("字段", Text())},
                                                     {"subject", Titled("主体", Of<Subject>())}}));
  const Json planned = Component(
      "PlannedCase", Object({{"case_id", Titled("案件编号", Text())},
                             {"state", Titled("状态", Text())},
                             {"keys", Titled("密钥数", Integer())},
                             {"texts", Titled("将删除的文本", ListOf(text))},
                             {"documents", Titled("将删除的文件", ListOf(Text()))},
                             {"documents_left", Titled("保留的文件数", Integer())},
                             {"free_texts_left", Titled("保留的自由文本数", Integer())}}));
  const Json obstacle =
      Component("ErasureObstacle", Object({{"case_id", Titled("案件编号", Text())},
                                           {"code", Text()},
                                           {"zh", Text()},
                                           {"en", Text()},
                                           {"hold?", Titled("保留编号", Text())},
                                           {"until?", Titled("至", DateText())}}));
  return Component("ErasurePlan",
                   Object({{"cases", ListOf(planned)},
                           {"obstacles", Titled("不能删除的原因", ListOf(obstacle))}}));
}

Json ErasureSchema() {
  using namespace schema;
  const Json one = Component("ErasedCase", Object({{"case_id", Titled("案件编号", Text())},
                                                   {"keys", Titled("密钥数", Integer())}}));
  return Component(
      "Erasure",
      Object({{"id", Titled("删除编号", Text())},
              {"state", Titled("状态", {{"type", "string"}, {"enum", {"ordered", "done"}}})},
              {"basis", Titled("法定情形", Of<ErasureBasis>())},
              {"asked_by", Titled("提出人", Of<ErasureAskedBy>())},
              {"reference?", Titled("收文编号", Text())},
              {"shared", Titled("连同涉及他人的文本", Boolean())},
              {"ordered_by", Titled("决定人", Text())},
              {"ordered_at", Titled("决定时间", InstantText())},
              {"erased_at?", Titled("删除时间", InstantText())},
              {"cases", ListOf(one)}}));
}

}  // namespace docket
