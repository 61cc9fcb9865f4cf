/// Sealing at the door of the log, opening at the desk of a reader who may.
#pragma once

#include <functional>
#include <string>

#include "domain/event.hpp"
#include "domain/json.hpp"
#include "domain/personal.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

/// `<case>/<subject>`: the key dies with the subject's right to be forgotten in this case.
KeyId SubjectKey(const StreamId& case_id, Subject subject);

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

}  // namespace docket
