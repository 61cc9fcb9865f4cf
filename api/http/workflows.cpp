/// GET /v1/workflows and /v1/workflows/{name}.
#include "api/http/case_reading.hpp"
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

}  // namespace

void AddWorkflowRoutes(Router& router, const Services&) {
  router.Add({"GET", "/v1/workflows", [](const Request&) { return ListWorkflows(); }});
  router.Add({"GET", "/v1/workflows/{name}", [](const Request& r) { return GetWorkflow(r); }});
}

}  // namespace docket::http
