#include "api/cli/feed_client.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <fmt/format.h>

#include "api/feed/owned_file.hpp"

namespace docket::cli {

namespace {

constexpr int kPageMax = 1000;
/// Beyond the time that the server was asked to wait.
constexpr std::chrono::seconds kPatience{20};
constexpr int kServerError = 500;

Rejection RejectionOf(int status, const Json& problem) {
  Rejection rejection;
  rejection.kind = RejectionKind::kRefused;
  if (!problem.is_object()) {
    rejection.code = "server_answer_unknown";
    rejection.zh = "服务器的答复无法识别";
    rejection.en = fmt::format("the server answered with status {} and no problem", status);
    return rejection;
  }
  rejection.code = problem.value("code", "");
  rejection.zh = problem.value("title", "");
  rejection.en = problem.value("detail", "");
  if (problem.contains("fork")) {
    rejection.en += fmt::format("; epoch {}, fork at {}, head {}", problem.value("epoch", ""),
                                problem["fork"].dump(), problem["head"].dump());
  }
  return rejection;
}

}  // namespace

Expected<ServerAddress> ServerAddress::Parse(const std::string& url) {
  try {
    const Poco::URI uri(url);
    if (uri.getScheme() == "https") {
      return Refuse(RejectionKind::kInvalid,
                    {"server_url_tls", "不支持 https，请经本机代理访问",
                     "https is not built in: go through a proxy on this machine"});
    }
    if (uri.getScheme() == "http" && !uri.getHost().empty() && uri.getQuery().empty()) {
      std::string path = uri.getPath();
      while (!path.empty() && path.back() == '/') path.pop_back();
      return ServerAddress{uri.getHost(), uri.getPort(), path};
    }
  } catch (const Poco::Exception&) {
    // Said below.
  }
  return Refuse(RejectionKind::kInvalid, {"server_url_invalid", "服务器地址应为 http://主机:端口",
                                          "expected http://HOST:PORT"});
}

Expected<Json> FeedClient::Read(const FeedCheckpoint& after) const {
  std::string target =
      fmt::format("{}/v1/feed?limit={}&after={}&wait={}{}", options_.server.path, kPageMax,
                  after.position.value, options_.wait.count(), options_.filters);
  if (!after.epoch.empty()) target += "&epoch=" + after.epoch.value;
  try {
    Poco::Net::HTTPClientSession session(options_.server.host, options_.server.port);
    session.setTimeout(Poco::Timespan((options_.wait + kPatience).count(), 0));
    Poco::Net::HTTPRequest request("GET", target, Poco::Net::HTTPMessage::HTTP_1_1);
    request.set("Authorization", "Bearer " + options_.token);
    session.sendRequest(request);
    Poco::Net::HTTPResponse response;
    std::ostringstream text;
    Poco::StreamCopier::copyStream(session.receiveResponse(response), text);
    const int status = response.getStatus();
    const bool busy =
        status >= kServerError || status == Poco::Net::HTTPResponse::HTTP_TOO_MANY_REQUESTS;
    if (busy) throw ServerAway(fmt::format("the server answered with status {}", status));
    Json body = Json::parse(text.str(), nullptr, false);
    if (status != Poco::Net::HTTPResponse::HTTP_OK) {
      return tl::unexpected(RejectionOf(status, body));
    }
    const bool whole = body.is_object() && body.contains("events") && body.contains("next");
    if (!whole) throw ServerAway("the server's answer was cut off");
    return body;
  } catch (const Poco::Exception& error) {
    throw ServerAway(error.displayText());
  }
}

std::optional<FeedCheckpoint> CheckpointFile::Read() const {
  if (path_.empty() || !std::filesystem::exists(path_)) return std::nullopt;
  std::ifstream file(path_);
  std::string line;
  std::getline(file, line);
  const auto checkpoint = ParseCheckpoint(line);
  if (!checkpoint) {
    throw std::runtime_error("断点文件无法识别 this is no checkpoint: " + path_);
  }
  return checkpoint;
}

void CheckpointFile::Write(const FeedCheckpoint& checkpoint) const {
  if (path_.empty()) return;
  const std::string next = path_ + ".new";
  const std::string line = ToText(checkpoint) + "\n";
  const OwnedFile file(open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  const bool written =
      file.IsOpen() &&
      write(file.Number(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
      fsync(file.Number()) == 0 && std::rename(next.c_str(), path_.c_str()) == 0;
  if (!written) throw std::runtime_error("断点文件无法写入 cannot write " + path_);
}

}  // namespace docket::cli
