#include "persistence/postgres/postgres_url.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include <fmt/format.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr std::array<std::string_view, 2> kSchemes = {"postgres://", "postgresql://"};
constexpr Refusal kWrongScheme{"store_url_scheme", "存储地址应为 postgres://主机/数据库",
                               "a store URL looks like postgres://HOST/DATABASE"};
constexpr Refusal kWrongEncoding{"store_url_encoding", "存储地址含有无效字符或错误的百分号编码",
                                 "the store URL holds invalid characters or percent codes"};
constexpr Refusal kWrongDatabase{"store_url_database", "存储地址须写明数据库名",
                                 "the store URL must name a database"};
constexpr Refusal kWrongParameter{
    "store_url_parameter", "存储地址的参数无效：须为 名称=值，且不得设置由本系统设置的参数",
    "a parameter of the store URL is invalid: it must be name=value, and none that is set by "
    "Docket itself"};
/// The session's settings are part of what is promised; the login belongs before the host.
constexpr std::array<std::string_view, 7> kOwnParameters = {
    "options", "client_encoding", "application_name", "replication", "dbname", "user", "password"};

constexpr std::string_view kBlot = "***";

/// A lost server is noticed within these; libpq waits for ever by default.
constexpr std::array<std::string_view, 5> kDefaults = {
    "connect_timeout=5", "keepalives_idle=10", "keepalives_interval=5", "keepalives_count=3",
    "tcp_user_timeout=25000"};

std::optional<std::string> SchemeOf(std::string_view url) {
  for (const auto scheme : kSchemes) {
    if (url.substr(0, scheme.size()) == scheme) return std::string(scheme);
  }
  return std::nullopt;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// nullopt: a control character, a space, a quote, or a broken percent code.
std::optional<std::string> Decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7F' || c == '"' || c == '\\') {
      return std::nullopt;
    }
    if (c != '%') {
      decoded += c;
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = HexDigit(text[i + 1]);
    const int low = HexDigit(text[i + 2]);
    if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

bool IsParameterAllowed(std::string_view parameter) {
  const auto equals = parameter.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  const auto name = parameter.substr(0, equals);
  return std::find(kOwnParameters.begin(), kOwnParameters.end(), name) == kOwnParameters.end();
}

bool AreParametersAllowed(std::string_view query) {
  while (!query.empty()) {
    const auto end = query.find('&');
    if (!IsParameterAllowed(query.substr(0, end))) return false;
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return true;
}

bool Sets(const std::string& query, std::string_view name) {
  const std::string wanted = fmt::format("&{}=", name);
  return ("&" + query).find(wanted) != std::string::npos;
}

std::string PercentEncoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string UserOf(const std::string& login) {
  return login.empty() ? "" : login.substr(0, login.find_first_of(":@")) + "@";
}

}  // namespace

std::string PostgresUrl::ConnectText() const {
  std::string text = fmt::format("postgresql://{}{}/{}", login_, hosts_, PercentEncoded(database_));
  std::string query = query_;
  for (const auto setting : kDefaults) {
    if (Sets(query_, setting.substr(0, setting.find('=')))) continue;
    if (!query.empty()) query += '&';
    query += setting;
  }
  return text + "?" + query;
}

std::string PostgresUrl::Shown() const {
  return fmt::format("postgres://{}{}/{}", UserOf(login_), hosts_, database_);
}

PostgresUrl PostgresUrl::WithDatabase(const std::string& name) const {
  ENSURE(!name.empty(), "a database has a name");
  PostgresUrl other = *this;
  other.database_ = name;
  return other;
}

std::string PostgresUrl::WithoutSecret(std::string message) const {
  const auto colon = login_.find(':');
  if (colon == std::string::npos) return message;
  const std::string raw = login_.substr(colon + 1, login_.size() - colon - 2);
  for (const auto& secret : {raw, Decode(raw).value_or("")}) {
    if (secret.empty()) continue;
    for (auto at = message.find(secret); at != std::string::npos;
         at = message.find(secret, at + kBlot.size())) {
      message.replace(at, secret.size(), kBlot);
    }
  }
  return message;
}

Expected<PostgresUrl> ParsePostgresUrl(std::string_view url) {
  const auto scheme = SchemeOf(url);
  if (!scheme) return Refuse(RejectionKind::kInvalid, kWrongScheme);
  if (!Decode(url)) return Refuse(RejectionKind::kInvalid, kWrongEncoding);
  auto rest = url.substr(scheme->size());
  PostgresUrl parsed;
  if (const auto mark = rest.find('?'); mark != std::string_view::npos) {
    parsed.query_ = rest.substr(mark + 1);
    rest = rest.substr(0, mark);
  }
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    parsed.login_ = rest.substr(0, at + 1);
    rest = rest.substr(at + 1);
  }
  const auto slash = rest.find('/');
  parsed.hosts_ = rest.substr(0, slash);
  if (slash != std::string_view::npos) parsed.database_ = *Decode(rest.substr(slash + 1));
  const bool named =
      !parsed.database_.empty() && parsed.database_.find_first_of("/#") == std::string::npos;
  if (!named) return Refuse(RejectionKind::kInvalid, kWrongDatabase);
  if (!AreParametersAllowed(parsed.query_)) {
    return Refuse(RejectionKind::kInvalid, kWrongParameter);
  }
  return parsed;
}

bool IsPostgresUrl(std::string_view url) { return SchemeOf(url).has_value(); }

}  // namespace docket
