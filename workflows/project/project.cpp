#include "workflows/project/project.hpp"

#include "domain/text/identity_text.hpp"
#include "workflows/engine/rules_text.hpp"
#include "workflows/engine/workflow_for.hpp"

namespace docket::project {

namespace {

/// The same for the same contact in whatever project, and nothing to whoever lacks the key. The
/// kind keeps marks of one kind apart from those of another, and from those of persons elsewhere.
template <class Normalise>
std::optional<std::string> MarkOf(std::string_view kind, const std::optional<PersonalText>& text,
                                  const Normalise& normalise, const Context& context) {
  if (!text || context.pseudonym == nullptr) return std::nullopt;
  const std::string normal = normalise(text->text);
  if (normal.empty()) return std::nullopt;
  return (*context.pseudonym)(std::string(kind) + "\n" + normal);
}

}  // namespace

std::vector<Claim> ProjectRecorded::Claims(const Facts& before) const {
  if (before.state != Unrecorded::kName) return {};
  return {{.kind = Claim::Kind::kTake,
           .registry = std::string(kProjectRegistry),
           .name = project.value,
           .taken = kProjectKnown}};
}

EnrolmentRecorded EnrolmentRecorded::From(const RecordEnrolment& c, const Facts&,
                                          const Context& context) {
  EnrolmentRecorded event{c.record, c.section, c.enrolled_at, {}};
  for (const auto& bidder : c.bidders) {
    event.bidders.push_back({bidder, MarkOf("bidder_phone", bidder.phone, NormalisePhone, context),
                             MarkOf("bidder_email", bidder.email, NormaliseEmail, context),
                             MarkOf("bidder_address", bidder.address, NormaliseName, context)});
  }
  return event;
}

ProjectClosed ProjectClosed::From(const Close& c, const Facts& facts, const Context&) {
  return {c, StepsMissing(facts)};
}

CaseSummary Project::Summarise(const Facts& facts) {
  CaseSummary summary;
  if (facts.industry == Industry::kGovernmentProcurement) {
    summary.profile = "government_procurement";
  }
  summary.title = facts.project_name;
  summary.region = facts.region;
  summary.industry = facts.industry;
  summary.unit = facts.provider;
  summary.received_on = facts.registered_on;
  if (facts.ending) summary.outcome = NameOf(*facts.ending);
  if (!facts.steps_missed.empty()) summary.flags.emplace_back("steps_missed");
  if (facts.corrections > 0) summary.flags.emplace_back("corrected");
  // Who and how many bid is kept secret until the opening (招标投标法 22).
  if (!facts.bidders.empty() && facts.openings.empty()) {
    summary.confidentiality = Confidentiality::kRestricted;
  }
  return summary;
}

const Workflow& Definition() {
  static const WorkflowFor<Project> workflow(RulesText(Project::kName));
  return workflow;
}

}  // namespace docket::project
