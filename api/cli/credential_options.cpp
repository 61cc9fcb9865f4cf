#include "api/cli/credential_options.hpp"

namespace docket::cli {

namespace {

constexpr std::int64_t kDaysMax = 3'650;
constexpr std::int64_t kMinutesMax = 24 * 60;
constexpr std::int64_t kHoursMax = 24 * 7;
constexpr std::int64_t kCountMax = 100;
/// Nobody is asked for more than every program takes.
constexpr std::int64_t kPasswordLengthMax = 64;

/// A number of units that is kept as a duration.
template <class Duration>
void AddDuration(CLI::App& verb, const char* name, Duration& value, std::int64_t count_max,
                 const char* text) {
  verb.add_option_function<std::int64_t>(
          name, [&value](std::int64_t count) { value = Duration(count); }, text)
      ->check(CLI::Range(std::int64_t{1}, count_max))
      ->group("登录 Logging in");
}

void AddCount(CLI::App& verb, const char* name, std::int64_t& value, std::int64_t count_max,
              const char* text) {
  verb.add_option(name, value, text)
      ->check(CLI::Range(std::int64_t{1}, count_max))
      ->capture_default_str()
      ->group("登录 Logging in");
}

}  // namespace

void AddCredentialOptions(CLI::App& verb, CredentialPolicy& policy) {
  AddCount(verb, "--password-length", policy.password_length_min, kPasswordLengthMax,
           "密码最短长度 Characters at least");
  AddCount(verb, "--password-classes", policy.password_classes_min, 4,
           "密码字符类别数 Of small, capital, digit, other");
  AddCount(verb, "--password-days", policy.password_age_days_max, kDaysMax,
           "密码有效天数 Days until a password expires");
  AddCount(verb, "--password-history", policy.password_history, kCountMax,
           "不得重复的近期密码个数 Last passwords that are refused");
  AddCount(verb, "--login-failures", policy.failed_attempts_max, kCountMax,
           "锁定前连续失败次数 Failures that lock an account");
  AddDuration(verb, "--lock-minutes", policy.lock_duration, kMinutesMax,
              "锁定分钟数 Minutes that a lock lasts (30)");
  AddDuration(verb, "--session-idle-minutes", policy.session_idle_max, kMinutesMax,
              "会话空闲分钟数 Minutes until an idle session ends (30)");
  AddDuration(verb, "--session-hours", policy.session_age_max, kHoursMax,
              "会话最长小时数 Hours until any session ends (12)");
  AddDuration(verb, "--one-time-password-hours", policy.one_time_password_age_max, kHoursMax,
              "一次性密码有效小时数 Hours that a one-time password works (72)");
  AddCount(verb, "--api-key-days", policy.api_key_days_max, kDaysMax,
           "接口密钥最长有效天数 Days that an API key may be valid");
  AddDuration(verb, "--api-key-overlap-hours", policy.api_key_overlap, kHoursMax,
              "密钥轮换重叠小时数 Hours that a rotated key still works (24)");
  verb.add_option("--idle-account-days", policy.idle_account_days,
                  "账号未使用即停用的天数 Days until an account that nobody uses is disabled; "
                  "default: never")
      ->check(CLI::Range(std::int64_t{1}, kDaysMax))
      ->group("登录 Logging in");
  verb.add_option("--password-kdf", policy.password_cost.kdf,
                  "密码散列算法 Way to hash passwords: argon2id, sm3")
      ->transform(CLI::CheckedTransformer(std::map<std::string, PasswordKdf>{
          {"argon2id", PasswordKdf::kArgon2id}, {"sm3", PasswordKdf::kSm3}}))
      ->group("登录 Logging in");
  verb.add_flag_callback(
          "--second-factor-optional", [&policy] { policy.second_factor_required = false; },
          "第二因子可不登记 Let accounts work without a second factor")
      ->group("登录 Logging in");
}

}  // namespace docket::cli
