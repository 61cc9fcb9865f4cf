#include "persistence/sodium.hpp"

#include <sodium.h>

#include "domain/ensure.hpp"

namespace docket {

void StartSodium() {
  static const bool started = [] {
    randombytes_set_implementation(&randombytes_internal_implementation);
    return sodium_init() >= 0;
  }();
  ENSURE(started, "libsodium starts");
}

}  // namespace docket
