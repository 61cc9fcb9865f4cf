#include "api/http/session_operations.hpp"

#include "api/auth/caller.hpp"
#include "api/auth/identity_refusals.hpp"
#include "api/http/problem.hpp"
#include "api/http/session_bodies.hpp"
#include "api/render/schema.hpp"
#include "workflows/account/guards.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

const Tag kSessionTag{"session", {"登录", "Logging in"}};
const Tag kApiKeyTag{"api-keys", {"接口密钥", "Keys of programmes"}};

Rejection Refused(const Refusal& refusal) { return {RejectionKind::kRefused, refusal}; }
Rejection Forbidden(const Refusal& refusal) { return {RejectionKind::kForbidden, refusal}; }
Rejection NotFound(const Refusal& refusal) { return {RejectionKind::kNotFound, refusal}; }
Rejection Wrong(const Refusal& refusal) { return {RejectionKind::kInvalid, refusal}; }
Rejection Unauthenticated(const Refusal& refusal) {
  return {RejectionKind::kUnauthenticated, refusal};
}

Json StageSchema() {
  using namespace schema;
  return Component(
      "LoginStage",
      Object({{"stage", Of<SessionStage>()},
              {"stage_zh", Titled("阶段名称", Text())},
              {"undertaking?",
               Component("Undertaking", Object({{"version", Text()}, {"text", Text()}}))}}));
}

Json SessionSchema() {
  using namespace schema;
  return Component(
      "Session",
      Object({{"stage", Of<SessionStage>()},
              {"stage_zh", Titled("阶段名称", Text())},
              {"undertaking?",
               Component("Undertaking", Object({{"version", Text()}, {"text", Text()}}))},
              {"account", Titled("账号", Text())},
              {"unit", Titled("单位", Text())},
              {"roles", ListOf(Of<Role>())},
              {"credential", Of<CredentialUse>()},
              {"responsibilities?", Titled("职责权限", Text())},
              {"begun_at?", InstantText()},
              {"ends_at?", InstantText()},
              {"idle_ends_at?", InstantText()},
              {"token?", Titled("令牌，仅在登录时显示", Text())}}));
}

std::vector<Rejection> ProblemsOfSteps() {
  return {Forbidden(kNoSession), NotFound(kUnknownAccount), Refused(kCommandNotAllowedInState),
          Forbidden(kRoleNotPermitted), Refused(account::ByHolder::kRefusal)};
}

Operation Step(std::string id, Words summary, Json body, std::vector<Rejection> problems) {
  Operation operation{.id = std::move(id),
                      .tag = kSessionTag,
                      .summary = std::move(summary),
                      .body = std::move(body),
                      .answers = {{.status = status::kOk,
                                   .about = {"会话所处阶段", "What the session still lacks"},
                                   .schema = StageSchema()}},
                      .problems = ProblemsOfSteps()};
  operation.problems.insert(operation.problems.end(), problems.begin(), problems.end());
  return operation;
}

Json KeySchema(bool with_token) {
  using namespace schema;
  std::vector<Member> members{{"id", Text()},
                              {"label", Text()},
                              {"roles", ListOf(Of<Role>())},
                              {"read_only", Boolean()},
                              {"created_at", InstantText()},
                              {"expires_at", InstantText()},
                              {"revoked_at?", InstantText()},
                              {"rotated_to?", Text()}};
  if (!with_token) return Component("ApiKey", Object(members));
  members.push_back({"token", Titled("令牌，仅显示一次", Text())});
  return Component("NewApiKey", Object(members));
}

Json LoginSchema() { return schema::Component("Login", schema::Of<LoginRecord>()); }

Parameter AccountInPath() { return InPath("account", AnyText(), {"账号", "The account"}); }

Parameter KeyInPath() { return InPath("id", AnyText(), {"密钥编号", "The key's id"}); }

AnswerText NewKeyAnswer() {
  return {.status = status::kCreated,
          .about = {"新密钥，令牌仅显示一次", "The key, whose token is shown once"},
          .schema = KeySchema(true),
          .headers = {{"Location", schema::Text(), {"密钥地址", "The key's address"}}}};
}

}  // namespace

Operation LogInOperation() {
  return {.id = "logIn",
          .tag = kSessionTag,
          .summary = {"登录", "Log in"},
          .details = {"一个账号同时只有一个会话。失败的原因不予说明。",
                      "An account has one session at a time. Why a login failed is not told."},
          .body = Schema<LoginBody>(),
          .answers = {{.status = status::kCreated,
                       .about = {"会话及其令牌", "The session and its token"},
                       .schema = SessionSchema()}},
          .problems = {Unauthenticated(kLoginFailed), Unauthenticated(kSecondFactorNeeded),
                       RateLimited()}};
}

Operation LogInByCertificateOperation() {
  return {.id = "logInByCertificate",
          .tag = kSessionTag,
          .summary = {"以数字证书登录", "Log in by certificate"},
          .details = {"证书由本次连接出示；须已绑定账号。此会话只能以同一证书使用。",
                      "With the certificate that the connection presents, as the account that it "
                      "is bound to. The session is used with that certificate only."},
          .answers = {{.status = status::kCreated,
                       .about = {"会话及其令牌", "The session and its token"},
                       .schema = SessionSchema()}},
          .problems = {Unauthenticated(kCertificateMissing), Unauthenticated(kCertificateUntrusted),
                       Unauthenticated(kCertificateExpired), Unauthenticated(kCertificateRevoked),
                       Unauthenticated(kRevocationListStale), Unauthenticated(kLoginUnknown),
                       Unauthenticated(kLoginRevoked), Unauthenticated(kLoginExpired),
                       Unauthenticated(kAccountNotActive), Unauthenticated(kAccountLocked),
                       RateLimited()}};
}

Operation ShowSessionOperation() {
  return {.id = "showSession",
          .tag = kSessionTag,
          .summary = {"查看当前会话", "Show who the token is"},
          .answers = {{.status = status::kOk,
                       .about = {"当前账号与会话", "The account and its session"},
                       .schema = SessionSchema()}}};
}

Operation LogOutOperation() {
  return {.id = "logOut",
          .tag = kSessionTag,
          .summary = {"退出", "Log out"},
          .answers = {{.status = status::kNoContent, .about = {"已退出", "Logged out"}}},
          .problems = {Forbidden(kNoSession)}};
}

Operation ChangePasswordOperation() {
  return Step("changePassword", {"更改密码", "Change the password"}, Schema<PasswordBody>(),
              {Wrong(kPasswordWrong), Wrong(kPasswordTooShort), Wrong(kPasswordTooLong),
               Wrong(kPasswordTooSimple), Wrong(kPasswordNamesAccount), Wrong(kPasswordTooCommon),
               Wrong(kPasswordUsedBefore)});
}

Operation SignUndertakingOperation() {
  return Step("signUndertaking", {"签署保密承诺书", "Sign the undertaking"},
              Schema<UndertakingBody>(), {Refused(account::UndertakingCurrent::kRefusal)});
}

Operation EnrolSecondFactorOperation() {
  using namespace schema;
  return {.id = "enrolSecondFactor",
          .tag = kSessionTag,
          .summary = {"登记第二因子", "Enrol a second factor"},
          .details = {"密钥仅显示一次，确认后生效。",
                      "The secret is shown once and counts once confirmed."},
          .answers = {{.status = status::kCreated,
                       .about = {"供验证器使用的密钥", "The secret for an authenticator"},
                       .schema = Component("SecondFactor",
                                           Object({{"secret", Text()}, {"uri", Text()}}))}},
          .problems = {Forbidden(kNoSession), Refused(kSecondFactorEnrolled)}};
}

Operation ConfirmSecondFactorOperation() {
  return Step("confirmSecondFactor", {"确认第二因子", "Confirm the second factor"},
              Schema<CodeBody>(), {Wrong(kSecondFactorWrong)});
}

Operation ResetPasswordOperation() {
  using namespace schema;
  return {.id = "resetPassword",
          .tag = kSessionTag,
          .summary = {"重置账号密码", "Give an account a one-time password"},
          .parameters = {AccountInPath()},
          .body = Schema<account::ResetPassword>(),
          .body_optional = true,
          .answers = {{.status = status::kCreated,
                       .about = {"一次性密码，仅显示一次", "The password, shown once"},
                       .schema =
                           Component("OneTimePassword", Object({{"one_time_password", Text()}}))}},
          .problems = {NotFound(kUnknownAccount), Refused(kCommandNotAllowedInState),
                       Forbidden(kRoleNotPermitted), Refused(account::InRemit::kRefusal),
                       Refused(account::NotOwnAccount::kRefusal),
                       Refused(account::IdentityVerified::kRefusal)}};
}

Operation ListLoginsOperation() {
  using namespace schema;
  return {.id = "listLogins",
          .tag = kSessionTag,
          .summary = {"列出登录凭证", "List what an account logs in with"},
          .parameters = {AccountInPath()},
          .answers = {{.status = status::kOk,
                       .about = {"登录凭证，含已吊销的", "Also those that were revoked"},
                       .schema = Component("Logins", Object({{"logins", ListOf(LoginSchema())}}))}},
          .problems = {NotFound(kUnknownAccount), Forbidden(account::InRemit::kRefusal)}};
}

Operation BindLoginOperation() {
  return {
      .id = "bindLogin",
      .tag = kSessionTag,
      .summary = {"绑定登录凭证", "Bind a certificate, or an issuer's user, to an account"},
      .details = {"一张证书或一个统一身份永远只属于一个账号。", "Each is one account's, for ever."},
      .parameters = {AccountInPath()},
      .body = Schema<LoginBindingBody>(),
      .answers = {{.status = status::kCreated,
                   .about = {"已绑定", "Bound"},
                   .schema = LoginSchema(),
                   .headers = {{"Location", schema::Text(), {"凭证地址", "Its address"}}}}},
      .problems = {Wrong(kCertificateUnreadable), Wrong(kCertificateExpired),
                   Refused(kTokensNotTaken), Wrong(kSubjectMissing), NotFound(kUnknownAccount),
                   Refused(kLoginBoundAlready), Refused(kLoginsTooMany),
                   Refused(kCommandNotAllowedInState), Forbidden(kRoleNotPermitted),
                   Refused(account::InRemit::kRefusal), Refused(account::NotOwnAccount::kRefusal),
                   Refused(account::BySecondPerson::kRefusal)}};
}

Operation RevokeLoginOperation() {
  return {
      .id = "revokeLogin",
      .tag = kSessionTag,
      .summary = {"吊销登录凭证", "Revoke what an account logs in with"},
      .details = {"以其登录的会话随即结束。", "A session that was begun with it ends."},
      .parameters = {AccountInPath(), InPath("id", AnyText(), {"凭证编号", "Its id"})},
      .answers = {{.status = status::kNoContent, .about = {"已吊销", "Revoked"}}},
      .problems = {NotFound(kLoginUnknown), NotFound(kUnknownAccount),
                   Refused(kCommandNotAllowedInState), Forbidden(kRoleNotPermitted),
                   Refused(account::InRemit::kRefusal), Refused(account::NotOwnAccount::kRefusal)}};
}

Operation ListKeysOperation() {
  using namespace schema;
  return {.id = "listApiKeys",
          .tag = kApiKeyTag,
          .summary = {"列出本账号的密钥", "List the account's keys"},
          .answers = {
              {.status = status::kOk,
               .about = {"密钥，不含令牌", "The keys, without their tokens"},
               .schema = Component("ApiKeys", Object({{"api_keys", ListOf(KeySchema(false))}}))}}};
}

Operation MakeKeyOperation() {
  return {.id = "makeApiKey",
          .tag = kApiKeyTag,
          .summary = {"创建密钥", "Make a key"},
          .body = Schema<KeyBody>(),
          .answers = {NewKeyAnswer()},
          .problems = {Forbidden(kApiKeyRoleNotHeld), Forbidden(kApiKeyRoleReadsOnly),
                       Wrong(kApiKeyDaysInvalid), Refused(kApiKeysTooMany)}};
}

Operation RotateKeyOperation() {
  return {.id = "rotateApiKey",
          .tag = kApiKeyTag,
          .summary = {"轮换密钥", "Make the next key of a key"},
          .details = {"原密钥在重叠期内仍可使用。", "The old key works on for a while."},
          .parameters = {KeyInPath()},
          .answers = {NewKeyAnswer()},
          .problems = {NotFound(kApiKeyUnknown), Refused(kApiKeyRevoked), Refused(kApiKeyExpired),
                       Refused(kApiKeysTooMany)}};
}

Operation RevokeKeyOperation() {
  return {.id = "revokeApiKey",
          .tag = kApiKeyTag,
          .summary = {"撤销密钥", "Revoke a key"},
          .parameters = {KeyInPath()},
          .answers = {{.status = status::kNoContent, .about = {"已撤销", "Revoked"}}},
          .problems = {NotFound(kApiKeyUnknown)}};
}

}  // namespace docket::http
