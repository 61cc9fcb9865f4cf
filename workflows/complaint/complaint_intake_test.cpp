// From lodging to acceptance, refusal, referral or correction: each row and each refusal of it.
#include "workflows/complaint/complaint_test_samples.hpp"

namespace docket::complaint {
namespace {

using docket::testing::Spec;

template <class Spoil>
Lodge Spoiled(Profile profile, const Spoil& spoil) {
  Lodge lodge = SampleLodge(profile);
  spoil(lodge);
  return lodge;
}

TEST(ComplaintIntake, ThePortalLodges) {
  for (const Profile profile : {kTendering, kProcurement}) {
    Spec spec(Definition());
    spec.At("2024-08-08").As("portal").When(SampleLodge(profile));
    spec.ThenHappens(SampleLodged(profile));
    EXPECT_EQ(spec.Model().Facts().at("received_on"), "2024-08-08");
    EXPECT_EQ(spec.Model().Facts().at("lodged_by"), "portal");
  }
}

TEST(ComplaintIntake, TheEndOfTheReplyPeriodIsKnownOnlyWithTheChallenge) {
  const auto lodge = Spoiled(kProcurement, [](Lodge& c) {
    c.challenged_on.reset();
    c.challenge_answered_on.reset();
  });
  Spec spec(Definition());
  spec.As("portal").When(lodge).Then(ComplaintLodged{lodge, std::nullopt});
}

TEST(ComplaintIntake, NobodyLodgesWithAnUnknownRegionOrAForeignTrade) {
  Spec spec(Definition());
  const auto refused = [&](Profile profile, std::string_view code, const auto& spoil) {
    for (const char* actor : {"portal", "clerk"}) {
      spec.As(actor).When(Spoiled(profile, spoil)).ThenRefused(code);
    }
  };
  for (const char* region : {"", "1", "990000", "33048a"}) {
    refused(kTendering, region[0] == '\0' ? "invalid_fields" : "region_unknown",
            [&](Lodge& c) { c.region = RegionCode(region); });
  }
  const auto trade = [](Industry industry) {
    return [industry](Lodge& c) { c.industry = industry; };
  };
  refused(kTendering, "industry_outside_profile", trade(Industry::kGovernmentProcurement));
  refused(kTendering, "industry_outside_profile", trade(Industry::kLandAndMineral));
  refused(kProcurement, "industry_outside_profile", trade(Industry::kPropertyRights));
  for (const Industry works : {Industry::kConstruction, Industry::kTransport, Industry::kWater,
                               Industry::kOtherEngineering}) {
    refused(kProcurement, "industry_outside_profile", trade(works));
    const auto lodge = Spoiled(kTendering, trade(works));
    spec.As("portal").When(lodge).Then(ComplaintLodged{lodge, std::nullopt});
  }
}

TEST(ComplaintIntake, DatesThatContradictEachOtherAreRefused) {
  Spec spec(Definition());
  spec.At("2024-08-08").As("portal");
  const auto refused = [&](Profile profile, const auto& spoil) {
    spec.When(Spoiled(profile, spoil)).ThenRefused("dates_out_of_order");
  };
  refused(kTendering, [](Lodge& c) { c.known_on = Day("2024-08-09"); });
  refused(kTendering, [](Lodge& c) { c.filed_on = Day("2024-08-09"); });
  refused(kTendering, [](Lodge& c) { c.posted_on = Day("2024-08-09"); });
  refused(kTendering, [](Lodge& c) { c.objection_raised_on = Day("2024-07-31"); });
  refused(kTendering, [](Lodge& c) { c.objection_answered_on = Day("2024-08-01"); });
  refused(kTendering, [](Lodge& c) { c.objection_raised_on.reset(); });
  refused(kProcurement, [](Lodge& c) { c.challenged_on = Day("2024-07-08"); });
  refused(kProcurement, [](Lodge& c) { c.challenge_answered_on = Day("2024-07-14"); });
  refused(kProcurement, [](Lodge& c) { c.challenge_answered_on = Day("2024-08-09"); });
  refused(kProcurement, [](Lodge& c) { c.challenged_on.reset(); });
}

TEST(ComplaintIntake, WithoutALawInForceThereIsNoLimitAndNoLodging) {
  const auto undated = [](Lodge& c) {
    c.known_on.reset();
    c.filed_on.reset();
    c.posted_on.reset();
    c.objection_raised_on.reset();
    c.objection_answered_on.reset();
    c.challenged_on.reset();
    c.challenge_answered_on.reset();
  };
  Spec spec(Definition());
  spec.As("clerk").At("2011-12-30").When(Spoiled(kTendering, undated));
  spec.ThenRefused("no_rule_in_force");
  spec.At("2002-12-31").When(Spoiled(kProcurement, undated)).ThenRefused("no_rule_in_force");
  spec.At("2015-08-03").When(Spoiled(kProcurement, undated)).Happens();
  EXPECT_EQ(spec.Model().Clocks().Find("procurement_decide")->edition, "2003-01-01");
}

struct Lacking {
  const char* code;
  void (*spoil)(Lodge&);
};

TEST(ComplaintIntake, ThePortalInsistsOnFormAndTheClerkRegistersThePaperAsItIs) {
  const std::vector<Lacking> table{
      {"signature_missing", [](Lodge& c) { c.is_signed = false; }},
      {"signature_missing", [](Lodge& c) { c.is_sealed = false; }},
      {"identity_missing", [](Lodge& c) { c.complainant.id_number.reset(); }},
      {"identity_missing", [](Lodge& c) { c.complainant.phone.reset(); }},
      {"proxy_letter_missing", [](Lodge& c) { c.by_proxy = true; }},
      {"translation_missing", [](Lodge& c) { c.in_foreign_language = true; }},
  };
  for (const auto& lacking : table) {
    SCOPED_TRACE(lacking.code);
    const Lodge lodge = Spoiled(kTendering, lacking.spoil);
    Spec spec(Definition());
    spec.As("portal").When(lodge).ThenRefused(lacking.code);
    spec.As("clerk").When(lodge).Then(ComplaintLodged{lodge, std::nullopt});
  }
}

TEST(ComplaintIntake, APersonNeedsNoSealAndAProxyALetter) {
  const auto lodge = Spoiled(kTendering, [](Lodge& c) {
    c.complainant.kind = PartyKind::kPerson;
    c.complainant.phone.reset();
    c.complainant.email = PersonalText("someone@example.invalid");
    c.is_sealed = false;
    c.by_proxy = c.in_foreign_language = true;
    c.proxy_letter = Paper("授权委托书.pdf");
    c.translation = Paper("中文译本.pdf");
  });
  Spec spec(Definition());
  spec.As("portal").When(lodge).Then(ComplaintLodged{lodge, std::nullopt});
}

TEST(ComplaintIntake, OnlyTheLodgerCancelsAndOnlyBeforeTheSigning) {
  const Cancel cancel{PersonalText("材料有误")};
  Spec spec = In(kProcurement, "lodged");
  spec.As("portal_2").When(cancel).ThenRefused("actor_not_complainant");
  spec.As("clerk").When(cancel).Then(ComplaintCancelled{cancel});
  spec.As("portal").When(cancel).ThenHappens(ComplaintCancelled{cancel});
  EXPECT_EQ(spec.Model().Summary().outcome, "cancelled");
  In(kProcurement, "signed_for")
      .As("portal")
      .When(cancel)
      .ThenRefused("command_not_allowed_in_state");
}

// Shows A052.
TEST(ComplaintIntake, ADepartmentSignsForItWithTwoHandlers) {
  const ActorId han("han");
  const ActorId lin("lin");
  const ActorId wu("wu");
  Spec spec = In(kTendering, "lodged");
  spec.As("clerk");
  spec.When(SignFor{{}}).ThenRefused("two_handlers_required");
  spec.When(SignFor{{han}}).ThenRefused("two_handlers_required");
  spec.When(SignFor{{han, han}}).ThenRefused("two_handlers_required");
  spec.When(SignFor{{han, lin, lin}}).ThenRefused("two_handlers_required");
  spec.When(SignFor{{han, ActorId("nobody")}}).ThenRefused("handler_unknown");
  spec.When(SignFor{{han, ActorId("head")}}).ThenRefused("handler_unknown");
  spec.As("head").Given(OfficerRecused{{lin, PersonalText("近亲属")}});
  spec.As("clerk").When(SignFor{{han, lin}}).ThenRefused("handler_recused");
  spec.When(SignFor{{han, wu}}).ThenHappens(ComplaintSignedFor{{han, wu}, UnitId("bureau")});
  EXPECT_EQ(spec.Model().Summary().unit, UnitId("bureau"));
  EXPECT_EQ(spec.Model().Summary().handlers, (std::vector<ActorId>{han, wu}));
}

// Shows A073.
TEST(ComplaintIntake, EachProfileHasItsOwnGroundsOfRefusal) {
  const auto refused_everywhere = RefusalGround::kCorrectionNotSupplied;
  for (const char* state : {"lodged", "signed_for"}) {
    SCOPED_TRACE(state);
    Spec tendering = In(kTendering, state);
    tendering.As("head");
    for (const auto foreign : {RefusalGround::kPriorChallengeMissing,
                               RefusalGround::kExceedsChallengedMatters, refused_everywhere}) {
      tendering.When(SampleRefusal(foreign)).ThenRefused("ground_not_of_profile");
    }
    const auto objection = SampleRefusal(RefusalGround::kPriorObjectionMissing);
    tendering.When(objection).ThenHappens(ComplaintNotAccepted{objection});

    Spec procurement = In(kProcurement, state);
    procurement.As("head");
    for (const auto foreign : {RefusalGround::kPriorObjectionMissing, refused_everywhere}) {
      procurement.When(SampleRefusal(foreign)).ThenRefused("ground_not_of_profile");
    }
    const auto challenge = SampleRefusal(RefusalGround::kPriorChallengeMissing);
    procurement.When(challenge).ThenHappens(ComplaintNotAccepted{challenge});
    EXPECT_EQ(procurement.Model().Facts().at("violations"), Json({"clue"}));
  }
}

TEST(ComplaintIntake, WhatIsNotTheirsIsReferred) {
  for (const char* state : {"lodged", "signed_for"}) {
    SCOPED_TRACE(state);
    const Refer refer{"某县财政局"};
    In(kProcurement, state).As("head").When(refer).ThenHappens(ComplaintReferred{refer});
  }
}

TEST(ComplaintIntake, ACorrectionIsRequestedOnceWithItemsAndALimit) {
  const auto with = [](std::vector<PersonalText> items, std::int64_t limit) {
    RequestCorrection request = SampleCorrectionRequest();
    request.items = std::move(items);
    request.limit_workdays = limit;
    return request;
  };
  Spec spec = In(kProcurement, "signed_for");
  spec.At("2024-08-12").As("clerk");
  spec.When(with({}, 5)).ThenRefused("correction_items_missing");
  const PersonalText letter("授权委托书");
  spec.When(with({letter}, 0)).ThenRefused("correction_limit_out_of_range");
  spec.When(with({letter}, 61)).ThenRefused("correction_limit_out_of_range");
  spec.When(with({letter}, 60)).Then(CorrectionWasRequested{with({letter}, 60)});
  spec.When(SampleCorrectionRequest())
      .ThenHappens(CorrectionWasRequested{SampleCorrectionRequest()});
  spec.As("portal").Given(CorrectionSupplied{{{Paper("授权委托书.pdf")}}});
  spec.As("clerk").When(SampleCorrectionRequest()).ThenRefused("correction_already_requested");
}

TEST(ComplaintIntake, TheCorrectionsDeliveryLiesBetweenTheNoticeAndToday) {
  const auto delivered = [](const char* day) {
    RequestCorrection request = SampleCorrectionRequest();
    request.delivered_on = *Date::Parse(day);
    return request;
  };
  Spec spec = In(kProcurement, "signed_for");
  spec.At("2024-08-12").As("clerk");
  for (const char* day : {"2000-01-01", "2024-08-11", "2024-08-13", "2030-01-01"}) {
    spec.When(delivered(day)).ThenRefused("delivery_out_of_order");
  }
  spec.When(delivered("2024-08-12")).Then(CorrectionWasRequested{delivered("2024-08-12")});
}

TEST(ComplaintIntake, TheCorrectionNoticeGoesOutWithinFiveWorkingDays) {
  RequestCorrection request = SampleCorrectionRequest();
  request.delivered_on.reset();
  Spec spec = In(kProcurement, "signed_for");
  spec.As("clerk").At("2024-08-15T23:59:59+08:00");
  spec.When(request).Then(CorrectionWasRequested{request});
  spec.At("2024-08-16").When(request).ThenRefused("correction_period_over");
}

TEST(ComplaintIntake, TenderingKnowsNoCorrection) {
  In(kTendering, "signed_for")
      .As("clerk")
      .When(SampleCorrectionRequest())
      .ThenRefused("command_not_allowed_in_state");
}

TEST(ComplaintIntake, OnlyTheLodgerSuppliesTheCorrection) {
  const SupplyCorrection supply{{Paper("授权委托书.pdf")}};
  Spec spec = In(kProcurement, "correction_requested");
  spec.As("portal_2").When(supply).ThenRefused("actor_not_complainant");
  spec.As("portal").When(supply).ThenHappens(CorrectionSupplied{supply});
  EXPECT_EQ(spec.State(), "signed_for");
}

TEST(ComplaintIntake, WhoeverDoesNotCorrectInTimeIsNotAccepted) {
  // Delivered on 08-12 with five working days: 08-19 is the last.
  const auto missing = SampleRefusal(RefusalGround::kCorrectionNotSupplied);
  Spec spec = In(kProcurement, "correction_requested");
  spec.As("head").At("2024-08-20");
  spec.When(SampleRefusal(RefusalGround::kNoInterest)).ThenRefused("ground_not_missing_correction");
  spec.At("2024-08-19T23:59:59+08:00").When(missing).ThenRefused("correction_limit_running");
  spec.At("2024-08-20").When(missing).ThenHappens(ComplaintNotAccepted{missing});
}

TEST(ComplaintIntake, AcceptedIsTheDayOfReceipt) {
  for (const Profile profile : {kTendering, kProcurement}) {
    Spec spec = In(profile, "signed_for");
    spec.At("2024-08-12").As("head").When(SampleAccept());
    spec.ThenHappens(ComplaintAccepted{Day("2024-08-08"), false, std::nullopt});
    EXPECT_EQ(spec.Model().Facts().at("accepted_on"), "2024-08-08");
  }
}

struct Unmet {
  const char* code;
  void (*spoil)(Accept&);
};

TEST(ComplaintIntake, EachConditionOfAcceptanceIsConfirmed) {
  const std::vector<Unmet> both{
      {"no_interest", [](Accept& c) { c.has_interest = false; }},
      {"not_specific", [](Accept& c) { c.is_specific = false; }},
      {"file_incomplete", [](Accept& c) { c.is_complete = false; }},
      {"already_decided", [](Accept& c) { c.is_new = false; }},
      {"under_review", [](Accept& c) { c.is_not_under_review = false; }},
  };
  for (const Profile profile : {kTendering, kProcurement}) {
    Spec spec = In(profile, "signed_for");
    for (const auto& unmet : both) {
      Accept accept = SampleAccept();
      unmet.spoil(accept);
      spec.As("head").When(accept).ThenRefused(unmet.code);
    }
  }
}

Spec SignedFor(const Lodge& lodge, std::optional<Date> reply_period_ends_on) {
  Spec spec(Definition());
  spec.At("2024-08-08").As("portal").Given(ComplaintLodged{lodge, reply_period_ends_on});
  spec.As("clerk").Given(ComplaintSignedFor{{ActorId("han"), ActorId("lin")}, UnitId("bureau")});
  spec.As("head");
  return spec;
}

TEST(ComplaintIntake, ATenderingComplaintOutOfTimeIsNotAccepted) {
  // Ten calendar days from 07-20; the objection excludes none.
  const auto late = Spoiled(kTendering, [](Lodge& c) {
    c.known_on = Day("2024-07-20");
    c.objection_answered_on = c.objection_raised_on;
  });
  SignedFor(late, std::nullopt).When(SampleAccept()).ThenRefused("out_of_time");
}

TEST(ComplaintIntake, AProcurementComplaintOutOfTimeIsNotAccepted) {
  // Fifteen working days from 07-17 ended on 08-07.
  const auto late = Spoiled(kProcurement, [](Lodge& c) { c.challenged_on = Day("2024-07-09"); });
  SignedFor(late, Day("2024-07-17")).When(SampleAccept()).ThenRefused("out_of_time");
  // Challenged after seven working days.
  const auto late_challenge =
      Spoiled(kProcurement, [](Lodge& c) { c.known_on = Day("2024-07-03"); });
  SignedFor(late_challenge, Day("2024-07-24")).When(SampleAccept()).ThenRefused("out_of_time");
}

TEST(ComplaintIntake, SomeMattersNeedAnObjectionFirst) {
  const auto without = [](SubjectMatter matter) {
    return Spoiled(kTendering, [&](Lodge& c) {
      c.subject_matter = matter;
      c.objection_raised_on.reset();
      c.objection_answered_on.reset();
    });
  };
  for (const auto matter :
       {SubjectMatter::kPrequalificationDocuments, SubjectMatter::kTenderDocuments,
        SubjectMatter::kBidOpening, SubjectMatter::kEvaluationResult}) {
    SignedFor(without(matter), std::nullopt)
        .When(SampleAccept())
        .ThenRefused("prior_objection_missing");
  }
  SignedFor(without(SubjectMatter::kOther), std::nullopt)
      .When(SampleAccept())
      .Then(ComplaintAccepted{Day("2024-08-08"), false, std::nullopt});
}

TEST(ComplaintIntake, ProcurementNeedsAChallengeAndStaysWithinIt) {
  const auto without = Spoiled(kProcurement, [](Lodge& c) {
    c.challenged_on.reset();
    c.challenge_answered_on.reset();
  });
  SignedFor(without, std::nullopt).When(SampleAccept()).ThenRefused("prior_challenge_missing");
  Accept beyond = SampleAccept();
  beyond.within_challenge = false;
  In(kProcurement, "signed_for").As("head").When(beyond).ThenRefused("exceeds_challenged_matters");
  In(kTendering, "signed_for")
      .As("head")
      .When(beyond)
      .Then(ComplaintAccepted{Day("2024-08-08"), false, std::nullopt});
}

TEST(ComplaintIntake, TheDepartmentThatReceivedItFirstHandlesIt) {
  Accept second = SampleAccept();
  second.received_here_first = false;
  const ComplaintAccepted accepted{Day("2024-08-08"), false, std::nullopt};
  In(kTendering, "signed_for").As("head").When(second).ThenRefused("first_received_elsewhere");
  // Procurement: only where several regions buy together.
  In(kProcurement, "signed_for").As("head").When(second).Then(accepted);
  const auto joint = Spoiled(kProcurement, [](Lodge& c) { c.joint_across_regions = true; });
  Spec spec = SignedFor(joint, Day("2024-07-24"));
  spec.When(second).ThenRefused("first_received_elsewhere");
  spec.When(SampleAccept()).Then(accepted);
}

// The first condition that is broken names the refusal, whatever else is broken. A dot: met.

struct Broken {
  const char* objection;
  const char* interest;
  const char* specific;
  const char* complete;
  const char* is_new;
  const char* review;
  const char* first;
  const char* refusal;
};

TEST(ComplaintIntake, TheFirstBrokenConditionNamesTheRefusal) {
  // clang-format off
  const std::vector<Broken> table{
      // objection interest specific complete new  review first  refusal
      {"x",        "x",     "x",     "x",     "x", "x",   "x",   "no_interest"},
      {"x",        ".",     "x",     "x",     "x", "x",   "x",   "not_specific"},
      {"x",        ".",     ".",     "x",     "x", "x",   "x",   "file_incomplete"},
      {"x",        ".",     ".",     ".",     "x", "x",   "x",   "already_decided"},
      {"x",        ".",     ".",     ".",     ".", "x",   "x",   "under_review"},
      {"x",        ".",     ".",     ".",     ".", ".",   "x",   "prior_objection_missing"},
      {".",        ".",     ".",     ".",     ".", ".",   "x",   "first_received_elsewhere"},
      {".",        "x",     ".",     "x",     ".", ".",   ".",   "no_interest"},
      {".",        ".",     ".",     "x",     ".", "x",   "x",   "file_incomplete"},
  };
  // clang-format on
  const auto met = [](const char* cell) { return cell[0] == '.'; };
  for (const auto& row : table) {
    SCOPED_TRACE(row.refusal);
    Lodge lodge = SampleLodge(kTendering);
    if (!met(row.objection)) {
      lodge.objection_raised_on.reset();
      lodge.objection_answered_on.reset();
    }
    const Accept accept{met(row.interest), met(row.specific), met(row.complete),
                        met(row.is_new),   met(row.review),   true,
                        met(row.first)};
    SignedFor(lodge, std::nullopt).When(accept).ThenRefused(row.refusal);
  }
}

TEST(ComplaintIntake, DeemedAcceptanceNeedsTheOption) {
  for (const char* state : {"lodged", "signed_for"}) {
    SCOPED_TRACE(state);
    Spec spec = In(kTendering, state);
    spec.As("clock").When(DeemAccept{}).ThenRefused("deemed_acceptance_disabled");
    spec.Rules(RulesWithDeemedAcceptance()).When(DeemAccept{});
    spec.ThenHappens(ComplaintAccepted{Day("2024-08-08"), true, "deemed_acceptance"});
  }
  In(kProcurement, "lodged")
      .Rules(RulesWithDeemedAcceptance())
      .As("clock")
      .When(DeemAccept{})
      .ThenRefused("command_not_allowed_in_state");
}

}  // namespace
}  // namespace docket::complaint
