#include "api/notifications/contacts.hpp"

namespace docket {

namespace {

/// A text that could not be opened is not there.
std::string Opened(const Json& facts, const char* name) {
  const auto text = facts.find(name);
  return text != facts.end() && text->is_string() ? text->get<std::string>() : "";
}

}  // namespace

Contact ContactOf(const CaseEngine& engine, const AccountDirectory& accounts,
                  const ActorId& account) {
  const auto record = accounts.FindRecord(account);
  if (!record) return {};
  const auto model = engine.Load(record->case_id, {}, [&](const KeyId& key) {
    return SubjectOf(key) == Subject::kHolder && CaseOfKey(key) == record->case_id;
  });
  if (!model) return {};
  const Json facts = (*model)->Facts();
  return {Opened(facts, "phone"), Opened(facts, "email")};
}

}  // namespace docket
