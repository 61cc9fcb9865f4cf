/// Who may read a case besides what the policy says of it: readers named by the head of its unit
/// (限定查阅), and consents to query and copy it (同意查询, FJ18-16(2)). Recorded in the case, beside
/// the events of its workflow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event_log.hpp"
#include "workflows/engine/case_engine.hpp"
#include "workflows/engine/reading_events.hpp"

namespace docket {

/// The head who decides it.
struct ReadingDecider {
  ActorId actor;
  UnitId unit;
};

/// Thread-safe. Whether the decider may is for the caller to ask.
class CaseReadings {
 public:
  /// All outlive it.
  struct Ports {
    EventLog& log;
    SubjectKeys& keys;
    const CaseEngine& engine;
  };
  explicit CaseReadings(const Ports& ports) : ports_(ports) {}

  struct Restriction {
    std::vector<ActorId> readers;
    std::string reason;
  };
  /// In place of an earlier one. The position from which on it holds. Refused: `unknown_case`,
  /// `unknown_reader` where one is no account of the case's unit, `subject_erased` where nothing
  /// can be sealed for the parties any more, `contention`.
  Expected<Position> Restrict(const StreamId& case_id, const Restriction& restriction,
                              const ReadingDecider& by);
  /// Refused besides: `not_restricted`.
  Expected<Position> LiftRestriction(const StreamId& case_id, const std::string& reason,
                                     const ReadingDecider& by);

  struct ConsentWish {
    std::vector<reading::Right> rights;
    std::optional<ActorId> account;
    std::optional<UnitId> unit;
    Date until;
    std::string purpose;
    DocumentRef document;
  };
  /// Its id. Refused: `unknown_case`, `rights_missing`, `consent_for_one`, `consent_over`,
  /// `consentee_unknown`, `consents_too_many`, `subject_erased`, `contention`.
  Expected<std::string> GiveConsent(const StreamId& case_id, const ConsentWish& wish,
                                    const ReadingDecider& by);
  /// Refused: `unknown_case`, `unknown_consent`, `subject_erased`, `contention`.
  Expected<void> RevokeConsent(const StreamId& case_id, const std::string& consent,
                               const std::string& reason, const ReadingDecider& by);

 private:
  using Draft = std::function<Expected<EventDraft>(const CaseModel&)>;
  /// Appends what `draft` makes of the case as it is, whatever else happens to it meanwhile.
  Expected<Position> Note(const StreamId& case_id, const ReadingDecider& by, const Draft& draft);
  Expected<NewEvent> EventOf(const StreamId& case_id, const CaseModel& model,
                             const ReadingDecider& by, const EventDraft& draft) const;
  std::optional<Rejection> WrongWith(const ConsentWish& wish) const;

  const Ports ports_;
};

/// So many of a case that were not revoked.
inline constexpr std::size_t kConsentsMax = 200;

inline constexpr Refusal kNotRestricted{"not_restricted", "该案件未限定查阅人员",
                                        "no readers of this case were named"};
inline constexpr Refusal kUnknownReader{"unknown_reader", "不是承办单位的账号",
                                        "not an account of the unit whose case it is"};
inline constexpr Refusal kUnknownConsent{"unknown_consent", "没有此项同意，或已撤销",
                                         "there is no such consent, or it was revoked"};
inline constexpr Refusal kRightsMissing{"rights_missing", "须写明同意查询还是复制",
                                        "say whether to query or to copy", "FJ18-16", "/rights"};
inline constexpr Refusal kConsentForOne{"consent_for_one", "须写明一个查询人或一个查询单位",
                                        "name one account or one unit", "", "/account"};
inline constexpr Refusal kConsentOver{"consent_over", "有效期至今日之前",
                                      "its last day is over already", "", "/until"};
inline constexpr Refusal kConsenteeUnknown{"consentee_unknown", "没有此账号或单位",
                                           "there is no such account or unit"};
inline constexpr Refusal kConsentsTooMany{"consents_too_many", "该案件的同意过多，请先撤销",
                                          "the case has too many consents"};

}  // namespace docket
