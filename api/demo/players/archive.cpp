#include "api/demo/scenario.hpp"

#include <algorithm>

namespace docket::demo::archive {

namespace {

/// Whoever keeps the file: the centre that opened it, or the department's intake.
const Actor* Keeper(Turn& turn, const std::vector<ActorId>& others = {}) {
  const CaseInPlay& file = *turn.current;
  if (!file.Has("/keeper")) return turn.Officer(Role::kIntake, others);
  return turn.world.AnyBut(turn.random, Role::kTradingCentre, file.Unit("/keeper"), others);
}

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Project& project = random.Pick(turn.world.Projects());
  const auto files = turn.cases("archive");
  const bool is_open = std::any_of(files.begin(), files.end(), [&](const CaseInPlay* file) {
    return file->Text("/project") == project.code.value;
  });
  Moves moves;
  if (is_open) return moves;
  const UnitId department = turn.world.Departments(project.region, project.industry).front()->id;
  const Json file = {{"region", project.region.value},
                     {"industry", NameOf(project.industry)},
                     {"project", project.code.value},
                     {"project_name", project.name},
                     {"unit", department.value}};
  moves.Add(3, turn.Near(Role::kTradingCentre, project.region), "open", file);
  moves.AddAs("department", 1, turn.world.Any(random, Role::kIntake, department), "open", file);
  return moves;
}

/// Items of the file that are still there, by number.
std::vector<std::string> Items(const CaseInPlay& file, std::string_view mark = "") {
  std::vector<std::string> numbers;
  const Json items = file.facts.value("items", Json::array());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool marked = mark.empty() || items[i].value(std::string(mark), false);
    if (marked && !items[i].value("is_gone", false)) numbers.push_back(std::to_string(i + 1));
  }
  return numbers;
}

bool HasRecordings(const CaseInPlay& file) {
  const Json items = file.facts.value("items", Json::array());
  return std::any_of(items.begin(), items.end(), [](const Json& item) {
    return item.value("carrier", "") == "media" && !item.value("is_gone", false);
  });
}

/// No period for which the file, or its recordings alone, are kept is still running.
bool IsOver(const Turn& turn, bool of_media) {
  bool runs = turn.Runs("procurement_retention") || turn.Runs("media_complaint_retention") ||
              (!of_media && turn.Runs("file_retention"));
  const std::size_t items = turn.current->facts.value("items", Json::array()).size();
  for (std::size_t i = 1; i <= items; ++i) {
    runs = runs || turn.Runs("media_retention:" + std::to_string(i));
  }
  return !runs;
}

bool IsHeld(const CaseInPlay& file) {
  const Json complaints = file.facts.value("complaints", Json::array());
  return file.Has("/holds") ||
         std::any_of(complaints.begin(), complaints.end(),
                     [](const Json& complaint) { return !complaint.contains("closed_on"); });
}

void AddCollecting(Turn& turn, int weight, Moves& moves) {
  auto& random = turn.random;
  const Actor* const keeper = Keeper(turn);
  moves.Add(weight, keeper, "collect_item",
            {{"carrier", "electronic"},
             {"title", "投标文件"},
             {"document", Document(random, "投标文件.pdf")},
             {"confidential", true},
             {"is_bid", true}});
  moves.AddAs("paper", weight, keeper, "collect_item",
              {{"carrier", "paper"},
               {"title", "评标报告"},
               {"shelf_mark", "3 库 12 架"},
               {"confidential", false},
               {"is_bid", false}});
  moves.AddAs("media", weight, keeper, "collect_item",
              {{"carrier", "media"},
               {"title", "开标现场录像"},
               {"document", Document(random, "开标录像.mp4")},
               {"recording_ended_on", turn.Day(-random.Between(1, 1'500))},
               {"confidential", false},
               {"is_bid", false}});
}

/// What lies in the archive a long time already was entered late.
void AddFilingAway(Turn& turn, Moves& moves) {
  if (Items(*turn.current).empty()) return;
  const int age =
      turn.random.Chance(30) ? turn.random.Between(3'700, 6'000) : turn.random.Between(1, 200);
  moves.Add(6, Keeper(turn), "archive",
            {{"archive_no", "GGZY-" + turn.Day().substr(0, 4) + "-" +
                                std::to_string(turn.random.Between(1, 9'999))},
             {"project_closed_on", turn.Day(-age)}});
}

void AddConsents(Turn& turn, Moves& moves) {
  const CaseInPlay& file = *turn.current;
  auto& random = turn.random;
  const auto items = Items(file);
  if (items.empty()) return;
  const Json first = Json::array({items.front()});
  moves.Add(3, turn.world.Any(random, Role::kComplainant), "request_consent",
            {{"right", random.Chance(60) ? "query" : "copy"},
             {"items", first},
             {"purpose", "核对开标记录"}});
  const Json consents = file.facts.value("consents", Json::array());
  for (std::size_t i = 0; i < consents.size(); ++i) {
    const Json& consent = consents[i];
    const std::string number = std::to_string(i + 1);
    const std::string state = consent.value("state", "");
    auto others = file.Who("archive.consent_requested");
    if (state == "requested") {
      moves.Add(5, turn.Officer(Role::kHandler, others), "review_consent",
                {{"consent", number}, {"opinion", "申请事由成立"}});
    }
    if (state == "reviewed") {
      moves.Add(5, turn.Officer(Role::kHead), "grant_consent",
                {{"consent", number},
                 {"items", first},
                 {"until", turn.Day(random.Between(3, 40))},
                 {"document", Document(random, "同意查询函.pdf")}});
      moves.Add(1, turn.Officer(Role::kHead), "refuse_consent",
                {{"consent", number}, {"reason", "与本人无利害关系"}});
    }
    const bool is_in_force = state == "granted" && consent.value("until", "") >= turn.Day();
    if (is_in_force) {
      moves.Add(5, turn.world.Person(ActorId(consent.value("account", ""))), "use_consent",
                {{"consent", number}, {"right", consent.at("right")}, {"items", first}});
      moves.Add(1, turn.Officer(Role::kHead), "revoke_consent",
                {{"consent", number}, {"reason", "用途与申请不符"}});
    }
  }
}

void AddDownloads(Turn& turn, Moves& moves) {
  const CaseInPlay& file = *turn.current;
  const auto bids = Items(file, "is_bid");
  if (!file.Has("/award_notice_on")) {
    const Actor* const tenderer = turn.world.Any(turn.random, Role::kTenderer);
    moves.Add(2, Keeper(turn), "record_award_notice",
              {{"issued_on", turn.Day(-1)}, {"tenderer", tenderer->id.value}});
  } else if (!bids.empty()) {
    moves.Add(2, turn.world.Person(ActorId(file.Text("/tenderer"))), "record_download",
              {{"items", bids}});
  }
}

void AddHolds(Turn& turn, Moves& moves) {
  auto& random = turn.random;
  const Json data = {{"ground", "audit_or_discipline"},
                     {"reason", "专项审计调阅"},
                     {"order", Document(random, "档案保全通知书.pdf")}};
  moves.Add(1, turn.world.Any(random, Role::kAudit), "place_hold", data);
  for (const auto& hold : turn.current->facts.value("holds", Json::array())) {
    const UnitId unit(hold.value("unit", ""));
    moves.Add(4, turn.world.Any(random, Role::kAudit, unit), "lift_hold",
              {{"hold", hold.at("hold")}, {"reason", "调阅完毕"}});
  }
}

void AddDisposal(Turn& turn, Moves& moves) {
  const CaseInPlay& file = *turn.current;
  auto& random = turn.random;
  if (turn.In("archived") && !IsHeld(file)) {
    const Json list = Document(random, "档案处置清册.pdf");
    if (IsOver(turn, false)) {
      moves.Add(6, Keeper(turn), "propose_disposal", {{"part", "file"}, {"list", list}});
    }
    if (HasRecordings(file) && IsOver(turn, true)) {
      moves.AddAs("media", 4, Keeper(turn), "propose_disposal",
                  {{"part", "media"}, {"list", list}});
    }
  }
  if (turn.In("disposal_proposed")) {
    const Actor* const head = turn.Officer(Role::kHead, file.Who("archive.disposal_proposed"));
    moves.Add(5, head, "appraise", {{"appraisal", "destroy"}, {"opinion", "期满无保存价值"}});
    moves.AddAs("keep", 1, head, "appraise", {{"appraisal", "keep"}, {"opinion", "继续保存"}});
    if (file.Text("/part") == "file") {
      moves.AddAs("transfer", 3, head, "appraise",
                  {{"appraisal", "transfer"}, {"opinion", "移交档案馆永久保存"}});
    }
  }
  if (!turn.In("appraised")) return;
  const Actor* const keeper = Keeper(turn, file.Who("archive.appraised"));
  const Actor* const supervisor = turn.Officer(Role::kHandler);
  if (file.Text("/appraisal") == "transfer") {
    moves.Add(5, keeper, "transfer",
              {{"receiver", "市档案馆"}, {"receipt", Document(random, "移交清单.pdf")}});
  } else if (supervisor != nullptr) {
    moves.Add(
        5, keeper, "destroy",
        {{"supervisor", supervisor->id.value}, {"certificate", Document(random, "销毁证明.pdf")}});
  }
}

class ArchivePlayer : public Player {
 public:
  int Share() const override { return 8; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    Moves moves;
    if (turn.In("collecting")) {
      AddCollecting(turn, 3, moves);
      AddFilingAway(turn, moves);
    }
    if (turn.InAny({"collecting", "archived"})) {
      AddConsents(turn, moves);
      AddDownloads(turn, moves);
      const auto items = Items(*turn.current);
      Json damaged = Json::array();
      if (!items.empty() && turn.random.Chance(20)) damaged.push_back(items.front());
      moves.Add(2, Keeper(turn), "check_fixity",
                {{"checked", static_cast<int>(items.size())},
                 {"damaged", damaged},
                 {"report", Document(turn.random, "完整性检查记录.pdf")}});
    }
    if (turn.In("archived")) AddCollecting(turn, 1, moves);
    if (turn.InAny({"collecting", "archived", "disposal_proposed", "appraised"})) {
      AddHolds(turn, moves);
    }
    AddDisposal(turn, moves);
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const ArchivePlayer player;
  return player;
}

}  // namespace docket::demo::archive
