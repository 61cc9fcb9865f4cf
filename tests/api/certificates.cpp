#include "tests/api/certificates.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "domain/ensure.hpp"
#include "tests/api/test_server.hpp"

namespace docket::test {

namespace {

constexpr auto kConfiguration =
    "[ca]\ndefault_ca=own\n"
    "[own]\ndatabase=index.txt\nserial=serial\ncrlnumber=crlnumber\nnew_certs_dir=.\n"
    "certificate=ca.pem\nprivate_key=ca.key\ndefault_md=sha256\npolicy=any\n"
    "default_crl_days=30\ncopy_extensions=copy\nunique_subject=no\n"
    "[any]\ncommonName=supplied\n";
constexpr auto kNewKey = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes ";

void Write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Authority::Authority(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  Write(folder_ / "ca.cnf", kConfiguration);
  Write(folder_ / "index.txt", "");
  Write(folder_ / "serial", "1001\n");
  Write(folder_ / "crlnumber", "01\n");
  Run(std::string("req -x509 ") + kNewKey +
      "-days 30 -subj /CN=authority -addext keyUsage=critical,keyCertSign,cRLSign "
      "-keyout ca.key -out ca.pem");
  WriteList();
}

void Authority::Run(const std::string& command) const {
  const std::string whole = "cd " + folder_.string() + " && openssl " + command + " >>log 2>&1";
  ENSURE(std::system(whole.c_str()) == 0, "openssl {}", command);
}

Issued Authority::Issue(const std::string& name, const std::string& request,
                        const std::string& sign) const {
  Run(std::string("req -new ") + kNewKey + "-subj /CN=" + name + " " + request + " -keyout " +
      name + ".key -out " + name + ".csr");
  Run("ca -batch -config ca.cnf -notext " + sign + " -in " + name + ".csr -out " + name + ".pem");
  return {File(name + ".pem"), File(name + ".key")};
}

Issued Authority::IssueServer(const std::string& name) const {
  return Issue(name, "-addext subjectAltName=DNS:localhost,IP:127.0.0.1", "-days 20");
}

Issued Authority::IssueClient(const std::string& name) const {
  return Issue(name, "-addext extendedKeyUsage=clientAuth", "-days 10");
}

Issued Authority::IssueExpired(const std::string& name) const {
  return Issue(name, "-addext extendedKeyUsage=clientAuth",
               "-startdate 20200101000000Z -enddate 20200102000000Z");
}

Issued Authority::IssueWeak(const std::string& name) const {
  Run("req -new -newkey rsa:1024 -nodes -subj /CN=" + name +
      " -addext extendedKeyUsage=clientAuth -keyout " + name + ".key -out " + name + ".csr");
  Run("ca -batch -config ca.cnf -notext -days 10 -in " + name + ".csr -out " + name + ".pem");
  return {File(name + ".pem"), File(name + ".key")};
}

PresentedCertificate Authority::Presented(const Issued& issued) const {
  Run("x509 -in " + issued.certificate + " -outform der -out presented.der");
  auto certificate = ClientCertificate::Parse(Read(issued.certificate));
  ENSURE(certificate.has_value(), "a certificate that was issued can be read");
  return {std::move(*certificate), {Read(File("presented.der"))}};
}

void Authority::Revoke(const Issued& issued) const {
  Run("ca -config ca.cnf -revoke " + issued.certificate);
  WriteList();
}

void Authority::WriteList(bool stale) const {
  const std::string dates =
      stale ? "-crl_lastupdate 20200101000000Z -crl_nextupdate 20200102000000Z " : "";
  Run("ca -config ca.cnf -gencrl " + dates + "-out crl.new && mv crl.new crl.pem");
}

TlsFiles Authority::ServerFiles(bool list) const {
  const Issued own = IssueServer();
  return {own.certificate, own.key, Certificate(), list ? List() : ""};
}

Poco::Net::Context::Ptr ClientContext(const Authority& authority, const Issued& own) {
  using Poco::Net::Context;
  constexpr int kDepth = 9;
  // POCO counts references to it.
  return new Context(Context::CLIENT_USE, own.key, own.certificate, authority.Certificate(),
                     Context::VERIFY_STRICT, kDepth);
}

const Authority* AuthorityOfThisRun() {
  if (std::getenv("DOCKET_TEST_TLS") == nullptr) return nullptr;
  static const TemporaryFolder folder;
  static const Authority authority(folder.Path());
  return &authority;
}

}  // namespace docket::test
