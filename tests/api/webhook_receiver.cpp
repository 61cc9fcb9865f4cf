#include "tests/api/webhook_receiver.hpp"

#include <sstream>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>

namespace docket::test {

namespace {

namespace net = Poco::Net;

class Handler : public net::HTTPRequestHandler {
 public:
  explicit Handler(WebhookReceiver& receiver) : receiver_(receiver) {}
  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    WebhookReceiver::Message message;
    for (const auto& [name, value] : request) message.headers[Poco::toLower(name)] = value;
    std::ostringstream text;
    Poco::StreamCopier::copyStream(request.stream(), text);
    message.text = text.str();
    message.body = Json::parse(message.text);
    if (message.body.contains("challenge")) {
      response.send() << Json{{"challenge", message.body["challenge"]}}.dump();
      return;
    }
    const int status = receiver_.Take(std::move(message));
    response.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(status));
    if (status == net::HTTPResponse::HTTP_FOUND) response.set("Location", "/elsewhere");
    const std::string reply = receiver_.ReplyText();
    response.setContentLength(static_cast<std::streamsize>(reply.size()));
    response.send() << reply;
  }

 private:
  WebhookReceiver& receiver_;
};

class Handlers : public net::HTTPRequestHandlerFactory {
 public:
  explicit Handlers(WebhookReceiver& receiver) : receiver_(receiver) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return std::make_unique<Handler>(receiver_).release();  // POCO owns it from here.
  }

 private:
  WebhookReceiver& receiver_;
};

}  // namespace

WebhookReceiver::WebhookReceiver()
    : WebhookReceiver(net::ServerSocket(net::SocketAddress("127.0.0.1", 0))) {}

WebhookReceiver::WebhookReceiver(const net::ServerSocket& socket)
    : port_(socket.address().port()),
      server_(std::make_unique<net::HTTPServer>(std::make_unique<Handlers>(*this).release(), socket,
                                                new net::HTTPServerParams)) {
  server_->start();
}

WebhookReceiver::~WebhookReceiver() { server_->stopAll(true); }

void WebhookReceiver::AnswerWith(Answer answer) {
  const std::lock_guard guard(mutex_);
  answer_ = std::move(answer);
}

void WebhookReceiver::ReplyWith(std::string text) {
  const std::lock_guard guard(mutex_);
  reply_ = std::move(text);
}

std::string WebhookReceiver::ReplyText() {
  const std::lock_guard guard(mutex_);
  return reply_;
}

int WebhookReceiver::Take(Message message) {
  const std::lock_guard guard(mutex_);
  messages_.push_back(std::move(message));
  came_.notify_all();
  return answer_(messages_.back());
}

std::vector<WebhookReceiver::Message> WebhookReceiver::Await(std::size_t count) {
  std::unique_lock guard(mutex_);
  came_.wait_for(guard, std::chrono::seconds(20), [&] { return messages_.size() >= count; });
  return messages_;
}

}  // namespace docket::test
