/// What one subscriber gets to see of the log: its grant and its filter. Every way out of the log
/// asks here, and access itself is decided in api/auth/access.hpp alone.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/auth/access.hpp"
#include "domain/event.hpp"

namespace docket {

/// One position of the log with what it takes to decide on any reader: made once for all of them.
struct FeedEvent {
  RecordedEvent event;
  std::optional<CaseOutline> outline;       ///< nullopt: a stream that is no case.
  Date read_on;                             ///< Grants have dates.
  std::shared_ptr<const std::string> text;  ///< The CloudEvent.
};

/// Absent members do not filter.
struct FeedFilter {
  std::optional<std::string> workflow{};
  std::optional<std::string> type{};   ///< What the event's type begins with.
  std::optional<RegionCode> region{};  ///< The division and all below it.
  std::optional<Industry> industry{};  ///< Of the case.

  static FieldList Fields() {
    return {Field{"workflow", &FeedFilter::workflow, "流程"},
            Field{"type", &FeedFilter::type, "事件类型前缀"},
            Field{"region", &FeedFilter::region, "行政区划代码"},
            Field{"industry", &FeedFilter::industry, "行业"}};
  }
};

struct FeedView {
  Asker asker;
  FeedFilter filter;
  /// Of what the reader was recognised by: a stream ends with its session, and no other's.
  std::string credential_id{};
};

/// Is this event handed out to this subscriber? Access to a case is decided on the case as it is
/// now, and a grant by field has to name its type; a text that is sealed stays in its box for
/// everybody.
bool Shows(const FeedView& view, const FeedEvent& event);

/// The message as this subscriber is sent it: the event's own, or without what its grant by field
/// (api/auth/shown_fields.hpp) withholds. Of an event that the view shows.
std::shared_ptr<const std::string> TextFor(const FeedView& view, const FeedEvent& event);

/// The same text for views that show the same.
std::string KeyOf(const FeedView& view);

}  // namespace docket
