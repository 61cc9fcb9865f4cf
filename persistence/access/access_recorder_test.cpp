// The second log is written soon, whole and once, whatever happens to the store meanwhile.
#include "persistence/access/access_recorder.hpp"

#include <gtest/gtest.h>

#include <future>

#include "persistence/access/access_events.hpp"
#include "persistence/access/access_pages.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;

/// A log that fails when it is told to, before or after it has stored.
class FailingLog : public EventLog {
 public:
  explicit FailingLog(EventLog& log) : log_(log) {}
  AppendResult Append(AppendRequest request) override {
    if (fail_before) throw StoreError("fails");
    auto result = log_.Append(std::move(request));
    if (fail_after) throw StoreError("fails late");
    return result;
  }
  std::vector<AppendResult> AppendAll(std::vector<AppendRequest> requests) override {
    return log_.AppendAll(std::move(requests));
  }
  std::vector<RecordedEvent> ReadStream(LogId log, const StreamId& stream, Version after,
                                        std::size_t limit) const override {
    return log_.ReadStream(log, stream, after, limit);
  }
  std::vector<std::vector<RecordedEvent>> ReadStreams(
      LogId log, const std::vector<StreamId>& streams) const override {
    return log_.ReadStreams(log, streams);
  }
  std::vector<RecordedEvent> ReadLog(LogId log, Position after, std::size_t limit) const override {
    return log_.ReadLog(log, after, limit);
  }
  Head ReadHead(LogId log) const override { return log_.ReadHead(log); }
  std::optional<CommandKnown> FindCommand(LogId log, const ActorId& actor,
                                          const CommandId& id) const override {
    return log_.FindCommand(log, actor, id);
  }

  bool fail_before = false;
  bool fail_after = false;

 private:
  EventLog& log_;
};

AccessNote Reading(const std::string& account, const std::string& case_id, bool personal) {
  AccessNote note;
  note.account = ActorId(account);
  note.unit = UnitId("bureau");
  note.region = RegionCode("330482");
  note.role = Role::kHandler;
  note.operation = "GET /v1/cases/{id}";
  note.case_id = StreamId(case_id);
  note.reason = personal ? "open" : "sealed";
  note.personal = personal;
  return note;
}

AccessNote Nameless(const std::string& reason) {
  AccessNote note;
  note.kind = AccessKind::kDenied;
  note.reason = reason;
  return note;
}

class AccessRecorderTest : public ::testing::Test {
 protected:
  void Open() {
    AccessRecorder::Options options;
    options.write_every = 1h;
    options.now = [this] { return now_; };
    options.report = [this](const Notice& notice) { reported_ += notice.message; };
    recorder_.emplace(AccessRecorder::Ports{log_, fixture_.clock, ids_}, options);
  }
  std::vector<RecordedEvent> All() { return fixture_.Log().ReadLog(LogId::kAccess, {}, 1000); }
  std::int64_t Counted() {
    std::int64_t count = 0;
    for (const auto& event : All()) count += Json::parse(event.data)["count"].get<std::int64_t>();
    return count;
  }

  testing::LogFixture fixture_;
  RandomIds ids_;
  FailingLog log_{fixture_.Log()};
  AccessRecorder::MonotonicTime now_{};
  std::string reported_;
  std::optional<AccessRecorder> recorder_;
};

TEST_F(AccessRecorderTest, PersonalTextsAreRecordedBeforeTheyAreShown) {
  Open();
  recorder_->Record(Reading("lin", "a", true));
  const auto events = All();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].stream, StreamId("access-lin"));
  EXPECT_EQ(events[0].type, AccessWasRead::kType);
  EXPECT_EQ(events[0].actor, ActorId("lin"));
  EXPECT_EQ(events[0].role, Role::kHandler);
  EXPECT_EQ(events[0].schema_version, 2);
  const auto read = Decode<AccessWasRead>(Json::parse(events[0].data));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->case_id, StreamId("a"));
  EXPECT_EQ(read->access, "open");
  EXPECT_TRUE(read->personal);
  EXPECT_EQ(read->count, 1);
}

AccessNote LoggedIn(const std::string& address, bool begins_session) {
  AccessNote note = Reading("lin", "", false);
  note.kind = AccessKind::kLoggedIn;
  note.operation.clear();
  note.reason.clear();
  note.address = address;
  note.begins_session = begins_session;
  return note;
}

TEST_F(AccessRecorderTest, ASessionThatBeginsIsRecordedBeforeItIsAnswered) {
  Open();
  recorder_->Record(LoggedIn("198.51.100.7", true));
  const auto events = All();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].stream, StreamId("access-lin"));
  EXPECT_EQ(events[0].type, SomebodyLoggedIn::kType);
  EXPECT_EQ(events[0].schema_version, 1);
  const auto login = Decode<SomebodyLoggedIn>(Json::parse(events[0].data));
  ASSERT_TRUE(login);
  EXPECT_EQ(login->address, "198.51.100.7");
  recorder_->Record(LoggedIn("198.51.100.8", false));
  EXPECT_EQ(All().size(), 1u) << "the use of a key waits for nothing";
  log_.fail_before = true;
  EXPECT_THROW(recorder_->Record(LoggedIn("198.51.100.9", true)), StoreError);
  log_.fail_before = false;
}

TEST_F(AccessRecorderTest, FailuresAndEndsOfSessionsAreWrittenSoon) {
  Open();
  AccessNote note = LoggedIn("198.51.100.7", false);
  note.kind = AccessKind::kLoginFailed;
  note.reason = "password_wrong";
  recorder_->Record(note);
  note.kind = AccessKind::kSessionEnded;
  note.reason = "password_reset";
  note.ended_by = ActorId("chen");
  recorder_->Record(note);
  recorder_->Write();
  const auto events = All();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].type, LoginFailed::kType);
  EXPECT_EQ(Json::parse(events[0].data)["reason"], "password_wrong");
  EXPECT_EQ(events[1].type, SessionEnded::kType);
  EXPECT_EQ(Json::parse(events[1].data)["ended_by"], "chen");
}

TEST_F(AccessRecorderTest, RepeatsOfTheWindowAreOneCount) {
  Open();
  for (int i = 0; i < 10; ++i) recorder_->Record(Reading("lin", "a", true));
  recorder_->Write();
  EXPECT_EQ(All().size(), 1u);
  now_ += 60s;
  recorder_->Write();
  EXPECT_EQ(All().size(), 2u);
  EXPECT_EQ(Counted(), 10);
  recorder_->Record(Reading("lin", "a", true));
  EXPECT_EQ(All().size(), 3u);
}

TEST_F(AccessRecorderTest, OtherReadingsAndDenialsWaitForNothing) {
  Open();
  log_.fail_before = true;
  recorder_->Record(Reading("lin", "a", false));
  recorder_->Record(Nameless("token_unknown"));
  EXPECT_THROW(recorder_->Record(Reading("lin", "b", true)), StoreError);
  EXPECT_THROW(recorder_->Write(), StoreError);
  log_.fail_before = false;
  recorder_->Write();
  EXPECT_EQ(Counted(), 2);
  const auto nameless = fixture_.Log().ReadStream(LogId::kAccess, kNamelessAccess, {}, 10);
  ASSERT_EQ(nameless.size(), 1u);
  EXPECT_EQ(Json::parse(nameless[0].data)["reason"], "token_unknown");
}

TEST_F(AccessRecorderTest, ABatchWhoseAnswerWasLostIsStoredOnce) {
  Open();
  recorder_->Record(Nameless("token_unknown"));
  log_.fail_after = true;
  EXPECT_THROW(recorder_->Write(), StoreError);
  log_.fail_after = false;
  recorder_->Record(Nameless("token_missing"));
  recorder_->Write();
  EXPECT_EQ(All().size(), 2u);
  EXPECT_EQ(Counted(), 2);
}

TEST_F(AccessRecorderTest, WhatIsLeftIsWrittenAtTheEnd) {
  Open();
  for (int i = 0; i < 3; ++i) recorder_->Record(Nameless("token_unknown"));
  recorder_.reset();
  EXPECT_EQ(Counted(), 3);
  EXPECT_EQ(reported_, "");
}

TEST_F(AccessRecorderTest, WhatCannotBeWrittenAtTheEndIsReported) {
  Open();
  recorder_->Record(Nameless("token_unknown"));
  log_.fail_before = true;
  recorder_.reset();
  EXPECT_NE(reported_.find("accesses were not recorded"), std::string::npos) << reported_;
}

TEST_F(AccessRecorderTest, ItsThreadWritesByItself) {
  std::promise<void> appended;
  const auto subscription = fixture_.Log().OnAppended(
      [&](Position position) {
        if (position == Position(1)) appended.set_value();
      },
      LogId::kAccess);
  AccessRecorder::Options options;
  options.write_every = 1ms;
  AccessRecorder recorder({log_, fixture_.clock, ids_}, options);
  recorder.Record(Nameless("token_unknown"));
  EXPECT_EQ(appended.get_future().wait_for(30s), std::future_status::ready);
}

TEST_F(AccessRecorderTest, PagesAreFilteredAndMissNothing) {
  Open();
  for (const char* account : {"lin", "chen"}) {
    for (const char* case_id : {"a", "b", "c"}) {
      recorder_->Record(Reading(account, case_id, false));
    }
  }
  recorder_->Record(Nameless("token_unknown"));
  recorder_->Write();
  const auto count = [&](AccessFilter filter) {
    std::size_t found = 0;
    for (filter.limit = 2;;) {
      const AccessPage page = ReadAccesses(fixture_.Log(), filter);
      found += page.events.size();
      EXPECT_LE(page.events.size(), 2u);
      if (page.next == page.head.position) return found;
      EXPECT_GT(page.next, filter.after);
      filter.after = page.next;
    }
  };
  EXPECT_EQ(count({}), 7u);
  EXPECT_EQ(count({.account = ActorId("lin")}), 3u);
  EXPECT_EQ(count({.case_id = StreamId("b")}), 2u);
  EXPECT_EQ(count({.account = ActorId("lin"), .case_id = StreamId("b")}), 1u);
  EXPECT_EQ(count({.type = "access.denied"}), 1u);
  EXPECT_EQ(count({.reason = "token_unknown"}), 1u);
  EXPECT_EQ(count({.reason = "role_not_permitted"}), 0u);
}

}  // namespace
}  // namespace docket
