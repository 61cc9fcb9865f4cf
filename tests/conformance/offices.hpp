/// A small office on one node of a store: engine, keys, calendars. Nothing runs by itself.
#pragma once

#include <string>

#include "persistence/calendars/log_calendars.hpp"
#include "persistence/cases/case_cache.hpp"
#include "tests/conformance/conformance.hpp"
#include "tests/support/office_fixture.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::testing {

class CaseOffice {
 public:
  /// All outlive the office.
  CaseOffice(Node& node, KeyStore& keys, const Clock& clock)
      : calendars_({*node.log, clock, ids_}),
        engine({*node.log, keys, directory_, clock, ids_, calendars_, recent_}) {}

  /// A complaint at the counter.
  Expected<CommandOutcome> Lodge(const std::string& title, const std::string& command_id = "") {
    const Json data = {{"profile", "tendering"},
                       {"channel", "counter"},
                       {"region", "350102"},
                       {"industry", "construction"},
                       {"project_name", title},
                       {"subject_matter", "other"},
                       {"complainant", {{"kind", "person"}, {"name", "张三丰"}}},
                       {"claims", "请求查处"},
                       {"facts", "评标专家应回避未回避"},
                       {"is_signed", true},
                       {"is_sealed", false},
                       {"by_proxy", false},
                       {"in_foreign_language", false},
                       {"joint_across_regions", false}};
    return Execute(StreamId(), "lodge", data, command_id);
  }
  Expected<CommandOutcome> Execute(const StreamId& case_id, const std::string& command,
                                   const Json& data, const std::string& command_id = "") {
    CommandRequest request;
    request.sender = *directory_.FindActor(ActorId("clerk"));
    request.command_id = CommandId(command_id);
    if (case_id.empty()) request.workflow = "complaint";
    request.case_id = case_id;
    CommandInput input;
    input.name = command;
    input.data = data;
    request.commands = {input};
    return engine.Execute(request);
  }

 private:
  SmallDirectory directory_;
  RandomIds ids_;
  LogCalendars calendars_;
  CaseCache recent_;

 public:
  CaseEngine engine;
};

}  // namespace docket::testing
