/// The server's own side of TLS: its certificate and key, and by whom clients' certificates have to
/// be vouched for. All files are read anew when they change; until they can be read again, what was
/// read last stays in force.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/tls/client_certificate.hpp"
#include "api/tls/tls_session.hpp"
#include "persistence/notice.hpp"

namespace docket {

/// Paths of PEM files.
struct TlsFiles {
  std::string certificate;  ///< The server's, with the chain behind it.
  std::string key;
  /// Who vouches for clients; empty: no certificate of a client is asked.
  std::string client_ca{};
  /// CRLs of every authority in the chain; empty: none are looked at.
  std::string revocation_lists{};
};

/// Thread-safe. TLS 1.2 and 1.3, no renegotiation, no resumption: each connection shows its
/// certificate itself.
class TlsServer : public ClientTrust {
 public:
  /// Refusals that name the file: `tls_options_incomplete`, `tls_file_unreadable`,
  /// `tls_certificate_invalid`, `tls_key_exposed`, `tls_key_invalid`, `tls_key_mismatch`,
  /// `tls_client_ca_invalid`, `tls_revocation_list_invalid`.
  static Expected<std::shared_ptr<TlsServer>> Open(const TlsFiles& files, Report report);
  ~TlsServer() override;

  /// A connection that is yet to shake hands, on a socket that does not block.
  std::unique_ptr<TlsSession> Begin(int file);
  Expected<void> Check(const PresentedCertificate& presented) override;

 private:
  struct Loaded;
  /// Inode, size and time of change of each file.
  using Stamps = std::array<std::array<std::int64_t, 3>, 4>;
  TlsServer(TlsFiles files, Report report) : files_(std::move(files)), report_(std::move(report)) {}
  static Expected<std::shared_ptr<const Loaded>> Load(const TlsFiles& files);
  Stamps StampsNow() const;
  /// What is in force now.
  std::shared_ptr<const Loaded> Now();
  void Take(std::shared_ptr<const Loaded> loaded, const Stamps& stamps);
  /// Once for each time that the files were read. Under mutex_.
  void TellStale();

  const TlsFiles files_;
  const Report report_;
  std::mutex mutex_;  ///< Guards what follows.
  std::shared_ptr<const Loaded> loaded_;
  Stamps stamps_{};
  bool told_stale_ = false;
  std::chrono::steady_clock::time_point looked_{};
  /// Certificates that were found good, and until when that is believed.
  std::map<std::string, std::chrono::steady_clock::time_point> good_;
};

}  // namespace docket
