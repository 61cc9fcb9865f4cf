/// Where a person appears: from what identifies them, through the blind index, to their cases.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "persistence/store.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/identifiers.hpp"

namespace docket {

/// Whether whoever asks may learn of the case.
using Reach = std::function<bool(const StreamId&, const CaseModel&)>;

/// One key of the person in one case.
struct Appearance {
  StreamId case_id;
  KeyId key;
  std::vector<IdentifierKind> by;  ///< Empty: named by its place in the case.
  std::string state;
};

/// All within reach, in order of their keys. The index may name a key of an act that was refused:
/// only keys under which the case has something count.
std::vector<Appearance> FindAppearances(const CaseEngine& engine, KeyStore& keys,
                                        const std::vector<Identifier>& identifiers,
                                        const Reach& reach);

/// A party of a case: `complainant`, `respondents/0`, as the case's facts name it.
struct PersonPlace {
  StreamId case_id;
  std::string party;

  static FieldList Fields() {
    return {Field{"case_id", &PersonPlace::case_id, "案件编号"},
            Field{"party", &PersonPlace::party, "当事人位置"}};
  }
};

struct NamedPerson {
  std::set<KeyId> keys;  ///< In that case.
  std::vector<Identifier> identifiers;
};
/// Refused: `unknown_case`, also out of reach, and `unknown_party`.
Expected<NamedPerson> PersonAt(const CaseEngine& engine, const PersonPlace& place,
                               const Reach& reach);

}  // namespace docket
