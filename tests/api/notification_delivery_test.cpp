// Notices outside the inbox, against a real mail server and a real gateway on this machine: what
// they say, when they wait, what fails and comes again, and what is given up.
#include <atomic>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/api/complaint_requests.hpp"
#include "tests/api/mail_server.hpp"
#include "tests/api/process.hpp"
#include "tests/api/webhook_receiver.hpp"

namespace docket::test {
namespace {

using namespace std::chrono_literals;
using Moment = MailServer::Moment;

constexpr const char* kPhone = "13905730001";
constexpr const char* kEmail = "qian@example.org";
constexpr const char* kSecret = "gateway-secret-7f3a";

/// A second intake clerk of the finance bureau, whose account is in the log and can be reached.
void OpenAccount(Application& application) {
  const ActorId qian("qian");
  const Json opening = {{"account", qian.value},
                        {"holder", "钱某"},
                        {"unit", "finance-330482"},
                        {"roles", {"intake"}},
                        {"responsibilities", "受理投诉"}};
  ASSERT_TRUE(application.Logins().Bootstrap(qian, opening));
}
void SetContact(Application& application, const Json& contact) {
  const Actor qian{ActorId("qian"), UnitId("finance-330482"), {Role::kIntake}};
  const auto changed = application.Logins().Act(qian, {qian.id, "change_contact", contact});
  ASSERT_TRUE(changed) << changed.error().code;
}

class NotificationDelivery : public ::testing::Test {
 protected:
  explicit NotificationDelivery(const std::string& now = "2024-08-08T09:00:00+08:00") {
    std::ofstream(File("secret")) << kSecret << '\n';
    std::filesystem::permissions(File("secret"), std::filesystem::perms(0600));
    gateway_.ReplyWith(R"({"code":0,"data":{"id":"m-1"}})");
    gateway_.AnswerWith([](const auto&) { return 200; });
    TestServer::Options options;
    options.now = now;
    options.adjust = [&](ApplicationOptions& application) {
      application.notifier.poll = 20ms;
      application.courier.poll = 20ms;
      application.courier.backoff = {.first = 1ms, .most = 20ms};
      application.courier.failures_max = 4;
      auto channels = NoticeChannels::Open(Channels());
      ASSERT_TRUE(channels) << channels.error().code;
      application.notice_channels = std::move(*channels);
    };
    server_ = std::make_unique<TestServer>(options);
    OpenAccount(server_->App());
    SetContact(server_->App(), {{"phone", kPhone}, {"email", kEmail}});
    server_->App().StartNotifying();
  }

  std::string File(const std::string& name) const { return (folder_.Path() / name).string(); }
  NoticeChannelOptions Channels() {
    const Json gateway = {
        {"name", "test"},
        {"url", gateway_.Url()},
        {"headers", {{{"name", "X-Secret"}, {"value", "key {secret}"}}}},
        {"secret_file", File("secret")},
        {"format", "json"},
        {"body", {{"to", "{phone}"}, {"message", {{"text", "{text}"}}}, {"sequence", "{id}"}}},
        {"success", {{"at", "/code"}, {"is", "0"}}},
        {"message_id_at", "/data/id"},
        {"allow_private", true}};
    std::ofstream(File("gateway.json")) << gateway.dump();
    NoticeChannelOptions options;
    options.mail.url = "smtp+plain://" + mail_.Host();
    options.mail.from = "docket@example.org";
    options.mail.timeout = 5s;
    options.sms_gateway = File("gateway.json");
    options.system_name = "监督平台";
    return options;
  }
  NotificationStore& Store() { return server_->App().Notifications(); }
  /// Of the account's latest notice; waits until that is in the state.
  NoticeDelivery Await(NoticeChannel channel, DeliveryState state) {
    const auto give_up = std::chrono::steady_clock::now() + 20s;
    NoticeDelivery last;
    while (std::chrono::steady_clock::now() < give_up) {
      const auto inbox = Store().List({.recipient = ActorId("qian"), .limit = 200});
      if (inbox.empty()) continue;
      for (auto& one : Store().DeliveriesOf(inbox.back().number)) {
        if (one.channel == channel) last = std::move(one);
      }
      if (last.state == state && last.notification == inbox.back().number) return last;
    }
    ADD_FAILURE() << NameOf(last.state) << " instead of " << NameOf(state) << ' ' << last.reason;
    return last;
  }
  std::string Lodge() {
    ComplaintWalk walk(*server_);
    walk.Lodge();
    return walk.CaseId();
  }

  TemporaryFolder folder_;
  MailServer mail_;
  WebhookReceiver gateway_;
  std::unique_ptr<TestServer> server_;
};

TEST_F(NotificationDelivery, AnEmailNamesTheCaseAndNobody) {
  const std::string case_id = Lodge();
  const auto mails = mail_.Await(1);
  ASSERT_EQ(mails.size(), 1u) << "intake-0001 of the office file has no address";
  EXPECT_EQ(mails[0].to, kEmail);
  EXPECT_EQ(mails[0].from, "docket@example.org");
  EXPECT_NE(mails[0].body.find("收到新的投诉 " + case_id), std::string::npos) << mails[0].body;
  for (const char* personal : {kComplainantName, kComplainantPhone, kClaims, "钱某"}) {
    EXPECT_EQ(mails[0].body.find(personal), std::string::npos) << personal;
  }
  const auto sent = Await(NoticeChannel::kEmail, DeliveryState::kSent);
  EXPECT_EQ(sent.attempts, 1);
  EXPECT_EQ(mails[0].headers.at("message-id"), "<" + sent.message_id + "@docket>");
  // POCO's reader leaves the spaces between encoded words, which stand for nothing (RFC 2047, 6.2).
  std::string subject = mails[0].headers.at("subject");
  std::erase(subject, ' ');
  EXPECT_EQ(subject, "【监督平台】待办：" + case_id);
  EXPECT_EQ(Await(NoticeChannel::kSms, DeliveryState::kDropped).reason, "switched_off")
      << "a task is no matter for a short message";
}

TEST_F(NotificationDelivery, AShortMessageCarriesACountAndNothingOfTheCase) {
  const std::string case_id = Lodge();
  mail_.Await(1);
  EXPECT_EQ(server_->MoveClock("2024-08-14T09:00:00+08:00").status, 200);
  const auto texts = gateway_.Await(1);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_EQ(texts[0].body["to"], kPhone);
  EXPECT_EQ(texts[0].body["message"]["text"], "【监督平台】您有2条未读通知，请登录系统查看。");
  EXPECT_EQ(texts[0].text.find(case_id), std::string::npos);
  EXPECT_EQ(texts[0].headers.at("x-secret"), std::string("key ") + kSecret);
  const auto sent = Await(NoticeChannel::kSms, DeliveryState::kSent);
  EXPECT_EQ(sent.receipt, "m-1");
  EXPECT_EQ(texts[0].body["sequence"], sent.message_id);
}

TEST_F(NotificationDelivery, WhatFailsForAWhileComesAgainUnderTheSameId) {
  std::atomic<int> refusals{2};
  mail_.AnswerWith([&](Moment moment) -> std::string {
    return moment == Moment::kRecipient && refusals-- > 0 ? "451 try later" : "";
  });
  Lodge();
  EXPECT_EQ(mail_.Await(1).size(), 1u);
  EXPECT_EQ(Await(NoticeChannel::kEmail, DeliveryState::kSent).attempts, 3);
}

TEST_F(NotificationDelivery, AnAnswerThatIsLostMeansTwiceAndNeverNotAtAll) {
  std::atomic<int> losses{1};
  mail_.AnswerWith([&](Moment moment) -> std::string {
    return moment == Moment::kContent && losses-- > 0 ? "close" : "";
  });
  Lodge();
  const auto mails = mail_.Await(2);
  ASSERT_EQ(mails.size(), 2u);
  EXPECT_EQ(mails[0].headers.at("message-id"), mails[1].headers.at("message-id"));
  EXPECT_EQ(Await(NoticeChannel::kEmail, DeliveryState::kSent).attempts, 2);
}

TEST_F(NotificationDelivery, AConnectionThatClosesAnywhereLosesNothing) {
  for (const Moment where :
       {Moment::kGreeting, Moment::kHello, Moment::kSender, Moment::kRecipient, Moment::kData}) {
    const auto before = mail_.Await(0).size();
    std::atomic<int> losses{1};
    mail_.AnswerWith([&](Moment moment) -> std::string {
      return moment == where && losses-- > 0 ? "close" : "";
    });
    Lodge();
    EXPECT_EQ(mail_.Await(before + 1).size(), before + 1) << static_cast<int>(where);
    EXPECT_EQ(Await(NoticeChannel::kEmail, DeliveryState::kSent).attempts, 2);
    mail_.AnswerWith([](Moment) { return ""; });
  }
}

TEST_F(NotificationDelivery, AnAddressThatIsRefusedIsGivenUpUntilSomebodyTriesAgain) {
  mail_.AnswerWith([](Moment moment) -> std::string {
    return moment == Moment::kRecipient ? "550 <qian@example.org> unknown" : "";
  });
  Lodge();
  const auto parked = Await(NoticeChannel::kEmail, DeliveryState::kParked);
  EXPECT_EQ(parked.reason, "smtp_550");
  EXPECT_EQ(parked.attempts, 1);
  const auto listed =
      RunDocket({"notifications", "list", "--store", server_->StoreUrl(), "--json"});
  ASSERT_EQ(listed.exit_code, 0) << listed.said;
  EXPECT_NE(listed.said.find("smtp_550"), std::string::npos) << listed.said;
  EXPECT_NE(listed.said.find(R"("state":"parked")"), std::string::npos) << listed.said;
  EXPECT_EQ(listed.said.find(kEmail), std::string::npos);
  mail_.AnswerWith([](Moment) { return ""; });
  const Client operators = server_->As("operator-0001");
  const Reply status = operators.Get("/v1/notification-deliveries");
  EXPECT_EQ(status.body["parked"], 1) << status.text;
  EXPECT_EQ(status.body["parked_deliveries"][0]["reason"], "smtp_550");
  EXPECT_EQ(status.text.find(kEmail), std::string::npos);
  EXPECT_EQ(server_->As("sysadmin-0001").Get("/v1/notification-deliveries").status, 403);
  EXPECT_EQ(operators.Post("/v1/notification-deliveries/retry", Json::object()).body["retried"], 1);
  EXPECT_EQ(mail_.Await(1).size(), 1u);
  Await(NoticeChannel::kEmail, DeliveryState::kSent);
}

TEST_F(NotificationDelivery, AGatewayThatSaysNoIsTriedAgainAndThenParked) {
  gateway_.ReplyWith(R"({"code":7,"data":{}})");
  SetContact(server_->App(), {{"phone", kPhone}});
  const auto parked = Await(NoticeChannel::kSms, DeliveryState::kParked);
  EXPECT_EQ(parked.reason, "gateway_refused");
  EXPECT_EQ(parked.attempts, 4);
  EXPECT_EQ(gateway_.Await(4).size(), 4u);
  EXPECT_EQ(Await(NoticeChannel::kEmail, DeliveryState::kDropped).reason, "no_address");
  EXPECT_NE(server_->Log().find("is parked after 4 attempts: gateway_refused"), std::string::npos);
}

TEST_F(NotificationDelivery, NeitherAddressesNorSecretsAreInTheLog) {
  mail_.AnswerWith([](Moment) { return "550 qian@example.org 13905730001"; });
  gateway_.AnswerWith([](const auto&) { return 500; });
  SetContact(server_->App(), {{"phone", kPhone}, {"email", kEmail}});
  Await(NoticeChannel::kSms, DeliveryState::kParked);
  Await(NoticeChannel::kEmail, DeliveryState::kParked);
  const std::string log = server_->Log();
  EXPECT_NE(log.find("gateway_http_500"), std::string::npos) << log;
  for (const char* hidden : {kPhone, kEmail, kSecret}) {
    EXPECT_EQ(log.find(hidden), std::string::npos) << hidden;
  }
}

TEST_F(NotificationDelivery, WhatIsSwitchedOffIsNotSent) {
  NoticePreferences preferences;
  preferences.email = {NoticeKind::kOverdue, NoticeKind::kSecurity};
  Store().WritePreferences(ActorId("qian"), CanonicalJson(Encode(preferences)));
  Lodge();
  EXPECT_EQ(Await(NoticeChannel::kEmail, DeliveryState::kDropped).reason, "switched_off");
  EXPECT_TRUE(mail_.Await(0).empty());
}

class NotificationDeliveryAtNight : public NotificationDelivery {
 protected:
  NotificationDeliveryAtNight() : NotificationDelivery("2024-08-08T22:30:00+08:00") {}
};

TEST_F(NotificationDeliveryAtNight, QuietHoursLastAcrossMidnightAndTheInboxDoesNotWait) {
  Lodge();
  const auto waits = Await(NoticeChannel::kEmail, DeliveryState::kPending);
  EXPECT_EQ(Store().List({.recipient = ActorId("qian")}).size(), 1u);
  EXPECT_EQ(server_->MoveClock("2024-08-09T07:30:00+08:00").status, 200);
  // Whoever is asked something urgent is asked at once; what was waiting still waits.
  SetContact(server_->App(), {{"phone", kPhone}, {"email", kEmail}});
  const auto urgent = mail_.Await(1);
  ASSERT_EQ(urgent.size(), 1u);
  EXPECT_NE(urgent[0].body.find("联系方式已变更"), std::string::npos);
  for (const auto& one : Store().DeliveriesOf(waits.notification)) {
    if (one.channel != NoticeChannel::kEmail) continue;
    EXPECT_EQ(one.state, DeliveryState::kPending);
    EXPECT_EQ(one.next_attempt_at.ToString(), "2024-08-09T08:00:00+08:00");
    EXPECT_EQ(one.attempts, 0);
  }
  EXPECT_EQ(server_->MoveClock("2024-08-09T08:00:01+08:00").status, 200);
  const auto all = mail_.Await(2);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_NE(all[1].body.find("收到新的投诉"), std::string::npos);
}

TEST(NotificationDeliveryThroughKills, EveryNoticeIsMailedAtLeastOnceUnderOneId) {
  TemporaryFolder folder;
  const std::string url = StoreUrlIn(folder.Path());
  {
    auto office = Office::Load(DOCKET_SOURCE_DIR "/data/sample/office.json");
    ApplicationOptions options;
    options.store_url = url;
    options.virtual_clock = true;
    options.start_at = Instant::Parse("2024-08-08T09:00:00+08:00");
    const auto application = Application::Open(options, std::move(*office));
    ASSERT_TRUE(application) << application.error().code;
    OpenAccount(**application);
    SetContact(**application, {{"email", kEmail}});
  }
  MailServer mail;
  constexpr std::size_t kLives = 5;
  constexpr std::size_t kCasesOfLife = 3;
  std::vector<std::string> lodged;
  for (std::size_t life = 0; life <= kLives; ++life) {
    Process process({"serve", "--store", url, "--office",
                     DOCKET_SOURCE_DIR "/data/sample/office.json", "--listen", "127.0.0.1:0",
                     "--smtp", "smtp+plain://" + mail.Host(), "--smtp-from", "docket@example.org",
                     "--virtual-clock"});
    const std::string line = process.ReadLine();
    const auto at = line.find("127.0.0.1:");
    ASSERT_NE(at, std::string::npos) << line;
    const Client portal(static_cast<std::uint16_t>(std::stoi(line.substr(at + 10))), "portal-0001");
    for (std::size_t i = 0; i < kCasesOfLife && life < kLives; ++i) {
      lodged.push_back(portal.Post("/v1/cases", LodgeBody()).body["case_id"]);
    }
    // In the middle of sending, by turns earlier and later.
    if (life < kLives) mail.Await(lodged.size() - life % 3);
    std::set<std::string> cases;
    const auto give_up = std::chrono::steady_clock::now() + 20s;
    while (life == kLives && cases.size() < lodged.size() &&
           std::chrono::steady_clock::now() < give_up) {
      for (const auto& one : mail.Await(0)) cases.insert(one.headers.at("message-id"));
    }
    process.Kill9();
    process.Wait();
  }
  std::map<std::string, std::set<std::string>> ids_of_case;
  for (const auto& one : mail.Await(0)) {
    const auto named = std::find_if(lodged.begin(), lodged.end(), [&](const std::string& case_id) {
      return one.body.find(case_id) != std::string::npos;
    });
    ASSERT_NE(named, lodged.end()) << one.body;
    ids_of_case[*named].insert(one.headers.at("message-id"));
  }
  EXPECT_EQ(ids_of_case.size(), lodged.size());
  for (const auto& [case_id, ids] : ids_of_case) EXPECT_EQ(ids.size(), 1u) << case_id;
  const auto retried = RunDocket({"notifications", "retry", "--store", url});
  EXPECT_EQ(retried.exit_code, 0) << retried.said;
  EXPECT_NE(retried.said.find("To be sent again: 0"), std::string::npos) << retried.said;
  const auto status = RunDocket({"notifications", "status", "--store", url, "--json"});
  EXPECT_EQ(status.exit_code, 0) << status.said;
  EXPECT_EQ(Json::parse(status.said)["parked"], 0);
}

}  // namespace
}  // namespace docket::test
