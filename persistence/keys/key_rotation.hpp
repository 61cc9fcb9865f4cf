/// Looking over a key store, and going over to another key-encryption key.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>

#include "persistence/keys/key_encryption.hpp"
#include "persistence/keys/key_table.hpp"

namespace docket {

/// Of the keys of a key store, how many there are of each kind.
struct KeySurvey {
  std::int64_t alive = 0;
  std::int64_t destroyed = 0;
  std::int64_t unwrapped = 0;             ///< Of the living: kept as they are.
  std::map<KekId, std::int64_t> wrapped;  ///< Of the living: by KEK.
};
KeySurvey SurveyKeys(const KeyTable& table);

/// The KEKs under which keys of the table may be wrapped: a process that opens it must know all of
/// them. Empty: none was ever used.
std::set<KekId> KeksInUse(const KeyTable& table);
/// Throws StoreError when a KEK in use is not known, or there is none though one is needed. Notes
/// the KEK that wraps now among those in use.
void AdmitKeks(KeyTable& table, KeyEncryption* keks);

struct RotationProgress {
  std::int64_t done = 0;       ///< Keys looked at so far, in all passes.
  std::int64_t rewrapped = 0;  ///< Of them, those that were wrapped anew.
};
struct RotationOptions {
  std::size_t batch_keys_max = 500;
  /// After each batch, which is then durable.
  std::function<void(const RotationProgress&)> on_progress = [](const RotationProgress&) {};
};
/// Wraps every living key under the KEK that wraps now, batch by batch, beside processes that use
/// the store. Stopped anywhere it goes on when it is run again: what is done is not done twice.
/// Refused: `kek_unknown` when a key is wrapped under a KEK that `keks` does not know.
Expected<RotationProgress> RotateKeys(KeyTable& table, KeyEncryption& keks,
                                      const RotationOptions& options = {});

}  // namespace docket
