/// Rule register (规则清理): one rule or standard document, from its draft through its yearly review
/// to its successor (XX17-3, 5; HN18-4, 23, 24; FJ18-13(2), 29).
#pragma once

#include "workflows/engine/machine.hpp"
#include "workflows/rule_register/commands.hpp"
#include "workflows/rule_register/events.hpp"
#include "workflows/rule_register/facts.hpp"
#include "workflows/rule_register/guards.hpp"
#include "workflows/rule_register/states.hpp"

namespace docket::rule_register {

struct RuleRegister : Definition<RuleRegister, Facts, Event> {
  static constexpr std::string_view kName = "rule_register", kZh = "规则清理";
  static constexpr std::string_view kPurpose =
      "部门制定规则、标准应征求综合监管部门意见，印发后抄送；谁制定、谁清理，每年清理并公布结果，"
      "由新规则取代或者废止。";
  using initial_state = Undrafted;
  using States = TypeList<Undrafted, Drafting, Consulting, Consulted, Issued, InForce, Reviewed,
                          Superseded, Repealed, Abandoned>;
  using Standing = When<ByMaker>;
  using ByDrafters = By<Role::kHandler, Role::kResourceOffice>;
  using ByDeciders = By<Role::kHead, Role::kResourceOffice>;
  using ByClock = By<Role::kClock>;

  // clang-format off
  using Rows = Table<
    //  from        command        to
    //      emits, who, when, for
    Row<Undrafted,  Draft,         Drafting,
        Emit<RuleDrafted>, ByDrafters,
        When<RegionOfCommandKnown, DraftedForOwnPlace, ParentNamed>>,
    Row<Any<Drafting, Consulted>, Revise, Drafting,
        Emit<RuleRevised>, ByDrafters>,
    Row<Drafting,   ConsultOffice, Consulting,
        Emit<OfficeConsulted>, ByDrafters>,
    Row<Consulting, GiveOpinion,   Consulted,
        Emit<OpinionGiven>, By<Role::kResourceOffice>, When<OfficeOfPlace>>,
    Row<Drafting,   Issue,         Issued,
        Emit<RuleIssued>, ByDeciders::ApartFrom<RuleDrafted, RuleRevised>,
        When<OfficeWasConsulted, DatesInOrder>>,
    Row<Consulting, Issue,         Issued,
        Emit<RuleIssued>, ByDeciders::ApartFrom<RuleDrafted, RuleRevised>,
        When<OfMaker, OpinionOverdue, DatesInOrder>>,
    Row<Consulted,  Issue,         Issued,
        Emit<RuleIssued>, ByDeciders::ApartFrom<RuleDrafted, RuleRevised>, When<DatesInOrder>>,
    Row<Issued,     TakeEffect,    InForce,
        Emit<RuleInForce>, ByClock>,
    Row<Any<Issued, InForce>, CopyToOffice, Same,
        Emit<CopySent>, ByDrafters, When<NotCopiedYet>>,
    Row<InForce,    Interpret,     Same,
        Emit<RuleInterpreted>, ByDeciders, When<InterpretedByNow>>,
    Row<InForce,    Review,        Reviewed,
        Emit<RuleReviewed>, ByDrafters>,
    Row<Reviewed,   PublishResult, InForce,
        Emit<ResultPublished>, ByDeciders::ApartFrom<RuleReviewed>>,
    Row<Any<InForce, Reviewed>, Supersede, Superseded,
        Emit<RuleSuperseded>, By<Role::kHead, Role::kResourceOffice, Role::kProcessManager>,
        When<SuccessorIsAnother>>,
    Row<Any<Issued, InForce, Reviewed>, Repeal, Repealed,
        Emit<RuleRepealed>, ByDeciders>,
    Row<Any<Drafting, Consulted>, Abandon, Abandoned,
        Emit<RuleAbandoned>, ByDeciders>
  >;
  // clang-format on
  using transition_table = Rows::Transitions;
  using internal_transition_table = Rows::Internals;

  static CaseSummary Summarise(const Facts& facts);
};

}  // namespace docket::rule_register
