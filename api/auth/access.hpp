/// Who may read a case and act on it, in which role, and what of it is shown: decided here and
/// nowhere else. Pure: nothing is read but arguments. Basis: HN18-12, FJ18-14, FJ18-18, XX17-2.1.
///
/// Which role may do which act is the table's word (By<…> of each row); what is added here is who
/// has anything to do with the case at all. Which account may use which address is operations.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"
#include "domain/event.hpp"
#include "domain/json.hpp"
#include "workflows/engine/sealing.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

enum class Access : std::uint8_t {
  kNone,
  kSealed,  ///< The case, without personal texts.
  kParty,   ///< What the complainant is told, and its own personal texts.
  kOpen,    ///< The case with personal texts: the reader's role needs them.
};

template <>
struct EnumTable<Access> {
  static constexpr std::array kNames{
      EnumName<Access>{Access::kNone, "none", "不可查阅"},
      EnumName<Access>{Access::kSealed, "sealed", "隐去个人信息"},
      EnumName<Access>{Access::kParty, "party", "当事人可见"},
      EnumName<Access>{Access::kOpen, "open", "全部"},
  };
};

/// Who asks, and on which day: grants of data have dates.
struct Reader {
  const Actor& actor;
  const Unit& unit;
  Date today;
};

/// What of a case the decision rests on.
struct CaseOutline {
  const Description* table = nullptr;  ///< Of its workflow.
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;                       ///< The competent unit; empty while there is none.
  std::vector<ActorId> handlers;     ///< 承办人.
  std::vector<ActorId> recused;      ///< 应当回避的人员.
  std::vector<ActorId> respondents;  ///< Accounts through which respondents act.
  std::vector<UnitId> concerned;     ///< Other units that act in it.
  Confidentiality confidentiality = Confidentiality::kOrdinary;
  ActorId opened_by;                              ///< Actor of the case's first event.
  std::optional<std::vector<ActorId>> readers{};  ///< 限定查阅: see CaseSummary.
  bool archived = false;                          ///< 已归档.
};
CaseOutline OutlineOf(std::string_view workflow, const CaseSummary& summary,
                      const ActorId& opened_by);

struct Reading {
  Access access = Access::kNone;
  std::optional<Role> role;  ///< In which the account reads; absent: it does not.
};

/// Open: the assigned handlers, and intake, legal reviewer, head, unit administrator and provider
/// where the case's table gives them acts, of the case's unit (until one has signed for it: of a
/// unit competent in its very division). Party: the complainant whose
/// account lodged it. Sealed: other staff of the competent unit; department roles of a unit that is
/// competent for the case's region and industry; the office, and whoever else the case's table
/// gives acts to, audit and discipline, of a region that covers the case's; whoever opened it.
/// Everybody else: none. A grant of data takes the place of the unit's region and industries, and
/// outside all of its grants an account reads nothing. Restricted cases are read by those to whom
/// they are open, by who opened them, and where a grant says so; of the case's unit, where readers
/// are named, by these and the head alone. A restricted case in the archive is read by the head of
/// its unit and the complainant, and by others with consent. Never: a recused officer, an
/// account whose roles exclude each other, and one of the three administrators, who read the cases
/// in whose table they have acts, without personal texts.
Reading ReadingOf(const CaseOutline& outline, const Reader& reader);
/// With a consent in force that names the reader (同意查询, FJ18-16(2)): as it would without the
/// archive, and sealed at the least; but none still for whom a case is nobody's business: recused
/// officers, administrators, and accounts whose roles exclude each other.
Reading ReadingWithConsent(const CaseOutline& outline, const Reader& reader);
/// True when it is the archive alone that keeps the reader from a case (FJ18-16(2), FJ18-26).
bool NeedsConsent(const CaseOutline& outline, const Reader& reader);
/// True for the head of the unit whose case it is: who gives consents, names readers.
bool Answers(const CaseOutline& outline, const Reader& reader);
/// The grants under which the account reads the case, or, without one, a stream that is none.
std::vector<const Scope*> GrantsFor(const std::optional<CaseOutline>& outline,
                                    const Reader& reader);

/// One act as it is sent.
struct Act {
  std::string_view command;
  const Actor* doer = nullptr;  ///< Whose act it is; null: nobody knows that account.
};

/// Why an account may not send these acts to a case in `state`; nullopt: the table decides. To an
/// account that may not read the case the answer is that of reading it, whatever its state, unless
/// a row gives the act to a role in which the account belongs to the case: who opened it, its
/// respondents, its unit, the offices of its region. To one that may read it, `role_not_permitted`
/// comes before anything that the content could be refused for.
std::optional<Rejection> RefusalToAct(const CaseOutline& outline, std::string_view state,
                                      const Reader& sender, const std::vector<Act>& acts);
inline constexpr Refusal kOutsideScope{"outside_scope", "不在该账号的数据授权范围内",
                                       "outside what this account was given access to", "HN18-12"};
/// The same for opening a case: `role_not_permitted`, `outside_scope`.
std::optional<Rejection> RefusalToOpen(const Description& table, const Reader& sender,
                                       const Act& act);
/// `case_not_readable`.
Rejection CaseNotReadable();

/// The roles to which rows for this command give it, in `state` or, without one, in any.
std::vector<Role> RolesWith(const Description& table, std::string_view command,
                            std::optional<std::string_view> state = std::nullopt);

/// True for accounts of parties only: everything that they may read is what they opened.
bool IsPortalOnly(const Actor& actor);
/// True for one of the three administrators (三员).
bool IsAdministrator(const Actor& actor);

/// The personal texts that this access opens: all, a party's own, none.
Reveal RevealTo(Access access);
/// True when personal texts are opened: such a reading is recorded before it is answered.
bool OpensPersonalTexts(Access access);

/// Is the reader told of this event? Everybody but a party sees all of a case that they may read;
/// a party sees what was served on it or done by it, and the clock of the decision.
bool IsToldOf(Access access, const RecordedEvent& event, const Json& data);
/// The same of a clock, by its name.
bool IsToldOfClock(Access access, std::string_view clock);

/// The state as this reader is shown it: parties see the public one (StateText::shown_as).
std::string StateFor(Access access, std::string_view workflow, std::string_view state);
/// The facts without what a party is not told: the office's drafts and internal measures.
Json FactsFor(Access access, std::string_view workflow, Json facts);

/// Replaces every sealed value by {"sealed": true}, and by {"erased": true, "erased_at": …} where
/// its key was destroyed.
Json WithoutSealedValues(const Json& value, const personal::ErasedKeys& erased = {});

/// Access to a stream that is no case: calendars are public, orders to erase are for nobody (each
/// case says what was erased of it).
Access AccessToOtherStream(const StreamId& stream);

}  // namespace docket
