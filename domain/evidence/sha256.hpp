/// SHA-256 and hex: what leaves, digests and the Merkle tree are made of.
#pragma once

#include <memory>
#include <string>
#include <string_view>

extern "C" {
struct evp_md_ctx_st;
}

namespace docket {

/// One digest in the making. Taking the result makes it ready for the next one.
class Sha256 {
 public:
  static constexpr std::size_t kBytes = 32;
  Sha256();
  Sha256& Add(std::string_view bytes);
  std::string Bytes();
  std::string Hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// Lower-case hex of SHA-256.
std::string Sha256Hex(std::string_view bytes);

std::string HexOf(std::string_view bytes);
/// The bytes of lower-case hex; a broken precondition otherwise.
std::string BytesOfHex(std::string_view hex);

}  // namespace docket
