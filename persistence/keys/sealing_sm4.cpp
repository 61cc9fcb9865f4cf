#include "persistence/keys/sealing_sm4.hpp"

#include <memory>
#include <stdexcept>

#include <gcrypt.h>

namespace docket::sealing::sm4 {

namespace {

void Check(gcry_error_t code) {
  if (code != 0) throw std::runtime_error("SM4-GCM failed");
}

/// Once for the process. Its own locked memory is not used: keys are wiped by SecretKey.
void StartLibrary() {
  static const bool started = [] {
    if (gcry_check_version(GCRYPT_VERSION) == nullptr) {
      throw std::runtime_error("libgcrypt is older than the one this was built with");
    }
    gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    return true;
  }();
  static_cast<void>(started);
}

struct Close {
  void operator()(gcry_cipher_hd_t handle) const { gcry_cipher_close(handle); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<gcry_cipher_hd_t>, Close>;

Handle Begin(const unsigned char* key, const Binding& binding) {
  StartLibrary();
  gcry_cipher_hd_t opened = nullptr;
  Check(gcry_cipher_open(&opened, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0));
  Handle handle(opened);
  Check(gcry_cipher_setkey(opened, key, kKeyBytes));
  Check(gcry_cipher_setiv(opened, binding.nonce.data(), binding.nonce.size()));
  const auto& associated = binding.associated_data;
  if (!associated.empty()) {
    Check(gcry_cipher_authenticate(opened, associated.data(), associated.size()));
  }
  Check(gcry_cipher_final(opened));
  return handle;
}

}  // namespace

void Seal(const unsigned char* key, const Binding& binding, std::string_view clear,
          unsigned char* to) {
  const Handle handle = Begin(key, binding);
  if (!clear.empty()) {
    Check(gcry_cipher_encrypt(handle.get(), to, clear.size(), clear.data(), clear.size()));
  }
  Check(gcry_cipher_gettag(handle.get(), to + clear.size(), kTagBytes));
}

bool Open(const unsigned char* key, const Binding& binding, std::string_view sealed,
          unsigned char* to) {
  const Handle handle = Begin(key, binding);
  const std::size_t bytes = sealed.size() - kTagBytes;
  if (bytes > 0) Check(gcry_cipher_decrypt(handle.get(), to, bytes, sealed.data(), bytes));
  return gcry_cipher_checktag(handle.get(), sealed.data() + bytes, kTagBytes) == 0;
}

}  // namespace docket::sealing::sm4
