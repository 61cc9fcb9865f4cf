/// The key-encryption key (KEK, 密钥加密密钥): under it the keys of data subjects are kept, so that
/// whoever has the key store, or a backup of it, and not the KEK reads no personal text.
///
/// Stored format of a wrapped secret, version 1: `w1:<id of the KEK>:<box>`; the box is that of
/// sealing.hpp over the 32 secret bytes, under a key derived from the KEK, with the name of the
/// subject's key as associated data. Golden bytes in key_encryption_test.cpp.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"
#include "domain/rejection.hpp"
#include "persistence/keys/sealing.hpp"

namespace docket {

/// A short name of a KEK that says nothing about its bytes.
using KekId = std::string;

/// Under which KEK a stored secret is wrapped; nullopt: it is not.
std::optional<KekId> WrappedUnder(std::string_view secret);

/// The KEKs of a file: its first line wraps, the others only unwrap. Thread-safe. The file is read
/// again when it has changed and when a secret names a KEK that is not known, so that a KEK can be
/// replaced while servers run.
class KeyEncryption {
 public:
  static constexpr std::size_t kKeysMax = 8;

  /// `file:PATH`: one to eight lines of 64 hex digits. Refused: `kek_spec_invalid` for another
  /// spec, `kek_file_unreadable`, `kek_file_exposed` when others than its owner may read it or it
  /// belongs to another user, `kek_file_malformed`.
  static Expected<std::shared_ptr<KeyEncryption>> Open(std::string_view spec);

  /// Of the KEK that wraps now.
  KekId CurrentId();
  bool Knows(const KekId& id);
  /// As it is stored: 64 hex digits in, a wrapped secret out.
  std::string Wrap(const KeyId& key, std::string_view secret_hex);
  /// The 64 hex digits. Throws StoreError when no KEK of the file opens it.
  std::string Unwrap(const KeyId& key, std::string_view wrapped);

 private:
  struct Kek {
    KekId id;
    SecretKey wrap;
  };
  /// What tells one content of the file from another without reading it.
  struct Stamp {
    std::int64_t inode = 0;
    std::int64_t bytes = 0;
    std::int64_t modified_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  explicit KeyEncryption(std::string path) : path_(std::move(path)) {}

  /// Under mutex_. Keeps what it has when the file is not what it should be.
  void RefreshIfOld();
  Expected<void> Load();
  const Kek* Find(const KekId& id) const;

  const std::string path_;
  std::mutex mutex_;  ///< Guards what follows.
  std::vector<Kek> keks_;
  Stamp stamp_;
  std::chrono::steady_clock::time_point looked_{};
};

}  // namespace docket
