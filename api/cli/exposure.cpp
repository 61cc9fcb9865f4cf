#include "api/cli/exposure.hpp"

#include "persistence/secret_file.hpp"

namespace docket::cli {

void AddExposureOptions(CLI::App& verb, ExposureArguments& arguments) {
  constexpr auto kExposure = "暴露 Exposure";
  verb.add_option("--redis-password-file", arguments.redis_password_file,
                  "Redis 口令文件 File that holds its password")
      ->group(kExposure);
  verb.add_flag("--redis-allow-plain", arguments.redis_allow_plain,
                "允许不加密连接其他主机的 Redis Reach a Redis on another machine in the clear")
      ->group(kExposure);
  verb.add_flag("--allow-fixed-tokens", arguments.allow_fixed_tokens,
                "允许固定令牌用于本机以外 Let fixed tokens serve beyond this machine")
      ->group(kExposure);
  verb.add_flag(
          "--allow-plain-http", arguments.allow_plain_http,
          "允许本机以外的地址不加密（仅限加密代理之后） Serve plain HTTP beyond this machine, "
          "behind a proxy with TLS")
      ->group(kExposure);
}

Expected<RedisUrl> RedisOf(const std::string& text, const ExposureArguments& arguments) {
  auto url = ParseRedisUrl(text);
  if (!url) return url;
  if (!arguments.redis_password_file.empty()) {
    auto password = ReadSecretFile(arguments.redis_password_file);
    if (!password) return tl::unexpected(password.error());
    url->password = std::move(*password);
  }
  if (url->IsLoopback() || arguments.redis_allow_plain) return url;
  return Refuse(RejectionKind::kRefused,
                {"redis_plain",
                 "到其他主机的 Redis 连接未加密，请使用本机转发，或以 "
                 "--redis-allow-plain 明示允许",
                 "redis:// to another machine is not encrypted: use a tunnel of this machine, or "
                 "say --redis-allow-plain"});
}

Expected<void> CheckFixedTokens(const Office& office, const std::string& path,
                                const http::ListenAddress& listen,
                                const ExposureArguments& arguments) {
  if (office.Accounts().empty()) return {};
  if (!office.IsSample()) {
    const auto file = SecretFile::Open(path);
    if (!file && file.error() == SecretFile::Fault::kExposed) {
      return Refuse(
          RejectionKind::kRefused,
          {"office_exposed", "机构文件含访问令牌，须归本用户所有且他人不可读（权限 600 或 400）",
           "the office file holds tokens: it must belong to this user and be readable by "
           "nobody else (mode 600 or 400)"});
    }
  }
  if (listen.IsLoopback()) return {};
  if (office.IsSample()) {
    return Refuse(RejectionKind::kRefused,
                  {"sample_office_exposed", "示例机构的令牌是公开的，只能监听本机地址",
                   "the sample office's tokens are public: listen on a loopback address only"});
  }
  if (arguments.allow_fixed_tokens) return {};
  return Refuse(RejectionKind::kRefused,
                {"fixed_tokens_exposed",
                 "机构文件中的固定令牌不得用于本机以外：请改用账号登录，或以 "
                 "--allow-fixed-tokens 明示允许",
                 "fixed tokens of the office file do not serve beyond this machine: let accounts "
                 "log in, or say --allow-fixed-tokens"});
}

Expected<void> CheckPlain(const Security& security, const http::ListenAddress& listen,
                          const ExposureArguments& arguments) {
  if (security.tls || listen.IsLoopback() || arguments.allow_plain_http) return {};
  return Refuse(RejectionKind::kRefused,
                {"plain_http_exposed",
                 "本机以外的地址须加密：请提供 --tls-certificate 和 --tls-key，或由加密代理转发"
                 "并以 --allow-plain-http 明示允许",
                 "an address beyond this machine is served by TLS: give --tls-certificate and "
                 "--tls-key, or put a proxy with TLS before it and say --allow-plain-http"});
}

}  // namespace docket::cli
