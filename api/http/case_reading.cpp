#include "api/http/case_reading.hpp"

#include <thread>

#include "api/http/access_notes.hpp"
#include "api/http/limits.hpp"
#include "api/http/problem.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

constexpr auto kConsentHeader = "Docket-Consent";

/// In which the asker reads the case, by itself or with the consent that it names.
Expected<Reading> AdmittedTo(const ReadPlace& place, const CaseModel& model,
                             const CaseOutline& outline) {
  const Reader reader = ReaderOf(place.services, place.request);
  const Reading own = ReadingOf(outline, reader);
  const bool waits_for_consent = NeedsConsent(outline, reader);
  const bool knows_of_it = own.access != Access::kNone || waits_for_consent;
  if (const auto named = place.request.Header(kConsentHeader)) {
    const auto* consent = model.ReadingRecord().Find(*named);
    const bool copies = place.takes_copy || place.request.credential == CredentialUse::kApiKey;
    const auto right = copies ? reading::Right::kCopy : reading::Right::kQuery;
    const bool in_force =
        consent != nullptr && consent->IsFor(reader.actor, reader.today) && consent->Gives(right);
    const Reading with = in_force ? ReadingWithConsent(outline, reader) : Reading();
    if (with.access != Access::kNone) return with;
    if (knows_of_it) return tl::unexpected(ConsentNotInForce());
  } else if (waits_for_consent) {
    return tl::unexpected(ConsentNeeded());
  }
  if (own.access == Access::kNone) return tl::unexpected(CaseNotReadable());
  return own;
}

}  // namespace

CaseOutline OutlineFor(const StreamId& case_id, const CaseModel& model) {
  return OutlineOf(WorkflowOf(case_id)->Name(), model.Summary(), model.OpenedBy());
}

Reading ReadingFor(const Services& services, const Request& request, const StreamId& case_id,
                   const CaseModel& model) {
  return ReadingOf(OutlineFor(case_id, model), ReaderOf(services, request));
}

Expected<ReadCase> EnterCase(const ReadPlace& place) {
  const StreamId case_id(place.request.Path("id"));
  auto model = place.services.engine.Load(case_id);
  if (!model) return tl::unexpected(model.error());
  const auto reading = AdmittedTo(place, **model, OutlineFor(case_id, **model));
  if (!reading) return tl::unexpected(reading.error());
  auto note = ReadingNote(place.request, std::string(place.operation), case_id, *reading);
  note.consent = place.request.Header(kConsentHeader).value_or("");
  note.personal = place.shows_texts && OpensPersonalTexts(reading->access);
  place.services.accesses.Record(note);
  auto erased = (*model)->PersonalRecord().Erased();
  return ReadCase{std::move(*model), reading->access, std::move(erased)};
}

Expected<ReadCase> OpenCase(const ReadPlace& place, const AsOf& as_of) {
  auto entered = EnterCase(place);
  if (!entered) return entered;
  const Access access = entered->access;
  const bool is_current = !as_of.position && !as_of.recorded_at;
  if (is_current && (!place.shows_texts || access == Access::kSealed)) {
    return entered;
  }
  auto model = place.services.engine.Load(StreamId(place.request.Path("id")), as_of,
                                          place.shows_texts ? RevealTo(access) : Reveal());
  if (!model) return tl::unexpected(model.error());
  return ReadCase{std::move(*model), access, std::move(entered->erased)};
}

Expected<Access> AccessToCase(const ReadPlace& place) {
  const auto entered = EnterCase(place);
  if (!entered) return tl::unexpected(entered.error());
  return entered->access;
}

Access AccessMemo::ToStream(const StreamId& stream) {
  if (WorkflowOf(stream) == nullptr) return AccessToOtherStream(stream);
  const auto found = known_.find(stream);
  if (found != known_.end()) return found->second;
  const auto model = services_.engine.Load(stream);
  const Access access =
      model ? ReadingFor(services_, request_, stream, **model).access : Access::kNone;
  known_.emplace(stream, access);
  return access;
}

Access AccessMemo::ToRow(const CaseRow& row) const {
  return ReadingOf(OutlineOf(row.workflow, row.summary, row.opened_by),
                   ReaderOf(services_, request_))
      .access;
}

Reader ReaderOf(const Services& services, const Request& request) {
  return {request.actor, request.unit, services.engine.Ports().clock.Now().ChinaDate()};
}

Head HeadOf(const Services& services) {
  return services.engine.Ports().log.ReadHead(LogId::kCases);
}

Asker AskerOf(const Request& request) { return {request.actor, request.unit}; }

Rejection ConsentNeeded() {
  return {RejectionKind::kForbidden,
          {"consent_needed", "该案卷已归档且应当保密，查询须经同意",
           "this file is in the archive and confidential: it is read with consent", "FJ18-16"}};
}

Rejection ConsentNotInForce() {
  return {
      RejectionKind::kForbidden,
      {"consent_not_in_force", "没有对该账号有效的此项同意",
       "no consent of this id is in force for this account and this way of reading", "FJ18-16"}};
}

std::vector<Rejection> ReadingRejections() {
  return {UnknownCase(), CaseNotReadable(), ConsentNeeded(), ConsentNotInForce()};
}

Expected<void> AwaitProjection(const Services& services, std::optional<std::int64_t> position) {
  constexpr std::chrono::milliseconds kPause{5};
  const auto deadline = std::chrono::steady_clock::now() + kMinPositionWait;
  while (position && services.views.ProjectedTo().value < *position) {
    if (std::chrono::steady_clock::now() >= deadline) return tl::unexpected(ProjectionBehind());
    std::this_thread::sleep_for(kPause);
  }
  return {};
}

Rejection ProjectionBehind() {
  return {RejectionKind::kOverloaded,
          {"projection_behind", "查询视图尚未更新到该位置",
           "the views have not come to that position yet"}};
}

Rejection UnknownPageAsked() {
  return InvalidParameter(
      {{"/query/after", "page_unknown", "不是任何一页的 next", "not the next of any page"}});
}

Rejection UnknownCase() { return {RejectionKind::kNotFound, kUnknownCase}; }

Parameter CaseIdInPath() { return InPath("id", CaseIdText(), {"案件编号", "The case's id"}); }

Parameter AsOfInQuery() {
  return InQuery("as_of", AsOfText(),
                 {"读取当时所知：日期（至当日终了）、时间或事件位置",
                  "The case as the log knew it then: a date (its end), an instant or a position"});
}

Parameter ConsentInHeader() {
  return InHeader(kConsentHeader, Reference(),
                  {"同意编号；有效的，凭以查询，并随查阅记录保存",
                   "The id of a consent in force that names the account or its unit; with an API "
                   "key, one to copy. It is recorded with the reading"});
}

Parameter AfterInQuery() {
  return InQuery("after", AnyText(), {"上一页的 next", "The `next` of the page before"});
}

Parameter LimitInQuery() {
  return InQuery("limit", IntegerWithin({1, kListPageMax}, kListPageDefault),
                 {"每页至多条数", "Rows of a page at most"});
}

Parameter FieldsInQuery(const Json& schema) {
  return InQuery("fields", MembersOf(schema),
                 {"只要这些字段，以逗号分开；编号总在其中",
                  "Only these members, apart by commas; the case's id is always there. The "
                  "answer's schema then requires nothing else"});
}

schema::Member PositionMember() {
  return {"position", schema::Titled("视图已更新到的事件库位置", schema::Integer())};
}

schema::Member NextMember() {
  return {"next?", schema::Titled("下一页的 after；没有则已到末页", schema::Text())};
}

Response JsonResponse(const Json& json) {
  Response response;
  response.status = status::kOk;
  response.body = ToText(json);
  return response;
}

}  // namespace docket::http
