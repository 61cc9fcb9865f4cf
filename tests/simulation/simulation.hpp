/// One office, one random history, from one seed: people act, time passes by hours and by years,
/// clocks are swept, links are carried out, and the process dies again and again. Nothing in it is
/// left to chance that the seed does not decide, so a history can be had again.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/demo/scenario.hpp"
#include "tests/simulation/invariants.hpp"
#include "tests/simulation/program.hpp"
#include "tests/support/log_fixture.hpp"
#include "tests/support/random_json.hpp"

namespace docket::simulation {

struct Setting {
  std::uint64_t seed = 1;
  int acts = 60;
  Faults::Options faults{};
};

/// What histories have seen, summed up over many.
struct Seen {
  std::int64_t histories = 0, events = 0, accepted = 0, refused = 0, garbage = 0, deaths = 0,
               conflicts = 0, appends = 0;
  std::int64_t compared = 0;                            ///< With their twins.
  std::map<std::string, std::int64_t> types;            ///< Events of each type.
  std::map<std::string, std::set<std::string>> states;  ///< By workflow.
  std::map<std::string, std::int64_t> links;            ///< Commands given, by link.
  std::map<std::string, std::int64_t> links_refused;    ///< By link and code.
  /// Of players' moves, `workflow label`: how many were refused, by code.
  std::map<std::string, std::map<std::string, std::int64_t>> refusals;

  void Add(const Seen& other);
};

/// Ids that count up: of the same order whoever died in between.
class CountedIds : public IdSource {
 public:
  std::string NewUuid() override;

 private:
  std::int64_t count_ = 0;
};

class Simulation {
 public:
  explicit Simulation(const Setting& setting);
  ~Simulation();

  /// All acts, and then until nothing follows any more. What is wrong; empty: nothing.
  Problems Run();

  const History& Log() const { return history_; }
  const Faults& Failing() const { return faults_; }
  Seen Statistics() const;

 private:
  struct Case;

  void Act(int number);
  /// Somebody does what his work asks of him in a case, or opens one.
  void Play(demo::Random& random);
  void Open(demo::Random& random);
  /// Something that the form allows, from whomever.
  void Improvise(demo::Random& random);
  /// Something that must be refused.
  void Misbehave(demo::Random& random);
  void Pass(demo::Random& random);
  void Rest();

  /// As the edge does it; a process that dies is started anew, and the sender asks again.
  Expected<CommandOutcome> Send(const CommandRequest& request);
  void ExpectRefused(const CommandRequest& request, std::string_view why);
  void SendMove(const demo::Move& move, const std::string& workflow, const StreamId& case_id,
                demo::Random& random);
  /// Who may act in this name today; nullopt: nobody.
  std::optional<Actor> SenderOf(const Actor& actor, demo::Random& random);
  template <class Do>
  auto Survive(const Do& act);
  void Restart();
  /// Reads what was appended.
  void Learn();
  demo::Turn TurnOf(demo::Random& random, const demo::CaseInPlay* current);
  std::vector<const demo::CaseInPlay*> CasesOf(std::string_view workflow) const;
  const demo::CaseInPlay* SomeCase(demo::Random& random) const;
  CommandRequest NewRequest(const Actor& sender, const StreamId& case_id);
  testing::RandomJson Bodies(demo::Random& random) const;

  /// What processes have in memory and in read models is what the log says.
  void CompareLive();
  void CompareViews();
  void Complain(std::string problem) { problems_.push_back(std::move(problem)); }

  const Setting setting_;
  const demo::World world_;
  testing::TemporaryDirectory directory_;
  testing::SettableClock clock_;
  CountedIds ids_;
  Faults faults_;
  std::unique_ptr<Program> program_;

  std::vector<std::string> focus_;  ///< The workflows that people open in this history.
  History history_;
  Fold fold_;
  std::map<StreamId, demo::CaseInPlay> cases_;
  std::vector<StreamId> touched_;  ///< Cases in the order in which they were last changed.
  std::set<StreamId> changed_;     ///< Those that changed since they were last compared.
  std::vector<Acknowledged> acknowledged_;
  std::vector<CommandRequest> sent_;  ///< Those that were accepted.
  std::int64_t commands_ = 0;
  Seen seen_;
  Problems problems_;
};

/// A run and its twin that nothing happened to: both must have kept what must hold, and must have
/// come to the same, unless a death has changed the order of things. Empty: so it is.
Problems RunWithTwin(const Setting& setting, Seen& seen);

}  // namespace docket::simulation
