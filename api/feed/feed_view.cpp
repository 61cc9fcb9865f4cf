#include "api/feed/feed_view.hpp"

#include "api/auth/shown_fields.hpp"

namespace docket {

namespace {

bool IsOfWorkflow(const StreamId& stream, const std::string& workflow) {
  return stream.value.size() > workflow.size() && stream.value.starts_with(workflow) &&
         stream.value[workflow.size()] == '-';
}

bool Passes(const FeedFilter& filter, const FeedEvent& event) {
  if (filter.workflow && !IsOfWorkflow(event.event.stream, *filter.workflow)) return false;
  if (filter.type && !event.event.type.starts_with(*filter.type)) return false;
  if (filter.region && !filter.region->Covers(event.event.region)) return false;
  return !filter.industry || (event.outline && event.outline->industry == filter.industry);
}

bool MayRead(const Asker& asker, const FeedEvent& event) {
  const Reader reader{asker.actor, asker.unit, event.read_on};
  const Access access = event.outline ? ReadingOf(*event.outline, reader).access
                                      : AccessToOtherStream(event.event.stream);
  // Only what a party is told depends on the data.
  if (access != Access::kParty) return IsToldOf(access, event.event, Json());
  return IsToldOf(access, event.event, DataOf(event.event));
}

std::optional<ShownFields> ShownOf(const FeedView& view, const FeedEvent& event) {
  const Reader reader{view.asker.actor, view.asker.unit, event.read_on};
  return ShownTo(reader, event.outline, event.event.type);
}

}  // namespace

bool Shows(const FeedView& view, const FeedEvent& event) {
  if (!Passes(view.filter, event) || !MayRead(view.asker, event)) return false;
  return !view.asker.actor.IsNarrowed() || ShownOf(view, event);
}

std::shared_ptr<const std::string> TextFor(const FeedView& view, const FeedEvent& event) {
  const auto shown = view.asker.actor.IsNarrowed() ? ShownOf(view, event) : std::nullopt;
  if (!shown || shown->whole) return event.text;
  return std::make_shared<const std::string>(NarrowedText(*event.text, *shown));
}

std::string KeyOf(const FeedView& view) {
  const auto& filter = view.filter;
  const Json key = {
      Encode(view.asker.actor),
      Encode(view.asker.unit),
      filter.workflow.value_or(""),
      filter.type.value_or(""),
      filter.region.value_or(RegionCode()).value,
      filter.industry ? Json(NameOf(*filter.industry)) : Json(),
      view.credential_id,
  };
  return CanonicalJson(key);
}

}  // namespace docket
