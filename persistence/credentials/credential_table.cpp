#include "persistence/credentials/credential_table.hpp"

#include "domain/ensure.hpp"

namespace docket {

std::string_view CredentialKindName(CredentialKind kind) {
  switch (kind) {
    case CredentialKind::kAccount: return "account";
    case CredentialKind::kSession: return "session";
    case CredentialKind::kApiKey: return "api_key";
    case CredentialKind::kLogin: return "login";
  }
  ENSURE(false, "a kind of credential has a name");
  return "";
}

}  // namespace docket
