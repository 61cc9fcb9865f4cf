#include "domain/evidence/leaf.hpp"

#include <array>
#include <memory>

#include <openssl/evp.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

/// Fetched once: looking an algorithm up by name costs more than hashing an event.
const EVP_MD* Sha256() {
  static EVP_MD* const digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  ENSURE(digest != nullptr, "SHA-256 is available");
  return digest;
}

class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    ENSURE(context_ && EVP_DigestInit_ex2(context_.get(), Sha256(), nullptr) == 1, "digest init");
  }
  Hasher& Add(std::string_view bytes) {
    ENSURE(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "digest update");
    return *this;
  }
  std::string Hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    ENSURE(EVP_DigestFinal_ex(context_.get(), bytes.data(), &size) == 1, "digest final");
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(size * 2);
    for (unsigned i = 0; i < size; ++i) {
      hex += kDigits[bytes[i] >> 4];
      hex += kDigits[bytes[i] & 0xF];
    }
    return hex;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

std::string BytesOfHex(std::string_view hex) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    ENSURE(c >= 'a' && c <= 'f', "a salt is lower-case hex");
    return c - 'a' + 10;
  };
  ENSURE(hex.size() % 2 == 0, "hex has an even length, not {}", hex.size());
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  }
  return bytes;
}

}  // namespace

std::string Sha256Hex(std::string_view bytes) { return Hasher().Add(bytes).Hex(); }

std::string DataDigest(std::string_view salt_hex, std::string_view data) {
  return Hasher().Add(BytesOfHex(salt_hex)).Add(data).Hex();
}

std::string LeafHeader(LogId log, const RecordedEvent& event) {
  // Instants as microseconds: one spelling each.
  return CanonicalJson({{"v", 1},
                        {"log", static_cast<std::int64_t>(log)},
                        {"position", event.position.value},
                        {"stream", event.stream.value},
                        {"version", event.version.value},
                        {"id", event.id.value},
                        {"type", event.type},
                        {"schema_version", event.schema_version},
                        {"occurred_at", event.occurred_at.Micros()},
                        {"recorded_at", event.recorded_at.Micros()},
                        {"actor", event.actor.value},
                        {"recorded_by", event.recorded_by.value},
                        {"unit", event.unit.value},
                        {"role", std::string(NameOf(event.role))},
                        {"command_id", event.command_id.value},
                        {"correlation", event.correlation.value},
                        {"causation", event.causation.value},
                        {"region", event.region.value},
                        {"confidentiality", std::string(NameOf(event.confidentiality))},
                        {"virtual_clock", event.virtual_clock},
                        {"data_digest", event.data_digest}});
}

std::string LeafHash(LogId log, const RecordedEvent& event) {
  return Hasher().Add(std::string_view("\0", 1)).Add(LeafHeader(log, event)).Hex();
}

}  // namespace docket
