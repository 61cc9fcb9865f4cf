// A trade project: each kind of record in each state, each refusal, and the steps that are missing.
#include "workflows/project/project.hpp"

#include "tests/support/spec.hpp"

namespace docket::project {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
Instant Time(std::string_view text) { return *Instant::Parse(text); }
DocumentDigest Digest(char digit) { return DocumentDigest("sha256:" + std::string(64, digit)); }

const ProjectCode kProject("A3304820001234567890");
const SectionCode kSection("A3304820001234567890001");
const CreditCode kTenderer("91350100M000100Y43");
const PersonalText kReason("金额录入错误");

Record Of(const char* key, char digest) {
  Record record;
  record.key = key;
  record.message_id = std::string("m-") + key + digest;
  record.standard_version = "2.0";
  record.occurred_at = Time("2024-08-08T08:00:00+08:00");
  record.digest = Digest(digest);
  return record;
}

template <class C>
C With(C command, const char* key, char digest) {
  command.record = Of(key, digest);
  return command;
}

RecordProject AProject() {
  RecordProject c;
  c.project = kProject;
  c.project_name = "平湖市某中学教学楼工程";
  c.provider = UnitId("platform");
  c.region = RegionCode("330482");
  c.industry = Industry::kConstruction;
  c.tenderer_name = "平湖市某中学";
  c.tenderer = kTenderer;
  c.investment_code = "2408-330482-04-01-000001";
  c.estimate_fen = 800'000'000;
  c.registered_on = On("2024-08-01");
  return With(c, "P1", 'a');
}
RecordSection ASection() {
  return With(RecordSection{{}, kSection, "一标段", 800'000'000}, "S", 'a');
}
RecordNotice ANotice() {
  RecordNotice c;
  c.section = kSection;
  c.title = "招标公告";
  c.published_at = Time("2024-08-08T09:00:00+08:00");
  c.opening_at = Time("2024-09-02T09:00:00+08:00");
  return With(c, "N", 'a');
}
Enrolled ABidder() {
  Enrolled bidder;
  bidder.name = PersonalText("某建设有限公司");
  bidder.credit_code = kTenderer;
  bidder.phone = PersonalText("0573-0000 0000");
  bidder.address = PersonalText("平湖市某路一号");
  return bidder;
}
RecordEnrolment AnEnrolment() {
  return With(RecordEnrolment{{}, kSection, Time("2024-08-20T09:00:00+08:00"), {ABidder()}}, "B",
              'a');
}
RecordDraw ADraw() {
  return With(RecordDraw{{}, kSection, Time("2024-09-01T15:00:00+08:00"), 5}, "D", 'a');
}
RecordOpening AnOpening() {
  return With(
      RecordOpening{
          {}, kSection, Time("2024-09-02T09:00:00+08:00"), Time("2024-09-02T10:00:00+08:00"), 3},
      "O", 'a');
}
RecordEvaluation AnEvaluation() {
  return With(RecordEvaluation{{},
                               kSection,
                               Time("2024-09-02T10:00:00+08:00"),
                               Time("2024-09-02T17:00:00+08:00"),
                               {kTenderer}},
              "E", 'a');
}
RecordPublicity APublicity() {
  return With(RecordPublicity{{}, kSection, On("2024-09-03"), On("2024-09-06")}, "C", 'a');
}
RecordAward AnAward() {
  return With(RecordAward{{}, kSection, Time("2024-09-09T09:00:00+08:00"), kTenderer, 780'000'000},
              "A", 'a');
}
RecordContract AContract() {
  return With(RecordContract{{}, kSection, "HT-2024-1", On("2024-09-20"), kTenderer, 780'000'000},
              "H", 'a');
}
RecordPerformance APerformance() {
  return With(RecordPerformance{{}, kSection, PerformanceKind::kPayment, On("2024-12-01"), 100},
              "F", 'a');
}
RecordDeposit ADeposit() {
  return With(RecordDeposit{{}, kSection, DepositAct::kPaid, On("2024-08-20"), kTenderer, 100}, "G",
              'a');
}
RecordMedia AMedia() {
  return With(RecordMedia{{},
                          kSection,
                          ElectronicStep::kOpening,
                          Time("2024-09-02T09:00:00+08:00"),
                          Time("2024-09-02T10:00:00+08:00"),
                          Digest('f')},
              "M", 'a');
}
Close AnEnd() { return With(Close{{}, Ending::kCompleted, On("2024-12-31")}, "Z", 'a'); }

struct ProjectTest : ::testing::Test {
  Spec spec{Definition()};

  ProjectTest() {
    spec.Actor({ActorId("rival"), UnitId("elsewhere"), {Role::kDataProvider}});
    spec.Unit({UnitId("elsewhere"), "另一交易系统", RegionCode("330482"), {}});
  }
  /// Recorded on Thursday 8 August 2024, with as much more as leads to the state.
  Spec& In(std::string_view state) {
    spec.Fresh().At("2024-08-08").As("provider").Given(ProjectRecorded{AProject()});
    if (state == "awarded") spec.Given(AwardRecorded{With(AnAward(), "A0", '0')});
    if (state == "performing") spec.Given(ContractRecorded{With(AContract(), "H0", '0')});
    if (state == "closed") spec.Given(ProjectClosed{With(AnEnd(), "Z0", '0'), {}});
    EXPECT_EQ(spec.State(), state);
    return spec;
  }
  Json Facts() { return spec.Model().Facts(); }

  /// The record is taken in; the same again is known; another content needs to say what it takes
  /// the place of, and only what stands can be superseded.
  template <class Command>
  void IsTakenInOnce(std::string_view state, const Command& command) {
    SCOPED_TRACE(std::string(Command::kName) + " in " + std::string(state));
    const auto key = command.record.key.c_str();
    In(state).When(command).Happens();
    spec.When(With(command, key, 'a')).ThenRefused("record_known");
    auto other = With(command, key, 'b');
    spec.When(other).ThenRefused("digest_mismatch");
    other.record.supersedes = Supersession{Digest('c'), kReason};
    spec.When(other).ThenRefused("superseded_content_differs");
    other.record.supersedes->digest = Digest('a');
    spec.When(other).Happens();
    EXPECT_EQ(Facts().at("corrections"), 1);
    auto unknown = With(command, "other-key", 'b');
    unknown.record.supersedes = Supersession{Digest('a'), kReason};
    spec.When(unknown).ThenRefused("superseded_content_differs");
  }
  template <class Command>
  void IsOfAnotherProject(std::string_view state, Command command) {
    SCOPED_TRACE(std::string(Command::kName) + " in " + std::string(state));
    command.section = SectionCode("B3304820001234567890001");
    In(state).When(command).ThenRefused("section_of_other_project");
  }
  template <class Command>
  void InEachState(const Command& command) {
    for (const auto state : {"trading", "awarded", "performing", "closed"}) {
      IsTakenInOnce(state, command);
      IsOfAnotherProject(state, command);
    }
  }
};

TEST_F(ProjectTest, AProviderRecordsItsOwnProject) {
  spec.At("2024-08-08").As("provider").When(AProject());
  const auto& claims = spec.Decision()->events.front().claims;
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims.front().Stream(), StreamId("trade_project-A3304820001234567890"));
  EXPECT_EQ(claims.front().taken.code, "project_known");
  spec.Happens();
  EXPECT_EQ(spec.State(), "trading");
  EXPECT_EQ(Facts().at("steps_due").size(), 8U);

  spec.Fresh().As("rival").When(AProject()).ThenRefused("not_the_provider");
  auto odd = AProject();
  odd.region = RegionCode("990000");
  spec.As("provider").When(odd).ThenRefused("region_unknown");
  In("trading").As("rival").When(ANotice()).ThenRefused("not_the_provider");
}

// Shows A097.
TEST_F(ProjectTest, APublishedKeyNeverChangesAndACorrectionLeavesWhatWasThere) {
  for (const auto state : {"trading", "awarded", "performing", "closed"}) {
    In(state).When(AProject()).ThenRefused("record_known");
    spec.When(With(AProject(), "P1", 'b')).ThenRefused("digest_mismatch");
    spec.When(With(AProject(), "P2", 'b')).ThenRefused("project_known");
    auto corrected = With(AProject(), "P1", 'b');
    corrected.record.supersedes = Supersession{Digest('c'), kReason};
    spec.When(corrected).ThenRefused("superseded_content_differs");
    corrected.record.supersedes->digest = Digest('a');
    corrected.region = RegionCode("330400");
    spec.When(corrected).ThenRefused("published_key_fixed");
    corrected.region = RegionCode("330482");
    corrected.estimate_fen = 900'000'000;
    spec.When(corrected).ThenHappens(ProjectRecorded{corrected});
    EXPECT_TRUE(spec.Decision()->events.front().claims.empty());
    EXPECT_EQ(spec.State(), state);
    EXPECT_EQ(Facts().at("estimate_fen"), 900'000'000);
  }
}

TEST_F(ProjectTest, EveryKindOfRecordIsTakenInOnceInEveryState) {
  InEachState(ASection());
  InEachState(ANotice());
  InEachState(AnEnrolment());
  InEachState(ADraw());
  InEachState(AnOpening());
  InEachState(AnEvaluation());
  InEachState(APublicity());
  InEachState(AnAward());
  InEachState(AContract());
  InEachState(APerformance());
  InEachState(ADeposit());
  InEachState(AMedia());
}

TEST_F(ProjectTest, TheFirstOfItsKindSupersedesNothing) {
  auto award = AnAward();
  award.record.supersedes = Supersession{Digest('b'), kReason};
  In("trading").When(award).ThenRefused("superseded_content_differs");
  auto contract = AContract();
  contract.record.supersedes = Supersession{Digest('b'), kReason};
  spec.When(contract).ThenRefused("superseded_content_differs");
  In("awarded").When(contract).ThenRefused("superseded_content_differs");
}

TEST_F(ProjectTest, AwardContractAndEndMoveItOn) {
  In("trading").When(AnAward()).Happens();
  EXPECT_EQ(spec.State(), "awarded");
  EXPECT_EQ(Facts().at("stage"), "trading");
  spec.When(AContract()).ThenHappens(ContractRecorded{AContract()});
  EXPECT_EQ(spec.State(), "performing");
  EXPECT_EQ(Facts().at("stage"), "performance");
  for (const auto state : {"trading", "awarded", "performing"}) {
    In(state).When(AnEnd()).Happens();
    EXPECT_EQ(spec.State(), "closed");
    EXPECT_EQ(spec.Model().Summary().outcome, "completed");
  }
  spec.When(AContract()).Happens();
  EXPECT_EQ(spec.State(), "closed");
}

// Shows A025.
TEST_F(ProjectTest, TheStageOfTheProjectFollowsItsRecords) {
  spec.At("2024-08-08").As("provider");
  EXPECT_EQ(Facts().at("stage"), "approval");
  spec.When(AProject()).Happens();
  EXPECT_EQ(Facts().at("stage"), "trading");
  spec.When(AContract()).Happens();
  EXPECT_EQ(Facts().at("stage"), "performance");
}

// Shows A089.
TEST_F(ProjectTest, ALaterStepShowsWhichEarlierOnesAreMissing) {
  using S = ElectronicStep;
  In("trading").When(ANotice()).Then(NoticeRecorded{ANotice()});
  spec.When(AnOpening())
      .ThenHappens(OpeningRecorded{AnOpening()},
                   StepsMissed{S::kOpening, {S::kPublication, S::kBidEnrolment}});
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"steps_missed"});
  // Said once of each.
  spec.When(AnEvaluation())
      .ThenHappens(EvaluationRecorded{AnEvaluation()},
                   StepsMissed{S::kEvaluation, {S::kExpertDraw}});
  spec.When(APublicity()).ThenHappens(PublicityRecorded{APublicity()});
  // What comes late is no longer missing.
  spec.When(ANotice()).ThenHappens(NoticeRecorded{ANotice()});
  spec.When(AnEnrolment()).Happens();
  spec.When(ADraw()).ThenHappens(DrawRecorded{ADraw()});
  EXPECT_TRUE(spec.Model().Summary().flags.empty());
  spec.When(AnEnd()).ThenHappens(ProjectClosed{AnEnd(), {S::kDeposit}});
}

TEST_F(ProjectTest, OnlyStepsThatAreDueAreMissed) {
  using S = ElectronicStep;
  auto project = AProject();
  project.steps_due = {S::kRegistration, S::kPublication, S::kAwardNotice};
  spec.At("2024-08-08").As("provider").Given(ProjectRecorded{project});
  spec.When(AnAward()).ThenHappens(AwardRecorded{AnAward()},
                                   StepsMissed{S::kAwardNotice, {S::kPublication}});
  spec.When(AnEnd()).Then(ProjectClosed{AnEnd(), {S::kPublication}});
}

TEST_F(ProjectTest, FactsHoldTheContentThatStands) {
  In("trading").When(AnAward()).Happens();
  auto corrected = With(AnAward(), "A", 'b');
  corrected.amount_fen = 790'000'000;
  corrected.record.supersedes = Supersession{Digest('a'), kReason};
  spec.When(corrected).Happens();
  ASSERT_EQ(Facts().at("awards").size(), 1U);
  EXPECT_EQ(Facts().at("awards")[0].at("amount_fen"), 790'000'000);
  EXPECT_EQ(spec.Model().Summary().flags[0], "steps_missed");

  spec.When(AnEnrolment()).Happens();
  auto fewer = With(AnEnrolment(), "B", 'b');
  fewer.record.supersedes = Supersession{Digest('a'), kReason};
  fewer.bidders.clear();
  spec.When(fewer).Happens();
  EXPECT_TRUE(Facts().at("bidders").empty());
}

// 招标投标法 22: who and how many bid is nobody's to know before the opening.
TEST_F(ProjectTest, BiddersAreKeptSecretUntilTheOpening) {
  In("trading").When(AnEnrolment()).Happens();
  EXPECT_EQ(spec.Model().Summary().confidentiality, Confidentiality::kRestricted);
  spec.When(AnOpening()).Happens();
  EXPECT_EQ(spec.Model().Summary().confidentiality, Confidentiality::kOrdinary);
}

TEST_F(ProjectTest, WhatCannotBeIsRefusedFieldByField) {
  In("trading");
  const auto expect_wrong = [&](const auto& command, const char* pointer) {
    spec.When(command).ThenRefused("invalid_fields");
    EXPECT_EQ(spec.Decision().error().fields.front().pointer, pointer);
  };
  auto project = AProject();
  project.estimate_fen = -1;
  expect_wrong(project, "/estimate_fen");
  project = AProject();
  project.investment_fen = -1;
  expect_wrong(project, "/investment_fen");
  auto section = ASection();
  section.estimate_fen = -1;
  expect_wrong(section, "/estimate_fen");
  auto draw = ADraw();
  draw.experts = 0;
  expect_wrong(draw, "/experts");
  auto opening = AnOpening();
  opening.ended_at = Time("2024-09-02T08:00:00+08:00");
  expect_wrong(opening, "/ended_at");
  opening = AnOpening();
  opening.bids = -1;
  expect_wrong(opening, "/bids");
  auto evaluation = AnEvaluation();
  evaluation.ended_at = Time("2024-09-02T08:00:00+08:00");
  expect_wrong(evaluation, "/ended_at");
  auto publicity = APublicity();
  publicity.until = On("2024-09-01");
  expect_wrong(publicity, "/until");
  auto award = AnAward();
  award.amount_fen = -1;
  expect_wrong(award, "/amount_fen");
  award = AnAward();
  award.winner = CreditCode("91350100M000100Y44");
  expect_wrong(award, "/winner");
  auto contract = AContract();
  contract.amount_fen = -1;
  expect_wrong(contract, "/amount_fen");
  auto performance = APerformance();
  performance.amount_fen = -1;
  expect_wrong(performance, "/amount_fen");
  auto deposit = ADeposit();
  deposit.amount_fen = -1;
  expect_wrong(deposit, "/amount_fen");
  auto media = AMedia();
  media.until = Time("2024-09-02T08:00:00+08:00");
  expect_wrong(media, "/until");
}

TEST(ProjectMarks, TellSharedContactsWithoutShowingThem) {
  const Pseudonym keyed = [](const std::string& text) { return "keyed(" + text + ")"; };
  Context context;
  context.pseudonym = &keyed;
  auto other = ABidder();
  other.phone = PersonalText("+86 0573 00000000");
  other.email = PersonalText("A@example.cn");
  other.address.reset();
  const auto event = EnrolmentRecorded::From(
      With(RecordEnrolment{{}, kSection, Time("2024-08-20T09:00:00+08:00"), {ABidder(), other}},
           "B", 'a'),
      Facts(), context);
  ASSERT_TRUE(event.bidders[0].phone_mark);
  EXPECT_EQ(event.bidders[0].phone_mark, event.bidders[1].phone_mark);
  EXPECT_TRUE(event.bidders[0].address_mark);
  EXPECT_FALSE(event.bidders[0].email_mark);
  EXPECT_FALSE(event.bidders[1].address_mark);
  EXPECT_EQ(*event.bidders[1].email_mark, "keyed(bidder_email\na@example.cn)");
}

TEST(ProjectHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::project
