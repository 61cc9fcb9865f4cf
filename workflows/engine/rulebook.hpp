/// The rulebook (规则库) of a workflow: which clocks run, by edition, from rules.json.
///
/// Every rule names its legal basis and how certain it is; one without a basis is refused at load.
/// A case keeps the edition in force when its clock started.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"
#include "domain/deadline/period.hpp"
#include "domain/json.hpp"
#include "domain/rejection.hpp"
#include "workflows/engine/clocks.hpp"
#include "workflows/engine/description.hpp"

namespace docket {

/// Where a rule's number comes from.
enum class Certainty : std::uint8_t {
  kSeed,         ///< S: stated in a regulation that this product implements.
  kStatute,      ///< A: national text, read verbatim.
  kSecondary,    ///< B: confirmed by a secondary source.
  kUnverified,   ///< C: from knowledge, not verified.
  kPractice,     ///< P: observed in a provincial system, not law.
  kEngineering,  ///< E: our own convention.
};

/// What it means that the period runs out.
enum class LapseMeaning : std::uint8_t {
  kOverdue,  ///< A duty was not done in time (超期).
  kExpires,  ///< A cap, or a party's own period, ends by itself.
};

/// What an edition does to clocks that run under an earlier one when it comes into force.
enum class InFlight : std::uint8_t {
  kKeep,
  kApplyNew,
  /// Whichever day is better for the parties: the later one of what runs out against somebody, the
  /// earlier one of what a unit owes.
  kMoreFavourable,
};

struct LegalBasis {
  std::string document;
  std::string article;

  static FieldList Fields() {
    return {Field{"document", &LegalBasis::document, "文件"},
            Field{"article", &LegalBasis::article, "条款"}};
  }
};

/// An event, and where in it the date stands: the first field present, or `occurred_at`. When
/// none is present the fact is unknown and nothing follows from it.
struct Anchor {
  std::string event;
  std::vector<std::string> at;  ///< Empty: occurred_at.

  static FieldList Fields() {
    return {Field{"event", &Anchor::event, "事件"}, Field{"at", &Anchor::at, "日期字段"}};
  }
};

struct PauseRule {
  Anchor from;
  Anchor to;
  std::string reason;

  static FieldList Fields() {
    return {Field{"from", &PauseRule::from, "开始"}, Field{"to", &PauseRule::to, "结束"},
            Field{"reason", &PauseRule::reason, "原因"}};
  }
};

struct ClockRule {
  std::string id;
  std::string edition;
  std::string title;
  std::string title_en;
  LegalBasis basis;
  Certainty certainty = Certainty::kEngineering;
  ClockKind kind = ClockKind::kStatutory;
  std::optional<std::string> profile;  ///< Absent: every profile.
  std::optional<RegionCode> region;    ///< A regional overlay; absent: everywhere.
  Period period;
  std::optional<std::string> amount_at;  ///< Field of the start event that gives the amount.
  std::optional<std::string> instance;   ///< Field that keeps clocks of several parties apart.
  std::vector<Anchor> start;
  std::vector<Anchor> end;
  std::vector<Anchor> cancel;
  std::vector<PauseRule> pause;
  std::vector<std::int64_t> reminders;  ///< Units left at which to remind, descending.
  LapseMeaning lapse = LapseMeaning::kOverdue;
  std::optional<std::string> on_lapse;  ///< Command that the clock gives the machine, by law.
  Date effective_from;
  std::optional<Date> effective_to;  ///< Last day in force.
  InFlight in_flight = InFlight::kKeep;
  std::optional<std::string> note;  ///< Reading taken, and what an office should confirm.

  static FieldList Fields() {
    return {Field{"id", &ClockRule::id},
            Field{"edition", &ClockRule::edition},
            Field{"title", &ClockRule::title},
            Field{"title_en", &ClockRule::title_en},
            Field{"basis", &ClockRule::basis},
            Field{"certainty", &ClockRule::certainty},
            Field{"kind", &ClockRule::kind},
            Field{"profile", &ClockRule::profile},
            Field{"region", &ClockRule::region},
            Field{"period", &ClockRule::period},
            Field{"amount_at", &ClockRule::amount_at},
            Field{"instance", &ClockRule::instance},
            Field{"start", &ClockRule::start},
            Field{"end", &ClockRule::end},
            Field{"cancel", &ClockRule::cancel},
            Field{"pause", &ClockRule::pause},
            Field{"reminders", &ClockRule::reminders},
            Field{"lapse", &ClockRule::lapse},
            Field{"on_lapse", &ClockRule::on_lapse},
            Field{"effective_from", &ClockRule::effective_from},
            Field{"effective_to", &ClockRule::effective_to},
            Field{"in_flight", &ClockRule::in_flight},
            Field{"note", &ClockRule::note}};
  }
};

/// A switch of a regional overlay, with its basis: e.g. deemed acceptance (视为受理).
struct RuleOption {
  std::string id;
  LegalBasis basis;
  Certainty certainty = Certainty::kEngineering;
  std::optional<RegionCode> region;
  bool enabled = false;
  std::string note;

  static FieldList Fields() {
    return {Field{"id", &RuleOption::id},
            Field{"basis", &RuleOption::basis},
            Field{"certainty", &RuleOption::certainty},
            Field{"region", &RuleOption::region},
            Field{"enabled", &RuleOption::enabled},
            Field{"note", &RuleOption::note}};
  }
};

class Rulebook {
 public:
  /// Strict: a rule without a basis lacks a field. Refused besides field errors:
  /// `rule_without_start`, `rule_duplicate`, `rule_editions_overlap`, `rule_backwards_in_time`,
  /// `rule_reminders_unordered`.
  static Expected<Rulebook> Parse(std::string_view text);

  /// What the workflow itself must confirm: that the events, fields and commands that the rules
  /// name exist, and that the clock may give its command. Empty: all is well.
  std::vector<std::string> CheckAgainst(const Description& description) const;

  const std::string& Workflow() const { return workflow_; }
  const std::vector<ClockRule>& Rules() const { return rules_; }
  const std::vector<RuleOption>& Options() const { return options_; }
  /// nullptr when there is no such rule.
  const ClockRule* Find(std::string_view id, std::string_view edition) const;
  /// Rules in force on a day for a profile and place.
  std::vector<const ClockRule*> InForce(std::string_view profile, const RegionCode& region,
                                        Date on) const;
  /// The rule of that id in force; nullptr when none is.
  const ClockRule* InForce(std::string_view id, std::string_view profile, const RegionCode& region,
                           Date on) const;
  bool OptionEnabled(std::string_view id, const RegionCode& region) const;

 private:
  std::string workflow_;
  std::vector<ClockRule> rules_;
  std::vector<RuleOption> options_;
};

template <>
struct EnumTable<Certainty> {
  static constexpr std::array kNames{
      EnumName<Certainty>{Certainty::kSeed, "S", "规章原文"},
      EnumName<Certainty>{Certainty::kStatute, "A", "国家法律法规原文"},
      EnumName<Certainty>{Certainty::kSecondary, "B", "二手来源印证"},
      EnumName<Certainty>{Certainty::kUnverified, "C", "待核实"},
      EnumName<Certainty>{Certainty::kPractice, "P", "实践做法"},
      EnumName<Certainty>{Certainty::kEngineering, "E", "工程约定"},
  };
};
template <>
struct EnumTable<LapseMeaning> {
  static constexpr std::array kNames{
      EnumName<LapseMeaning>{LapseMeaning::kOverdue, "overdue", "超期"},
      EnumName<LapseMeaning>{LapseMeaning::kExpires, "expires", "届满自行终止"},
  };
};
template <>
struct EnumTable<InFlight> {
  static constexpr std::array kNames{
      EnumName<InFlight>{InFlight::kKeep, "keep", "沿用旧规则"},
      EnumName<InFlight>{InFlight::kApplyNew, "apply_new", "适用新规则"},
      EnumName<InFlight>{InFlight::kMoreFavourable, "more_favourable", "从有利"},
  };
};

}  // namespace docket
