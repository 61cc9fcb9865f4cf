#include "tests/api/client.hpp"

#include <sstream>

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>

namespace docket::test {

std::vector<std::string> Reply::Errors() const {
  std::vector<std::string> errors;
  if (!body.is_object() || !body.contains("errors")) return errors;
  for (const auto& error : body["errors"]) {
    errors.push_back(error["pointer"].get<std::string>() + " " + error["code"].get<std::string>());
  }
  return errors;
}

Client::Client(std::uint16_t port, std::string account)
    : port_(port), account_(std::move(account)) {
  static const auto* const authority = AuthorityOfThisRun();
  static const Poco::Net::Context::Ptr tls =
      authority == nullptr ? nullptr : ClientContext(*authority);
  tls_ = tls;
}

Reply Client::Get(const std::string& target, const Headers& headers) const {
  return Send("GET", target, "", headers);
}

Reply Client::Post(const std::string& target, const Json& body, const Headers& headers) const {
  return Send("POST", target, body.dump(), headers);
}

Reply Client::PostText(const std::string& target, const std::string& text,
                       const Headers& headers) const {
  return Send("POST", target, text, headers);
}

Reply Client::Send(const std::string& method, const std::string& target, const std::string& text,
                   const Headers& headers) const {
  Poco::Net::HTTPClientSession plain("127.0.0.1", port_);
  std::optional<Poco::Net::HTTPSClientSession> encrypted;
  if (!tls_.isNull()) encrypted.emplace("localhost", port_, tls_);
  Poco::Net::HTTPClientSession& session = encrypted ? *encrypted : plain;
  session.setTimeout(Poco::Timespan(60, 0));
  Poco::Net::HTTPRequest request(method, target, Poco::Net::HTTPMessage::HTTP_1_1);
  if (!account_.empty()) request.set("Authorization", "Bearer demo-" + account_ + "-change-me");
  if (!token_.empty()) request.set("Authorization", "Bearer " + token_);
  if (method == "POST" || !text.empty()) {
    request.setContentType("application/json");
    request.setContentLength(static_cast<int>(text.size()));
  }
  for (const auto& header : headers) {
    request.set(header.name, header.value);
    if (header.name == "Content-Type" && header.value.empty()) request.erase(header.name);
  }
  session.sendRequest(request) << text << std::flush;
  Poco::Net::HTTPResponse response;
  std::ostringstream received;
  Poco::StreamCopier::copyStream(session.receiveResponse(response), received);

  Reply reply;
  reply.status = response.getStatus();
  for (const auto& [name, value] : response) reply.headers[Poco::toLower(name)] = value;
  reply.text = received.str();
  reply.body = Json::parse(reply.text, nullptr, false);
  if (reply.body.is_discarded()) reply.body = nullptr;
  return reply;
}

}  // namespace docket::test
