#include "api/oidc/key_source.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/URI.h>

namespace docket::oidc {

namespace {

namespace net = Poco::Net;

constexpr auto kSource = "oidc";
constexpr std::string_view kFile = "file:";
constexpr std::string_view kHttps = "https://";
constexpr int kFetchSeconds = 5;
constexpr int kVerificationDepth = 9;

constexpr Refusal kSourceInvalid{"jwks_source_invalid", "JWKS 来源应为 file:路径 或 https:// 地址",
                                 "keys of tokens come from file:PATH or an https:// address"};
constexpr Refusal kUnreachable{"jwks_unreachable", "无法取得 JWKS 公钥集",
                               "the keys of tokens cannot be had"};

/// No more than a set of keys may have, and a byte that tells when there is more.
std::string ReadBounded(std::istream& stream) {
  std::string text(kJwksBytesMax + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return ReadBounded(file);
}

/// A redirect is not followed: the address was named by the operator.
std::optional<std::string> FetchHttps(const Poco::URI& uri) {
  try {
    const net::Context::Ptr context(new net::Context(net::Context::CLIENT_USE, "", "", "",
                                                     net::Context::VERIFY_STRICT,
                                                     kVerificationDepth, true));
    net::HTTPSClientSession session(uri.getHost(), uri.getPort(), context);
    session.setTimeout(Poco::Timespan(kFetchSeconds, 0));
    std::string path = uri.getPathAndQuery();
    if (path.empty()) path = "/";
    net::HTTPRequest request(net::HTTPRequest::HTTP_GET, path, net::HTTPMessage::HTTP_1_1);
    request.set("Accept", "application/json");
    session.sendRequest(request);
    net::HTTPResponse response;
    std::istream& body = session.receiveResponse(response);
    if (response.getStatus() != net::HTTPResponse::HTTP_OK) return std::nullopt;
    return ReadBounded(body);
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace

Expected<KeySource::Fetch> FetchFrom(const std::string& source) {
  if (source.starts_with(kFile) && source.size() > kFile.size()) {
    return [path = source.substr(kFile.size())] { return ReadFile(path); };
  }
  if (!source.starts_with(kHttps)) return Refuse(RejectionKind::kInvalid, kSourceInvalid);
  try {
    const Poco::URI uri(source);
    const bool plain = !uri.getHost().empty() && uri.getUserInfo().empty();
    if (!plain) return Refuse(RejectionKind::kInvalid, kSourceInvalid);
    return [uri] { return FetchHttps(uri); };
  } catch (const Poco::SyntaxException&) {
    return Refuse(RejectionKind::kInvalid, kSourceInvalid);
  }
}

KeySource::KeySource(Fetch fetch, KeySourceOptions options)
    : fetch_(std::move(fetch)), options_(std::move(options)) {}

Expected<void> KeySource::Start() {
  const std::lock_guard reading(reading_);
  return Read();
}

Expected<void> KeySource::Read() {
  const auto text = fetch_();
  auto keys = text ? ParseJwks(*text) : Refuse(RejectionKind::kInvalid, kUnreachable);
  const std::lock_guard guard(mutex_);
  tried_at_ = options_.now();
  if (keys) {
    keys_ = std::move(*keys);
    read_at_ = *tried_at_;
    if (std::exchange(failing_, false)) {
      options_.report({NoticeLevel::kInfo, kSource, "the keys of the issuer can be had again"});
    }
    return {};
  }
  if (!std::exchange(failing_, true)) {
    options_.report({NoticeLevel::kWarning, kSource,
                     "the keys of the issuer cannot be had: " + keys.error().code});
  }
  return tl::unexpected(keys.error());
}

std::optional<Jwk> KeySource::FindKnown(const std::string& id) const {
  const std::lock_guard guard(mutex_);
  if (options_.now() - read_at_ >= options_.believed_for) return std::nullopt;
  if (id.empty()) return keys_.size() == 1 ? std::optional(keys_.front()) : std::nullopt;
  const auto found =
      std::find_if(keys_.begin(), keys_.end(), [&](const Jwk& key) { return key.id == id; });
  return found == keys_.end() ? std::nullopt : std::optional(*found);
}

std::optional<Jwk> KeySource::Find(const std::string& id) {
  auto known = FindKnown(id);
  const auto is_due = [&] {
    const std::lock_guard guard(mutex_);
    const auto now = options_.now();
    const bool is_old = now - read_at_ >= options_.fresh_for;
    const bool rests = tried_at_ && now - *tried_at_ < options_.again_after;
    return (!known || is_old) && !rests;
  };
  if (!is_due()) return known;
  // While another thread reads nobody waits: keys that do not exist must not hold up requests.
  const std::unique_lock reading(reading_, std::try_to_lock);
  if (!reading) return known;
  if (is_due()) static_cast<void>(Read());
  return FindKnown(id);
}

}  // namespace docket::oidc
