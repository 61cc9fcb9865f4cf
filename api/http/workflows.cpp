/// GET /v1/workflows and /v1/workflows/{name}.
#include "api/http/case_reading.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/description_json.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

Expected<Response> ListWorkflows() {
  Json list = Json::array();
  for (const auto* workflow : AllWorkflows()) {
    const Description& description = workflow->Describe();
    list.push_back(
        {{"name", description.name}, {"zh", description.zh}, {"purpose", description.purpose}});
  }
  return JsonResponse({{"workflows", std::move(list)}});
}

Expected<Response> GetWorkflow(const Request& request) {
  const auto* workflow = FindWorkflow(request.Path("name"));
  if (workflow == nullptr) return Refuse(RejectionKind::kNotFound, kUnknownWorkflow);
  return JsonResponse(DescriptionJson(workflow->Describe()));
}

const Tag kWorkflowsTag{"workflows", {"业务流程的定义", "What the workflows are"}};

Operation ListWorkflowsOperation() {
  using namespace schema;
  const Json row = Object({{"name", Text()}, {"zh", Text()}, {"purpose", Text()}});
  return {.id = "listWorkflows",
          .tag = kWorkflowsTag,
          .summary = {"流程列表", "List the workflows"},
          .answers = {{.status = status::kOk,
                       .about = {"全部流程", "All of them"},
                       .schema = Component("WorkflowList", Object({{"workflows", ListOf(row)}}))}}};
}

Operation GetWorkflowOperation() {
  return {.id = "getWorkflow",
          .tag = kWorkflowsTag,
          .summary = {"读取流程定义", "Read a workflow's table"},
          .parameters = {InPath("name", AnyText(), {"流程", "The workflow's name"})},
          .answers = {{.status = status::kOk,
                       .about = {"状态、命令、事件和转换表",
                                 "States, commands, events, and the rows of its table"},
                       .schema = DescriptionSchema()}},
          .problems = {Rejection(RejectionKind::kNotFound, kUnknownWorkflow)}};
}

}  // namespace

void AddWorkflowRoutes(Router& router, const Services&) {
  router.Add({.method = "GET",
              .pattern = "/v1/workflows",
              .handler = [](const Request&) { return ListWorkflows(); },
              .operation = ListWorkflowsOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/workflows/{name}",
              .handler = [](const Request& r) { return GetWorkflow(r); },
              .operation = GetWorkflowOperation()});
}

}  // namespace docket::http
