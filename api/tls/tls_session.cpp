#include "api/tls/tls_session.hpp"

#include <openssl/err.h>

#include "api/tls/client_certificate_of.hpp"
#include "api/tls/openssl.hpp"

namespace docket {

void TlsSession::Free::operator()(ssl_st* ssl) const { SSL_free(ssl); }

TlsSession::TlsSession(ssl_st* ssl) : ssl_(ssl) {}

TlsSession::Flow TlsSession::FlowOf(int code) const {
  switch (SSL_get_error(ssl_.get(), code)) {
    case SSL_ERROR_NONE: return Flow::kDone;
    case SSL_ERROR_WANT_READ: return Flow::kWantsRead;
    case SSL_ERROR_WANT_WRITE: return Flow::kWantsWrite;
    case SSL_ERROR_ZERO_RETURN: return Flow::kEnded;
    default: return Flow::kBroken;
  }
}

TlsSession::Flow TlsSession::ShakeHands() {
  // What another connection left behind on this thread would be taken for this one's.
  ERR_clear_error();
  const Flow flow = FlowOf(SSL_accept(ssl_.get()));
  broken_ = flow == Flow::kBroken;
  return flow;
}

TlsSession::Moved TlsSession::Read(void* to, std::size_t bytes_max) {
  Moved moved;
  ERR_clear_error();
  moved.flow = FlowOf(SSL_read_ex(ssl_.get(), to, bytes_max, &moved.bytes));
  broken_ = broken_ || moved.flow == Flow::kBroken;
  return moved;
}

TlsSession::Moved TlsSession::Write(const void* from, std::size_t bytes) {
  Moved moved;
  ERR_clear_error();
  moved.flow = FlowOf(SSL_write_ex(ssl_.get(), from, bytes, &moved.bytes));
  broken_ = broken_ || moved.flow == Flow::kBroken;
  return moved;
}

bool TlsSession::HasUnread() const { return SSL_has_pending(ssl_.get()) == 1; }

void TlsSession::SayGoodbye() {
  if (broken_) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
}

void TlsSession::MoveTo(int file) { SSL_set_fd(ssl_.get(), file); }

std::shared_ptr<const PresentedCertificate> TlsSession::Presented() const {
  const X509* const own = SSL_get0_peer_certificate(ssl_.get());
  if (own == nullptr) return nullptr;
  auto presented = std::make_shared<PresentedCertificate>();
  presented->certificate = ClientCertificateOf(*own);
  presented->chain.push_back(DerOf(*own));
  const STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(ssl_.get());
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    presented->chain.push_back(DerOf(*sk_X509_value(chain, i)));
  }
  return presented;
}

}  // namespace docket
