#include "persistence/erasures/erasure_plan.hpp"

#include <algorithm>
#include <map>

#include "persistence/erasures/erasure_refusals.hpp"
#include "workflows/engine/documents.hpp"

namespace docket {

namespace {

constexpr std::string_view kRetention = "_retention";

/// One case, and which of its texts are the person's.
class CasePlanner {
 public:
  CasePlanner(const CaseEngine& engine, const StreamId& case_id, const std::set<KeyId>& wanted,
              bool shared)
      : engine_(engine), case_id_(case_id), wanted_(wanted), shared_(shared) {}

  /// Adds nothing where nothing is left to erase.
  void AddTo(ErasurePlan& plan) {
    auto model = engine_.Load(case_id_);
    auto events = engine_.Timeline(case_id_);
    if (!model || !events) return;
    model_ = std::move(*model);
    events_ = std::move(*events);
    Collect();
    Widen();
    if (keys_.empty()) return;
    PlannedCase planned{.case_id = case_id_,
                        .version = model_->Version(),
                        .state = std::string(model_->State()),
                        .keys = {},
                        .texts = {}};
    for (const auto& text : texts_) {
      if (keys_.contains(text.key)) planned.texts.push_back(text);
      else if (SubjectOf(text.key) == Subject::kParties) ++planned.free_texts_left;
    }
    AddDocuments(planned);
    AddCommandKeys();
    planned.keys.assign(keys_.begin(), keys_.end());
    AddObstacles(plan.obstacles);
    plan.cases.push_back(std::move(planned));
  }

 private:
  void Collect() {
    for (const auto& read : events_) {
      EachSealedKey(read.data, [&](const std::string& pointer, const KeyId& key) {
        if (model_->PersonalRecord().Erased().contains(key)) return;
        texts_.push_back({key, read.event.version, read.event.type, pointer});
        if (wanted_.contains(key)) keys_.insert(key);
        if (SubjectOf(key) == Subject::kRespondent) NoteRespondent(key, pointer);
      });
    }
  }

  /// Respondents whose data were sealed before each had a key of their own are told apart by their
  /// place.
  void NoteRespondent(const KeyId& key, const std::string& pointer) {
    const KeyId own = KeyOf(case_id_, EventId(), {pointer, Subject::kRespondent});
    if (own == SubjectKey(case_id_, Subject::kRespondent)) return;
    respondents_.insert(key == SubjectKey(case_id_, Subject::kRespondent) ? own : key);
  }

  /// Takes in what is under keys that the person shares with others.
  void Widen() {
    if (keys_.empty()) return;
    const KeyId all_respondents = SubjectKey(case_id_, Subject::kRespondent);
    const bool is_respondent = std::any_of(keys_.begin(), keys_.end(), [](const KeyId& key) {
      return SubjectOf(key) == Subject::kRespondent;
    });
    is_shared_key_ = keys_.contains(all_respondents) && respondents_.size() > 1;
    if (is_respondent && (shared_ || respondents_.size() == 1)) TakeIn(all_respondents);
    if (shared_) TakeIn(SubjectKey(case_id_, Subject::kParties));
  }
  void TakeIn(const KeyId& key) {
    const bool used = std::any_of(texts_.begin(), texts_.end(),
                                  [&](const PlannedText& text) { return text.key == key; });
    if (used) keys_.insert(key);
  }

  /// Once each, however often they are named.
  void AddDocuments(PlannedCase& planned) const {
    std::map<std::string, bool> goes;
    for (const auto& read : events_) {
      EachDocument(read.data, [&](const NamedDocument& named) {
        const KeyId key = KeyOfDocument(read.event, named);
        if (model_->PersonalRecord().Erased().contains(key)) return;
        bool& all = goes.try_emplace(named.digest.value, true).first->second;
        all = all && keys_.contains(key);
      });
    }
    for (const auto& [digest, all] : goes) {
      if (all) planned.documents.emplace_back(digest);
      else ++planned.documents_left;
    }
  }

  /// The digest of a command is made of all its texts, so it goes with the first of them.
  void AddCommandKeys() {
    std::set<KeyId> command_keys;
    for (const auto& read : events_) {
      bool concerned = false;
      EachSealedKey(read.data, [&](const std::string&, const KeyId& key) {
        concerned = concerned || keys_.contains(key);
      });
      if (!concerned) continue;
      const auto known = engine_.Ports().log.FindCommand(LogId::kCases, read.event.recorded_by,
                                                         read.event.command_id);
      if (known && IsCommandKey(known->record.mac_key)) command_keys.insert(known->record.mac_key);
    }
    keys_.merge(command_keys);
  }

  void AddObstacles(std::vector<Obstacle>& obstacles) const {
    const auto* state = WorkflowOf(case_id_)->Describe().FindState(model_->State());
    if (state == nullptr || !state->terminal) {
      obstacles.push_back({case_id_, kCaseOpen, "", std::nullopt});
    }
    for (const auto& clock : model_->Clocks().All()) {
      if (clock.IsOpen() && clock.rule.ends_with(kRetention)) {
        obstacles.push_back({case_id_, kRetentionRunning, "", clock.due_date});
      }
    }
    const Date today = engine_.Ports().clock.Now().ChinaDate();
    for (const auto& hold : model_->PersonalRecord().Holds()) {
      if (hold.until && *hold.until < today) continue;
      obstacles.push_back({case_id_, kHeld, hold.id, hold.until});
    }
    if (is_shared_key_ && !shared_) {
      obstacles.push_back({case_id_, kSharedKey, "", std::nullopt});
    }
  }

  const CaseEngine& engine_;
  const StreamId& case_id_;
  const std::set<KeyId>& wanted_;
  const bool shared_;
  std::unique_ptr<CaseModel> model_;
  std::vector<CaseEngine::ReadEvent> events_;
  std::vector<PlannedText> texts_;
  std::set<KeyId> keys_;
  std::set<KeyId> respondents_;  ///< One for each.
  bool is_shared_key_ = false;
};

}  // namespace

Expected<ErasurePlan> PlanErasure(const CaseEngine& engine, KeyStore& keys, const ErasureWish& wish,
                                  const Reach& reach) {
  std::map<StreamId, std::set<KeyId>> wanted;
  std::vector<Identifier> identifiers;
  if (wish.at) {
    auto person = PersonAt(engine, *wish.at, reach);
    if (!person) return tl::unexpected(person.error());
    wanted[wish.at->case_id] = std::move(person->keys);
    identifiers = std::move(person->identifiers);
  }
  if (wish.person) {
    auto more = IdentifiersOf(*wish.person);
    identifiers.insert(identifiers.end(), more.begin(), more.end());
  }
  std::erase_if(identifiers, [](const Identifier& one) { return !IsStrong(one.kind); });
  if (!wish.at && identifiers.empty()) {
    return Refuse(RejectionKind::kInvalid, kPersonNotIdentified);
  }
  for (const auto& found : FindAppearances(engine, keys, identifiers, reach)) {
    wanted[found.case_id].insert(found.key);
  }
  ErasurePlan plan;
  for (const auto& [case_id, theirs] : wanted) {
    CasePlanner(engine, case_id, theirs, wish.shared).AddTo(plan);
  }
  return plan;
}

}  // namespace docket
