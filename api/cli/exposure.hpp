/// What of `serve` could be read on the way, or tried out from elsewhere, is refused beyond this
/// machine unless the operator says so.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "api/auth/office.hpp"
#include "api/cli/security_options.hpp"
#include "api/http/server.hpp"
#include "persistence/redis/redis_url.hpp"

namespace docket::cli {

struct ExposureArguments {
  std::string redis_password_file;
  bool redis_allow_plain = false;
  bool allow_fixed_tokens = false;
  bool allow_plain_http = false;
};

void AddExposureOptions(CLI::App& verb, ExposureArguments& arguments);

/// With the password of its file. What is said to a Redis is readable on the way: `redis_plain` for
/// another machine; else as ParseRedisUrl and ReadSecretFile.
Expected<RedisUrl> RedisOf(const std::string& text, const ExposureArguments& arguments);
/// Fixed tokens have neither an end nor a second factor, and those of the sample are known to
/// everybody. Refused: `office_exposed` where others may read the file, `sample_office_exposed`,
/// `fixed_tokens_exposed`.
Expected<void> CheckFixedTokens(const Office& office, const std::string& path,
                                const http::ListenAddress& listen,
                                const ExposureArguments& arguments);
/// Passwords and tokens are readable on the way. Refused: `plain_http_exposed`.
Expected<void> CheckPlain(const Security& security, const http::ListenAddress& listen,
                          const ExposureArguments& arguments);

}  // namespace docket::cli
