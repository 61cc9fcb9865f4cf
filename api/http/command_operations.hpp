/// What the requests that carry commands look like: their bodies, and their documentation from the
/// workflows' tables.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/http/operation.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::http {

/// Body of POST /v1/cases.
struct OpenBody {
  std::string workflow;
  std::optional<std::string> name;
  std::optional<Json> data;
  std::optional<std::string> occurred_at;
  std::optional<BackEntry> back_entry;

  static FieldList Fields() {
    return {Field{"workflow", &OpenBody::workflow, "流程"}, Field{"name", &OpenBody::name, "命令"},
            Field{"data", &OpenBody::data, "内容"},
            Field{"occurred_at", &OpenBody::occurred_at, "发生时间"},
            Field{"back_entry", &OpenBody::back_entry, "补录"}};
  }
};

/// Body of POST /v1/cases/{id}/commands/{name}.
struct ActBody {
  std::optional<Json> data;
  std::optional<std::string> occurred_at;
  std::optional<BackEntry> back_entry;

  static FieldList Fields() {
    return {Field{"data", &ActBody::data, "内容"},
            Field{"occurred_at", &ActBody::occurred_at, "发生时间"},
            Field{"back_entry", &ActBody::back_entry, "补录"}};
  }
};

/// Body of POST /v1/cases/{id}/commands.
struct ListBody {
  std::vector<CommandInput> commands;

  static FieldList Fields() { return {Field{"commands", &ListBody::commands, "命令列表"}}; }
};

/// The commands with which people open such a case; those for recorded history are not among them.
std::set<std::string> OpeningCommands(const Description& description);

Operation OpenCaseOperation();
Operation ActInOrderOperation();
/// One variant for each command that anybody but the clock may give.
Operation ActOperation();

}  // namespace docket::http
