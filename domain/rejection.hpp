/// Expected refusals are values: a stable code, a message in Chinese and English, the legal basis.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace docket {

/// What sort of refusal this is. How a transport spells it (HTTP status, exit code) is decided at
/// the edge, once.
enum class RejectionKind {
  kInvalid,    ///< The input is malformed or breaks a field's rule.
  kRefused,    ///< Well formed, but the law or the case's state does not allow it.
  kForbidden,  ///< This actor may not.
  kUnauthenticated,
  kNotFound,
  kConflict,    ///< The case moved on, or the command id was used for something else.
  kOverloaded,  ///< Try again later; nothing was written.
};

/// A refusal as it is declared: once, beside what refuses. Codes are stable snake_case words.
struct Refusal {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
  std::string_view basis = "";
  std::string_view at = "";  ///< JSON pointer to the field at fault, where it is one.
};

/// One field that is wrong. `pointer` is an RFC 6901 JSON pointer into the input.
struct FieldError {
  std::string pointer;
  std::string code;
  std::string zh;
  std::string en;
  friend bool operator==(const FieldError&, const FieldError&) = default;
};

/// A refusal as it is given.
struct Rejection {
  RejectionKind kind = RejectionKind::kRefused;
  std::string code;
  std::string zh;
  std::string en;
  std::string basis;               ///< Document and article, or empty.
  std::vector<FieldError> fields;  ///< For kInvalid: every field that is wrong, not only the first.

  Rejection() = default;
  Rejection(RejectionKind k, const Refusal& refusal)
      : kind(k), code(refusal.code), zh(refusal.zh), en(refusal.en), basis(refusal.basis) {
    if (!refusal.at.empty()) fields.push_back({std::string(refusal.at), code, zh, en});
  }
  friend bool operator==(const Rejection&, const Rejection&) = default;
};

template <class T>
using Expected = tl::expected<T, Rejection>;

/// `return Refuse(kind, {...})` from any function that returns Expected<T>.
inline tl::unexpected<Rejection> Refuse(RejectionKind kind, const Refusal& refusal) {
  return tl::unexpected<Rejection>(Rejection(kind, refusal));
}

}  // namespace docket
