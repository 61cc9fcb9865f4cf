/// A case as one reader may see it: loading, access and the parts of its JSON that several
/// resources share.
#pragma once

#include <map>
#include <memory>

#include "api/http/services.hpp"
#include "api/render/schema.hpp"

namespace docket::http {

struct ReadCase {
  std::unique_ptr<CaseModel> model;  ///< As known at `as_of`; personal texts open where allowed.
  Access access = Access::kNone;
};

/// `unknown_case`, or `case_not_readable` when the reader may not see it. Access is decided on the
/// case as it is now, also for an earlier `as_of`: a unit that has handed the case over is out.
Expected<ReadCase> OpenCase(const Services& services, const Request& request, const AsOf& as_of);
/// As OpenCase, without the model.
Expected<Access> AccessToCase(const Services& services, const Request& request,
                              const StreamId& case_id);

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

/// Who opened the case; empty when there is none.
ActorId OpenedBy(const Services& services, const StreamId& case_id);

/// How far the log of cases has come.
Head HeadOf(const Services& services);
Asker AskerOf(const Request& request);
/// A page that begins nowhere is the reader's mistake.
Rejection UnknownPageAsked();
Rejection UnknownCase();
/// Neither to be read nor acted on.
Rejection CaseNotReadable();
Parameter CaseIdInPath();
Parameter AsOfInQuery();
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
