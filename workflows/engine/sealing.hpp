/// Sealing at the door of the log, opening at the desk of a reader who may.
#pragma once

#include <functional>
#include <string>

#include "domain/event.hpp"
#include "domain/json.hpp"
#include "domain/personal.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// `<case>/<subject>`: the one key of such a subject in this case.
KeyId SubjectKey(const StreamId& case_id, Subject subject);
/// The key of a personal text. Each person of a list has one of its own,
/// `<case>/<subject>/<event>/<place in the event's data>`, so that one is erased without the
/// others; everything else of a subject shares SubjectKey. Free text that may name anybody is
/// under the key of all parties.
KeyId KeyOf(const StreamId& case_id, const EventId& event, const EventDraft::Personal& mark);
/// `<case>/command/<id>`: of the digest of a command that concerns several subjects. It dies with
/// the first of them.
KeyId KeyOfCommand(const StreamId& case_id, const std::string& id);
/// The case of a key of any of these kinds; empty for keys that are of no case.
StreamId CaseOfKey(const KeyId& key);
/// Whose it is; kNone for a command's and for keys of no case.
Subject SubjectOf(const KeyId& key);
/// Where in its event the person stands whose own key this is: `respondents/0`; else empty.
std::string PlaceOf(const KeyId& key);
/// True for a command's key.
bool IsCommandKey(const KeyId& key);

/// The draft's data with every personal text sealed under its subject's key, bound to the event
/// and the field.
Json SealDraft(const EventDraft& draft, const StreamId& case_id, const EventId& event,
               SubjectKeys& keys);

/// Which texts a reader may see, by the key they are sealed under; empty: none.
using Reveal = std::function<bool(const KeyId&)>;

/// The stored data with every sealed value opened that `reveal` allows and that still can be.
Json OpenSealed(Json data, const EventId& event, const SubjectKeys& keys, const Reveal& reveal);

/// The data with every sealed value replaced by `{"sealed":true}`: for readers who may not.
Json HideSealed(Json data);

/// Calls `visit(pointer, key)` for every sealed value.
void EachSealedKey(const JsonView& data,
                   const std::function<void(const std::string& pointer, const KeyId&)>& visit);

}  // namespace docket
