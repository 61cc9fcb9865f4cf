#include "tests/simulation/invariants.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "workflows/engine/claims.hpp"
#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket::simulation {

namespace {

std::string Place(const RecordedEvent& event) {
  return fmt::format("{} at position {} ({} {})", event.type, event.position.value,
                     event.stream.value, event.version.value);
}

std::string TextOf(const Json& data, const char* name) {
  const auto found = data.find(name);
  return found != data.end() && found->is_string() ? found->get<std::string>() : "";
}

bool EndsCase(const CaseModel& model, const StreamId& case_id) {
  const StateText* state = WorkflowOf(case_id)->Describe().FindState(model.State());
  return state != nullptr && state->terminal;
}

/// It ends by itself, as a party's right and the keeping of a record, or by an act that the state
/// still allows.
bool MayStillEnd(const CaseClock& clock, const Workflow& workflow, std::string_view state) {
  const ClockRule* rule = workflow.Rules().Find(clock.rule, clock.edition);
  if (rule == nullptr || clock.state != ClockState::kRunning) return false;
  if (rule->lapse == LapseMeaning::kExpires) return true;
  const auto& rows = workflow.Describe().rows;
  return std::any_of(rule->end.begin(), rule->end.end(), [&](const Anchor& anchor) {
    return std::any_of(rows.begin(), rows.end(), [&](const RowText& row) {
      return row.from == state &&
             std::find(row.emits.begin(), row.emits.end(), anchor.event) != row.emits.end();
    });
  });
}

/// What is wrong with a clock as it stands now; empty: nothing. That one waits without a reason no
/// event can say: such a pause cannot be read.
std::string FaultOf(const CaseClock& clock, bool may_be_open, Instant now) {
  if (clock.IsOpen() && !may_be_open) return "is open in a case that has ended";
  if (clock.state == ClockState::kEndedLate && clock.late_by < 1) return "ended late by nothing";
  if (clock.state != ClockState::kRunning) return "";
  if (!clock.due_at) return "runs without a due day";
  return *clock.due_at <= now ? "is over, and nobody recorded it" : "";
}

/// What the events of clocks themselves have to say.
class ClockReasons {
 public:
  void Read(const RecordedEvent& event, Problems& problems) {
    types_[event.stream].insert(event.type);
    if (!deadline::IsDeadlineEvent(event.type)) return;
    const Json data = DataOf(event);
    const std::string clock = TextOf(data, "clock");
    if (event.type == deadline::Lapsed::kType || event.type == deadline::Expired::kType) {
      lapses_.insert({event.id, clock});
    }
    if (const auto because = TextOf(data, "because");
        !because.empty() && !types_[event.stream].contains(because)) {
      problems.push_back(fmt::format("{}: because of {}, which never was", Place(event), because));
    }
    const EventId superseded(TextOf(data, "supersedes"));
    if (!superseded.empty() && !lapses_.contains({superseded, clock})) {
      problems.push_back(fmt::format("{}: supersedes no lapse of {}", Place(event), clock));
    }
  }

 private:
  std::map<StreamId, std::set<std::string>> types_;
  std::set<std::pair<EventId, std::string>> lapses_;
};

/// Numbers in place of whatever is random, in the order in which it appears.
class Numbers {
 public:
  std::string Replace(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = LengthOfRandom(text.substr(at));
      if (length == 0) {
        out += text[at++];
        continue;
      }
      const auto [found, is_new] =
          known_.emplace(std::string(text.substr(at, length)), known_.size() + 1);
      out += fmt::format("#{}", found->second);
      at += length;
    }
    return out;
  }

 private:
  static bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
  /// Of a UUID or a digest that begins the text; 0: none does.
  static std::size_t LengthOfRandom(std::string_view text) {
    constexpr std::size_t kUuid = 36;
    constexpr std::size_t kDigest = 64;
    const auto hex =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), IsHex) - text.begin());
    if (hex >= kDigest) return kDigest;
    constexpr std::size_t kFirst = 8;
    if (hex != kFirst || text.size() < kUuid) return 0;
    for (std::size_t i = 0; i < kUuid; ++i) {
      const bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      if (is_hyphen ? text[i] != '-' : !IsHex(text[i])) return 0;
    }
    return kUuid;
  }

  std::map<std::string, std::size_t> known_;
};

void HideSealed(Json& json) {
  if (json.is_object() && json.contains("$sealed")) json = "sealed";
  if (!json.is_structured()) return;
  for (auto& item : json) HideSealed(item);
}

}  // namespace

void Fold::Apply(const RecordedEvent& event) {
  const Workflow* workflow = WorkflowOf(event.stream);
  if (workflow == nullptr) return;
  auto& model = cases_[event.stream];
  if (!model) model = workflow->NewCase();
  model->Apply(event);
}

const CaseModel* Fold::Find(const StreamId& case_id) const {
  const auto found = cases_.find(case_id);
  return found == cases_.end() ? nullptr : found->second.get();
}

Problems CheckStreams(const History& history) {
  Problems problems;
  Position position;
  Instant recorded_at = Instant::FromMicros(INT64_MIN);
  std::map<StreamId, Version> versions;
  for (const auto& event : history) {
    position = position.Next();
    if (event.position != position) {
      problems.push_back(fmt::format("{} comes where {} should", Place(event), position.value));
      return problems;
    }
    auto& version = versions[event.stream];
    version = version.Next();
    if (event.version != version) {
      problems.push_back(fmt::format("{} should be version {}", Place(event), version.value));
      version = event.version;
    }
    if (event.recorded_at < recorded_at) {
      problems.push_back(fmt::format("{} was recorded before the one before it", Place(event)));
    }
    recorded_at = event.recorded_at;
  }
  return problems;
}

Problems CheckAcknowledged(const History& history, const std::vector<Acknowledged>& acknowledged) {
  Problems problems;
  std::map<CommandId, std::vector<const RecordedEvent*>> stored;
  for (const auto& event : history) stored[event.command_id].push_back(&event);
  for (const auto& told : acknowledged) {
    std::vector<std::string> types;
    Version version;
    Position last;
    for (const RecordedEvent* event : stored[told.command]) {
      last = std::max(last, event->position);
      if (event->stream != told.case_id) continue;
      types.push_back(event->type);
      version = event->version;
    }
    if (types.empty() || (!told.types.empty() && types != told.types)) {
      problems.push_back(fmt::format("{} was acknowledged with [{}] and left [{}] in {}",
                                     told.command.value, fmt::join(told.types, " "),
                                     fmt::join(types, " "), told.case_id.value));
    } else if (version != told.version || last != told.last) {
      problems.push_back(fmt::format(
          "{} was acknowledged as version {} to position {}, and is {} "
          "to {}",
          told.command.value, told.version.value, told.last.value, version.value, last.value));
    }
  }
  return problems;
}

Problems CheckSingleEffects(const History& history) {
  Problems problems;
  std::set<EventId> events;
  std::set<CommandId> done;
  CommandId current;
  for (const auto& event : history) {
    if (!events.insert(event.id).second) {
      problems.push_back(fmt::format("{}: its id is another event's", Place(event)));
    }
    if (event.command_id == current) continue;
    current = event.command_id;
    // All events of a command stand together: what comes again is a second effect. The id of a
    // link's command names the link and its event.
    if (!done.insert(current).second) {
      problems.push_back(
          fmt::format("{}: command {} took effect again", Place(event), current.value));
    }
  }
  return problems;
}

Problems CheckClaims(const History& history) {
  // Claims that a successor may take from whoever holds them, in the same append.
  const std::set<std::string, std::less<>> passed_on{"unit_administrator", "bulletin_quarter",
                                                     "catalogue_in_force"};
  Problems problems;
  std::map<StreamId, std::string> holders;
  for (const auto& event : history) {
    const bool is_taken = event.type == ClaimTaken::kType;
    if (!is_taken && event.type != ClaimReleased::kType) continue;
    const std::string by = TextOf(DataOf(event), "case_id");
    const std::string registry = event.stream.value.substr(0, event.stream.value.find('-'));
    std::string& holder = holders[event.stream];
    if (is_taken && holder == by) {
      problems.push_back(fmt::format("{}: {} holds it already", Place(event), by));
    } else if (is_taken && !holder.empty() && !passed_on.contains(registry)) {
      problems.push_back(fmt::format("{}: {} takes what {} holds", Place(event), by, holder));
    } else if (!is_taken && holder != by) {
      problems.push_back(fmt::format("{}: {} releases what it does not hold", Place(event), by));
    }
    holder = is_taken ? by : "";
  }
  return problems;
}

Problems CheckClocks(const History& history, Instant now) {
  Problems problems;
  Fold fold;
  ClockReasons reasons;
  for (const auto& event : history) {
    fold.Apply(event);
    reasons.Read(event, problems);
  }
  for (const auto& [case_id, model] : fold.All()) {
    const bool is_open = !EndsCase(*model, case_id);
    for (const auto& clock : model->Clocks().All()) {
      const bool may_be_open = is_open || MayStillEnd(clock, *WorkflowOf(case_id), model->State());
      const std::string fault = FaultOf(clock, may_be_open, now);
      if (fault.empty()) continue;
      problems.push_back(
          fmt::format("{} ({}): clock {} {}", case_id.value, model->State(), clock.clock, fault));
    }
  }
  return problems;
}

std::vector<std::string> Canonical(const History& history) {
  std::vector<std::string> lines;
  Numbers numbers;
  for (const auto& event : history) {
    Json data = DataOf(event);
    HideSealed(data);
    lines.push_back(numbers.Replace(fmt::format(
        "{} {} {} {} by {} for {} as {} of {} at {} recorded {} command {} after {} in {}: {}",
        event.stream.value, event.version.value, event.type, event.id.value,
        event.recorded_by.value, event.actor.value, NameOf(event.role), event.unit.value,
        event.occurred_at.ToString(), event.recorded_at.ToString(), event.command_id.value,
        event.causation.value, event.correlation.value, CanonicalJson(data))));
  }
  return lines;
}

}  // namespace docket::simulation
