#include "persistence/redis/redis_url.hpp"

#include <charconv>
#include <optional>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>

namespace docket {

namespace {

constexpr std::string_view kScheme = "redis://";
constexpr std::string_view kTlsScheme = "rediss://";
constexpr int kDatabaseMax = 1'000'000;
constexpr Refusal kWrongScheme{"redis_url_scheme", "Redis 地址应为 redis://主机:端口/库号",
                               "a Redis URL looks like redis://[:password@]host:port/database"};
constexpr Refusal kNoTls{"redis_url_tls", "本程序不支持 rediss://，请使用本机转发（如 stunnel）",
                         "rediss:// is not supported: reach Redis through a local TLS tunnel"};
constexpr Refusal kWrongParts{"redis_url_invalid", "Redis 地址的主机、端口、库号或口令无效",
                              "the host, port, database or password of the Redis URL is wrong"};

/// The whole text as a number from 0 to `most`.
std::optional<int> ParseNumber(std::string_view text, int most) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  if (!whole || number < 0 || number > most) return std::nullopt;
  return number;
}

std::optional<std::string> PercentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    unsigned byte = 0;
    const char* digits = text.data() + i + 1;
    const auto read = std::from_chars(digits, digits + 2, byte, 16);
    if (read.ec != std::errc{} || read.ptr != digits + 2) return std::nullopt;
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

bool ReadCredentials(std::string_view text, RedisUrl& url) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const auto user = PercentDecoded(text.substr(0, colon));
  const auto password = PercentDecoded(text.substr(colon + 1));
  if (!user || !password || password->empty()) return false;
  url.user = *user;
  url.password = *password;
  return true;
}

bool ReadHostAndPort(std::string_view text, RedisUrl& url) {
  const bool bracketed = !text.empty() && text.front() == '[';
  const auto host_end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && host_end == std::string_view::npos) return false;
  url.host = bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end);
  if (url.host.empty() || url.host.find_first_of(" \t\r\n") != std::string::npos) return false;
  const auto rest = host_end == std::string_view::npos ? "" : text.substr(host_end + bracketed);
  if (rest.empty()) return true;
  const auto port = rest.front() == ':' ? ParseNumber(rest.substr(1), 65'535) : std::nullopt;
  if (!port || *port == 0) return false;
  url.port = static_cast<std::uint16_t>(*port);
  return true;
}

std::optional<RedisUrl> ReadParts(std::string_view rest) {
  RedisUrl url;
  // A password may hold any character percent-encoded, so the last @ ends the credentials.
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    if (!ReadCredentials(rest.substr(0, at), url)) return std::nullopt;
    rest.remove_prefix(at + 1);
  }
  const auto slash = rest.find('/');
  if (!ReadHostAndPort(rest.substr(0, slash), url)) return std::nullopt;
  if (slash == std::string_view::npos || slash + 1 == rest.size()) return url;
  const auto database = ParseNumber(rest.substr(slash + 1), kDatabaseMax);
  if (!database) return std::nullopt;
  url.database = *database;
  return url;
}

}  // namespace

bool RedisUrl::IsLoopback() const {
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24U == 127;
  in6_addr v6{};
  if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6);
  return host == "localhost";
}

std::string RedisUrl::Shown() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return fmt::format("redis://{}{}{}:{}/{}", is_v6 ? "[" : "", host, is_v6 ? "]" : "", port,
                     database);
}

Expected<RedisUrl> ParseRedisUrl(std::string_view url) {
  if (url.starts_with(kTlsScheme)) return Refuse(RejectionKind::kInvalid, kNoTls);
  if (!url.starts_with(kScheme)) return Refuse(RejectionKind::kInvalid, kWrongScheme);
  const auto parts = ReadParts(url.substr(kScheme.size()));
  if (!parts) return Refuse(RejectionKind::kInvalid, kWrongParts);
  return *parts;
}

}  // namespace docket
