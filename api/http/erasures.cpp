/// /v1/erasures and /v1/cases/{id}/holds: erasing a person, and keeping what must be kept.
#include "api/http/case_reading.hpp"
#include "api/http/json_body.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/erasure_json.hpp"
#include "persistence/erasures/erasure_refusals.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

const Tag kPersonsTag{"persons", {"个人：查找与删除", "Persons: finding and erasing them"}};
/// On one process it is done at once; where others may know the keys still, they are waited for.
constexpr std::chrono::milliseconds kAwaitDone{2'000};
constexpr Refusal kUnknownErasure{"unknown_erasure", "没有此项删除", "there is no such erasure"};

struct ErasureBody {
  std::optional<PersonPlace> at;
  std::optional<PersonalDetails> person;
  ErasureBasis basis = ErasureBasis::kPurposeAchieved;
  ErasureAskedBy asked_by = ErasureAskedBy::kSubject;
  std::optional<RequestNumber> reference;
  std::optional<bool> shared;
  bool dry_run = true;

  static FieldList Fields() {
    return {Field{"at", &ErasureBody::at, "当事人所在案卷"},
            Field{"person", &ErasureBody::person, "识别信息"},
            Field{"basis", &ErasureBody::basis, "法定情形"},
            Field{"asked_by", &ErasureBody::asked_by, "提出人"},
            Field{"reference", &ErasureBody::reference, "收文编号"},
            Field{"shared", &ErasureBody::shared, "连同涉及他人的文本"},
            Field{"dry_run", &ErasureBody::dry_run, "仅查看"}};
  }
};

struct HoldBody {
  std::string reason;
  std::optional<Date> until;

  static FieldList Fields() {
    return {Field{"reason", &HoldBody::reason, "理由"}, Field{"until", &HoldBody::until, "保留至"}};
  }
};

struct LiftingBody {
  std::string reason;

  static FieldList Fields() { return {Field{"reason", &LiftingBody::reason, "理由"}}; }
};

ErasureActor ActorOf(const Request& request) {
  return {request.actor.id, request.unit.id, Role::kHead};
}

/// A unit answers for its own cases; of others' it does not learn that there are any.
Reach OwnCases(const Services& services, const Request& request) {
  return [&services, &request](const StreamId& case_id, const CaseModel& model) {
    return ReadingFor(services, request, case_id, model).access == Access::kOpen;
  };
}

Expected<Response> Erase(const Services& services, const Request& request) {
  auto body = BodyOf<ErasureBody>(request);
  if (!body) return tl::unexpected(body.error());
  const ErasureWish wish{body->at, body->person, body->shared.value_or(false)};
  const Reach reach = OwnCases(services, request);
  auto& erasures = services.personal.erasures;
  if (body->dry_run) {
    const auto plan = erasures.Plan(wish, reach);
    if (!plan) return tl::unexpected(plan.error());
    return JsonResponse(PlanJson(*plan));
  }
  const CommandId command(request.Header("Idempotency-Key").value_or(""));
  const auto ordered = erasures.Order(wish, {body->basis, body->asked_by, body->reference},
                                      ActorOf(request), command, reach);
  if (!ordered) return tl::unexpected(ordered.error());
  services.personal.runner.Wake();
  const auto now = services.personal.runner.Await(ordered->order.id, kAwaitDone);
  Response response = JsonResponse(ErasureJson(now.value_or(*ordered)));
  response.status = status::kCreated;
  response.Set("Location", "/v1/erasures/" + ordered->order.id);
  return response;
}

Expected<Response> GetErasure(const Services& services, const Request& request) {
  const auto erasure = services.personal.erasures.Find(request.Path("erasure"));
  if (!erasure || erasure->by.unit != request.unit.id) {
    return Refuse(RejectionKind::kNotFound, kUnknownErasure);
  }
  return JsonResponse(ErasureJson(*erasure));
}

Json HoldJson(const personal::Hold& hold) {
  Json json = {{"hold", hold.id}, {"placed_at", hold.placed_at.ToString()}};
  if (hold.until) json["until"] = hold.until->ToString();
  return json;
}

Expected<Response> ListHolds(const Services& services, const Request& request) {
  const auto read = EnterCase({services, request, "GET /v1/cases/{id}/holds", false});
  if (!read) return tl::unexpected(read.error());
  Json holds = Json::array();
  for (const auto& hold : read->model->PersonalRecord().Holds()) holds.push_back(HoldJson(hold));
  return JsonResponse({{"holds", std::move(holds)}});
}

/// The head of the case's unit, to whom it is open.
Expected<void> MayHold(const Services& services, const Request& request,
                       std::string_view operation) {
  const auto access = AccessToCase({services, request, operation, false});
  if (!access) return tl::unexpected(access.error());
  if (*access != Access::kOpen) return tl::unexpected(CaseNotReadable());
  return {};
}

Expected<Response> PlaceHold(const Services& services, const Request& request) {
  const auto body = BodyOf<HoldBody>(request);
  if (!body) return tl::unexpected(body.error());
  auto may = MayHold(services, request, "POST /v1/cases/{id}/holds");
  if (!may) return tl::unexpected(may.error());
  const auto hold = services.personal.erasures.PlaceHold(
      {StreamId(request.Path("id")), body->reason, body->until}, ActorOf(request));
  if (!hold) return tl::unexpected(hold.error());
  Response response = JsonResponse({{"hold", *hold}});
  response.status = status::kCreated;
  response.Set("Location", "/v1/cases/" + request.Path("id") + "/holds");
  return response;
}

Expected<Response> LiftHold(const Services& services, const Request& request) {
  const auto body = BodyOf<LiftingBody>(request);
  if (!body) return tl::unexpected(body.error());
  auto may = MayHold(services, request, "POST /v1/cases/{id}/holds/{hold}/lifting");
  if (!may) return tl::unexpected(may.error());
  const auto lifted = services.personal.erasures.LiftHold(
      StreamId(request.Path("id")), request.Path("hold"), body->reason, ActorOf(request));
  if (!lifted) return tl::unexpected(lifted.error());
  return JsonResponse({{"hold", request.Path("hold")}});
}

Operation EraseOperation() {
  std::vector<Rejection> problems;
  for (const auto& refusal : {kErasureHeld, kTooMuchAtOnce}) {
    problems.push_back({RejectionKind::kRefused, refusal});
  }
  problems.push_back({RejectionKind::kInvalid, kPersonNotIdentified});
  problems.push_back({RejectionKind::kNotFound, kUnknownParty});
  problems.push_back({RejectionKind::kNotFound, kNothingToErase});
  problems.push_back(UnknownCase());
  problems.push_back({RejectionKind::kConflict, kCommandIdReused});
  problems.push_back({RejectionKind::kOverloaded, kContention});
  return {
      .id = "erasePerson",
      .tag = kPersonsTag,
      .summary = {"删除个人信息", "Erase a person"},
      .details = {"由部门负责人对本单位案件办理（个人信息保护法 47）。先以 dry_run 查看将删除的内容"
                  "和不能删除的原因。同一幂等键得到首次的结果，不论内容。",
                  "By the head of a unit, in the unit's cases. With `dry_run` it only says what "
                  "would go and what stands in the way. A key sent again gives the first "
                  "erasure, whatever it is sent with: no digest of the person is kept. The "
                  "answer says `ordered` while other processes may still know the keys; then "
                  "ask again."},
      .parameters = {InHeader("Idempotency-Key", IdempotencyKey(),
                              {"幂等键", "Scoped to the account"})},
      .body = schema::Component("ErasureRequest", Schema<ErasureBody>()),
      .answers = {{.status = status::kOk,
                   .about = {"将删除的内容", "What would go"},
                   .schema = PlanSchema()},
                  {.status = status::kCreated,
                   .about = {"已决定删除", "It is ordered, or done"},
                   .schema = ErasureSchema(),
                   .headers = {{"Location", schema::Text(), {"地址", "Where it is"}}}}},
      .problems = std::move(problems)};
}

Operation GetErasureOperation() {
  return {.id = "getErasure",
          .tag = kPersonsTag,
          .summary = {"查看一项删除", "Read an erasure"},
          .parameters = {InPath("erasure", AnyText(), {"删除编号", "Id of the erasure"})},
          .answers = {{.status = status::kOk,
                       .about = {"删除", "The erasure"},
                       .schema = ErasureSchema()}},
          .problems = {{RejectionKind::kNotFound, kUnknownErasure}}};
}

Operation ListHoldsOperation() {
  using namespace schema;
  const Json hold = Component("Hold", Object({{"hold", Titled("保留编号", Text())},
                                              {"placed_at", Titled("时间", InstantText())},
                                              {"until?", Titled("保留至", DateText())}}));
  return {.id = "listHolds",
          .tag = kPersonsTag,
          .summary = {"案件的保留", "List a case's holds"},
          .parameters = {CaseIdInPath(), ConsentInHeader()},
          .answers = {{.status = status::kOk,
                       .about = {"未解除的保留", "Holds that were not lifted"},
                       .schema = Component("Holds", Object({{"holds", ListOf(hold)}}))}},
          .problems = ReadingRejections()};
}

Json HoldSchema() {
  return schema::Component("HoldId", schema::Object({{"hold", schema::Text()}}));
}

Operation PlaceHoldOperation() {
  return {.id = "placeHold",
          .tag = kPersonsTag,
          .summary = {"保留案件的个人信息", "Hold a case's personal data"},
          .details = {"在解除或届满前不得删除。", "Nobody is erased from it until it is lifted."},
          .parameters = {CaseIdInPath()},
          .body = schema::Component("HoldRequest", Schema<HoldBody>()),
          .answers = {{.status = status::kCreated,
                       .about = {"已保留", "It is held"},
                       .schema = HoldSchema(),
                       .headers = {{"Location", schema::Text(), {"地址", "The case's holds"}}}}},
          .problems = {UnknownCase(),
                       CaseNotReadable(),
                       ConsentNeeded(),
                       {RejectionKind::kRefused, kSubjectErased}}};
}

Operation LiftHoldOperation() {
  return {.id = "liftHold",
          .tag = kPersonsTag,
          .summary = {"解除保留", "Lift a hold"},
          .parameters = {CaseIdInPath(), InPath("hold", AnyText(), {"保留编号", "Its id"})},
          .body = schema::Component("LiftingRequest", Schema<LiftingBody>()),
          .answers = {{.status = status::kOk,
                       .about = {"已解除", "It is lifted"},
                       .schema = HoldSchema()}},
          .problems = {UnknownCase(),
                       CaseNotReadable(),
                       ConsentNeeded(),
                       {RejectionKind::kNotFound, kUnknownHold},
                       {RejectionKind::kRefused, kSubjectErased}}};
}

}  // namespace

void AddErasureRoutes(Router& router, const Services& services) {
  router.Add({.method = "POST",
              .pattern = "/v1/erasures",
              .handler = [&](const Request& r) { return Erase(services, r); },
              .operation = EraseOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/erasures/{erasure}",
              .handler = [&](const Request& r) { return GetErasure(services, r); },
              .operation = GetErasureOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/cases/{id}/holds",
              .handler = [&](const Request& r) { return ListHolds(services, r); },
              .operation = ListHoldsOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/cases/{id}/holds",
              .handler = [&](const Request& r) { return PlaceHold(services, r); },
              .operation = PlaceHoldOperation()});
  router.Add({.method = "POST",
              .pattern = "/v1/cases/{id}/holds/{hold}/lifting",
              .handler = [&](const Request& r) { return LiftHold(services, r); },
              .operation = LiftHoldOperation()});
}

}  // namespace docket::http
