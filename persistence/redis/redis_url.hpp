/// Where Redis is, as an operator writes it: `redis://[[user]:password@]host[:port][/database]`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/rejection.hpp"

namespace docket {

struct RedisUrl {
  std::string host;  ///< A name or an address.
  std::uint16_t port = 6379;
  int database = 0;
  std::string user;      ///< Empty: the server's default user.
  std::string password;  ///< Empty: none is sent. Belongs in no message.

  /// It is `localhost`, or an address of this machine's loopback.
  bool IsLoopback() const;
  /// Host, port and database: what may be shown.
  std::string Shown() const;
};

/// User and password are percent-decoded. Refusals (kInvalid): `redis_url_scheme`,
/// `redis_url_invalid`, and `redis_url_tls` for `rediss://`, which this program does not speak.
Expected<RedisUrl> ParseRedisUrl(std::string_view url);

}  // namespace docket
