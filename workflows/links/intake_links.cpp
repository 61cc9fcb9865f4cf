#include "workflows/links/intake_links.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "workflows/data_push/events.hpp"
#include "workflows/project/events.hpp"
#include "workflows/warning/events.hpp"

namespace docket::links {

namespace {

constexpr std::string_view kDataRuleVersion = "1";

template <class T>
T ReadPushed(const JsonView& data) {
  auto value = Decode<T>(data);
  if (!value) throw std::runtime_error(fmt::format("unreadable {}", T::kType));
  return std::move(*value);
}

StreamId ConnectionOf(const std::string& provider) {
  return StreamId(fmt::format("{}-{}", data_push::kProviderRegistry, provider));
}

std::string NamesOf(const std::vector<data_push::ElectronicStep>& steps) {
  std::string names;
  for (const auto step : steps) names.append(names.empty() ? "" : "、").append(ChineseOf(step));
  return names;
}

struct DataWarning {
  warning::PointKind kind = warning::PointKind::kContent;
  std::string rule;
  std::string point_name;
  std::string about;  ///< Only one warning is open about it.
  std::vector<warning::RuleInput> inputs;
  std::string explanation;
  std::optional<ProjectCode> project{};
};

std::vector<LinkedCommand> RaiseAboutData(const LinkCause& cause, DataWarning what) {
  const CaseSummary summary = cause.model().Summary();
  warning::Raise raise;
  raise.level = warning::WarningLevel::kYellow;
  raise.kind = what.kind;
  raise.mode = warning::PointMode::kAutomatic;
  raise.point = "data/" + what.rule;
  raise.point_name = std::move(what.point_name);
  const warning::SubjectKey subject(fmt::format("{}:{}", cause.event.stream.value, what.about));
  // Where a name was entered by hand that no key can have, each finding is a warning of its own.
  if (subject.IsWellFormed()) raise.subject = subject;
  raise.rule = std::move(what.rule);
  raise.rule_version = std::string(kDataRuleVersion);
  raise.inputs = std::move(what.inputs);
  raise.explanation = PersonalText(std::move(what.explanation));
  raise.region = summary.region;
  raise.project = std::move(what.project);
  raise.source = cause.event.stream;
  return {{.data = Encode(raise)}};
}

}  // namespace

std::vector<LinkedCommand> DefectOfMissedSteps(const LinkCause& cause) {
  const auto missed = ReadPushed<project::StepsMissed>(cause.data);
  const Json facts = cause.model().Facts();
  data_push::RecordDefect defect;
  defect.kind = data_push::DefectKind::kCompleteness;
  defect.message_type = "project";
  defect.record_key = facts.at("project").get<std::string>();
  defect.detail = PersonalText(
      fmt::format("已归集“{}”，缺少“{}”", ChineseOf(missed.arrived), NamesOf(missed.steps)));
  return {{.claim = ConnectionOf(facts.at("provider").get<std::string>()), .data = Encode(defect)}};
}

std::vector<LinkedCommand> ReviewOfProject(const LinkCause& cause) {
  const Json facts = cause.model().Facts();
  // Recordings are due of the sessions that were held in public or by the committee.
  Json sessions = Json::array();
  for (const auto& one : facts.at("openings")) {
    if (one.at("opened_at") == one.at("ended_at")) continue;
    sessions.push_back(
        {{"step", "opening"}, {"from", one.at("opened_at")}, {"until", one.at("ended_at")}});
  }
  for (const auto& one : facts.at("evaluations")) {
    if (one.at("began_at") == one.at("ended_at")) continue;
    sessions.push_back(
        {{"step", "evaluation"}, {"from", one.at("began_at")}, {"until", one.at("ended_at")}});
  }
  Json recordings = Json::array();
  for (const auto& one : facts.at("media")) {
    if (one.at("from") == one.at("until")) continue;
    recordings.push_back({{"step", one.at("step")},
                          {"from", one.at("from")},
                          {"until", one.at("until")},
                          {"digest", one.at("media")}});
  }
  const Json review = {{"project", facts.at("project")},
                       {"steps_due", facts.at("steps_due")},
                       {"steps_seen", facts.at("steps_seen")},
                       {"sessions", std::move(sessions)},
                       {"recordings", std::move(recordings)}};
  return {{.claim = ConnectionOf(facts.at("provider").get<std::string>()), .data = review}};
}

std::vector<LinkedCommand> WarningOfDefect(const LinkCause& cause) {
  const auto defect = ReadPushed<data_push::DefectRecorded>(cause.data);
  const bool is_late = defect.kind == data_push::DefectKind::kTimeliness;
  const std::string zh(ChineseOf(defect.kind));
  return RaiseAboutData(
      cause, {.kind = is_late ? warning::PointKind::kTimeLimit : warning::PointKind::kContent,
              .rule = "data_defect",
              .point_name = "数据" + zh,
              .about = fmt::format("{}:{}", NameOf(defect.kind), defect.message_type),
              .inputs = {{"kind", PersonalText(std::string(NameOf(defect.kind)))},
                         {"message_type", PersonalText(defect.message_type)},
                         {"record_key", PersonalText(defect.record_key)}},
              .explanation =
                  fmt::format("推送的“{}”数据存在{}缺陷，见来源案卷", defect.message_type, zh)});
}

std::vector<LinkedCommand> WarningOfLateBatch(const LinkCause& cause) {
  const auto batch = ReadPushed<data_push::BatchRecorded>(cause.data);
  if (batch.minutes_late == 0) return {};
  return RaiseAboutData(
      cause, {.kind = warning::PointKind::kTimeLimit,
              .rule = "data_frequency",
              .point_name = "数据交换频率",
              .about = "frequency:" + batch.message_type,
              .inputs = {{"message_type", PersonalText(batch.message_type)},
                         {"received_at", PersonalText(batch.received_at.ToString())},
                         {"minutes_late", PersonalText(std::to_string(batch.minutes_late))}},
              .explanation = fmt::format("“{}”数据迟于约定频率 {} 分钟", batch.message_type,
                                         batch.minutes_late)});
}

std::vector<LinkedCommand> WarningOfOldStandard(const LinkCause& cause) {
  const auto batch = ReadPushed<data_push::BatchRecorded>(cause.data);
  if (!batch.outdated_standard) return {};
  return RaiseAboutData(cause,
                        {.rule = "data_standard",
                         .point_name = "数据规范版本",
                         .about = "standard:" + batch.message_type,
                         .inputs = {{"message_type", PersonalText(batch.message_type)},
                                    {"standard_version", PersonalText(batch.standard_version)}},
                         .explanation = fmt::format("“{}”数据未执行现行规范，所用版本为 {}",
                                                    batch.message_type, batch.standard_version)});
}

std::vector<LinkedCommand> WarningOfReview(const LinkCause& cause) {
  const auto review = ReadPushed<data_push::ProjectReviewed>(cause.data);
  if (review.steps_missing.empty() && review.seconds_unrecorded == 0) return {};
  const std::string missing = NamesOf(review.steps_missing);
  const std::string seconds = std::to_string(review.seconds_unrecorded);
  return RaiseAboutData(
      cause, {.rule = "data_project_review",
              .point_name = "项目数据完整性",
              .about = "review:" + review.project.value,
              .inputs = {{"steps_missing", PersonalText(missing.empty() ? "无" : missing)},
                         {"seconds_unrecorded", PersonalText(seconds)}},
              .explanation = fmt::format("项目 {} 办结时缺少环节“{}”，音视频缺录 {} 秒",
                                         review.project.value, missing, seconds),
              .project = review.project});
}

}  // namespace docket::links
