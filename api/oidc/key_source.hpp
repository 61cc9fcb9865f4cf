/// Where the keys of an issuer come from: a file, or its address. Whoever asks gets what is known;
/// it is looked at again when it is old or lacks a key, but never often.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "api/oidc/jwk_set.hpp"
#include "persistence/notice.hpp"

namespace docket::oidc {

struct KeySourceOptions {
  using SteadyTime = std::chrono::steady_clock::time_point;

  /// Between two readings, whatever is asked for: unknown ids cost nobody a request each.
  std::chrono::seconds again_after{30};
  /// What was read is read anew after so long.
  std::chrono::seconds fresh_for{600};
  /// Keys of an issuer that cannot be reached are believed for so long.
  std::chrono::hours believed_for{24};
  std::function<SteadyTime()> now = std::chrono::steady_clock::now;
  Report report = ReportToStderr;
};

/// Thread-safe. At most one thread reads; the others go on with what is known.
class KeySource {
 public:
  /// The text of a JWKS; nullopt: it cannot be had now.
  using Fetch = std::function<std::optional<std::string>()>;
  KeySource(Fetch fetch, KeySourceOptions options);

  /// Reads for the first time. Refused with `jwks_unreachable`, `jwks_invalid`.
  Expected<void> Start();
  /// nullopt: unknown, or too old to be believed. An empty id means the only key, where there is
  /// only one.
  std::optional<Jwk> Find(const std::string& id);

 private:
  std::optional<Jwk> FindKnown(const std::string& id) const;
  /// Without mutex_ held by this thread.
  Expected<void> Read();

  const Fetch fetch_;
  const KeySourceOptions options_;
  std::mutex reading_;        ///< Held by whoever reads.
  mutable std::mutex mutex_;  ///< Guards what follows.
  std::vector<Jwk> keys_;
  KeySourceOptions::SteadyTime read_at_{};  ///< What is known.
  std::optional<KeySourceOptions::SteadyTime> tried_at_;
  bool failing_ = false;
};

/// `file:PATH`, or an address that begins with `https://`, whose certificate must be good.
/// Refused with `jwks_source_invalid`.
Expected<KeySource::Fetch> FetchFrom(const std::string& source);

}  // namespace docket::oidc
