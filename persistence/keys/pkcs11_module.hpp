/// The library of a maker of tokens, as PKCS#11 wants it used.
#pragma once

#include <memory>
#include <string>

#include <p11-kit/pkcs11.h>

#include "domain/rejection.hpp"

namespace docket {

/// A use of a library that is loaded and initialised for several threads; it is finalised when
/// its last use goes, so that a token that was taken away is looked for anew.
class Pkcs11Module {
 public:
  /// Refused: `kek_module_unusable` when it does not load, is no such library or does not start.
  static Expected<std::unique_ptr<Pkcs11Module>> Load(const std::string& path);
  Pkcs11Module(const Pkcs11Module&) = delete;
  Pkcs11Module& operator=(const Pkcs11Module&) = delete;
  ~Pkcs11Module();

  const CK_FUNCTION_LIST& Api() const { return *api_; }

 private:
  explicit Pkcs11Module(CK_FUNCTION_LIST* api) : api_(api) {}
  CK_FUNCTION_LIST* api_;
};

}  // namespace docket
