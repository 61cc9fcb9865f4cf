// Publication: each class, the review for secrecy, the approval, and what may become of it.
#include "workflows/publication/publication.hpp"

#include "tests/support/spec.hpp"

namespace docket::publication {

const Workflow& Definition();

namespace {

using docket::testing::Spec;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new docket::testing::TableCoverage(Definition()));

Date On(std::string_view text) { return *Date::Parse(text); }
DocumentRef Text(char digit) {
  return {DocumentDigest("sha256:" + std::string(64, digit)), PersonalText("公开文本.pdf")};
}

const PersonalText kOpinion("同意");
const Submit kSubmit{Text('a')};
const Clear kClear{true, kOpinion};
const RequireRedaction kRedact{ExemptionGround::kTradeSecret, PersonalText("含报价明细")};
const ExemptFromPublication kExempt{ExemptionGround::kStateSecret, PersonalText("涉密项目")};
const Publish kPublish{"信用平台"};
const Supersede kSupersede{StreamId("publication-newer"), PersonalText("更正名称")};
const RecordSourceAnnulled kAnnulled{On("2024-09-30"), StreamId("case-1")};
const Withdraw kWithdraw{WithdrawalGround::kSourceAnnulled, PersonalText("处罚决定被撤销")};

/// A penalty that took effect on Monday 12 August 2024.
Propose Sanction() {
  Propose c;
  c.publication_class = Class::kViolation;
  c.region = RegionCode("330482");
  c.industry = Industry::kConstruction;
  c.source = StreamId("case-1");
  c.unit = UnitId("bureau");
  c.title = PersonalText("关于甲公司串通投标的处罚");
  c.effective_on = On("2024-08-12");
  return c;
}
Propose OfClass(Class publication_class) {
  Propose c = Sanction();
  c.publication_class = publication_class;
  if (!IsSanction(publication_class)) c.effective_on = std::nullopt;
  if (IsOfTrade(publication_class)) c.project = ProjectCode("A4101001234567890123");
  if (publication_class == Class::kMatterStatus) c.basis = "招标投标法实施条例 61";
  return c;
}
Propose Circular() {
  Propose c = OfClass(Class::kCircular);
  c.criticism = true;
  c.addressees = {"某交易平台"};
  c.level = CircularLevel::kRecipients;
  return c;
}
Propose Guide() {
  Propose c = OfClass(Class::kServiceGuide);
  c.unit = std::nullopt;
  c.industry = std::nullopt;
  c.source = std::nullopt;
  return c;
}

struct PublicationTest : ::testing::Test {
  Spec spec{Definition()};

  PublicationTest() {
    spec.Actor({ActorId("other_centre"), UnitId("centre_2"), {Role::kTradingCentre}});
    spec.Actor({ActorId("office_2"), UnitId("bureau"), {Role::kResourceOffice}});
    spec.Actor({ActorId("elsewhere"), UnitId("other_bureau"), {Role::kHead}});
  }
  /// Proposed on 13 August 2024 by han, or its centre, and brought to the state.
  Spec& In(std::string_view state, const Propose& c = Sanction()) {
    const bool is_guide = c.publication_class == Class::kServiceGuide;
    const std::optional<UnitId> author = is_guide ? std::optional(UnitId("centre")) : std::nullopt;
    spec.Fresh().At("2024-08-13").As(is_guide ? "centre" : "han");
    spec.Given(PublicationProposed{c, author});
    if (state == Candidate::kName) return spec;
    spec.Given(ContentSubmitted{kSubmit});
    if (state == SecrecyReview::kName) return spec;
    spec.As(is_guide ? "office" : "legal");
    if (state == Redaction::kName) return spec.Given(RedactionRequired{kRedact});
    spec.Given(SecrecyCleared{kClear});
    if (state == Cleared::kName) return spec;
    spec.As(is_guide ? "office_2" : "head").Given(PublicationApproved{{kOpinion}});
    if (state == Approved::kName) return spec;
    spec.At("2024-08-14").Given(PublicationMade{kPublish, c.display_until, c.supersedes});
    EXPECT_EQ(spec.State(), state);
    return spec;
  }
  /// `2024-08-21`, with what has become of the clock unless it runs.
  std::string Clock(std::string_view clock) const {
    const auto* found = spec.Model().Clocks().Find(clock);
    if (found == nullptr) return "none";
    const std::string due = found->due_date->ToString();
    return found->IsOpen() ? due : due + " " + std::string(NameOf(found->state));
  }
  void ExpectWrong(const Propose& c, const std::vector<std::string>& pointers) {
    std::vector<std::string> wrong;
    for (const auto& error : c.WrongFields()) wrong.push_back(error.pointer);
    EXPECT_EQ(wrong, pointers);
    spec.As("han").When(c).ThenRefused("invalid_fields");
  }
};

// Shows A143.
TEST_F(PublicationTest, TheFiveClassesOfSupervisionArePublishedByTheDepartment) {
  for (const auto publication_class : {Class::kViolation, Class::kDishonesty, Class::kBadConduct,
                                       Class::kCreditReward, Class::kComplaintResult}) {
    const auto c = OfClass(publication_class);
    spec.Fresh().At("2024-08-13").As("han").When(c).ThenHappens(PublicationProposed{c, {}});
    spec.When(kSubmit).ThenHappens(ContentSubmitted{kSubmit});
    spec.As("legal").When(kClear).ThenHappens(SecrecyCleared{kClear});
    spec.As("head").When(Approve{kOpinion}).ThenHappens(PublicationApproved{{kOpinion}});
    spec.As("clerk").When(kPublish).ThenHappens(PublicationMade{kPublish, {}, {}});
    EXPECT_EQ(spec.State(), "published");
    EXPECT_EQ(spec.Model().Summary().title, ChineseOf(publication_class));
  }
}

// Shows A042, A078.
TEST_F(PublicationTest, ResultsAndTheStatusOfMattersAreProposedByTheirCases) {
  for (const auto publication_class : {Class::kComplaintResult, Class::kMatterStatus}) {
    auto c = OfClass(publication_class);
    spec.Fresh().As("process_manager").When(c).ThenHappens(PublicationProposed{c, {}});
    EXPECT_EQ(spec.Model().Summary().unit, UnitId("bureau"));
    spec.As("elsewhere").When(kAnnulled).ThenRefused("unit_not_competent");
    spec.As("han").When(kSubmit).Then(ContentSubmitted{kSubmit});
    c.unit = std::nullopt;
    spec.Fresh().As("process_manager").When(c).ThenRefused("department_missing");
  }
  auto status = OfClass(Class::kMatterStatus);
  status.basis = std::nullopt;
  ExpectWrong(status, {"/basis"});
}

// Shows A147.
TEST_F(PublicationTest, TheFiveClassesOfTradeAreProposedByTheCentreForAProject) {
  for (const auto publication_class :
       {Class::kTradeNotice, Class::kQualificationResult, Class::kTransactionResult,
        Class::kPerformance, Class::kChange}) {
    auto c = OfClass(publication_class);
    spec.Fresh().As("centre").When(c).ThenHappens(PublicationProposed{c, UnitId("centre")});
    spec.As("other_centre").When(kSubmit).ThenRefused("not_the_author");
    spec.As("centre").When(kSubmit).Then(ContentSubmitted{kSubmit});
    c.project = std::nullopt;
    ExpectWrong(c, {"/project"});
  }
  spec.Fresh().As("centre").When(Sanction()).ThenRefused("class_not_for_role");
  for (const char* other : {"han", "process_manager"}) {
    spec.As(other).When(Guide()).ThenRefused("class_not_for_role");
  }
}

// Shows A104.
TEST_F(PublicationTest, ACircularNamesItsAddresseesAndHowFarItGoes) {
  const auto circular = Circular();
  spec.As("han").When(circular).ThenHappens(PublicationProposed{circular, {}});
  EXPECT_EQ(spec.Model().Facts().at("level"), "recipients");
  ExpectWrong(OfClass(Class::kCircular), {"/criticism", "/addressees", "/level"});
  auto other = Circular();
  other.publication_class = Class::kCreditReward;
  ExpectWrong(other, {"/criticism", "/addressees", "/level"});
  other = Sanction();
  other.effective_on = std::nullopt;
  ExpectWrong(other, {"/effective_on"});
}

TEST_F(PublicationTest, AProposalIsWithinTheDepartmentsCompetence) {
  auto c = Sanction();
  c.region = RegionCode("990000");
  spec.As("han").When(c).ThenRefused("region_unknown");
  c = Sanction();
  c.industry = Industry::kWater;
  spec.When(c).ThenRefused("matter_outside_competence");
}

// Shows A144.
TEST_F(PublicationTest, AnotherReviewsForSecrecyByTheFourGrounds) {
  for (const auto ground : {ExemptionGround::kStateSecret, ExemptionGround::kTradeSecret,
                            ExemptionGround::kPersonalPrivacy, ExemptionGround::kOther}) {
    const ExemptFromPublication exempt{ground, PersonalText("应当保密")};
    const RequireRedaction redact{ground, PersonalText("部分应当保密")};
    In("secrecy_review").As("legal").When(redact).Then(RedactionRequired{redact});
    spec.As("lin").When(exempt).ThenHappens(PublicationExempted{exempt});
    EXPECT_EQ(spec.State(), "exempt");
    EXPECT_EQ(spec.Model().Facts().at("ground"), NameOf(ground));
    EXPECT_EQ(Clock("result_publish"), "2024-08-21 cancelled");
  }
  for (const auto& body : {Encode(kExempt), Encode(kRedact)}) {
    auto without = body;
    without.erase("ground");
    In("secrecy_review").As("legal");
    spec.WhenOne("exempt", without).ThenRefused("invalid_fields");
  }
}

// Shows A144.
TEST_F(PublicationTest, WhatWasRedactedIsReviewedAgain) {
  In("redaction").As("han").When(kSubmit).ThenRefused("text_unchanged");
  const Submit redacted{Text('b')};
  spec.When(redacted).ThenHappens(ContentSubmitted{redacted});
  EXPECT_EQ(spec.State(), "secrecy_review");
  spec.As("legal").When(kClear).ThenHappens(SecrecyCleared{kClear});
  spec.As("head").When(kRedact).ThenHappens(RedactionRequired{kRedact});
  EXPECT_EQ(spec.State(), "redaction");
}

TEST_F(PublicationTest, IdentifiersAreMaskedAndComplainantsNotNamed) {
  In("secrecy_review")
      .As("legal")
      .When(Clear{false, kOpinion})
      .ThenRefused("identifiers_not_masked");
  auto naming = OfClass(Class::kComplaintResult);
  naming.names_complainant = true;
  In("secrecy_review", naming).As("legal").When(kClear).ThenRefused("complainant_named");
  const auto rules = Rulebook::Parse(R"({"workflow": "publication", "rules": [], "options": [
      {"id": "name_complainant", "basis": {"document": "本局规定", "article": "1"},
       "certainty": "P", "region": "330482", "enabled": true, "note": "Here it is named."}]})");
  ASSERT_TRUE(rules.has_value());
  spec.Rules(*rules).When(kClear).Then(SecrecyCleared{kClear});
  spec.Rules(Definition().Rules());
}

TEST_F(PublicationTest, DepartmentsReviewWhatIsTheirsAndTheOfficeTheGuides) {
  In("secrecy_review").As("office");
  spec.When(kClear).ThenRefused("reviewed_by_other_side");
  spec.When(kRedact).ThenRefused("reviewed_by_other_side");
  spec.When(kExempt).ThenRefused("reviewed_by_other_side");
  In("cleared").As("office_2");
  spec.When(kRedact).ThenRefused("reviewed_by_other_side");
  spec.When(Approve{kOpinion}).ThenRefused("reviewed_by_other_side");
  In("published").Given(SourceAnnulled{kAnnulled}).As("office");
  spec.When(kWithdraw).ThenRefused("reviewed_by_other_side");
}

// Shows A198.
TEST_F(PublicationTest, AServiceGuideIsTheCentresReviewedByTheOfficeAndVersioned) {
  auto guide = Guide();
  guide.supersedes = StreamId("publication-older");
  spec.As("centre").When(guide).ThenHappens(PublicationProposed{guide, UnitId("centre")});
  spec.When(kSubmit).ThenHappens(ContentSubmitted{kSubmit});
  spec.As("legal").When(kClear).ThenRefused("reviewed_by_other_side");
  spec.As("office").When(kClear).ThenHappens(SecrecyCleared{kClear});
  spec.As("head").When(Approve{kOpinion}).ThenRefused("reviewed_by_other_side");
  spec.As("office_2").When(Approve{kOpinion}).ThenHappens(PublicationApproved{{kOpinion}});
  spec.As("han").When(kPublish).ThenRefused("published_by_other");
  spec.As("centre").When(kPublish);
  spec.ThenHappens(PublicationMade{kPublish, {}, StreamId("publication-older")});
  spec.When(kSupersede).Then(PublicationSuperseded{kSupersede});
  const Withdraw disclosed{WithdrawalGround::kSecretDisclosed, PersonalText("含联系方式")};
  spec.As("office").When(disclosed).Then(PublicationWithdrawn{disclosed});
}

// Shows A097.
TEST_F(PublicationTest, NothingThatIsPublishedIsEditedOrDeleted) {
  In("published").As("han").When(kSubmit).ThenRefused("command_not_allowed_in_state");
  spec.When(Sanction()).ThenRefused("command_not_allowed_in_state");
  spec.As("head").When(kWithdraw).ThenRefused("source_not_annulled");
  spec.As("han");
  for (const char* unfit : {"case-1", "publication-00000000-0000-0000-0000-000000000000",
                            "publication-000000000000000000000000000000000000"}) {
    const Supersede by{StreamId(unfit), kSupersede.reason};
    spec.When(by);
    if (std::string_view(unfit) != "publication-00000000-0000-0000-0000-000000000000") {
      spec.ThenRefused("successor_unfit");
    } else {
      spec.Then(PublicationSuperseded{by});
    }
  }
  spec.As("process_manager").When(kSupersede).ThenHappens(PublicationSuperseded{kSupersede});
  EXPECT_EQ(spec.State(), "superseded");
  EXPECT_EQ(spec.Model().Facts().at("successor"), "publication-newer");
}

// Shows A149.
TEST_F(PublicationTest, ASanctionIsPublishedInTimeAfterItTakesEffect) {
  In("approved");
  // Seven working days after Monday 12 August 2024.
  EXPECT_EQ(Clock("result_publish"), "2024-08-21");
  spec.At("2024-08-21T23:59:59+08:00").As("clerk").When(kPublish);
  spec.ThenHappens(PublicationMade{kPublish, {}, {}});
  EXPECT_EQ(Clock("result_publish"), "2024-08-21 met");
  In("approved").At("2024-08-22").TimePasses();
  EXPECT_EQ(Clock("result_publish"), "2024-08-21 lapsed");
  EXPECT_EQ(spec.State(), "approved");
  In("published", OfClass(Class::kCreditReward));
  EXPECT_EQ(Clock("result_publish"), "none");
}

TEST_F(PublicationTest, AnAnnulledDecisionIsWithdrawnWithinThreeWorkingDays) {
  In("published")
      .At("2024-09-29")
      .As("process_manager")
      .When(kAnnulled)
      .ThenRefused("annulled_in_future");
  spec.At("2024-09-30").When(kAnnulled).ThenHappens(SourceAnnulled{kAnnulled});
  EXPECT_EQ(spec.Model().Summary().flags, std::vector<std::string>{"source_annulled"});
  // After the National Day holidays: 8, 9 and 10 October.
  EXPECT_EQ(Clock("annulled_withdraw"), "2024-10-10");
  spec.At("2024-10-10T23:59:59+08:00").As("head").When(kWithdraw);
  spec.ThenHappens(PublicationWithdrawn{kWithdraw});
  EXPECT_EQ(Clock("annulled_withdraw"), "2024-10-10 met");
  EXPECT_EQ(spec.State(), "withdrawn");

  In("published").At("2024-09-30").As("head").Given(SourceAnnulled{kAnnulled});
  spec.At("2024-10-11").TimePasses();
  EXPECT_EQ(spec.State(), "published") << "only a person withdraws";
  spec.When(kWithdraw).Happens();
  EXPECT_EQ(Clock("annulled_withdraw"), "2024-10-10 ended_late");
}

TEST_F(PublicationTest, WhatIsAnnulledBeforeItIsPublishedIsNeverPublished) {
  for (const char* state : {"candidate", "secrecy_review", "redaction", "cleared", "approved"}) {
    In(state)
        .At("2024-09-29")
        .As("process_manager")
        .When(kAnnulled)
        .ThenRefused("annulled_in_future");
    spec.At("2024-09-30").When(kAnnulled).ThenHappens(PublicationAbandoned{kAnnulled});
    EXPECT_EQ(spec.State(), "abandoned");
    EXPECT_EQ(Clock("annulled_withdraw"), "none");
  }
}

TEST_F(PublicationTest, ADisplayEndsWithItsLastDay) {
  auto c = Sanction();
  c.display_until = On("2024-11-13");
  In("approved", c).At("2024-11-14").As("clerk").When(kPublish).ThenRefused("display_over");
  spec.At("2024-11-13").When(kPublish).Then(PublicationMade{kPublish, c.display_until, {}});
  In("published", c).At("2024-11-13T23:59:59+08:00").TimePasses();
  EXPECT_EQ(spec.State(), "published");
  spec.At("2024-11-14").TimePasses();
  EXPECT_EQ(spec.State(), "display_expired");
  In("published", c).As("clock").When(ExpireDisplay{}).Then(DisplayHasExpired{});
}

TEST(PublicationHistory, EverySampleStillReads) {
  docket::testing::ExpectHistoryReadable(Definition());
}

}  // namespace
}  // namespace docket::publication
