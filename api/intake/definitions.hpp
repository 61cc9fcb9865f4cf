/// Message definitions (数据规范): what trading systems may push, by version of the standard, as
/// JSON Schema (data/intake/<version>/). A schema is of the whole message with its envelope; what
/// no schema can say, `x-kind` says: `instant` (yyyyMMddHHmmss in China), `date` (yyyyMMdd) and
/// `credit_code`, whose check character is verified (GB 32100-2015).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"

namespace docket::intake {

struct MessageDefinition {
  std::string version;  ///< `2.0`
  std::string name;     ///< `notice`
  std::string zh;
  Json schema;
};

/// Oldest version first, and in each the messages in the order in which a project gives rise to
/// them: so those of one batch are taken in.
const std::vector<MessageDefinition>& MessageDefinitions();
/// nullptr when the version has no such message.
const MessageDefinition* FindDefinition(std::string_view version, std::string_view name);
/// Of the newest version that has it; nullptr when none has.
const MessageDefinition* NewestDefinition(std::string_view name);
/// Each name once.
std::vector<std::string> MessageNames();

/// Everything that is wrong with a message, at once.
FieldErrors CheckMessage(const MessageDefinition& definition, const Json& message);
/// The body as commands have it: with instants and dates as RFC 3339. Of a message in order.
Json BodyInOrder(const MessageDefinition& definition, const Json& message);
/// Of a compact text, which a schema has let through; nullopt: there is no such instant.
std::optional<Instant> ReadCompactInstant(std::string_view text);

}  // namespace docket::intake
