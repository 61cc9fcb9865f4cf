#include "api/http/acceptor.hpp"

#include <Poco/Exception.h>

namespace docket::http {

namespace {

/// How long stopping may wait for the thread that takes connections.
constexpr std::chrono::milliseconds kAcceptWait{250};
/// After a failure, such as too many open files: time for others to close theirs.
constexpr std::chrono::milliseconds kAcceptPause{50};

}  // namespace

Acceptor::Acceptor(Poco::Net::ServerSocket socket, Connections& connections,
                   Poco::ThreadPool& threads, Poco::Net::TCPServerConnectionFactory::Ptr factory,
                   Poco::Net::TCPServerParams::Ptr parameters)
    : socket_(std::move(socket)),
      connections_(connections),
      dispatcher_(
          new Poco::Net::TCPServerDispatcher(std::move(factory), threads, std::move(parameters))),
      thread_([this] { Run(); }) {}

Acceptor::~Acceptor() {
  StopAccepting();
  StopServing();
}

void Acceptor::StopAccepting() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  thread_.join();
  while (TakeOne(std::chrono::milliseconds{0})) {
  }
  socket_.close();
}

void Acceptor::StopServing() { dispatcher_->stop(); }

std::int64_t Acceptor::Refused() const { return dispatcher_->refusedConnections(); }

void Acceptor::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    TakeOne(kAcceptWait);
    lock.lock();
  }
}

bool Acceptor::TakeOne(std::chrono::milliseconds wait) {
  try {
    if (!socket_.poll(Poco::Timespan(wait.count() * 1000), Poco::Net::Socket::SELECT_READ)) {
      return false;
    }
    Poco::Net::StreamSocket taken = socket_.acceptConnection();
    taken.setNoDelay(true);
    connections_.Expect();
    const int refused = dispatcher_->refusedConnections();
    dispatcher_->enqueue(taken);
    if (dispatcher_->refusedConnections() != refused) connections_.Unexpect();
    return true;
  } catch (const Poco::Exception&) {
    // The peer was gone before it was taken, or this process has no descriptor left.
    std::unique_lock lock(mutex_);
    stop_.wait_for(lock, kAcceptPause, [this] { return stopping_; });
    return false;
  }
}

}  // namespace docket::http
