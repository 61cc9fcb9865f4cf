// Each invariant says nothing of a right history and something of a broken one: what cannot fail
// proves nothing.
#include "tests/simulation/invariants.hpp"

#include <gtest/gtest.h>

#include "workflows/engine/claims.hpp"
#include "workflows/links/link.hpp"

namespace docket::simulation {
namespace {

const Instant kDay = *Instant::Parse("2024-03-04T09:00:00+08:00");

/// `warning-a` written out: a case is known by the UUID that its stream ends with.
std::string CaseNamed(std::string_view name) {
  const auto hyphen = name.rfind('-');
  if (hyphen == std::string_view::npos || name.size() != hyphen + 2) return std::string(name);
  return std::string(name.substr(0, hyphen)) + "-00000000-0000-7000-8000-00000000000" +
         std::string(name.substr(hyphen + 1));
}

/// A log that is written down event by event.
class Written {
 public:
  Written& By(std::string_view actor) {
    actor_ = actor;
    return *this;
  }
  Written& At(std::string_view when) {
    now_ = *Instant::ParseDateOrInstant(when);
    return *this;
  }
  /// What follows belongs to one append.
  Written& Command(std::string_view id) {
    command_ = id;
    return *this;
  }
  Written& Event(std::string_view stream, std::string_view type, Json data = Json::object()) {
    RecordedEvent event;
    event.position = Position{static_cast<std::int64_t>(events.size()) + 1};
    event.id = EventId("event-" + std::to_string(event.position.value));
    event.stream = StreamId(CaseNamed(stream));
    event.version = versions_[event.stream] = versions_[event.stream].Next();
    event.type = type;
    event.occurred_at = event.recorded_at = now_;
    event.actor = event.recorded_by = ActorId(actor_);
    event.role = Role::kHead;
    event.command_id =
        CommandId(command_.empty() ? "command-" + std::to_string(events.size()) : command_);
    event.data = CanonicalJson(data);
    events.push_back(std::move(event));
    return *this;
  }

  History events;

 private:
  std::string actor_ = "han";
  std::string command_;
  Instant now_ = kDay;
  std::map<StreamId, Version> versions_;
};

/// The one problem, which says so.
void ExpectOne(const Problems& problems, std::string_view said) {
  ASSERT_EQ(problems.size(), 1u) << (problems.empty() ? "" : problems.back());
  EXPECT_NE(problems.front().find(said), std::string::npos) << problems.front();
}
const Problems kNone;

Written Two() { return Written().Event("warning-a", "warning.x").Event("warning-a", "warning.y"); }

TEST(Invariants, PositionsAndVersionsHaveNoGap) {
  auto log = Two();
  EXPECT_EQ(CheckStreams(log.events), kNone);
  log.events[1].version = Version{3};
  ExpectOne(CheckStreams(log.events), "should be version 2");
  log = Two();
  log.events[1].position = Position{3};
  ExpectOne(CheckStreams(log.events), "comes where 2 should");
  log = Two();
  log.events[0].recorded_at = kDay + std::chrono::seconds(1);
  ExpectOne(CheckStreams(log.events), "recorded before");
}

TEST(Invariants, WhatWasAcknowledgedIsThere) {
  const auto log = Written().Command("c").Event("warning-a", "warning.x").Event("b", "claim.taken");
  const Acknowledged told{
      CommandId("c"), StreamId(CaseNamed("warning-a")), Version{1}, Position{2}, {"warning.x"}};
  EXPECT_EQ(CheckAcknowledged(log.events, {told}), kNone);
  auto other = told;
  other.types.clear();
  EXPECT_EQ(CheckAcknowledged(log.events, {other}), kNone) << "told when it was asked again";
  other = told;
  other.command = CommandId("d");
  ExpectOne(CheckAcknowledged(log.events, {other}), "left []");
  other = told;
  other.types.emplace_back("warning.y");
  ExpectOne(CheckAcknowledged(log.events, {other}), "acknowledged with [warning.x warning.y]");
  other = told;
  other.version = Version{2};
  ExpectOne(CheckAcknowledged(log.events, {other}), "acknowledged as version 2");
}

TEST(Invariants, NothingTakesEffectTwice) {
  auto log = Written().Command("c").Event("warning-a", "warning.x").Event("warning-a", "warning.y");
  EXPECT_EQ(CheckSingleEffects(log.events), kNone);
  log.Command("d").Event("warning-a", "warning.x");
  log.Command("c").Event("warning-a", "warning.y");
  ExpectOne(CheckSingleEffects(log.events), "command c took effect again");
  log = Two();
  log.events[1].id = log.events[0].id;
  ExpectOne(CheckSingleEffects(log.events), "its id is another event's");
}

TEST(Invariants, ALinkTakesEffectOnce) {
  auto log = Written().Command("link-clue_opens_investigation-event-1-0");
  log.Event("investigation-a", "investigation.proposed");
  log.Command("other").Event("warning-a", "warning.x");
  EXPECT_EQ(CheckSingleEffects(log.events), kNone);
  log.Command("link-clue_opens_investigation-event-1-0");
  log.Event("links", "link.refused");
  ExpectOne(CheckSingleEffects(log.events), "took effect again");
}

TEST(Invariants, OneCaseHoldsAClaim) {
  const Json a = Encode(ClaimTaken{StreamId("account-a")});
  const Json b = Encode(ClaimTaken{StreamId("account-b")});
  const auto taken = [] { return std::string(ClaimTaken::kType); };
  const auto released = [] { return std::string(ClaimReleased::kType); };
  EXPECT_EQ(CheckClaims(Written()
                            .Event("person-x", taken(), a)
                            .Event("person-x", released(), a)
                            .Event("person-x", taken(), b)
                            .Event("unit_administrator-x", taken(), a)
                            .Event("unit_administrator-x", taken(), b)
                            .events),
            kNone);
  ExpectOne(
      CheckClaims(Written().Event("person-x", taken(), a).Event("person-x", taken(), b).events),
      "takes what account-a holds");
  ExpectOne(
      CheckClaims(Written().Event("person-x", taken(), a).Event("person-x", taken(), a).events),
      "holds it already");
  ExpectOne(CheckClaims(Written().Event("person-x", released(), a).events), "does not hold");
}

/// A supervised item, whose clock is the limit that it names.
Written IssuedItem() {
  return Written().Event("supervision-a", "supervision.issued",
                         {{"kind", "supervision"},
                          {"code", "DB-1"},
                          {"issuer", "office"},
                          {"addressee", "bureau"},
                          {"requirement", "限期办结"},
                          {"limit_on", "2024-03-20"},
                          {"region", "350000"}});
}
Json StartedClock(std::string_view rule, std::string_view due_date) {
  const Date due = *Date::Parse(due_date);
  return {{"clock", rule},
          {"rule", rule},
          {"edition", "2018-01-01"},
          {"kind", "statutory"},
          {"calendar", "cn"},
          {"started_at", kDay.ToString()},
          {"period", {{"amount", 3}, {"unit", "year"}, {"direction", "forward"}, {"roll", "none"}}},
          {"due_date", due.ToString()},
          {"due_at", Instant::StartOf(due + 1).ToString()},
          {"provisional", false},
          {"reminders", Json::array()}};
}

TEST(Invariants, EveryClockHasItsEnd) {
  auto log = IssuedItem();
  log.Event("supervision-a", "deadline.started", StartedClock("limit", "2024-03-20"));
  EXPECT_EQ(CheckClocks(log.events, kDay), kNone);
  ExpectOne(CheckClocks(log.events, *Instant::Parse("2024-03-21T00:00:00+08:00")),
            "clock limit is over, and nobody recorded it");
  auto undated = log;
  undated.Event("supervision-a", "deadline.resumed",
                {{"clock", "limit"},
                 {"to", "2024-03-05"},
                 {"reason", "补正"},
                 {"calendar", "cn"},
                 {"due_date", "2024-03-20"},
                 {"provisional", false},
                 {"reminders", Json::array()}});
  ExpectOne(CheckClocks(undated.events, kDay), "clock limit runs without a due day");
  auto late = log;
  late.Event("supervision-a", "deadline.ended_late",
             {{"clock", "limit"}, {"at", kDay.ToString()}, {"late_by", 0}});
  ExpectOne(CheckClocks(late.events, kDay), "clock limit ended late by nothing");
  auto cancelled = log;
  cancelled.Event("supervision-a", "deadline.cancelled",
                  {{"clock", "limit"}, {"because", "supervision.closed"}});
  ExpectOne(CheckClocks(cancelled.events, kDay), "because of supervision.closed, which never was");
  log.Event("supervision-a", "supervision.closed", {{"code", "DB-1"}});
  ExpectOne(CheckClocks(log.events, kDay), "is open in a case that has ended");
  auto met =
      Written().Event("supervision-a", "deadline.started", StartedClock("limit", "2024-03-20"));
  met.Event("supervision-a", "deadline.found_met",
            {{"clock", "limit"},
             {"at", kDay.ToString()},
             {"supersedes", "event-9"},
             {"because", "deadline.started"}});
  ExpectOne(CheckClocks(met.events, kDay), "supersedes no lapse of limit");
}

Json AccountOf(std::string_view name, std::string_view role) {
  return {{"account", name},          {"holder", "某人"},
          {"roles", {role}},          {"responsibilities", "管理"},
          {"unit", "housing-350000"}, {"region", "350000"}};
}

TEST(Invariants, AUnitHasOneAdministrator) {
  auto log = Written()
                 .Event("account-a", "account.opened", AccountOf("a", "unit_administrator"))
                 .Event("account-b", "account.opened", AccountOf("b", "handler"));
  EXPECT_EQ(CheckAdministrators(log.events), kNone);
  log.Event("account-c", "account.opened", AccountOf("c", "unit_administrator"));
  ExpectOne(CheckAdministrators(log.events), "housing-350000 has 2 administrators");
}

TEST(Invariants, WhoseAccountIsClosedDoesNothing) {
  auto log = Written().Event("account-a", "account.opened", AccountOf("a", "handler"));
  log.By("a").Event("warning-a", "warning.x");
  log.By("admin").Event("account-a", "account.closed",
                        {{"reason", "离职"}, {"certificate_revoked", true}});
  EXPECT_EQ(CheckClosedAccounts(log.events), kNone);
  log.By("a").Event("warning-a", "warning.y");
  ExpectOne(CheckClosedAccounts(log.events), "by a, whose account was closed at 3");
}

Written ForwardedItem() {
  auto log = IssuedItem();
  log.Event("supervision-a", "supervision.forwarded",
            {{"code", "DB-1-1"},
             {"issuer", "bureau"},
             {"addressee", "county"},
             {"requirement", "核查"},
             {"limit_on", "2024-03-10"}});
  return log;
}
void OpenChild(Written& log) {
  Json issued = DataOf(log.events.front());
  issued["parent"] = CaseNamed("supervision-a");
  issued["code"] = "DB-1-1";
  log.Event("supervision-b", "supervision.issued", issued);
}
const Json kParentEnd = {{"code", "DB-1"}};
const Json kChildEnd = {{"code", "DB-1-1"}, {"parent", CaseNamed("supervision-a")}};
const Json kTold = {{"code", "DB-1-1"}, {"outcome", "closed"}};

TEST(Invariants, AnItemClosesAfterItsChildren) {
  auto log = ForwardedItem();
  OpenChild(log);
  auto early = log;
  early.Event("supervision-a", "supervision.child_closed", kTold);
  early.Event("supervision-a", "supervision.closed", kParentEnd);
  ExpectOne(CheckChildren(early.events), "its child DB-1-1");
  log.Event("supervision-b", "supervision.closed", kChildEnd);
  auto untold = log;
  untold.Event("supervision-a", "supervision.closed", kParentEnd);
  ExpectOne(CheckChildren(untold.events), "nothing is known of DB-1-1");
  log.Event("supervision-a", "supervision.child_closed", kTold);
  log.Event("supervision-a", "supervision.closed", kParentEnd);
  EXPECT_EQ(CheckChildren(log.events), kNone);
}

TEST(Invariants, WhoeverForwardedIsToldTheEnd) {
  auto log = ForwardedItem();
  ExpectOne(CheckForwarded(log.events), "waits for DB-1-1, which was never opened");
  OpenChild(log);
  EXPECT_EQ(CheckForwarded(log.events), kNone);
  log.Event("supervision-b", "supervision.closed", kChildEnd);
  ExpectOne(CheckForwarded(log.events), "waits for DB-1-1, which is over");
  log.Event("supervision-a", "supervision.child_closed", kTold);
  EXPECT_EQ(CheckForwarded(log.events), kNone);
}

Written Kept() {
  return Written().Event("archive-a", "deadline.started",
                         StartedClock("media_complaint_retention", "2027-03-04"));
}
const Json kEnds = {{"clock", "media_complaint_retention"},
                    {"because", "archive.complaint_opened"}};

TEST(Invariants, ARecordIsNeverKeptForLess) {
  auto log = Kept();
  log.Command("held").Event("archive-a", "archive.complaint_opened",
                            {{"complaint", "complaint-x"}});
  log.Event("archive-a", "deadline.cancelled", kEnds);
  auto again = log;
  again.Command("freed");
  again.Event("archive-a", "archive.complaint_closed", {{"complaint", "complaint-x"}});
  auto sooner = again;
  Json round = StartedClock("media_complaint_retention", "2027-05-04");
  round["clock"] = "media_complaint_retention#2";
  again.Event("archive-a", "deadline.started", round);
  EXPECT_EQ(CheckRetention(again.events), kNone);
  round = StartedClock("media_complaint_retention", "2027-03-03");
  round["clock"] = "media_complaint_retention#2";
  sooner.Event("archive-a", "deadline.started", round);
  ExpectOne(CheckRetention(sooner.events), "media_complaint_retention ended later");
  auto lost = Kept();
  lost.Event("archive-a", "deadline.cancelled", kEnds);
  ExpectOne(CheckRetention(lost.events), "was cancelled and nothing keeps the record");
}

TEST(Invariants, NothingIsDisposedOfBeforeItsTime) {
  auto log = Kept();
  auto early = log;
  early.Event("archive-a", "archive.destroyed");
  ExpectOne(CheckRetention(early.events), "disposed of before media_complaint_retention ended");
  log.At("2027-03-05");
  auto held = log;
  held.Event("archive-a", "archive.hold_placed", {{"hold", "1"}});
  held.Event("archive-a", "archive.destroyed");
  ExpectOne(CheckRetention(held.events), "disposed of while it was held");
  log.Event("archive-a", "archive.destroyed");
  EXPECT_EQ(CheckRetention(log.events), kNone);
}

TEST(Invariants, WhatALinkAsksForFollows) {
  auto log = ForwardedItem();
  const std::string id = "link-forwarding_opens_child-event-2-0";
  ExpectOne(CheckLinks(log.events, AllLinks()), id + " never followed from position 2");
  auto refused = log;
  refused.Command(id).Event("links", "link.refused");
  EXPECT_EQ(CheckLinks(refused.events, AllLinks()), kNone);
  log.Command(id);
  OpenChild(log);
  EXPECT_EQ(CheckLinks(log.events, AllLinks()), kNone);
}

TEST(Invariants, ALapseHasItsWarning) {
  auto log =
      Written().Event("rectification-a", "deadline.started", StartedClock("rectify", "2024-03-20"));
  log.Event("rectification-a", "deadline.lapsed",
            {{"clock", "rectify"}, {"due_at", "2024-03-21T00:00:00+08:00"}});
  ExpectOne(CheckWarnings(log.events), "nobody was warned of rectify");
  log.Event("warning-a", "warning.raised",
            {{"subject", CaseNamed("rectification-a") + "-rectify"}});
  // The warning itself is folded, too, and has to be whole.
  log.events.back().stream = StreamId("elsewhere");
  EXPECT_EQ(CheckWarnings(log.events), kNone);
}

TEST(Invariants, HistoriesAreTheSameButForWhatIsRandom) {
  const auto of = [](const std::string& uuid, const std::string& box) {
    return Canonical(Written()
                         .Event("clue-" + uuid, "clue.received",
                                {{"source", "warning-" + uuid},
                                 {"content", {{"$sealed", 1}, {"box", box}, {"key", uuid}}}})
                         .events);
  };
  const auto one = of("01900000-0000-7000-8000-000000000001", "a");
  EXPECT_EQ(one, of("01900000-0000-7000-8000-0000000000ff", "b"));
  auto other = Written().Event("clue-x", "clue.received", {{"source", "warning-y"}});
  EXPECT_NE(one, Canonical(other.events));
}

}  // namespace
}  // namespace docket::simulation
