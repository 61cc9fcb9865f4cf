#include "api/tls/tls_server.hpp"

#include <ctime>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include "api/tls/openssl.hpp"
#include "domain/ensure.hpp"

namespace docket {

namespace {

constexpr auto kSource = "tls";
/// A file that was replaced is noticed within so long.
constexpr std::chrono::seconds kLookEvery{1};
/// A verdict is believed for so long: checking signatures for each request would cost as much as
/// the request.
constexpr std::chrono::seconds kBelieveFor{1};
constexpr std::size_t kBelievedMax = 4096;
/// Of what a client presents.
constexpr long kChainBytesMax = 64 * 1024;
/// Of OpenSSL: 112 bits, so RSA from 2048 bits and no SHA-1, in the whole chain.
constexpr int kAuthLevel = 2;
/// For TLS 1.2; those of 1.3 are all good.
constexpr auto kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

constexpr Refusal kIncomplete{
    "tls_options_incomplete",
    "须同时给出 --tls-certificate 和 --tls-key；吊销列表须有 --tls-client-ca",
    "--tls-certificate and --tls-key go together, and --tls-crl needs --tls-client-ca"};
constexpr Refusal kFileUnreadable{"tls_file_unreadable", "无法读取文件", "the file cannot be read"};
constexpr Refusal kCertificateInvalid{"tls_certificate_invalid", "不是可用的 PEM 证书",
                                      "no usable PEM certificate"};
constexpr Refusal kKeyExposed{"tls_key_exposed", "私钥文件不得允许其他用户读取",
                              "the key must not be readable by other users (mode 600 or 640)"};
constexpr Refusal kKeyInvalid{"tls_key_invalid", "不是未加密的 PEM 私钥",
                              "no PEM private key without a pass phrase"};
constexpr Refusal kKeyMismatch{"tls_key_mismatch", "私钥与证书不匹配",
                               "the key does not belong to the certificate"};
constexpr Refusal kClientCaInvalid{"tls_client_ca_invalid", "不是可用的 PEM 证书",
                                   "no usable PEM certificates"};
constexpr Refusal kListInvalid{"tls_revocation_list_invalid", "不是可用的 PEM 吊销列表",
                               "no usable PEM revocation list"};

tl::unexpected<Rejection> RefuseFile(const Refusal& refusal, const std::string& path) {
  Rejection rejection(RejectionKind::kInvalid, refusal);
  rejection.zh += "：" + path;
  rejection.en += ": " + path;
  return tl::unexpected(std::move(rejection));
}

/// A key with a pass phrase is refused: nobody is there to be asked for it.
int NoPassPhrase(char*, int, int, void*) { return 0; }

/// Certificates are looked at where they are used, with a reason for whoever presents one.
int TakeAnyCertificate(X509_STORE_CTX*, void*) { return 1; }

Expected<void> UseOwn(SSL_CTX& context, const TlsFiles& files) {
  struct stat status {};
  for (const auto& path : {files.certificate, files.key}) {
    if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
      return RefuseFile(kFileUnreadable, path);
    }
  }
  if ((status.st_mode & S_IRWXO) != 0) return RefuseFile(kKeyExposed, files.key);
  if (SSL_CTX_use_certificate_chain_file(&context, files.certificate.c_str()) != 1) {
    return RefuseFile(kCertificateInvalid, files.certificate);
  }
  const openssl::Bio text(BIO_new_file(files.key.c_str(), "r"));
  if (!text) return RefuseFile(kFileUnreadable, files.key);
  const std::unique_ptr<EVP_PKEY, openssl::Freeing<EVP_PKEY_free>> key(
      PEM_read_bio_PrivateKey(text.get(), nullptr, NoPassPhrase, nullptr));
  if (!key) return RefuseFile(kKeyInvalid, files.key);
  const bool fits =
      SSL_CTX_use_PrivateKey(&context, key.get()) == 1 && SSL_CTX_check_private_key(&context) == 1;
  if (!fits) return RefuseFile(kKeyMismatch, files.key);
  return {};
}

openssl::Context NewContext() {
  openssl::Context context(SSL_CTX_new(TLS_server_method()));
  ENSURE(context != nullptr, "OpenSSL has a server's method");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  ENSURE(SSL_CTX_set_cipher_list(context.get(), kCiphers) == 1, "OpenSSL knows the ciphers");
  // HTTP says itself where a message ends, so that a cut is noticed without a goodbye.
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                         SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET |
                                         SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_set_max_cert_list(context.get(), kChainBytesMax);
  // An idle connection gives back its buffers; one that is slow goes on from another place in
  // memory.
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  return context;
}

Expected<void> AddRevocationLists(X509_STORE& store, const std::string& path, bool& is_stale) {
  const openssl::Bio text(BIO_new_file(path.c_str(), "r"));
  if (!text) return RefuseFile(kFileUnreadable, path);
  int count = 0;
  for (;; ++count) {
    const openssl::RevocationList list(
        PEM_read_bio_X509_CRL(text.get(), nullptr, nullptr, nullptr));
    if (!list) break;
    const ASN1_TIME* const next = X509_CRL_get0_nextUpdate(list.get());
    is_stale = is_stale || (next != nullptr && X509_cmp_current_time(next) < 0);
    if (X509_STORE_add_crl(&store, list.get()) != 1) return RefuseFile(kListInvalid, path);
  }
  // A text that breaks off is worse than none: what it lacks would pass for not revoked.
  if (count == 0 || ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) {
    return RefuseFile(kListInvalid, path);
  }
  X509_STORE_set_flags(&store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  return {};
}

Refusal RefusalOf(int error) {
  switch (error) {
    case X509_V_ERR_CERT_REVOKED: return kCertificateRevoked;
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID: return kCertificateExpired;
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_GET_CRL: return kRevocationListStale;
    default: return kCertificateUntrusted;
  }
}

}  // namespace

struct TlsServer::Loaded {
  openssl::Context context;
  openssl::Store clients;  ///< nullptr: none are taken.
  bool is_stale = false;   ///< A revocation list says that there should be a newer one.
};

TlsServer::~TlsServer() = default;

Expected<std::shared_ptr<const TlsServer::Loaded>> TlsServer::Load(const TlsFiles& files) {
  const auto loaded = std::make_shared<Loaded>();
  ERR_clear_error();
  loaded->context = NewContext();
  SSL_CTX& context = *loaded->context;
  if (auto own = UseOwn(context, files); !own) return tl::unexpected(own.error());
  if (files.client_ca.empty()) return loaded;
  loaded->clients.reset(X509_STORE_new());
  X509_STORE& clients = *loaded->clients;
  STACK_OF(X509_NAME)* const names = SSL_load_client_CA_file(files.client_ca.c_str());
  if (names == nullptr) return RefuseFile(kClientCaInvalid, files.client_ca);
  SSL_CTX_set_client_CA_list(&context, names);
  if (X509_STORE_load_file(&clients, files.client_ca.c_str()) != 1) {
    return RefuseFile(kClientCaInvalid, files.client_ca);
  }
  SSL_CTX_set_verify(&context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(&context, TakeAnyCertificate, nullptr);
  X509_STORE_set_purpose(&clients, X509_PURPOSE_SSL_CLIENT);
  X509_VERIFY_PARAM_set_auth_level(X509_STORE_get0_param(&clients), kAuthLevel);
  if (files.revocation_lists.empty()) return loaded;
  ERR_clear_error();
  const auto added = AddRevocationLists(clients, files.revocation_lists, loaded->is_stale);
  if (!added) return tl::unexpected(added.error());
  return loaded;
}

Expected<std::shared_ptr<TlsServer>> TlsServer::Open(const TlsFiles& files, Report report) {
  const bool complete = !files.certificate.empty() && !files.key.empty() &&
                        (files.revocation_lists.empty() || !files.client_ca.empty());
  if (!complete) return Refuse(RejectionKind::kInvalid, kIncomplete);
  std::shared_ptr<TlsServer> server(new TlsServer(files, std::move(report)));
  const auto stamps = server->StampsNow();
  auto loaded = Load(files);
  if (!loaded) return tl::unexpected(loaded.error());
  const std::lock_guard guard(server->mutex_);
  server->Take(std::move(*loaded), stamps);
  return server;
}

TlsServer::Stamps TlsServer::StampsNow() const {
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  Stamps stamps{};
  std::size_t at = 0;
  for (const auto* path :
       {&files_.certificate, &files_.key, &files_.client_ca, &files_.revocation_lists}) {
    struct stat status {};
    if (stat(path->c_str(), &status) == 0) {
      stamps[at] = {static_cast<std::int64_t>(status.st_ino), status.st_size,
                    status.st_mtim.tv_sec * kNanosPerSecond + status.st_mtim.tv_nsec};
    }
    ++at;
  }
  return stamps;
}

void TlsServer::Take(std::shared_ptr<const Loaded> loaded, const Stamps& stamps) {
  loaded_ = std::move(loaded);
  stamps_ = stamps;
  looked_ = std::chrono::steady_clock::now();
  good_.clear();
  told_stale_ = false;
  if (loaded_->is_stale) TellStale();
}

void TlsServer::TellStale() {
  if (std::exchange(told_stale_, true)) return;
  report_({NoticeLevel::kWarning, kSource,
           "a revocation list is out of date: no certificate of a client is taken"});
}

std::shared_ptr<const TlsServer::Loaded> TlsServer::Now() {
  const std::lock_guard guard(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < kLookEvery) return loaded_;
  looked_ = now;
  const auto stamps = StampsNow();
  if (stamps == stamps_) return loaded_;
  if (auto loaded = Load(files_)) {
    Take(std::move(*loaded), stamps);
    report_({NoticeLevel::kInfo, kSource, "certificates were read anew"});
  } else {
    // Said once for each state of the files; a key may simply follow its certificate.
    stamps_ = stamps;
    report_({NoticeLevel::kWarning, kSource,
             "certificates were not read anew: " + loaded.error().code});
  }
  return loaded_;
}

std::unique_ptr<TlsSession> TlsServer::Begin(int file) {
  const auto loaded = Now();
  SSL* const ssl = SSL_new(loaded->context.get());
  if (ssl == nullptr) throw std::bad_alloc();
  auto session = std::make_unique<TlsSession>(ssl);
  SSL_set_accept_state(ssl);
  if (SSL_set_fd(ssl, file) != 1) throw std::bad_alloc();
  return session;
}

Expected<void> TlsServer::Check(const PresentedCertificate& presented) {
  const auto loaded = Now();
  if (!loaded->clients) return Refuse(RejectionKind::kUnauthenticated, kCertificateUntrusted);
  const auto& fingerprint = presented.certificate.fingerprint;
  {
    const std::lock_guard guard(mutex_);
    const auto found = good_.find(fingerprint);
    if (found != good_.end() && std::chrono::steady_clock::now() < found->second) return {};
  }
  const std::unique_ptr<STACK_OF(X509), openssl::Freeing<[](STACK_OF(X509) * chain) {
                          sk_X509_pop_free(chain, X509_free);
                        }>>
      chain(sk_X509_new_null());
  for (const auto& der : presented.chain) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    X509* const one = d2i_X509(nullptr, &bytes, static_cast<long>(der.size()));
    if (one == nullptr) return Refuse(RejectionKind::kUnauthenticated, kCertificateUntrusted);
    sk_X509_push(chain.get(), one);
  }
  const openssl::StoreContext check(X509_STORE_CTX_new());
  if (!check || X509_STORE_CTX_init(check.get(), loaded->clients.get(),
                                    sk_X509_value(chain.get(), 0), chain.get()) != 1) {
    throw std::bad_alloc();
  }
  ERR_clear_error();
  const bool good = X509_verify_cert(check.get()) == 1;
  const std::lock_guard guard(mutex_);
  if (!good) {
    const Refusal refusal = RefusalOf(X509_STORE_CTX_get_error(check.get()));
    if (refusal.code == kRevocationListStale.code) TellStale();
    return Refuse(RejectionKind::kUnauthenticated, refusal);
  }
  if (good_.size() >= kBelievedMax) good_.clear();
  // Files that were read meanwhile have cleared what was known.
  if (loaded == loaded_) good_[fingerprint] = std::chrono::steady_clock::now() + kBelieveFor;
  return {};
}

}  // namespace docket
