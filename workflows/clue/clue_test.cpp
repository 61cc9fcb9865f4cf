// From the door to the end of a clue: each row and each refusal of it.
#include "workflows/clue/clue_test_samples.hpp"

namespace docket::clue {
namespace {

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

// Shows A034, A081.
TEST_F(ClueTest, CluesComeFromEveryoneWhoFindsSomething) {
  const std::vector<std::pair<const char*, SourceKind>> doors{
      {"clerk", SourceKind::kInspection},
      {"head", SourceKind::kComplaint},
      {"office", SourceKind::kTransfer},
      {"audit", SourceKind::kAudit},
      {"discipline", SourceKind::kTransfer},
      {"centre", SourceKind::kTransfer},
      {"portal", SourceKind::kReport},
      {"portal", SourceKind::kMedia},
      {"portal", SourceKind::kInterferenceReport},
      {"process_manager", SourceKind::kMachine}};
  for (const auto& [actor, source_kind] : doors) {
    auto receive = SampleReport();
    receive.source_kind = source_kind;
    receive.source = kNoClue;
    spec.Fresh().At("2024-08-12").As(actor).When(receive).ThenHappens(ClueReceived{receive});
    EXPECT_EQ(spec.State(), "received");
    EXPECT_EQ(spec.Model().Facts().at("source"), kNoClue.value);
    EXPECT_EQ(spec.Model().Facts().at("project"), "A3304820001234567890");
  }
  auto receive = SampleReport();
  receive.region = RegionCode("990000");
  spec.Fresh().When(receive).ThenRefused("region_unknown");
}

// Shows A076.
TEST_F(ClueTest, TheTradingCentreOnlyPassesOn) {
  spec.As("centre").When(SampleReport()).ThenRefused("source_not_of_role");
  for (const char* state : {"received", "registered", "classified", "preliminary_check"}) {
    In(state).As("centre");
    spec.When(Register{"2024-018", {}});
    EXPECT_FALSE(spec.Decision().has_value());
    spec.When(Classify{Class::kClue, kReason, {}});
    EXPECT_FALSE(spec.Decision().has_value());
    spec.When(OpenCase{kReason});
    EXPECT_FALSE(spec.Decision().has_value());
  }
  auto receive = SampleReport();
  receive.source_kind = SourceKind::kAudit;
  spec.Fresh().As("portal").When(receive).ThenRefused("source_not_of_role");
}

// Shows A068.
TEST_F(ClueTest, ViolationsAreNamedByTheWordsOfTheRegulation) {
  for (const auto& word : EnumTable<Violation>::kNames) {
    auto receive = SampleReport();
    receive.violations = {word.value};
    spec.Fresh().As("clerk").When(receive).Happens();
    EXPECT_EQ(spec.Model().Facts().at("violations"), Json::array({std::string(word.name)}));
  }
}

TEST_F(ClueTest, WhoReportsAndWhatIsSealedUnderKeysOfTheirOwn) {
  spec.As("portal").When(NamedReport()).Happens();
  std::map<std::string, Subject> sealed;
  for (const auto& mark : spec.Decision()->events.front().personal) {
    sealed[mark.pointer] = mark.subject;
  }
  EXPECT_EQ(sealed.at("/reporter/name"), Subject::kComplainant);
  EXPECT_EQ(sealed.at("/reporter/phone"), Subject::kComplainant);
  EXPECT_EQ(sealed.at("/accused/0/name"), Subject::kRespondent);
  EXPECT_EQ(sealed.at("/content"), Subject::kParties);
  EXPECT_EQ(spec.Model().Facts().dump().find("甲某"), std::string::npos);
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"real_name"});

  auto untitled = SampleReport();
  untitled.project_name.reset();
  spec.Fresh().When(untitled).Happens();
  EXPECT_EQ(spec.Model().Summary().title, "举报");
  EXPECT_TRUE(spec.Model().Summary().flags.empty());
}

TEST_F(ClueTest, ItIsRegisteredWithItsNumberAndItsDuplicates) {
  const Register registered{"2024-017", {kOtherClue}};
  In("received").As("far_clerk").When(registered).ThenRefused("unit_not_competent");
  spec.As("clerk").When(Register{"2024-017", {kNoClue}}).ThenRefused("duplicate_invalid");
  const StreamId itself("clue-" + std::string(36, '0'));
  spec.When(Register{"2024-017", {itself}}).ThenRefused("duplicate_invalid");
  spec.When(registered).ThenHappens(ClueRegistered{registered});
  EXPECT_EQ(spec.Model().Summary().unit, UnitId("bureau"));
  EXPECT_EQ(spec.Model().Facts().at("number"), "2024-017");
}

TEST_F(ClueTest, OnlyDisciplineAndTheHeadDealWithInterference) {
  In("received", InterferenceReport());
  EXPECT_EQ(spec.Model().Summary().confidentiality, Confidentiality::kRestricted);
  spec.As("clerk").When(Register{"2024-017", {}}).ThenRefused("interference_restricted");
  spec.As("head").When(Register{"2024-017", {}}).Happens();
  spec.When(Classify{Class::kClue, kReason, {}}).Happens();
  for (const char* state : {"classified", "preliminary_check"}) {
    In(state, InterferenceReport()).As("head");
    spec.When(AssignCheck{kCheckers}).ThenRefused("interference_not_checked_here");
    spec.When(Transfer{TransferTarget::kDepartment, "某市水利局", kReason});
    spec.ThenRefused("interference_to_discipline");
    spec.When(Transfer{TransferTarget::kDiscipline, "某市监察委员会", kReason}).Happens();
  }
  spec.When(Dispatch{Paper("移送书.pdf")}).Happens();
  spec.As("discipline").When(RecordReceipt{Paper("回执.pdf")}).Happens();
  spec.When(RecordResult{true, kReason}).Happens();
  EXPECT_EQ(spec.State(), "result_returned");

  auto alleged = SampleReport();
  alleged.violations.push_back(Violation::kOfficialInterference);
  In("received", alleged);
  EXPECT_EQ(spec.Model().Summary().confidentiality, Confidentiality::kRestricted);
  In("received");
  EXPECT_EQ(spec.Model().Summary().confidentiality, Confidentiality::kOrdinary);
}

TEST_F(ClueTest, ItIsClassifiedAndReclassifiedWithTrace) {
  const Classify elsewhere{Class::kComplaint, kReason, "某市住建局"};
  const Classify out_of_scope{Class::kOutOfScope, kReason, "某市市场监管局"};
  for (const char* state : {"registered", "classified", "preliminary_check", "petition_track"}) {
    const bool petition = std::string_view(state) == "petition_track";
    const std::optional<Date> left = petition ? std::optional(Day("2024-08-13")) : std::nullopt;
    std::optional<Class> before = petition ? Class::kPetition : Class::kReport;
    if (std::string_view(state) == "registered") before.reset();
    In(state).At("2024-08-13").As("clerk");
    for (const Class as : {Class::kClue, Class::kReport}) {
      const Classify classify{as, kReason, {}};
      spec.When(classify).Then(ClueClassified{classify, before, {}, {}, left});
    }
    spec.When(Classify{Class::kComplaint, kReason, {}}).ThenRefused("destination_missing");
    spec.When(out_of_scope).Then(ClueClassified{out_of_scope, before, {}, {}, left});
    spec.When(elsewhere).ThenHappens(ClueClassified{elsewhere, before, {}, {}, left});
    EXPECT_EQ(spec.State(), "referred");
  }
  for (const char* state : {"registered", "classified", "preliminary_check"}) {
    In(state).As("clerk").When(Classify{Class::kPetition, kReason, {}}).Happens();
    EXPECT_EQ(spec.State(), "petition_track");
  }
}

TEST_F(ClueTest, TheCheckGoesToTwoWhomTheClueDoesNotName) {
  for (const char* state : {"classified", "preliminary_check"}) {
    In(state).As("head");
    spec.When(AssignCheck{{ActorId("han")}}).ThenRefused("two_handlers_required");
    spec.When(AssignCheck{{ActorId("han"), ActorId("legal")}}).ThenRefused("handler_unknown");
    spec.When(AssignCheck{{ActorId("han"), ActorId("wu")}}).ThenRefused("handler_named_in_clue");
    spec.When(AssignCheck{kCheckers}).ThenHappens(CheckAssigned{{kCheckers}});
    EXPECT_EQ(spec.State(), "preliminary_check");
  }
  EXPECT_EQ(spec.Model().Summary().recused, std::vector<ActorId>{ActorId("wu")});
  spec.As("wu").When(SampleCheck()).ThenRefused("actor_named_in_clue");
  spec.Actor({ActorId("zhou"), UnitId("bureau"), {Role::kHandler}});
  spec.As("zhou").When(SampleCheck()).ThenRefused("actor_not_handler");
  spec.At("2024-08-14").As("han").When(SampleCheck());
  spec.ThenHappens(CheckRecorded{SampleCheck(), Day("2024-08-14")});
}

// Shows A035.
TEST_F(ClueTest, ACaseIsOpenedWhereTheStandardIsMet) {
  In("preliminary_check").As("head").When(OpenCase{kReason});
  spec.ThenRefused("filing_standard_not_met");
  Checked(SampleReport(), {Paper("初核报告.pdf"), false, false});
  spec.When(OpenCase{kReason}).ThenRefused("filing_standard_not_met");
  Checked(SampleReport(), SampleCheck()).When(OpenCase{kReason});
  spec.ThenHappens(CaseWasOpened{{kReason}});
  EXPECT_EQ(spec.State(), "case_opened");
  EXPECT_EQ(spec.Model().Summary().outcome, "case_opened");
}

TEST_F(ClueTest, ItEndsWithReasonsAndANamedReportWithALegalReview) {
  const RecordCheck nothing{Paper("初核报告.pdf"), false, false};
  In("preliminary_check").As("head").When(EndWithoutAction{kReason});
  spec.ThenRefused("check_not_reported");
  spec.As("legal").When(ReviewLegality{kReason}).ThenRefused("check_not_reported");
  Checked(SampleReport(), nothing).When(EndWithoutAction{kReason});
  spec.ThenHappens(EndedWithoutAction{{kReason}});

  Checked(NamedReport(), nothing).When(EndWithoutAction{kReason});
  spec.ThenRefused("legal_review_missing");
  spec.As("legal").When(ReviewLegality{kReason}).ThenHappens(LegalityReviewed{{kReason}});
  auto reviewed = spec;
  spec.As("head").When(EndWithoutAction{kReason});
  spec.ThenHappens(EndedWithoutAction{{kReason}}, FeedbackOwed{});
  // What is checked anew is reviewed anew.
  reviewed.At("2024-08-15").As("lin").When(nothing).Happens();
  reviewed.As("head").When(EndWithoutAction{kReason}).ThenRefused("legal_review_missing");
}

// Shows A192.
TEST_F(ClueTest, SuspectedCrimeGoesToThePoliceAndIsWatchedUntilItsResult) {
  const Transfer transfer{TransferTarget::kPolice, "某市公安局", kReason};
  Checked(NamedReport(), SampleCheck()).When(transfer);
  const auto approved_at = *Instant::ParseDateOrInstant("2024-08-14");
  spec.ThenHappens(TransferApproved{transfer, approved_at}, FeedbackOwed{});
  EXPECT_EQ(spec.Model().Summary().flags,
            (std::vector<std::string>{"real_name", "feedback_owed", "result_awaited"}));
  spec.As("clerk").When(RecordReceipt{Paper("回执.pdf")}).ThenRefused("not_dispatched");
  spec.When(Dispatch{Paper("移送书.pdf")}).ThenHappens(TransferDispatched{{Paper("移送书.pdf")}});
  spec.When(Dispatch{Paper("移送书.pdf")}).ThenRefused("already_dispatched");
  for (const bool taken_up : {true, false}) {
    spec.When(RecordResult{taken_up, kReason}).ThenRefused("receipt_missing");
    spec.As("discipline").When(RecordResult{taken_up, kReason});
    spec.ThenRefused("not_transferred_here").As("clerk");
  }
  const RecordReceipt receipt{Paper("回执.pdf")};
  spec.As("discipline").When(receipt).ThenRefused("not_transferred_here");
  spec.At("2024-08-15").As("clerk").When(receipt);
  spec.ThenHappens(TransferReceived{receipt, Day("2024-08-15")});
  spec.When(receipt).ThenRefused("receipt_already_in");
  spec.When(RecordResult{true, kReason}).Then(TransferResultReturned{{true, kReason}});
  spec.When(RecordResult{false, kReason}).ThenHappens(TransferResultReturned{{false, kReason}});
  EXPECT_EQ(spec.State(), "classified") << "what is declined is dealt with here";
  EXPECT_TRUE(spec.Model().Summary().handlers.empty());
  EXPECT_EQ(spec.Model().Summary().outcome, "");
  spec.As("head").When(Transfer{TransferTarget::kDepartment, "某市水利局", kReason}).Happens();
  EXPECT_EQ(spec.Model().Facts().at("dispatched"), false);
  spec.As("clerk").When(Dispatch{Paper("移送书.pdf")}).Happens();
  spec.When(receipt).Then(TransferReceived{receipt, std::nullopt});
}

TEST_F(ClueTest, OneMatterIsOneClue) {
  for (const char* state : {"registered", "classified", "preliminary_check"}) {
    In(state).As("head").When(Merge{kNoClue}).ThenRefused("merge_target_invalid");
    spec.When(Merge{StreamId("clue-" + std::string(36, '0'))}).ThenRefused("merge_target_invalid");
    spec.When(Merge{kOtherClue}).ThenHappens(ClueMerged{{kOtherClue}});
    EXPECT_EQ(spec.State(), "merged");
  }
}

TEST_F(ClueTest, WhoGaveANameIsTold) {
  const GiveFeedback feedback{PersonalText("已立案调查")};
  spec.Actor({ActorId("zhou"), UnitId("bureau"), {Role::kHandler}});
  for (const char* state :
       {"case_opened", "no_further_action", "transferred", "result_returned", "merged"}) {
    In(state, NamedReport()).As("zhou").When(feedback).ThenRefused("actor_not_handler");
    spec.As("han").When(feedback).ThenHappens(FeedbackGiven{feedback});
    EXPECT_EQ(spec.State(), state);
    spec.As("clerk").When(feedback).ThenRefused("feedback_not_owed");
    In(state).As("clerk").When(feedback).ThenRefused("feedback_not_owed");
  }
}

}  // namespace
}  // namespace docket::clue
