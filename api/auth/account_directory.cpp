#include "api/auth/account_directory.hpp"

namespace docket {

std::optional<Actor> AccountDirectory::FindActor(const ActorId& id) const {
  if (auto actor = file_.FindActor(id)) return actor;
  const auto record = log_.Find(id);
  if (!record || !record->IsInService()) return std::nullopt;
  return record->Actor();
}

std::optional<AccountRecord> AccountDirectory::FindRecord(const ActorId& id) const {
  if (file_.FindActor(id)) return std::nullopt;
  return log_.Find(id);
}

}  // namespace docket
