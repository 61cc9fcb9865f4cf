/// What the second log is told of logins: who logged in from where, who tried to, and whose session
/// was ended by whom (GB/T 22239-2019 8.1.4.3: user, time, address and result of each).
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "api/auth/account_directory.hpp"
#include "api/auth/caller.hpp"
#include "persistence/access/access_ledger.hpp"
#include "persistence/credentials/credential_policy.hpp"

namespace docket {

/// Why somebody was not let in, where the answer says less.
namespace login_failure {
inline constexpr std::string_view kAccountUnknown = "account_unknown";
}

/// Thread-safe.
class LoginRecords {
 public:
  using Sink = std::function<void(const AccessNote&)>;
  /// `directory` and `clock` outlive it. Where `sink` throws, nobody is let in.
  LoginRecords(const AccountDirectory& directory, const Clock& clock,
               const CredentialPolicy& policy, Sink sink);

  struct Attempt {
    LoginMethod method = LoginMethod::kPassword;
    const Origin& origin;
    std::string credential{};  ///< Id of the key, the certificate or the bound token.
  };
  void BeganSession(const Actor& actor, const Attempt& attempt);
  /// A key or a token was used. Recorded as a login when the use begins: like a session it ends
  /// when it pauses or lasts for too long.
  void Used(const Actor& actor, const Attempt& attempt);
  /// `account`: the one that was named, whether there is one or not; empty: none was.
  void Failed(const ActorId& account, const Attempt& attempt, std::string_view reason);
  /// A request in a session that is no more, or not with this certificate.
  void Denied(std::string_view reason, const Origin& origin);

  struct End {
    std::string_view reason;  ///< See SessionEnded.
    std::string address;
    ActorId by{};  ///< Empty: the holder, or who failed to log in as him.
  };
  void SessionEnded(const Actor& holder, const End& end);

 private:
  struct Use {
    Instant began;
    Instant last;
  };
  using UseKey = std::tuple<ActorId, LoginMethod, std::string, std::string>;

  AccessNote NoteOf(AccessKind kind, const Actor& actor) const;
  AccessNote NoteOf(AccessKind kind, const Actor& actor, const Attempt& attempt) const;
  /// As the directory has it, whatever its state.
  std::optional<Actor> Named(const ActorId& account) const;
  bool Begins(const UseKey& key);

  const AccountDirectory& directory_;
  const Clock& clock_;
  const CredentialPolicy policy_;
  const Sink sink_;
  std::mutex mutex_;  ///< Guards what follows.
  std::map<UseKey, Use> uses_;
};
/// Beyond it what is in use is forgotten, and recorded again.
constexpr std::size_t kUsesRememberedMax = 10'000;

}  // namespace docket
