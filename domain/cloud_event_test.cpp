// The envelope that leaves the log: its shape, and that digests can be computed from it again.
#include "domain/cloud_event.hpp"

#include <gtest/gtest.h>

#include "domain/evidence/leaf.hpp"

namespace docket {
namespace {

RecordedEvent SampleEvent() {
  RecordedEvent event;
  event.id = EventId("01920000-0000-7000-8000-000000000001");
  event.type = "complaint.lodged";
  event.occurred_at = *Instant::Parse("2024-09-20T09:30:00+08:00");
  event.recorded_at = *Instant::Parse("2024-09-20T09:30:00.000123+08:00");
  event.actor = ActorId("lin");
  event.recorded_by = ActorId("chen");
  event.role = Role::kIntake;
  event.region = RegionCode("350100");
  event.data = R"({"note":"受理","words":["a\nb"]})";
  event.position = Position{(std::int64_t{1} << 40) + 1};
  event.stream = StreamId("complaint-1");
  event.version = Version{3};
  event.salt = std::string(32, 'a');
  event.data_digest = DataDigest(event.salt, event.data);
  event.leaf_hash = LeafHash(LogId::kCases, event);
  return event;
}

/// As a subscriber reads it.
RecordedEvent FromCloudEvent(const Json& json) {
  RecordedEvent event;
  event.id = EventId(json["id"].get<std::string>());
  event.type = json["type"];
  event.occurred_at = *Instant::Parse(json["time"].get<std::string>());
  event.recorded_at = *Instant::Parse(json["recordedat"].get<std::string>());
  event.actor = ActorId(json.value("actor", ""));
  event.recorded_by = ActorId(json.value("recordedby", ""));
  event.unit = UnitId(json.value("unit", ""));
  event.role = *FromName<Role>(json["role"].get<std::string>());
  event.command_id = CommandId(json.value("commandid", ""));
  event.correlation = CorrelationId(json.value("correlation", ""));
  event.causation = EventId(json.value("causation", ""));
  event.region = RegionCode(json.value("region", ""));
  event.confidentiality = *FromName<Confidentiality>(json["confidentiality"].get<std::string>());
  event.virtual_clock = json["virtualclock"];
  event.data = CanonicalJson(json["data"]);
  event.position = Position{std::stoll(json["position"].get<std::string>())};
  event.stream = StreamId(json["subject"].get<std::string>());
  event.version = Version{json["version"].get<std::int64_t>()};
  event.schema_version = json["schemaversion"];
  event.salt = json["salt"];
  event.data_digest = json["datadigest"];
  event.leaf_hash = json["leafhash"];
  return event;
}

TEST(CloudEvent, HasWhatTheSpecificationAsksFor) {
  const auto event = SampleEvent();
  const Epoch epoch("0192-epoch");
  const std::string text = CloudEventText({event, LogId::kCases, epoch});
  EXPECT_EQ(text.find('\n'), std::string::npos);
  const Json json = Json::parse(text);
  EXPECT_EQ(json["specversion"], "1.0");
  EXPECT_EQ(json["source"], "/docket/cases");
  EXPECT_EQ(json["type"], "complaint.lodged");
  EXPECT_EQ(json["subject"], "complaint-1");
  EXPECT_EQ(json["datacontenttype"], "application/json");
  EXPECT_EQ(json["epoch"], "0192-epoch");
  EXPECT_EQ(json["position"], "1099511627777");
  EXPECT_EQ(json["version"], 3);
  EXPECT_EQ(json["virtualclock"], false);
  EXPECT_EQ(json["data"]["words"][0], "a\nb");
  for (const char* empty : {"unit", "commandid", "causation"}) {
    EXPECT_FALSE(json.contains(empty)) << empty;
  }
}

TEST(CloudEvent, NamesOfAttributesAreLowerCaseLettersAndDigits) {
  for (const auto& attribute : CloudAttributes()) {
    for (const char c : attribute.name) {
      EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) << attribute.name;
    }
    EXPECT_LE(attribute.name.size(), 20u);
    EXPECT_FALSE(attribute.zh.empty());
    EXPECT_FALSE(attribute.en.empty());
  }
}

TEST(CloudEvent, ItsReceiverCanComputeTheDigestsAgain) {
  const auto event = SampleEvent();
  const Epoch epoch("0192-epoch");
  const auto read = FromCloudEvent(Json::parse(CloudEventText({event, LogId::kCases, epoch})));
  EXPECT_EQ(read, event);
  EXPECT_EQ(DataDigest(read.salt, read.data), event.data_digest);
  EXPECT_EQ(LeafHash(LogId::kCases, read), event.leaf_hash);
}

}  // namespace
}  // namespace docket
