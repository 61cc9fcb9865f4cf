// The archive file: opening, collecting, how long it is kept, and how it ends.
#include "workflows/archive/archive_test_samples.hpp"

namespace docket::archive {

namespace {

using namespace samples;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

const StreamId kComplaint("complaint-1");
const StreamId kLater("complaint-2");

struct ArchiveTest : FileTest {
  ArchiveTest() {
    spec.Actor({ActorId("elsewhere"), UnitId("other_bureau"), {Role::kIntake}});
    spec.Actor({ActorId("other_centre"), UnitId("centre_2"), {Role::kTradingCentre}});
    spec.Actor({ActorId("other_head"), UnitId("other_bureau"), {Role::kHead}});
  }
  ProposeDisposal Proposal(Part part) const { return {part, Document("清册.pdf")}; }
  /// Closed on that day, and three years began.
  void GivenClosed(std::string_view on) {
    spec.As("process_manager")
        .Given(ComplaintClosed{{kComplaint, On(on)}}, ComplaintYearsBegun{On(on)});
  }
};

TEST_F(ArchiveTest, AProjectHasOneFileWhoseDepartmentAndKeeperAreNamed) {
  auto open = kOpen;
  open.keeper = UnitId("centre_2");
  spec.As("centre").When(open).Then(FileOpened{kOpen});
  const auto& claim = spec.Decision()->events[0].claims.at(0);
  EXPECT_EQ(claim.Stream(), StreamId("archive_file-A4101001234567890123"));
  EXPECT_EQ(claim.kind, Claim::Kind::kTake);
  EXPECT_EQ(claim.taken.code, "archive_file_exists");
  open = kOpen;
  open.unit = std::nullopt;
  spec.As("clerk").When(open).Then(FileOpened{kOpen});
  spec.As("process_manager").When(kOpen).ThenHappens(FileOpened{kOpen});
  EXPECT_EQ(spec.State(), "collecting");
}

TEST_F(ArchiveTest, AMatterOfNoProjectHasItsFileByItsCase) {
  auto open = kOpen;
  open.project = std::nullopt;
  open.source = StreamId("clue-1");
  spec.As("clerk").When(open).Then(FileOpened{open});
  EXPECT_EQ(spec.Decision()->events[0].claims.at(0).name, "clue-1");
  open.source = std::nullopt;
  spec.When(open).ThenRefused("file_without_key");
}

TEST_F(ArchiveTest, AFileIsOpenedWithinCompetenceForADepartment) {
  auto open = kOpen;
  open.region = RegionCode("990000");
  spec.As("clerk").When(open).ThenRefused("region_unknown");
  open = kOpen;
  open.industry = Industry::kWater;
  spec.When(open).ThenRefused("matter_outside_competence");
  open = kOpen;
  open.unit = std::nullopt;
  spec.As("centre").When(open).ThenRefused("department_missing");
}

TEST_F(ArchiveTest, OthersThanItsDepartmentAndKeeperHaveNothingToDoWithIt) {
  In("collecting").As("elsewhere").When(kPaper).ThenRefused("unit_not_competent");
  spec.As("other_centre").When(kPaper).ThenRefused("file_kept_elsewhere");
}

// Shows A136.
TEST_F(ArchiveTest, ItemsOnAllThreeCarriersAreNumberedAndArchived) {
  spec.At("2020-03-02").As("centre").Given(FileOpened{kOpen});
  spec.At("2020-03-23").When(kFileAway).ThenRefused("file_empty");
  spec.When(kBid).ThenHappens(ItemCollected{kBid, "1"});
  spec.When(kPaper).ThenHappens(ItemCollected{kPaper, "2"});
  spec.When(Recording()).ThenHappens(ItemCollected{Recording(), "3"});
  spec.At("2020-06-30").As("clerk").When(kFileAway).ThenHappens(FiledAway{kFileAway});
  EXPECT_EQ(spec.State(), "archived");
  EXPECT_TRUE(spec.Model().Summary().archived);
  EXPECT_EQ(spec.Model().Summary().confidentiality, Confidentiality::kRestricted);
  spec.When(kPaper).Then(ItemCollected{kPaper, "4"});
}

TEST_F(ArchiveTest, ACarrierAsksForItsOwnFields) {
  const auto expect_wrong = [](const CollectItem& item, std::string_view pointer) {
    const auto wrong = item.WrongFields();
    ASSERT_EQ(wrong.size(), 1U);
    EXPECT_EQ(wrong[0].pointer, pointer);
  };
  auto item = kBid;
  item.document = std::nullopt;
  expect_wrong(item, "/document");
  item = kPaper;
  item.shelf_mark = std::nullopt;
  expect_wrong(item, "/shelf_mark");
  item = kPaper;
  item.recording_ended_on = On("2020-03-20");
  expect_wrong(item, "/recording_ended_on");
  item = Recording();
  item.shelf_mark = std::nullopt;
  expect_wrong(item, "/shelf_mark");
  item.document = Document("录像.mp4");
  EXPECT_TRUE(item.WrongFields().empty());
  item.recording_ended_on = std::nullopt;
  expect_wrong(item, "/recording_ended_on");
  In("collecting").When(item).ThenRefused("invalid_fields");
}

TEST_F(ArchiveTest, RecordingsAndProjectsHaveEndedBeforeTheyAreArchived) {
  for (const auto& state : kKeptStates) {
    In(state)
        .At("2020-07-01")
        .When(Recording("2020-07-02"))
        .ThenRefused("recording_ends_in_future");
    spec.When(Recording("2020-07-01")).Then(ItemCollected{Recording("2020-07-01"), "4"});
  }
  auto early = kFileAway;
  early.procurement_ended_on = On("2020-07-01");
  In("collecting").At("2020-06-30").When(early).ThenRefused("project_closes_in_future");
  early = kFileAway;
  early.project_closed_on = On("2020-07-01");
  spec.When(early).ThenRefused("project_closes_in_future");
}

// Shows A137.
TEST_F(ArchiveTest, ARecordingIsKeptThreeYearsFromItsEnd) {
  In("archived");
  EXPECT_EQ(Clock("media_retention:3"), "2023-03-20");
  spec.At("2023-03-20T23:59:59+08:00").As("clerk");
  spec.When(Proposal(Part::kMedia)).ThenRefused("retention_running");
  spec.At("2023-03-21").TimePasses();
  EXPECT_EQ(Clock("media_retention:3"), "2023-03-20 expired");
  EXPECT_EQ(spec.State(), "archived") << "nothing is disposed of by itself";
  spec.When(Proposal(Part::kMedia)).Then(DisposalWasProposed{Proposal(Part::kMedia)});
  spec.When(Proposal(Part::kFile)).ThenRefused("retention_running");
}

// Shows A137.
TEST_F(ArchiveTest, EachRecordingHasItsOwnYearsAndTheLastCounts) {
  In("collecting").Given(ItemCollected{Recording("2020-02-29"), "4"});
  EXPECT_EQ(Clock("media_retention:4"), "2023-02-28");
  spec.At("2020-06-30").Given(FiledAway{kFileAway});
  spec.At("2021-01-05").Given(ItemCollected{Recording("2021-01-04"), "5"});
  spec.At("2024-01-04").When(Proposal(Part::kMedia)).ThenRefused("retention_running");
  spec.At("2024-01-05")
      .When(Proposal(Part::kMedia))
      .Then(DisposalWasProposed{Proposal(Part::kMedia)});
}

// Shows A138.
TEST_F(ArchiveTest, AComplaintHoldsTheRecordingsAndRestartsTheirYearsAtItsEnd) {
  In("archived").At("2023-03-01").As("process_manager");
  spec.When(RecordComplaintOpened{kComplaint}).ThenHappens(ComplaintOpened{{kComplaint}});
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"complaint_open"});
  spec.At("2023-03-21").As("clerk");
  spec.When(Proposal(Part::kMedia)).ThenRefused("file_on_hold");
  EXPECT_EQ(Clock("media_complaint_retention"), "none");
  const RecordComplaintClosed closed{kComplaint, On("2023-04-10")};
  spec.At("2023-04-12").As("process_manager").When(closed);
  spec.ThenHappens(ComplaintClosed{closed}, ComplaintYearsBegun{On("2023-04-10")});
  EXPECT_EQ(Clock("media_complaint_retention"), "2026-04-10");
  spec.At("2026-04-10T23:59:59+08:00").As("centre");
  spec.When(Proposal(Part::kMedia)).ThenRefused("retention_running");
  spec.At("2026-04-11").When(Proposal(Part::kMedia));
  spec.Then(DisposalWasProposed{Proposal(Part::kMedia)});
}

// Shows A138.
TEST_F(ArchiveTest, OfSeveralComplaintsTheLatestEndCountsAndNoneBeginsWhileOneIsOpen) {
  for (const bool in_order : {true, false}) {
    const RecordComplaintClosed first{in_order ? kComplaint : kLater,
                                      On(in_order ? "2021-05-10" : "2021-06-15")};
    const RecordComplaintClosed last{in_order ? kLater : kComplaint,
                                     On(in_order ? "2021-06-15" : "2021-05-10")};
    In("archived").At("2021-04-01").As("process_manager");
    spec.Given(ComplaintOpened{{kComplaint}}, ComplaintOpened{{kLater}});
    spec.At("2021-06-16").When(first).ThenHappens(ComplaintClosed{first});
    EXPECT_EQ(Clock("media_complaint_retention"), "none");
    spec.When(last).ThenHappens(ComplaintClosed{last}, ComplaintYearsBegun{On("2021-06-15")});
    EXPECT_EQ(Clock("media_complaint_retention"), "2024-06-15");
  }
}

// Shows A138.
TEST_F(ArchiveTest, ANewComplaintStopsTheYearsAndItsEndStartsThemAnew) {
  In("archived").At("2021-05-12");
  GivenClosed("2021-05-10");
  spec.At("2022-01-05").Given(ComplaintOpened{{kLater}});
  EXPECT_EQ(Clock("media_complaint_retention"), "2024-05-10 cancelled");
  const RecordComplaintClosed closed{kLater, On("2022-02-07")};
  spec.At("2022-02-07").When(closed);
  spec.ThenHappens(ComplaintClosed{closed}, ComplaintYearsBegun{On("2022-02-07")});
  EXPECT_EQ(Clock("media_complaint_retention"), "2025-02-07");
  // Told again with an earlier day, and of one that nobody had announced: never shorter.
  for (const char* complaint : {"complaint-2", "complaint-3"}) {
    const RecordComplaintClosed again{StreamId(complaint), On("2021-12-01")};
    spec.When(again).ThenHappens(ComplaintClosed{again}, ComplaintYearsBegun{On("2022-02-07")});
    EXPECT_EQ(Clock("media_complaint_retention"), "2025-02-07");
    spec.Given(ComplaintOpened{{StreamId(complaint)}});
    spec.When(again).ThenHappens(ComplaintClosed{again}, ComplaintYearsBegun{On("2022-02-07")});
    EXPECT_EQ(Clock("media_complaint_retention"), "2025-02-07");
  }
}

// Shows A138.
TEST_F(ArchiveTest, ComplaintsAreRecordedWhateverIsUnderWay) {
  for (const auto& state : kOpenStates) {
    In(state).At("2036-02-01").As("process_manager");
    spec.When(RecordComplaintOpened{kComplaint}).ThenHappens(ComplaintOpened{{kComplaint}});
    spec.When(RecordComplaintOpened{kComplaint}).ThenRefused("complaint_open_already");
    spec.When(RecordComplaintClosed{kComplaint, On("2036-02-02")})
        .ThenRefused("complaint_ends_in_future");
    const RecordComplaintClosed closed{kComplaint, On("2036-02-01")};
    spec.When(closed).ThenHappens(ComplaintClosed{closed}, ComplaintYearsBegun{On("2036-02-01")});
    EXPECT_EQ(spec.State(), state);
    spec.When(RecordComplaintOpened{kComplaint}).Then(ComplaintOpened{{kComplaint}});
  }
}

// Shows A139.
TEST_F(ArchiveTest, TheRestIsKeptTenYearsFromTheEndOfTheProject) {
  In("archived");
  EXPECT_EQ(Clock("file_retention"), "2030-06-30");
  EXPECT_EQ(Clock("procurement_retention"), "none");
  spec.At("2030-06-30T23:59:59+08:00").When(Proposal(Part::kFile)).ThenRefused("retention_running");
  spec.At("2030-07-01")
      .When(Proposal(Part::kFile))
      .Then(DisposalWasProposed{Proposal(Part::kFile)});
}

// Shows A139.
TEST_F(ArchiveTest, DocumentsOfAProcurementWithTheirRecordingsAreKeptFifteenYears) {
  In("archived", Part::kFile, Appraisal::kDestroy, OfProcurement());
  EXPECT_EQ(Clock("procurement_retention"), "2035-06-30");
  for (const auto part : {Part::kMedia, Part::kFile}) {
    spec.At("2035-06-30").When(Proposal(part)).ThenRefused("retention_running");
    spec.At("2035-07-01").When(Proposal(part)).Then(DisposalWasProposed{Proposal(part)});
  }
  In("collecting", Part::kFile, Appraisal::kDestroy, OfProcurement());
  auto ended = kFileAway;
  ended.procurement_ended_on = On("2020-06-01");
  spec.At("2020-06-30").Given(FiledAway{ended});
  EXPECT_EQ(Clock("procurement_retention"), "2035-06-01");
}

TEST_F(ArchiveTest, AHoldStopsDisposalUntilItsUnitLiftsIt) {
  const LiftHold lift{"1", PersonalText("诉讼终结")};
  for (const auto& state : kOpenStates) {
    In(state).At("2036-02-01").As("head").When(kHold).ThenHappens(HoldPlaced{kHold, "1"});
    EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"on_hold"});
    spec.As("discipline").When(kHold).ThenHappens(HoldPlaced{kHold, "2"});
    spec.When(lift).ThenRefused("hold_not_of_unit");
    spec.As("head").When(LiftHold{"2", lift.reason}).ThenRefused("hold_not_of_unit");
    spec.When(lift).ThenHappens(HoldLifted{lift});
    spec.As("other_head").When(kHold).ThenRefused("unit_not_competent");
  }
  In("archived").At("2036-01-04").As("head").Given(HoldPlaced{kHold, "1"});
  spec.As("clerk").When(Proposal(Part::kFile)).ThenRefused("file_on_hold");
  spec.As("head").Given(HoldLifted{lift});
  spec.As("clerk").When(Proposal(Part::kFile)).Then(DisposalWasProposed{Proposal(Part::kFile)});
}

// Shows A140.
TEST_F(ArchiveTest, FixityIsCheckedAndDamageStaysVisibleUntilItIsMended) {
  const CheckFixity whole{3, {}, Document("检查记录.pdf")};
  const CheckFixity damaged{3, {"3"}, Document("检查记录.pdf")};
  const CheckFixity unknown{3, {"4"}, Document("检查记录.pdf")};
  for (const auto& state : kKeptStates) {
    In(state).As("operator").When(unknown).ThenRefused("item_unknown");
    spec.As("centre").When(damaged).ThenHappens(FixityChecked{damaged}, DamageFound{{"3"}});
    EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"damaged"});
    spec.When(whole).ThenHappens(FixityChecked{whole});
    EXPECT_TRUE(spec.Model().Summary().flags.empty());
  }
}

TEST_F(ArchiveTest, RecordingsAreDestroyedAloneAndOnce) {
  const Destroy destroy{ActorId("lin"), Document("销毁证明.pdf")};
  In("appraised", Part::kMedia).As("clerk").When(destroy).ThenHappens(MediaDestroyed{destroy});
  EXPECT_EQ(spec.State(), "archived");
  spec.When(Proposal(Part::kMedia)).ThenRefused("nothing_to_dispose_of");
  spec.When(Proposal(Part::kFile)).Then(DisposalWasProposed{Proposal(Part::kFile)});
}

TEST_F(ArchiveTest, SomebodyElseAppraisesAndMayKeepAtAnyStep) {
  const auto opinion = PersonalText("同意");
  const Appraise keep{Appraisal::kKeep, PersonalText("有保存价值")};
  for (const auto part : {Part::kMedia, Part::kFile}) {
    In("disposal_proposed", part).As("head").When(keep).Then(FileKept{keep});
    spec.As("han").When(Appraise{Appraisal::kDestroy, opinion});
    spec.Then(DisposalAppraised{{Appraisal::kDestroy, opinion}});
    spec.When(Appraise{Appraisal::kTransfer, opinion});
    if (part == Part::kMedia) spec.ThenRefused("transferred_whole_only");
    else spec.Then(DisposalAppraised{{Appraisal::kTransfer, opinion}});
  }
  In("appraised").As("head").When(keep).ThenHappens(FileKept{keep});
  EXPECT_EQ(spec.State(), "archived");
}

// Shows A138.
TEST_F(ArchiveTest, WhatComesUpAfterTheProposalStopsTheDisposal) {
  const Destroy destroy{ActorId("lin"), Document("销毁证明.pdf")};
  const Transfer transfer{"市档案馆", Document("移交清单.pdf")};
  const Appraise appraise{Appraisal::kDestroy, PersonalText("同意")};
  const auto refuse_all = [&](std::string_view code) {
    spec.As("head").When(appraise).ThenRefused(
        spec.State() == "disposal_proposed" ? code : "command_not_allowed_in_state");
    if (spec.State() == "disposal_proposed") return;
    spec.As("clerk").When(destroy).ThenRefused(code);
  };
  for (const char* state : {"disposal_proposed", "appraised"}) {
    for (const auto part : {Part::kMedia, Part::kFile}) {
      In(state, part).Given(ComplaintOpened{{kComplaint}});
      refuse_all("file_on_hold");
      GivenClosed("2036-01-04");
      refuse_all("retention_running");
    }
  }
  In("appraised", Part::kFile, Appraisal::kTransfer).Given(ComplaintOpened{{kComplaint}});
  spec.As("clerk").When(transfer).ThenRefused("file_on_hold");
  GivenClosed("2036-01-04");
  spec.As("clerk").When(transfer).ThenRefused("retention_running");
}

TEST_F(ArchiveTest, DestructionNeedsASecondOfficerAndItsCertificate) {
  Destroy destroy{ActorId("lin"), Document("销毁证明.pdf")};
  for (const auto part : {Part::kMedia, Part::kFile}) {
    In("appraised", part);
    for (const char* unfit : {"clerk", "clerk_2", "nobody", "admin", "elsewhere"}) {
      destroy.supervisor = ActorId(unfit);
      spec.As("clerk").RecordedBy("clerk_2").When(destroy).ThenRefused("supervisor_unfit");
    }
  }
  destroy.supervisor = ActorId("lin");
  spec.As("clerk").When(destroy).ThenHappens(FileDestroyed{destroy});
  EXPECT_EQ(spec.State(), "destroyed");
  spec.When(kPaper).ThenRefused("command_not_allowed_in_state");
}

TEST_F(ArchiveTest, AFileEndsAsItWasAppraised) {
  const Destroy destroy{ActorId("lin"), Document("销毁证明.pdf")};
  const Transfer transfer{"市档案馆", Document("移交清单.pdf")};
  for (const auto part : {Part::kMedia, Part::kFile}) {
    In("appraised", part, Appraisal::kTransfer).As("clerk");
    spec.When(destroy).ThenRefused("not_appraised_for_this");
  }
  spec.When(transfer).ThenHappens(FileTransferred{transfer});
  EXPECT_EQ(spec.State(), "transferred");
  In("appraised").As("clerk").When(transfer).ThenRefused("not_appraised_for_this");
}

TEST(ArchiveHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::archive
