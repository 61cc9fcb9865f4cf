/// The workflow pages (docs/workflows/*.md), printed from the tables.
#pragma once

#include <string>

#include "workflows/engine/workflow.hpp"

namespace docket {

/// Markdown: diagram, states, commands with who may, from where and with what refusals in order,
/// events, deadlines with their legal basis, options. The same workflow gives the same bytes.
std::string WorkflowPage(const Workflow& workflow);

}  // namespace docket
