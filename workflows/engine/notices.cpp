#include "workflows/engine/notices.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "domain/embedded.hpp"
#include "domain/ensure.hpp"
#include "workflows/engine/deadline_events.hpp"
#include "workflows/engine/description.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& NoticeFiles();
}  // namespace embedded

namespace {

struct NoticesFile {
  std::string workflow;
  std::vector<NoticeRule> notices;
  std::vector<SilentClock> silent;

  static FieldList Fields() {
    return {Field{"workflow", &NoticesFile::workflow}, Field{"notices", &NoticesFile::notices},
            Field{"silent", &NoticesFile::silent}};
  }
};

template <class List, class Item>
bool IsAmong(const List& list, const Item& item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

class Checker {
 public:
  Checker(const Description& table, const Rulebook& rules) : table_(table), rules_(rules) {}

  void CheckRow(const NoticeRule& row) {
    if (!ids_.insert(row.id).second) Fault("notice {} exists twice", row.id);
    if (row.to.empty()) Fault("notice {} is for nobody", row.id);
    const bool of_clock = deadline::IsDeadlineEvent(row.on);
    const bool known =
        of_clock ? !deadline::ChineseOfType(row.on).empty() : table_.FindEvent(row.on) != nullptr;
    if (!known) Fault("notice {} is on the unknown event {}", row.id, row.on);
    if (of_clock != !row.clocks.empty()) {
      Fault("notice {}: deadline events, and no others, name clocks", row.id);
    }
    for (const auto& clock : row.clocks) CheckClock(row.id, clock);
    for (const auto& word : PlaceholdersOf(row.text)) {
      const bool has_value = IsAmong(kNoticePlaceholders, word) &&
                             (of_clock || (word != "clock" && word != "due" && word != "left")) &&
                             (word != "left" || row.on == deadline::Approaching::kType);
      if (!has_value) Fault("notice {}: {{{}}} has no value there", row.id, word);
    }
  }

  void CheckClock(const std::string& where, const std::string& clock) {
    const auto& rules = rules_.Rules();
    const bool known = std::any_of(rules.begin(), rules.end(),
                                   [&](const ClockRule& rule) { return rule.id == clock; });
    if (!known) Fault("notice {} names the unknown clock {}", where, clock);
  }

  void CheckEveryClock(const NoticeBook& book) {
    std::set<std::string> looked_at;
    for (const auto& rule : rules_.Rules()) {
      const bool is_silent =
          std::any_of(book.Silent().begin(), book.Silent().end(),
                      [&](const SilentClock& silent) { return silent.clock == rule.id; });
      if (!rule.reminders.empty()) Require(book, rule, deadline::Approaching::kType);
      // What an office sets itself (内部期限) is no breach when it lapses.
      const bool is_duty =
          rule.lapse == LapseMeaning::kOverdue && rule.kind != ClockKind::kInternal;
      if (is_duty) Require(book, rule, deadline::Lapsed::kType);
      if (!looked_at.insert(rule.id).second) continue;
      const bool is_told =
          std::any_of(book.Rows().begin(), book.Rows().end(),
                      [&](const NoticeRule& row) { return IsAmong(row.clocks, rule.id); });
      if (is_told == is_silent) {
        Fault("clock {} needs either a notice or a reason for silence", rule.id);
      }
    }
  }

  std::vector<std::string> Take() { return std::move(faults_); }

 private:
  template <class... Parts>
  void Fault(fmt::format_string<Parts...> text, Parts&&... parts) {
    auto fault = fmt::format(text, std::forward<Parts>(parts)...);
    if (!IsAmong(faults_, fault)) faults_.push_back(std::move(fault));
  }

  void Require(const NoticeBook& book, const ClockRule& rule, std::string_view type) {
    if (book.On(type, rule.id).empty()) Fault("clock {} has no notice on {}", rule.id, type);
  }

  const Description& table_;
  const Rulebook& rules_;
  std::set<std::string> ids_;
  std::vector<std::string> faults_;
};

NoticeBook ShippedBook(const Workflow& workflow) {
  const std::string path = fmt::format("workflows/{}/notices.json", workflow.Name());
  const auto& files = embedded::NoticeFiles();
  const auto file = std::find_if(files.begin(), files.end(),
                                 [&](const auto& candidate) { return candidate.path == path; });
  ENSURE(file != files.end(), "{} is compiled in", path);
  auto book = NoticeBook::Parse(file->text);
  ENSURE(book.has_value(), "{} is read: {}", path,
         book.error().fields.empty() ? book.error().en : book.error().fields.front().pointer);
  const auto faults = book->CheckAgainst(workflow.Describe(), workflow.Rules());
  ENSURE(faults.empty(), "{}: {}", path, faults.front());
  return std::move(*book);
}

}  // namespace

bool IsUrgent(NoticeKind kind) { return kind == NoticeKind::kSecurity; }

bool IsMandatory(NoticeKind kind) {
  return kind == NoticeKind::kOverdue || kind == NoticeKind::kSecurity;
}

bool IsEscalated(NoticeKind kind) {
  return kind == NoticeKind::kWarning || kind == NoticeKind::kOverdue;
}

std::string NoticeText(std::string_view text, const NoticeFacts& facts) {
  const std::map<std::string_view, std::string_view> values = {{"case", facts.case_id},
                                                               {"clock", facts.clock},
                                                               {"due", facts.due},
                                                               {"left", facts.left},
                                                               {"account", facts.account}};
  return FillIn(text, [&](std::string_view word) {
    const auto found = values.find(word);
    return found == values.end() ? std::string_view() : found->second;
  });
}

std::vector<std::string> PlaceholdersOf(std::string_view text) {
  std::vector<std::string> words;
  FillIn(text, [&](std::string_view word) {
    words.emplace_back(word);
    return "";
  });
  return words;
}

std::string_view RuleOfClock(std::string_view clock) {
  return clock.substr(0, clock.find_first_of(":#"));
}

Expected<NoticeBook> NoticeBook::Parse(std::string_view text) {
  const auto json = ParseJson(text);
  if (!json) return tl::unexpected(json.error());
  auto file = Decode<NoticesFile>(*json);
  if (!file) return tl::unexpected(file.error());
  NoticeBook book;
  book.workflow_ = std::move(file->workflow);
  book.rows_ = std::move(file->notices);
  book.silent_ = std::move(file->silent);
  return book;
}

std::vector<std::string> NoticeBook::CheckAgainst(const Description& table,
                                                  const Rulebook& rules) const {
  Checker checker(table, rules);
  for (const auto& row : rows_) checker.CheckRow(row);
  for (const auto& silent : silent_) checker.CheckClock("silent", silent.clock);
  checker.CheckEveryClock(*this);
  auto faults = checker.Take();
  if (workflow_ != table.name) faults.push_back("the notices are those of " + workflow_);
  return faults;
}

std::vector<const NoticeRule*> NoticeBook::On(std::string_view type, std::string_view clock) const {
  std::vector<const NoticeRule*> rows;
  const std::string rule(RuleOfClock(clock));
  for (const auto& row : rows_) {
    if (row.on == type && (row.clocks.empty() || IsAmong(row.clocks, rule))) rows.push_back(&row);
  }
  return rows;
}

const NoticeBook& NoticesOf(const Workflow& workflow) {
  static const auto books = [] {
    std::map<std::string_view, NoticeBook> made;
    for (const Workflow* one : AllWorkflows()) made.emplace(one->Name(), ShippedBook(*one));
    return made;
  }();
  return books.at(workflow.Name());
}

}  // namespace docket
