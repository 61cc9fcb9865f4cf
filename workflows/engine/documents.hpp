/// Which documents an event or a command names.
#pragma once

#include <functional>
#include <string>

#include "workflows/engine/case_engine.hpp"

namespace docket {

/// A DocumentRef as it stands in data.
struct NamedDocument {
  std::string pointer;  ///< Into the data: `/evidence/0`.
  DocumentDigest digest;
  KeyId key;  ///< Under which its name is sealed, and so the document; empty while it is clear.
};

/// Calls `visit` for every document that the data name, in their order.
void EachDocument(const JsonView& data, const std::function<void(const NamedDocument&)>& visit);

/// The key under which the case keeps it: what the complainant handed in goes with the complainant,
/// everything else with the texts that its name stands among.
KeyId KeyOfDocument(const RecordedEvent& event, const NamedDocument& named);

/// False where stored data name no document for certain: most of the log need not be parsed.
bool MayNameDocuments(std::string_view data);

}  // namespace docket
