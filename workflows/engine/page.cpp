#include "workflows/engine/page.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "workflows/engine/notices.hpp"
#include "workflows/engine/rulebook.hpp"

namespace docket {

namespace {

template <class List, class Text>
std::string Join(const List& list, const std::string& separator, const Text& text) {
  std::string out;
  for (const auto& item : list) out += (out.empty() ? "" : separator) + std::string(text(item));
  return out;
}

/// Rows that differ in nothing but the state they start from.
struct RowGroup {
  RowText row;
  std::vector<std::string> from;
  bool keeps_state = false;
};

std::vector<RowGroup> Grouped(const std::vector<RowText>& rows) {
  std::vector<RowGroup> groups;
  for (const auto& row : rows) {
    const bool keeps = row.from == row.to;
    const auto same = [&](const RowGroup& group) {
      const auto& r = group.row;
      return r.command == row.command && r.applies == row.applies && r.roles == row.roles &&
             r.emits == row.emits && r.apart == row.apart && group.keeps_state == keeps &&
             (keeps || r.to == row.to);
    };
    const auto found = std::find_if(groups.begin(), groups.end(), same);
    if (found == groups.end()) groups.push_back({row, {row.from}, keeps});
    else found->from.push_back(row.from);
  }
  return groups;
}

std::string Diagram(const Description& d) {
  std::string out = "```mermaid\nstateDiagram-v2\n";
  for (const auto& state : d.states) {
    if (state.name != d.initial) out += fmt::format("    {} : {}\n", state.name, state.zh);
  }
  const auto shown = [&](const std::string& state) {
    return state == d.initial ? std::string("[*]") : state;
  };
  // One arrow for all commands between two states; what keeps a state is in the table below.
  std::vector<std::pair<std::string, std::string>> arrows;
  for (const auto& row : d.rows) {
    if (row.from == row.to) continue;
    const std::string arrow = shown(row.from) + " --> " + row.to;
    const auto found = std::find_if(arrows.begin(), arrows.end(),
                                    [&](const auto& known) { return known.first == arrow; });
    if (found == arrows.end()) arrows.emplace_back(arrow, row.command);
    else if (found->second.find(row.command) == std::string::npos)
      found->second += ", " + row.command;
  }
  for (const auto& [arrow, commands] : arrows) out += fmt::format("    {}: {}\n", arrow, commands);
  for (const auto& state : d.states) {
    if (state.terminal) out += fmt::format("    {} --> [*]\n", state.name);
  }
  return out + "```\n";
}

std::string States(const Description& d) {
  std::string out = "## States 状态\n\n| state | 状态 | ends |\n| --- | --- | --- |\n";
  for (const auto& state : d.states) {
    out += fmt::format("| `{}` | {} | {} |\n", state.name, state.zh, state.terminal ? "yes" : "");
  }
  return out + "\n";
}

std::string FieldsOf(const Json& schema) {
  const Json required = schema.value("required", Json::array());
  std::string out;
  for (const auto& [name, field] : schema.at("properties").items()) {
    const bool must = std::find(required.begin(), required.end(), Json(name)) != required.end();
    out += fmt::format("{}`{}`{} {}{}", out.empty() ? "" : "<br>", name, must ? "" : "?",
                       field.value("title", ""), field.contains("x-personal") ? " 🔒" : "");
  }
  return out;
}

std::string Commands(const Description& d) {
  std::string out =
      "## Commands 操作\n\nIn the order of the table: a row is chosen by state and selector; then "
      "role, separation of duties, standing guards and the row's own guards refuse, the first that "
      "fails. A field with `?` may be absent; 🔒 marks personal data, stored sealed.\n\n";
  if (!d.standing.empty()) {
    out += "Standing guards: " +
           Join(d.standing, ", ",
                [](const Refusal& refusal) {
                  return fmt::format("`{}` {}", refusal.code, refusal.zh);
                }) +
           ".\n\n";
  }
  out += "| command | from | to | for | who | refusals, in order | emits |\n";
  out += "| --- | --- | --- | --- | --- | --- | --- |\n";
  const auto code = [](const std::string& text) { return "`" + text + "`"; };
  for (const auto& group : Grouped(d.rows)) {
    const auto& row = group.row;
    std::string who = Join(row.roles, ", ", [](Role role) { return std::string(ChineseOf(role)); });
    if (!row.apart.empty()) who += "<br>≠ " + Join(row.apart, ", ", code);
    out += fmt::format("| `{}` {} | {} | {} | {} | {} | {} | {} |\n", row.command,
                       d.FindCommand(row.command)->zh, Join(group.from, "<br>", code),
                       group.keeps_state ? "(same)" : code(row.to), row.applies, who,
                       Join(row.guards, "<br>",
                            [](const Refusal& guard) { return fmt::format("`{}`", guard.code); }),
                       Join(row.emits, "<br>", code));
  }
  out += "\n### Fields 字段\n\n| command | fields |\n| --- | --- |\n";
  for (const auto& command : d.commands) {
    out += fmt::format("| `{}` {} | {} |\n", command.name, command.zh, FieldsOf(command.schema));
  }
  return out + "\n";
}

std::string Refusals(const Description& d) {
  std::map<std::string, Refusal> refusals;
  for (const auto& row : d.rows) {
    for (const auto& guard : row.guards) refusals.emplace(guard.code, guard);
  }
  for (const auto& guard : d.standing) refusals.emplace(guard.code, guard);
  std::string out =
      "## Refusals 拒绝理由\n\n| code | 说明 | meaning | basis |\n| --- | --- | --- | --- |\n";
  for (const auto& [code, refusal] : refusals) {
    out += fmt::format("| `{}` | {} | {} | {} |\n", code, refusal.zh, refusal.en, refusal.basis);
  }
  return out + "\n";
}

std::string Events(const Description& d) {
  std::string out =
      "## Events 事件\n\n| event | version | 事件 | fields |\n| --- | --- | --- | --- |\n";
  for (const auto& event : d.events) {
    out += fmt::format("| `{}` | {} | {} | {} |\n", event.type, event.version, event.zh,
                       FieldsOf(event.schema));
  }
  return out + "\n";
}

std::string AnchorText(const Anchor& anchor) {
  std::string out = "`" + anchor.event + "`";
  if (!anchor.at.empty()) {
    out += " (" + Join(anchor.at, " or ", [](const std::string& field) { return field; }) + ")";
  }
  return out;
}

std::string PeriodText(const ClockRule& rule) {
  return fmt::format("{}{} {}{}{}{}", rule.period.direction == Direction::kBackward ? "提前 " : "",
                     rule.period.amount, ChineseOf(rule.period.unit),
                     rule.period.roll == Roll::kNone ? "" : "，",
                     rule.period.roll == Roll::kNone ? "" : ChineseOf(rule.period.roll),
                     rule.amount_at ? "；或 `" + *rule.amount_at + "`" : "");
}

std::string Deadlines(const Rulebook& rules) {
  if (rules.Rules().empty()) return "";
  std::string out =
      "## Deadlines 期限\n\nCertainty: S regulation, A national text, B secondary source, C "
      "unverified, P practice, E our convention.\n\n"
      "| rule | 事项 | for | period | starts | ends | stands still | when it runs out | basis | "
      "certainty | in force |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const auto& rule : rules.Rules()) {
    const std::string lapse =
        std::string(ChineseOf(rule.lapse)) + (rule.on_lapse ? " → `" + *rule.on_lapse + "`" : "");
    out += fmt::format(
        "| `{}` | {}（{}） | {} | {} | {} | {} | {} | {} | {} {} | {} | {}{} |\n", rule.id,
        rule.title, ChineseOf(rule.kind), rule.profile.value_or(""), PeriodText(rule),
        Join(rule.start, "<br>", AnchorText), Join(rule.end, "<br>", AnchorText),
        Join(rule.pause, "<br>", [](const PauseRule& pause) { return pause.reason; }), lapse,
        rule.basis.document, rule.basis.article, NameOf(rule.certainty),
        rule.effective_from.ToString(),
        rule.effective_to ? " – " + rule.effective_to->ToString() : "");
  }
  out += "\n";
  for (const auto& rule : rules.Rules()) {
    if (rule.note) out += fmt::format("- `{}` {}: {}\n", rule.id, rule.edition, *rule.note);
  }
  return out + "\n";
}

std::string Options(const Rulebook& rules) {
  if (rules.Options().empty()) return "";
  std::string out =
      "## Options 选项\n\n| option | region | enabled | basis | certainty | note |\n"
      "| --- | --- | --- | --- | --- | --- |\n";
  for (const auto& option : rules.Options()) {
    out += fmt::format("| `{}` | {} | {} | {} {} | {} | {} |\n", option.id,
                       option.region ? option.region->value : "", option.enabled ? "yes" : "no",
                       option.basis.document, option.basis.article, NameOf(option.certainty),
                       option.note);
  }
  return out + "\n";
}

std::string Notices(const NoticeBook& book) {
  std::string out =
      "## Notices 通知\n\n| notice | on | clocks | kind | to | text |\n"
      "| --- | --- | --- | --- | --- | --- |\n";
  const auto code = [](const std::string& text) { return "`" + text + "`"; };
  for (const auto& row : book.Rows()) {
    const auto zh = [](NoticeAudience who) { return std::string(ChineseOf(who)); };
    out += fmt::format("| `{}` | `{}` | {} | {} | {} | {} |\n", row.id, row.on,
                       Join(row.clocks, ", ", code), ChineseOf(row.kind), Join(row.to, "、", zh),
                       row.text);
  }
  out += "\n";
  for (const auto& silent : book.Silent()) {
    out += fmt::format("- Nobody is told of `{}`: {}\n", silent.clock, silent.why);
  }
  return out + "\n";
}

}  // namespace

std::string WorkflowPage(const Workflow& workflow) {
  const Description& d = workflow.Describe();
  std::string page =
      fmt::format("# {} {}\n\nGenerated from workflows/{}/ by `script/docs`; edit that.\n\n{}\n\n",
                  d.zh, d.name, d.name, d.purpose);
  page += Diagram(d) + "\n" + States(d) + Commands(d) + Refusals(d) + Events(d) +
          Deadlines(workflow.Rules()) + Options(workflow.Rules()) + Notices(NoticesOf(workflow));
  while (!page.empty() && page.back() == '\n') page.pop_back();
  return page + "\n";
}

}  // namespace docket
