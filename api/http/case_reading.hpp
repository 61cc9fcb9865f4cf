/// A case as one reader may see it: loading, access, the record of the reading, and the parts of
/// its JSON that several resources share.
#pragma once

#include <map>
#include <memory>

#include "api/http/services.hpp"
#include "api/render/schema.hpp"

namespace docket::http {

/// Where a case is read, for the record of it.
struct ReadPlace {
  const Services& services;
  const Request& request;
  std::string_view operation;  ///< Method and pattern.
  /// The answer can hold personal texts.
  bool shows_texts = true;
  /// What is taken leaves the house: a consent has to be one to copy.
  bool takes_copy = false;
};

struct ReadCase {
  std::unique_ptr<CaseModel> model;  ///< As known at `as_of`; personal texts open where allowed.
  Access access = Access::kNone;
  personal::ErasedKeys erased = {};  ///< As known now, also for an earlier `as_of`.
};

/// `unknown_case`, or `case_not_readable` when the reader may not see it; of a file in the archive
/// `consent_needed`, and of a consent that is named (`Docket-Consent`) and is none for this reader
/// `consent_not_in_force`. Access is decided on the
/// case as it is now, also for an earlier `as_of`: a unit that has handed the case over is out.
/// The reading is recorded; where personal texts are opened, before this returns.
Expected<ReadCase> OpenCase(const ReadPlace& place, const AsOf& as_of);
/// What it may be refused with.
std::vector<Rejection> ReadingRejections();
Rejection ConsentNeeded();
Rejection ConsentNotInForce();
/// What access to a case that was loaded rests on.
CaseOutline OutlineFor(const StreamId& case_id, const CaseModel& model);
/// What the asker may see of a case that was loaded. Not recorded.
Reading ReadingFor(const Services& services, const Request& request, const StreamId& case_id,
                   const CaseModel& model);
/// As OpenCase for the case as it is now, all texts sealed.
Expected<ReadCase> EnterCase(const ReadPlace& place);
/// As OpenCase, without the model.
Expected<Access> AccessToCase(const ReadPlace& place);

/// Decides access to many cases of one answer, each looked up once.
class AccessMemo {
 public:
  AccessMemo(const Services& services, const Request& request)
      : services_(services), request_(request) {}
  /// For events and clocks. Streams that are no case (calendars, rule editions) are public.
  Access ToStream(const StreamId& stream);
  /// For rows that carry their summary.
  Access ToRow(const CaseRow& row) const;

 private:
  const Services& services_;
  const Request& request_;
  std::map<StreamId, Access> known_;
};

/// Who asks, today by the legal clock. The request outlives it.
Reader ReaderOf(const Services& services, const Request& request);

/// Read your own writes: waits until the projection has come to `position`, two seconds at most;
/// then `projection_behind`.
Expected<void> AwaitProjection(const Services& services, std::optional<std::int64_t> position);
Rejection ProjectionBehind();

/// How far the log of cases has come.
Head HeadOf(const Services& services);
Asker AskerOf(const Request& request);
/// A page that begins nowhere is the reader's mistake.
Rejection UnknownPageAsked();
Rejection UnknownCase();
Parameter CaseIdInPath();
Parameter AsOfInQuery();
/// 同意查询文书 (FJ18-16(2)): `Docket-Consent`.
Parameter ConsentInHeader();
/// `after` and `limit`, the same wherever there are pages of a view.
Parameter AfterInQuery();
Parameter LimitInQuery();
/// `fields`: only these members of each object of that schema; required ones may then be absent.
Parameter FieldsInQuery(const Json& schema);
/// Of a view: the log as far as it is projected.
schema::Member PositionMember();
schema::Member NextMember();
template <class Read>
auto PageOrRefusal(const Read& read) -> Expected<decltype(read())> {
  try {
    return read();
  } catch (const UnknownPage&) {
    return tl::unexpected(UnknownPageAsked());
  }
}
Response JsonResponse(const Json& json);

}  // namespace docket::http
