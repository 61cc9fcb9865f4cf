/// Documents as answers show them, and their digests as headers write them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/render/schema.hpp"
#include "persistence/documents/documents.hpp"

namespace docket {

/// A document as the events of a case name it: once, however often it is named.
struct CasePaper {
  DocumentDigest digest;
  Json name;                             ///< As the reader is shown it where it was first named.
  std::string type;                      ///< Of that event.
  Version version;                       ///< The same.
  Instant recorded_at;                   ///< The same.
  std::vector<Documents::Naming> named;  ///< Every time.
};
/// In the order in which they were first named. Events that `is_told` leaves out name nothing.
std::vector<CasePaper> PapersOf(const std::vector<CaseEngine::ReadEvent>& events,
                                const std::function<bool(const CaseEngine::ReadEvent&)>& is_told);

Json PaperJson(const CasePaper& paper, const Documents::Kept& kept,
               const personal::ErasedKeys& erased);
Json PaperSchema();

Json WaitingJson(const StoredDocument& document);
Json WaitingSchema();

/// The bytes of `sha-256=:BASE64:`; nullopt: it is not of that form.
std::optional<std::string> BytesOfContentDigest(const std::string& header);
std::string ContentDigestOf(const DocumentDigest& digest);

template <>
struct EnumTable<Documents::Standing> {
  static constexpr std::array kNames{
      EnumName<Documents::Standing>{Documents::Standing::kAbsent, "absent", "未保存"},
      EnumName<Documents::Standing>{Documents::Standing::kKept, "kept", "已保存"},
      EnumName<Documents::Standing>{Documents::Standing::kErased, "erased", "已删除"},
  };
};

}  // namespace docket
