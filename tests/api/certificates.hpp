/// Certificates that a test makes for itself, by the `openssl` program.
#pragma once

#include <filesystem>
#include <string>

#include <Poco/Net/Context.h>

#include "api/tls/tls_server.hpp"

namespace docket::test {

/// Paths of PEM files.
struct Issued {
  std::string certificate;
  std::string key;
};

/// An authority with its list of revoked certificates, in a folder of its own.
class Authority {
 public:
  explicit Authority(std::filesystem::path folder);

  /// For `localhost`.
  Issued IssueServer(const std::string& name = "server") const;
  Issued IssueClient(const std::string& name) const;
  /// It was valid on one day of 2020.
  Issued IssueExpired(const std::string& name) const;
  /// With an RSA key of 1024 bits.
  Issued IssueWeak(const std::string& name) const;
  /// As its holder presents it.
  PresentedCertificate Presented(const Issued& issued) const;
  void Revoke(const Issued& issued) const;
  /// The list as of now; a stale one should have been replaced in 2020.
  void WriteList(bool stale = false) const;

  std::string Certificate() const { return File("ca.pem"); }
  std::string List() const { return File("crl.pem"); }
  /// A server that takes clients of this authority, where `list` is set by its list.
  TlsFiles ServerFiles(bool list = true) const;
  std::string File(const std::string& name) const { return (folder_ / name).string(); }

 private:
  Issued Issue(const std::string& name, const std::string& request, const std::string& sign) const;
  void Run(const std::string& command) const;

  std::filesystem::path folder_;
};

/// What a client needs to trust the authority and, where it has one, to show its certificate.
Poco::Net::Context::Ptr ClientContext(const Authority& authority, const Issued& own = {});

/// Where DOCKET_TEST_TLS is set every server of this run has TLS, and every client asks for it;
/// else nullptr.
const Authority* AuthorityOfThisRun();

}  // namespace docket::test
