#include "api/demo/scenario.hpp"

namespace docket::demo::viewing {

namespace {

Moves Open(Turn& turn) {
  auto& random = turn.random;
  const Project& project = random.Pick(turn.world.Projects());
  Json data = {
      {"region", project.region.value},
      {"industry", NameOf(project.industry)},
      {"project", project.code.value},
      {"project_name", project.name},
      {"addressee", turn.world.Departments(project.region, project.industry).front()->id.value},
      {"applicant",
       {{"name", PersonName(random)},
        {"id_number", IdentityNumber(random)},
        {"phone", PhoneNumber(random)}}},
      {"interest", "本项目投标人"},
      {"proofs", Json::array({Document(random, "投标报名回执.pdf")})}};
  Moves moves;
  Json party = data;
  party["capacity"] = "party";
  party["views"] = {"opening", "result"};
  moves.AddAs("party", 3, turn.world.Any(random, Role::kComplainant), "apply", party);
  Json interested = data;
  interested["capacity"] = "interested_person";
  interested["views"] = {"opening", "evaluation"};
  moves.AddAs("interested", 2, turn.world.Any(random, Role::kRespondent), "apply", interested);
  return moves;
}

/// What may be shown: those who evaluate are secret until the award.
Json Views(const CaseInPlay& current) {
  Json views = Json::array();
  for (const auto& view : current.Texts("/views")) {
    if (view == "opening" || view == "result" || current.Has("/award_notice_on")) {
      views.push_back(view);
    }
  }
  return views;
}

void AddDecision(Turn& turn, Moves& moves) {
  const CaseInPlay& current = *turn.current;
  if (turn.InAny({"applied", "eligibility_checked"}) && !current.Has("/award_notice_on")) {
    moves.Add(1, turn.Officer(Role::kIntake), "record_award_notice", {{"issued_on", turn.Day()}});
  }
  if (turn.In("applied")) {
    moves.Add(6, turn.Officer(Role::kHandler), "check_eligibility",
              {{"eligible", turn.random.Chance(80)}, {"findings", "已核对报名记录"}});
  }
  if (!turn.In("eligibility_checked")) return;
  const Actor* const head = turn.Officer(Role::kHead, current.Who("viewing.eligibility_checked"));
  const auto closes_in = std::chrono::hours(turn.random.Between(2, 240));
  if (current.Is("/eligible")) {
    moves
        .Add(6, head, "grant",
             {{"opens_at", turn.now.ToString()},
              {"closes_at", (turn.now + closes_in).ToString()},
              {"stream", "rtsp-opening-3"},
              {"views", Views(current)}})
        .pause_max = 1;
  }
  moves.Add(current.Is("/eligible") ? 1 : 6, head, "refuse", {{"reason", "与本项目无利害关系"}});
}

class ViewingPlayer : public Player {
 public:
  int Share() const override { return 4; }

  Moves Next(Turn& turn) const override {
    if (turn.current == nullptr) return Open(turn);
    const CaseInPlay& current = *turn.current;
    const Actor* const applicant = turn.world.Person(ActorId(current.Text("/account")));
    Moves moves;
    AddDecision(turn, moves);
    const auto closes_at = Instant::Parse(current.Text("/closes_at"));
    if (turn.In("granted") && closes_at && turn.now < *closes_at) {
      moves.Add(6, applicant, "start_watching").pause_max = 1;
    }
    if (turn.In("watching")) moves.Add(5, applicant, "stop_watching").pause_max = 1;
    if (turn.InAny({"granted", "watching"})) {
      moves.Add(1, turn.Officer(Role::kHead), "revoke", {{"reason", "擅自录屏传播"}});
    }
    return moves;
  }
};

}  // namespace

const Player& Scenario() {
  static const ViewingPlayer player;
  return player;
}

}  // namespace docket::demo::viewing
