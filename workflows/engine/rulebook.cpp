#include "workflows/engine/rulebook.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace docket {

namespace {

struct RulesFile {
  std::string workflow;
  std::vector<ClockRule> rules;
  std::vector<RuleOption> options;

  static FieldList Fields() {
    return {Field{"workflow", &RulesFile::workflow}, Field{"rules", &RulesFile::rules},
            Field{"options", &RulesFile::options}};
  }
};

bool InForceOn(const ClockRule& rule, Date on) {
  return rule.effective_from <= on && (!rule.effective_to || on <= *rule.effective_to);
}

bool Overlap(const ClockRule& a, const ClockRule& b) {
  const bool same_place = a.profile == b.profile && a.region == b.region;
  return a.id == b.id && same_place &&
         (InForceOn(a, b.effective_from) || InForceOn(b, a.effective_from));
}

FieldErrors RuleErrors(const std::vector<ClockRule>& rules) {
  FieldErrors errors;
  const auto add = [&](std::size_t i, const char* field, const Refusal& refusal) {
    json_detail::Add(errors, fmt::format("/rules/{}/{}", i, field), refusal);
  };
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& rule = rules[i];
    if (rule.start.empty())
      add(i, "start", {"rule_without_start", "规则没有起算事件", "the rule never starts"});
    if (rule.effective_to && *rule.effective_to < rule.effective_from) {
      add(i, "effective_to",
          {"rule_backwards_in_time", "失效日早于生效日", "the rule ends before it begins"});
    }
    if (!std::is_sorted(rule.reminders.rbegin(), rule.reminders.rend())) {
      add(i, "reminders", {"rule_reminders_unordered", "提醒阈值须由大到小", "reminders descend"});
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (rules[k].id == rule.id && rules[k].edition == rule.edition) {
        add(i, "edition",
            {"rule_duplicate", "规则版本重复", "this edition of the rule exists twice"});
      } else if (Overlap(rules[k], rule)) {
        add(i, "effective_from",
            {"rule_editions_overlap", "规则版本生效期重叠",
             "two editions are in force on one day"});
      }
    }
  }
  return errors;
}

/// The type of an event's field by its schema: a date, an instant, or nothing that counts.
bool HoldsDate(const EventText& event, const std::string& field) {
  if (field == "occurred_at") return true;
  const auto& properties = event.schema.at("properties");
  const auto found = properties.find(field);
  if (found == properties.end() || !found->contains("format")) return false;
  const auto& format = found->at("format");
  return format == "date" || format == "date-time";
}

class RuleChecker {
 public:
  RuleChecker(const Description& description, std::vector<std::string>& faults)
      : description_(description), faults_(faults) {}

  void CheckAnchor(const ClockRule& rule, const Anchor& anchor) {
    const EventText* event = description_.FindEvent(anchor.event);
    if (event == nullptr) {
      faults_.push_back(fmt::format("rule {} names the unknown event {}", rule.id, anchor.event));
      return;
    }
    for (const auto& field : anchor.at) {
      if (!HoldsDate(*event, field)) {
        faults_.push_back(
            fmt::format("rule {}: {} holds no date in {}", rule.id, anchor.event, field));
      }
    }
  }

  void CheckField(const ClockRule& rule, const std::string& field) {
    const bool known = std::any_of(rule.start.begin(), rule.start.end(), [&](const Anchor& anchor) {
      const EventText* event = description_.FindEvent(anchor.event);
      return event != nullptr && event->schema.at("properties").contains(field);
    });
    if (!known) {
      faults_.push_back(fmt::format("rule {}: no start event has the field {}", rule.id, field));
    }
  }

  void CheckCommand(const ClockRule& rule) {
    const bool clock_may =
        std::any_of(description_.rows.begin(), description_.rows.end(), [&](const RowText& row) {
          return row.command == *rule.on_lapse &&
                 std::find(row.roles.begin(), row.roles.end(), Role::kClock) != row.roles.end();
        });
    if (!clock_may) {
      faults_.push_back(fmt::format("rule {}: the clock may not {}", rule.id, *rule.on_lapse));
    }
  }

 private:
  const Description& description_;
  std::vector<std::string>& faults_;
};

}  // namespace

Expected<Rulebook> Rulebook::Parse(std::string_view text) {
  const auto json = ParseJson(text);
  if (!json) return tl::unexpected(json.error());
  auto file = Decode<RulesFile>(*json);
  if (!file) return tl::unexpected(file.error());
  auto errors = RuleErrors(file->rules);
  if (!errors.empty()) return tl::unexpected(InvalidFields(std::move(errors)));
  Rulebook book;
  book.workflow_ = std::move(file->workflow);
  book.rules_ = std::move(file->rules);
  book.options_ = std::move(file->options);
  return book;
}

std::vector<std::string> Rulebook::CheckAgainst(const Description& description) const {
  std::vector<std::string> faults;
  RuleChecker checker(description, faults);
  for (const auto& rule : rules_) {
    for (const auto& anchor : rule.start) checker.CheckAnchor(rule, anchor);
    for (const auto& anchor : rule.end) checker.CheckAnchor(rule, anchor);
    for (const auto& anchor : rule.cancel) checker.CheckAnchor(rule, anchor);
    for (const auto& pause : rule.pause) {
      checker.CheckAnchor(rule, pause.from);
      checker.CheckAnchor(rule, pause.to);
    }
    if (rule.amount_at) checker.CheckField(rule, *rule.amount_at);
    if (rule.instance) checker.CheckField(rule, *rule.instance);
    if (rule.on_lapse) checker.CheckCommand(rule);
  }
  return faults;
}

const ClockRule* Rulebook::Find(std::string_view id, std::string_view edition) const {
  for (const auto& rule : rules_) {
    if (rule.id == id && rule.edition == edition) return &rule;
  }
  return nullptr;
}

std::vector<const ClockRule*> Rulebook::InForce(std::string_view profile, const RegionCode& region,
                                                Date on) const {
  std::vector<const ClockRule*> rules;
  for (const auto& rule : rules_) {
    const bool applies = (!rule.profile || *rule.profile == profile) &&
                         (!rule.region || rule.region->Covers(region)) && InForceOn(rule, on);
    if (!applies) continue;
    // A regional overlay replaces the general rule of the same id.
    const auto same = std::find_if(rules.begin(), rules.end(),
                                   [&](const ClockRule* other) { return other->id == rule.id; });
    if (same == rules.end()) rules.push_back(&rule);
    else if (rule.region && !(*same)->region) *same = &rule;
  }
  return rules;
}

const ClockRule* Rulebook::InForce(std::string_view id, std::string_view profile,
                                   const RegionCode& region, Date on) const {
  for (const ClockRule* rule : InForce(profile, region, on)) {
    if (rule->id == id) return rule;
  }
  return nullptr;
}

bool Rulebook::OptionEnabled(std::string_view id, const RegionCode& region) const {
  return std::any_of(options_.begin(), options_.end(), [&](const RuleOption& option) {
    return option.id == id && option.enabled && (!option.region || option.region->Covers(region));
  });
}

}  // namespace docket
