#include "domain/evidence/leaf.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

RecordedEvent MakeEvent() {
  RecordedEvent event;
  event.id = EventId("0191d5d8-0000-7000-8000-000000000001");
  event.type = "complaint.lodged";
  event.schema_version = 2;
  event.occurred_at = Instant::FromMicros(1'726'795'800'000'000);
  event.recorded_at = Instant::FromMicros(1'726'797'600'000'001);
  event.actor = ActorId("lin");
  event.recorded_by = ActorId("chen \"the clerk\"");
  event.unit = UnitId("福州市住建局");
  event.role = Role::kIntake;
  event.command_id = CommandId("c\\1");
  event.correlation = CorrelationId("k");
  event.region = RegionCode("350100");
  event.confidentiality = Confidentiality::kRestricted;
  event.virtual_clock = true;
  event.position = Position{7};
  event.stream = StreamId("complaint-1");
  event.version = Version{3};
  event.salt = "00ff";
  event.data = R"({"note":"受理"})";
  event.data_digest = DataDigest(event.salt, event.data);
  return event;
}

// What stands here is stored in every log: it may never change.
constexpr const char* kHeader =
    R"({"actor":"lin","causation":"","command_id":"c\\1","confidentiality":"restricted",)"
    R"("correlation":"k",)"
    R"("data_digest":"@",)"
    R"("id":"0191d5d8-0000-7000-8000-000000000001","log":1,"occurred_at":1726795800000000,)"
    R"("position":7,"recorded_at":1726797600000001,"recorded_by":"chen \"the clerk\"",)"
    R"("region":"350100","role":"intake","schema_version":2,"stream":"complaint-1",)"
    R"("type":"complaint.lodged","unit":"福州市住建局","v":1,"version":3,"virtual_clock":true})";

TEST(LeafTest, HeaderIsTheCanonicalJsonOfTheEnvelope) {
  const RecordedEvent event = MakeEvent();
  std::string expected = kHeader;
  expected.replace(expected.find('@'), 1, event.data_digest);
  EXPECT_EQ(LeafHeader(LogId::kCases, event), expected);
  EXPECT_EQ(CanonicalJson(Json::parse(expected)), expected);
}

TEST(LeafTest, HashIsThatOfALeafOfTheStandard) {
  const RecordedEvent event = MakeEvent();
  const std::string header = LeafHeader(LogId::kCases, event);
  EXPECT_EQ(LeafHash(LogId::kCases, event), Sha256Hex(std::string(1, '\0') + header));
  EXPECT_NE(LeafHash(LogId::kAccess, event), LeafHash(LogId::kCases, event));
}

TEST(LeafTest, GoldenDigests) {
  EXPECT_EQ(DataDigest("00ff", "abc"), Sha256Hex(std::string("\0\xff", 2) + "abc"));
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace docket
