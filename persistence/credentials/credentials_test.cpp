// Passwords, second factors, sessions and keys over a table in memory and clocks that a test sets.
#include <array>
#include <map>
#include <mutex>

#include <gtest/gtest.h>

#include "persistence/credentials/api_keys.hpp"
#include "persistence/credentials/bound_logins.hpp"
#include "persistence/credentials/sessions.hpp"
#include "persistence/credentials/totp.hpp"
#include "persistence/ids/uuid7.hpp"
#include "persistence/keys/table_keys.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/memory_key_table.hpp"

namespace docket {
namespace {

using namespace std::chrono_literals;
using Verdict = AccountCredentials::Verdict;

class MemoryTable : public CredentialTable {
 public:
  std::optional<CredentialRow> Find(CredentialKind kind, const std::string& name) const override {
    const auto found = rows.find({kind, name});
    return found == rows.end() ? std::nullopt : std::optional(found->second);
  }
  bool Write(CredentialKind kind, const CredentialRow& row) override {
    ++writes;
    auto& stored = rows[{kind, row.name}];
    if (stored.version != row.version) return false;
    stored = row;
    ++stored.version;
    return true;
  }
  void Remove(CredentialKind kind, const std::string& name) override { rows.erase({kind, name}); }
  std::vector<CredentialRow> OwnedBy(CredentialKind kind, const std::string& owner) const override {
    std::vector<CredentialRow> owned;
    for (const auto& [key, row] : rows) {
      if (key.first == kind && row.owner == owner) owned.push_back(row);
    }
    return owned;
  }
  /// Everything that is stored, as text.
  std::string Text() const {
    std::string text;
    for (const auto& [key, row] : rows) text += row.name + row.owner + row.record + "\n";
    return text;
  }

  std::map<std::pair<CredentialKind, std::string>, CredentialRow> rows;
  int writes = 0;
};

CredentialPolicy CheapPolicy() {
  CredentialPolicy policy;
  policy.password_cost = {.passes = 1, .memory_bytes = 8192};
  return policy;
}

const ActorId kZhao("zhao");
const std::string kFirst = "Sunny-Day-01";
const std::string kSecond = "Rainy-Day-02";

class CredentialsTest : public ::testing::Test {
 protected:
  Verdict Try(const std::string& password, const std::string& code = "",
              std::optional<Instant> unlocked_at = {}) {
    return credentials_.Try({kZhao, true, unlocked_at}, {password, code}).verdict;
  }
  std::string CodeOfChange(const std::string& present, const std::string& next) {
    const auto changed = credentials_.ChangePassword({kZhao, true, {}}, {present, next});
    return changed ? "" : changed.error().code;
  }
  /// The account has a password of its own.
  void Chosen(const std::string& password = kFirst) {
    ASSERT_EQ(CodeOfChange(credentials_.SetOneTimePassword(kZhao), password), "");
  }
  /// The confirmed secret of a second factor.
  std::string Enrolled() {
    const auto secret = credentials_.EnrolSecondFactor(kZhao);
    EXPECT_TRUE(secret);
    EXPECT_TRUE(credentials_.ConfirmSecondFactor(kZhao, CodeNow(*secret, -1)));
    return *secret;
  }
  std::string CodeNow(const std::string& secret, std::int64_t steps = 0) const {
    return totp::CodeAt(secret, totp::StepAt(machine_.Now()) + steps);
  }
  void Pass(std::chrono::microseconds time) {
    clock_.Set(clock_.Now() + time);
    machine_.Set(machine_.Now() + time);
  }
  static Token TokenOf(const std::string& text, std::string_view prefix) {
    return *Token::Parse(text, prefix);
  }

  MemoryTable table_;
  TableKeys keys_{std::make_unique<testing::MemoryKeyTable>()};
  testing::SettableClock clock_;
  testing::SettableClock machine_{*Instant::Parse("2026-03-02T08:00:10+08:00")};
  RandomIds ids_;
  CredentialPorts ports_{table_, keys_, clock_, machine_};
  AccountCredentials credentials_{ports_, CheapPolicy()};
  Sessions sessions_{ports_, CheapPolicy()};
  ApiKeys api_keys_{ports_, CheapPolicy(), ids_};
};

TEST_F(CredentialsTest, AOneTimePasswordWorksUntilItIsReplacedOrTooOld) {
  const std::string once = credentials_.SetOneTimePassword(kZhao);
  EXPECT_EQ(Try(once), Verdict::kPassed);
  EXPECT_TRUE(credentials_.MustChangePassword(credentials_.Secrets(kZhao)));
  Pass(73h);
  EXPECT_EQ(Try(once), Verdict::kRefused);
  Chosen();
  EXPECT_EQ(Try(kFirst), Verdict::kPassed);
  EXPECT_FALSE(credentials_.MustChangePassword(credentials_.Secrets(kZhao)));
  EXPECT_EQ(table_.Text().find(kFirst), std::string::npos);
  EXPECT_EQ(table_.Text().find(once), std::string::npos);
}

TEST_F(CredentialsTest, APasswordHasToBeLongMixedAndNew) {
  Chosen();
  EXPECT_EQ(CodeOfChange(kFirst, "Sh0rt-pwd"), "password_too_short");
  EXPECT_EQ(CodeOfChange(kFirst, "Eleven-char"), "password_too_short");
  EXPECT_EQ(CodeOfChange(kFirst, std::string(129, 'a')), "password_too_long");
  EXPECT_EQ(CodeOfChange(kFirst, "onlysmall1234"), "password_too_simple");
  EXPECT_EQ(CodeOfChange(kFirst, "My-zhao-12345"), "password_names_account");
  EXPECT_EQ(CodeOfChange(kFirst, "Very-ZHAO-678"), "password_names_account");
  EXPECT_EQ(CodeOfChange(kFirst, "Password1234!"), "password_too_common");
  EXPECT_EQ(CodeOfChange(kFirst, kFirst), "password_used_before");
  EXPECT_EQ(CodeOfChange(kSecond, "Other-Day-03"), "password_wrong");
  EXPECT_EQ(CodeOfChange(kFirst, kSecond), "");
  EXPECT_EQ(CodeOfChange(kSecond, kFirst), "password_used_before");
}

/// So many Chinese characters, and one of three other classes.
std::string Chinese(std::size_t count) {
  static const std::array<const char*, 8> kCharacters{"春", "眠", "不", "觉",
                                                      "晓", "处", "闻", "啼"};
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += kCharacters[i % kCharacters.size()];
  return text + "aB1";
}

TEST_F(CredentialsTest, APasswordIsMeasuredInCharacters) {
  Chosen();
  EXPECT_EQ(CodeOfChange(kFirst, Chinese(8)), "password_too_short") << "27 bytes, 11 characters";
  EXPECT_EQ(CodeOfChange(kFirst, Chinese(126)), "password_too_long") << "129 characters";
  EXPECT_EQ(CodeOfChange(kFirst, Chinese(9)), "");
  EXPECT_EQ(CodeOfChange(Chinese(9), Chinese(61)), "") << "64 characters are 186 bytes";
  EXPECT_EQ(CodeOfChange(Chinese(61), Chinese(125)), "") << "128 characters";
  EXPECT_EQ(Try(Chinese(125)), Verdict::kPassed);
  EXPECT_EQ(Try(Chinese(124)), Verdict::kRefused) << "none of it is cut off";
}

TEST_F(CredentialsTest, TheLastFivePasswordsAreRememberedAndNoMore) {
  Chosen();
  const auto numbered = [](int number) { return "Numbered-Day-" + std::to_string(number); };
  std::string present = kFirst;
  for (int i = 0; i < 4; ++i) {
    ASSERT_EQ(CodeOfChange(present, numbered(i)), "");
    present = numbered(i);
  }
  EXPECT_EQ(CodeOfChange(present, kFirst), "password_used_before");
  ASSERT_EQ(CodeOfChange(present, numbered(4)), "");
  EXPECT_EQ(CodeOfChange(numbered(4), kFirst), "");
}

// Shows A116.
TEST_F(CredentialsTest, APasswordGrowsOld) {
  Chosen();
  Pass(24h * 90 - 1s);
  EXPECT_FALSE(credentials_.MustChangePassword(credentials_.Secrets(kZhao)));
  Pass(1s);
  EXPECT_TRUE(credentials_.MustChangePassword(credentials_.Secrets(kZhao)));
}

TEST_F(CredentialsTest, FiveFailuresLockForHalfAnHour) {
  Chosen();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Try("wrong"), Verdict::kRefused);
  EXPECT_EQ(Try("wrong"), Verdict::kLocked);
  EXPECT_EQ(Try(kFirst), Verdict::kRefused) << "whoever guesses learns nothing meanwhile";
  Pass(30min - 1s);
  EXPECT_EQ(Try(kFirst), Verdict::kRefused);
  Pass(1s);
  EXPECT_EQ(Try(kFirst), Verdict::kPassed);
}

TEST_F(CredentialsTest, AnAdministratorEndsALockAndASuccessForgetsFailures) {
  Chosen();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Try("wrong"), Verdict::kRefused);
  EXPECT_EQ(Try(kFirst), Verdict::kPassed);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Try("wrong"), Verdict::kRefused);
  EXPECT_EQ(Try("wrong"), Verdict::kLocked);
  const Instant before = clock_.Now() + -1s;
  EXPECT_EQ(Try(kFirst, "", before), Verdict::kRefused) << "that was an earlier lock";
  EXPECT_EQ(Try(kFirst, "", clock_.Now()), Verdict::kPassed);
}

TEST_F(CredentialsTest, ARefusalKnowsWhatWasWrong) {
  const auto reason = [&](const std::string& password, const std::string& code = "") {
    return credentials_.Try({kZhao, true, {}}, {password, code}).reason;
  };
  const std::string once = credentials_.SetOneTimePassword(kZhao);
  Pass(73h);
  EXPECT_EQ(reason(once), "one_time_password_expired");
  Chosen();
  const std::string secret = Enrolled();
  EXPECT_EQ(reason("wrong"), "password_wrong");
  EXPECT_EQ(reason(kFirst), "second_factor_needed");
  EXPECT_EQ(reason(kFirst, "x"), "second_factor_wrong");
  const std::string code = CodeNow(secret);
  EXPECT_EQ(reason(kFirst, code), "");
  EXPECT_EQ(reason(kFirst, code), "second_factor_used");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(reason("wrong"), "password_wrong");
  EXPECT_EQ(reason(kFirst), "account_locked");
}

TEST_F(CredentialsTest, AnUnknownNameIsTreatedLikeAKnownOne) {
  Chosen();
  const auto unknown = [&] {
    return credentials_.Try({ActorId("nobody"), false, {}}, {"wrong", ""}).verdict;
  };
  for (int i = 0; i < 4; ++i) {
    const int before = table_.writes;
    EXPECT_EQ(Try("wrong"), Verdict::kRefused);
    const int known = table_.writes - before;
    EXPECT_EQ(unknown(), Verdict::kRefused);
    EXPECT_EQ(table_.writes - before, 2 * known);
  }
  EXPECT_EQ(Try("wrong"), Verdict::kLocked);
  EXPECT_EQ(unknown(), Verdict::kLocked);
  EXPECT_EQ(table_.Text().find("nobody"), std::string::npos);
}

TEST_F(CredentialsTest, AHashIsMadeAnewWhenItsCostHasChanged) {
  Chosen();
  auto dearer = CheapPolicy();
  dearer.password_cost.passes = 2;
  AccountCredentials again(ports_, dearer);
  EXPECT_EQ(again.Try({kZhao, true, {}}, {kFirst, ""}).verdict, Verdict::kPassed);
  EXPECT_FALSE(NeedsRehash(*again.Secrets(kZhao).password, dearer.password_cost));
  EXPECT_EQ(again.Try({kZhao, true, {}}, {kFirst, ""}).verdict, Verdict::kPassed);
}

TEST_F(CredentialsTest, AHashSaysInWhichWayItWasMade) {
  Chosen();
  EXPECT_TRUE(credentials_.Secrets(kZhao).password->starts_with("$argon2id$"));
  auto national = CheapPolicy();
  national.password_cost.kdf = PasswordKdf::kSm3;
  national.password_cost.iterations = 1000;
  AccountCredentials by_sm3(ports_, national);
  EXPECT_EQ(by_sm3.Try({kZhao, true, {}}, {"wrong", ""}).verdict, Verdict::kRefused);
  EXPECT_EQ(by_sm3.Try({kZhao, true, {}}, {kFirst, ""}).verdict, Verdict::kPassed);
  EXPECT_TRUE(by_sm3.Secrets(kZhao).password->starts_with("$pbkdf2-sm3$1000$"));
  EXPECT_EQ(by_sm3.Try({kZhao, true, {}}, {"wrong", ""}).verdict, Verdict::kRefused);
  EXPECT_EQ(by_sm3.Try({kZhao, true, {}}, {kFirst, ""}).verdict, Verdict::kPassed);
  auto changed = by_sm3.ChangePassword({kZhao, true, {}}, {kFirst, kSecond});
  EXPECT_TRUE(changed);
  changed = by_sm3.ChangePassword({kZhao, true, {}}, {kSecond, kFirst});
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, "password_used_before");
  EXPECT_EQ(Try(kSecond), Verdict::kPassed) << "and back again";
  EXPECT_TRUE(credentials_.Secrets(kZhao).password->starts_with("$argon2id$"));
}

TEST(PasswordHash, BySm3IsPbkdf2AsOpensslMakesIt) {
  // openssl kdf -keylen 32 -kdfopt digest:SM3 -kdfopt pass:Sunny-Day-01 -kdfopt salt:<salt>
  //   -kdfopt iter:1000 PBKDF2
  const std::string hash =
      "$pbkdf2-sm3$1000$00112233445566778899aabbccddeeff$"
      "103b4ec0b56451fef56bb2301aae633d75f0af789f071595ca68cf8e5b5f071f";
  EXPECT_TRUE(VerifyPassword(hash, kFirst));
  EXPECT_FALSE(VerifyPassword(hash, kSecond));
  const PasswordCost cost{.kdf = PasswordKdf::kSm3, .iterations = 1000};
  EXPECT_FALSE(NeedsRehash(hash, cost));
  EXPECT_NE(HashPassword(kFirst, cost), HashPassword(kFirst, cost)) << "each has its salt";
}

TEST_F(CredentialsTest, ALoginIsOneAccountsForEver) {
  BoundLogins logins(ports_, ids_);
  const std::string name = BoundLogins::NameOfCertificate("fingerprint");
  LoginRecord record;
  record.issuer = "CN=authority";
  record.valid_until = ports_.machine.Now() + std::chrono::hours(1);
  const auto code_of_use = [&] {
    const auto used = logins.Use(name);
    return used ? used->account.value : used.error().code;
  };
  const auto reserved = logins.Reserve(kZhao, name, record);
  ASSERT_TRUE(reserved);
  EXPECT_EQ(code_of_use(), "login_unknown") << "it is not bound yet";
  EXPECT_TRUE(logins.Of(kZhao).empty());
  logins.Withdraw(*reserved);
  const auto again = logins.Reserve(kZhao, name, record);
  ASSERT_TRUE(again);
  logins.Confirm(*again);
  logins.Withdraw(*again);
  EXPECT_EQ(code_of_use(), "zhao");
  const auto by_another = logins.Reserve(ActorId("qian"), name, record);
  ASSERT_FALSE(by_another);
  EXPECT_EQ(by_another.error().code, "login_bound_already");
  logins.Revoke(*again);
  logins.Revoke(*again);
  EXPECT_EQ(code_of_use(), "login_revoked");
  EXPECT_FALSE(logins.Reserve(kZhao, name, record)) << "revoked, and still the account's";
  EXPECT_NE(BoundLogins::NameOfToken("a", "bc"), BoundLogins::NameOfToken("ab", "c"));
}

TEST_F(CredentialsTest, ALoginThatHasExpiredLetsNobodyIn) {
  BoundLogins logins(ports_, ids_);
  LoginRecord record;
  record.issuer = "CN=authority";
  record.valid_until = ports_.machine.Now();
  const auto reserved = logins.Reserve(kZhao, "certificate/1", record);
  ASSERT_TRUE(reserved);
  logins.Confirm(*reserved);
  EXPECT_EQ(logins.Use("certificate/1").error().code, "login_expired");
}

TEST_F(CredentialsTest, ASecondFactorIsNeededOnceItIsConfirmedAndItsCodeIsGoodOnce) {
  Chosen();
  ASSERT_TRUE(credentials_.EnrolSecondFactor(kZhao));
  EXPECT_EQ(Try(kFirst), Verdict::kPassed) << "not confirmed yet";
  const std::string secret = Enrolled();
  EXPECT_EQ(credentials_.EnrolSecondFactor(kZhao).error().code, "second_factor_enrolled");
  EXPECT_EQ(Try(kFirst), Verdict::kNeedsCode);
  EXPECT_EQ(Try("wrong"), Verdict::kRefused);
  EXPECT_EQ(Try(kFirst, CodeNow(secret)), Verdict::kPassed);
  EXPECT_EQ(Try(kFirst, CodeNow(secret)), Verdict::kRefused) << "used";
  EXPECT_EQ(Try(kFirst, CodeNow(secret, -1)), Verdict::kRefused) << "before the one used";
  EXPECT_EQ(Try(kFirst, CodeNow(secret, 2)), Verdict::kRefused) << "not yet";
  Pass(30s);
  EXPECT_EQ(Try(kFirst, CodeNow(secret)), Verdict::kPassed);
  EXPECT_EQ(table_.Text().find(HexOf(secret)), std::string::npos);
}

TEST_F(CredentialsTest, WrongCodesCountAsFailures) {
  Chosen();
  Enrolled();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Try(kFirst, "000"), Verdict::kRefused);
  EXPECT_EQ(Try(kFirst, "000"), Verdict::kLocked);
}

TEST_F(CredentialsTest, ALostDeviceIsForgotten) {
  Chosen();
  Enrolled();
  credentials_.ForgetSecondFactor(kZhao);
  EXPECT_EQ(Try(kFirst), Verdict::kPassed);
  EXPECT_EQ(credentials_.ConfirmSecondFactor(kZhao, "123456").error().code, "second_factor_wrong");
}

TEST(Totp, CodesAreThoseOfRfc6238) {
  const std::string secret = "12345678901234567890";
  EXPECT_EQ(totp::CodeAt(secret, 59 / 30), "287082");
  EXPECT_EQ(totp::CodeAt(secret, 1111111109 / 30), "081804");
  EXPECT_EQ(totp::CodeAt(secret, 1234567890 / 30), "005924");
  EXPECT_EQ(totp::CodeAt(secret, 20000000000 / 30), "353130");
}

TEST(Totp, SecretsAreShownInBase32) {
  EXPECT_EQ(totp::Base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(totp::Base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(totp::Base32(totp::NewSecret()).size(), 32U);
}

TEST_F(CredentialsTest, ASecondLoginEndsTheFirst) {
  const auto first = sessions_.Begin(kZhao, SessionStage::kComplete);
  EXPECT_TRUE(sessions_.Use(TokenOf(first.token, kSessionPrefix)));
  const auto second = sessions_.Begin(kZhao, SessionStage::kComplete);
  EXPECT_EQ(sessions_.Use(TokenOf(first.token, kSessionPrefix)).error().code, "session_ended");
  EXPECT_TRUE(sessions_.Use(TokenOf(second.token, kSessionPrefix)));
  sessions_.End(kZhao);
  EXPECT_EQ(sessions_.Use(TokenOf(second.token, kSessionPrefix)).error().code, "session_ended");
}

TEST_F(CredentialsTest, ASessionEndsWhenItIsNotUsed) {
  const auto begun = sessions_.Begin(kZhao, SessionStage::kComplete);
  const Token token = TokenOf(begun.token, kSessionPrefix);
  for (int i = 0; i < 3; ++i) {
    Pass(29min);
    EXPECT_TRUE(sessions_.Use(token));
  }
  Pass(30min);
  EXPECT_EQ(sessions_.Use(token).error().code, "session_idle");
}

TEST_F(CredentialsTest, ASessionEndsAfterTwelveHoursHoweverItIsUsed) {
  const auto begun = sessions_.Begin(kZhao, SessionStage::kComplete);
  const Token token = TokenOf(begun.token, kSessionPrefix);
  for (int i = 0; i < 36; ++i) {
    EXPECT_TRUE(sessions_.Use(token));
    Pass(20min);
  }
  EXPECT_EQ(sessions_.Use(token).error().code, "session_expired");
}

TEST_F(CredentialsTest, UsingASessionOftenWritesSeldom) {
  const auto begun = sessions_.Begin(kZhao, SessionStage::kComplete);
  const int before = table_.writes;
  for (int i = 0; i < 59; ++i) {
    EXPECT_TRUE(sessions_.Use(TokenOf(begun.token, kSessionPrefix)));
    Pass(1s);
  }
  EXPECT_EQ(table_.writes, before);
}

TEST(Token, NamesMayHoldUnderscores) {
  const Token token{"a_b.c", NewSecret()};
  const auto parsed = Token::Parse(token.Text("ds"), "ds");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->name, token.name);
  EXPECT_EQ(parsed->secret, token.secret);
  for (const char* text : {"", "ds_", "ds_zhao", "ds_zhao_short", "dk_zhao"}) {
    EXPECT_FALSE(Token::Parse(text, "ds")) << text;
  }
}

TEST_F(CredentialsTest, AKeyIsShownOnceLimitedAndExpires) {
  const auto made = api_keys_.Make(kZhao, {"推送", {Role::kDataProvider}, false, 30});
  ASSERT_TRUE(made);
  const Token token = TokenOf(made->token, kApiKeyPrefix);
  EXPECT_EQ(table_.Text().find(token.secret), std::string::npos);
  const auto used = api_keys_.Use(token);
  ASSERT_TRUE(used);
  EXPECT_EQ(used->account, kZhao);
  EXPECT_EQ(used->record.roles, std::vector<Role>{Role::kDataProvider});
  EXPECT_EQ(api_keys_.Use({token.name, NewSecret()}).error().code, "token_unknown");
  EXPECT_EQ(api_keys_.Use({"none", NewSecret()}).error().code, "token_unknown");
  Pass(24h * 30);
  EXPECT_EQ(api_keys_.Use(token).error().code, "api_key_expired");
  EXPECT_EQ(api_keys_.Rotate(kZhao, token.name).error().code, "api_key_expired");
  for (const std::int64_t days : {0, 366}) {
    EXPECT_EQ(api_keys_.Make(kZhao, {"推送", {}, true, days}).error().code, "api_key_days_invalid");
  }
}

TEST_F(CredentialsTest, ARotatedKeyWorksUntilTheOverlapEnds) {
  const auto old = api_keys_.Make(kZhao, {"推送", {Role::kDataProvider}, false, 30});
  const auto next = api_keys_.Rotate(kZhao, old->key.id);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->key.record.roles, old->key.record.roles);
  EXPECT_EQ(api_keys_.Of(kZhao).size(), 2U);
  Pass(24h - 1s);
  EXPECT_TRUE(api_keys_.Use(TokenOf(old->token, kApiKeyPrefix)));
  Pass(1s);
  EXPECT_EQ(api_keys_.Use(TokenOf(old->token, kApiKeyPrefix)).error().code, "api_key_expired");
  EXPECT_TRUE(api_keys_.Use(TokenOf(next->token, kApiKeyPrefix)));
}

TEST_F(CredentialsTest, AKeyIsRevokedByItsAccountOnly) {
  const auto made = api_keys_.Make(kZhao, {"推送", {}, true, 30});
  EXPECT_EQ(api_keys_.Revoke(ActorId("qian"), made->key.id).error().code, "api_key_unknown");
  EXPECT_EQ(api_keys_.Rotate(ActorId("qian"), made->key.id).error().code, "api_key_unknown");
  ASSERT_TRUE(api_keys_.Revoke(kZhao, made->key.id));
  ASSERT_TRUE(api_keys_.Revoke(kZhao, made->key.id));
  EXPECT_EQ(api_keys_.Use(TokenOf(made->token, kApiKeyPrefix)).error().code, "api_key_revoked");
}

TEST_F(CredentialsTest, AnAccountHasOnlySoManyKeysInUse) {
  for (std::size_t i = 0; i < kApiKeysMax; ++i) {
    ASSERT_TRUE(api_keys_.Make(kZhao, {"推送", {}, true, 30}));
  }
  EXPECT_EQ(api_keys_.Make(kZhao, {"推送", {}, true, 30}).error().code, "api_keys_too_many");
  ASSERT_TRUE(api_keys_.Revoke(kZhao, api_keys_.Of(kZhao).front().id));
  EXPECT_TRUE(api_keys_.Make(kZhao, {"推送", {}, true, 30}));
}

}  // namespace
}  // namespace docket
