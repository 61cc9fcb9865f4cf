/// /v1/cases/{id}/restriction and /consents: who reads a case besides what the policy says of it.
/// Both are for the head of the unit whose case it is.
#include "api/http/case_reading.hpp"
#include "api/http/json_body.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "workflows/engine/refusals.hpp"

namespace docket::http {

namespace {

const Tag kReadersTag{"readers", {"查阅：限定与同意", "Readers: restrictions and consents"}};

struct RestrictionBody {
  std::vector<ActorId> readers;
  std::string reason;

  static FieldList Fields() {
    return {Field{"readers", &RestrictionBody::readers, "可查阅人员"},
            Field{"reason", &RestrictionBody::reason, "理由"}};
  }
};

struct ReasonBody {
  std::string reason;

  static FieldList Fields() { return {Field{"reason", &ReasonBody::reason, "理由"}}; }
};

/// Clear: it is sealed when it is recorded.
struct ConsentDocument {
  DocumentDigest digest;
  std::string name;

  static FieldList Fields() {
    return {Field{"digest", &ConsentDocument::digest, "摘要值"},
            Field{"name", &ConsentDocument::name, "文件名"}};
  }
};

struct ConsentBody {
  std::vector<reading::Right> rights;
  std::optional<ActorId> account;
  std::optional<UnitId> unit;
  Date until;
  std::string purpose;
  ConsentDocument document;

  static FieldList Fields() {
    return {Field{"rights", &ConsentBody::rights, "权限"},
            Field{"account", &ConsentBody::account, "查询人"},
            Field{"unit", &ConsentBody::unit, "查询单位"},
            Field{"until", &ConsentBody::until, "有效期至"},
            Field{"purpose", &ConsentBody::purpose, "用途"},
            Field{"document", &ConsentBody::document, "同意查询文书"}};
  }
};

StreamId CaseOf(const Request& request) { return StreamId(request.Path("id")); }

ReadingDecider DeciderOf(const Request& request) { return {request.actor.id, request.unit.id}; }

/// Of a case that is another unit's the answer is the same as to any who may not read it.
Expected<void> MayDecide(const Services& services, const Request& request) {
  const auto model = services.engine.Load(CaseOf(request));
  if (!model) return tl::unexpected(model.error());
  const auto outline = OutlineFor(CaseOf(request), **model);
  if (!Answers(outline, ReaderOf(services, request))) return tl::unexpected(CaseNotReadable());
  return {};
}

Response CaseResponse(const Request& request) {
  return JsonResponse({{"case_id", request.Path("id")}});
}

/// Lists follow before the answer says that it is done; where they are late, they follow soon.
Expected<Response> Following(const Services& services, const Request& request,
                             const Expected<Position>& position) {
  if (!position) return tl::unexpected(position.error());
  if (auto seen = AwaitProjection(services, position->value); !seen) {
    return tl::unexpected(seen.error());
  }
  return CaseResponse(request);
}

Expected<Response> Restrict(const Services& services, const Request& request) {
  auto body = BodyOf<RestrictionBody>(request);
  if (!body) return tl::unexpected(body.error());
  if (auto may = MayDecide(services, request); !may) return tl::unexpected(may.error());
  return Following(services, request,
                   services.readings.Restrict(CaseOf(request),
                                              {std::move(body->readers), std::move(body->reason)},
                                              DeciderOf(request)));
}

Expected<Response> LiftRestriction(const Services& services, const Request& request) {
  const auto body = BodyOf<ReasonBody>(request);
  if (!body) return tl::unexpected(body.error());
  if (auto may = MayDecide(services, request); !may) return tl::unexpected(may.error());
  return Following(
      services, request,
      services.readings.LiftRestriction(CaseOf(request), body->reason, DeciderOf(request)));
}

Json ConsentJson(const reading::Consent& consent) {
  Json json = {{"consent", consent.id},
               {"rights", Encode(consent.rights)},
               {"until", consent.until.ToString()},
               {"given_at", consent.given_at.ToString()}};
  if (!consent.account.empty()) json["account"] = consent.account.value;
  if (!consent.unit.empty()) json["unit"] = consent.unit.value;
  return json;
}

Expected<Response> ListConsents(const Services& services, const Request& request) {
  if (auto may = MayDecide(services, request); !may) return tl::unexpected(may.error());
  const auto read = EnterCase({services, request, "GET /v1/cases/{id}/consents", false});
  if (!read) return tl::unexpected(read.error());
  Json consents = Json::array();
  for (const auto& consent : read->model->ReadingRecord().Consents()) {
    consents.push_back(ConsentJson(consent));
  }
  return JsonResponse({{"consents", std::move(consents)}});
}

Expected<Response> GiveConsent(const Services& services, const Request& request) {
  auto body = BodyOf<ConsentBody>(request);
  if (!body) return tl::unexpected(body.error());
  if (auto may = MayDecide(services, request); !may) return tl::unexpected(may.error());
  const auto consent = services.readings.GiveConsent(
      CaseOf(request),
      {std::move(body->rights),
       std::move(body->account),
       std::move(body->unit),
       body->until,
       std::move(body->purpose),
       {body->document.digest, PersonalText(std::move(body->document.name))}},
      DeciderOf(request));
  if (!consent) return tl::unexpected(consent.error());
  Response response = JsonResponse({{"consent", *consent}});
  response.status = status::kCreated;
  response.Set("Location", "/v1/cases/" + request.Path("id") + "/consents");
  return response;
}

Expected<Response> RevokeConsent(const Services& services, const Request& request) {
  const auto body = BodyOf<ReasonBody>(request);
  if (!body) return tl::unexpected(body.error());
  if (auto may = MayDecide(services, request); !may) return tl::unexpected(may.error());
  const auto revoked = services.readings.RevokeConsent(CaseOf(request), request.Path("consent"),
                                                       body->reason, DeciderOf(request));
  if (!revoked) return tl::unexpected(revoked.error());
  return JsonResponse({{"consent", request.Path("consent")}});
}

std::vector<Rejection> DecidingRejections(std::vector<Rejection> own) {
  own.insert(own.end(), {UnknownCase(),
                         CaseNotReadable(),
                         {RejectionKind::kRefused, kSubjectErased},
                         {RejectionKind::kOverloaded, kContention}});
  return own;
}

Json CaseIdSchema() {
  return schema::Component("RestrictedCase", schema::Object({{"case_id", schema::Text()}}));
}
Json ConsentIdSchema() {
  return schema::Component("ConsentId", schema::Object({{"consent", schema::Text()}}));
}

Operation RestrictOperation() {
  return {
      .id = "restrictCase",
      .tag = kReadersTag,
      .summary = {"限定查阅人员", "Name who reads a case"},
      .details = {"由承办单位负责人办理。此后本单位只有所列人员和负责人可以查阅和办理；外单位须有含"
                  "限定案件的数据授权。再次限定取代前次。",
                  "By the head of the unit whose case it is. From then on these accounts alone of "
                  "the unit read it and act on it, with the head; from other units, who holds a "
                  "grant with restricted matters. Another restriction takes the place of the "
                  "first. When this is answered, lists and feeds follow it."},
      .parameters = {CaseIdInPath()},
      .body = schema::Component("RestrictionRequest", Schema<RestrictionBody>()),
      .answers = {{.status = status::kOk,
                   .about = {"已限定", "It is restricted"},
                   .schema = CaseIdSchema()}},
      .problems = DecidingRejections({ProjectionBehind()})};
}

Operation LiftOperation() {
  return {.id = "liftRestriction",
          .tag = kReadersTag,
          .summary = {"解除查阅限定", "Lift a restriction"},
          .parameters = {CaseIdInPath()},
          .body = schema::Component("ReadingReason", Schema<ReasonBody>()),
          .answers = {{.status = status::kOk,
                       .about = {"已解除", "It is lifted"},
                       .schema = CaseIdSchema()}},
          .problems =
              DecidingRejections({ProjectionBehind(), {RejectionKind::kRefused, kNotRestricted}})};
}

Operation ListConsentsOperation() {
  using namespace schema;
  const Json consent =
      Component("Consent", Object({{"consent", Titled("同意编号", Text())},
                                   {"rights", Titled("权限", ListOf(Of<reading::Right>()))},
                                   {"account?", Titled("查询人", Text())},
                                   {"unit?", Titled("查询单位", Text())},
                                   {"until", Titled("有效期至", DateText())},
                                   {"given_at", Titled("时间", InstantText())}}));
  return {.id = "listConsents",
          .tag = kReadersTag,
          .summary = {"案件的同意查询", "List a case's consents"},
          .parameters = {CaseIdInPath()},
          .answers = {{.status = status::kOk,
                       .about = {"未撤销的同意", "Consents that were not revoked"},
                       .schema = Component("Consents", Object({{"consents", ListOf(consent)}}))}},
          .problems = ReadingRejections()};
}

Operation GiveConsentOperation() {
  std::vector<Rejection> own = {{RejectionKind::kRefused, kConsentsTooMany}};
  for (const auto& refusal : {kRightsMissing, kConsentForOne, kConsentOver, kConsenteeUnknown}) {
    own.push_back({RejectionKind::kInvalid, refusal});
  }
  return {.id = "giveConsent",
          .tag = kReadersTag,
          .summary = {"同意查询、复制", "Consent to a case being read"},
          .details =
              {"由承办单位负责人办理（FJ18-16）。查询人以 Docket-Consent 写明同意编号；以接口密钥"
               "读取视为复制。",
               "By the head of the unit whose case it is (FJ18-16): `account` or all of `unit` "
               "read it until that day, naming the consent as `Docket-Consent`. Reading with an "
               "API key takes `copy`. Personal texts stay sealed to other units."},
          .parameters = {CaseIdInPath()},
          .body = schema::Component("ConsentRequest", Schema<ConsentBody>()),
          .answers = {{.status = status::kCreated,
                       .about = {"已同意", "It is given"},
                       .schema = ConsentIdSchema(),
                       .headers = {{"Location", schema::Text(), {"地址", "The case's consents"}}}}},
          .problems = DecidingRejections(std::move(own))};
}

Operation RevokeConsentOperation() {
  return {.id = "revokeConsent",
          .tag = kReadersTag,
          .summary = {"撤销同意", "Revoke a consent"},
          .parameters = {CaseIdInPath(), InPath("consent", AnyText(), {"同意编号", "Its id"})},
          .body = schema::Component("ReadingReason", Schema<ReasonBody>()),
          .answers = {{.status = status::kOk,
                       .about = {"已撤销", "It is revoked"},
                       .schema = ConsentIdSchema()}},
          .problems = DecidingRejections({{RejectionKind::kNotFound, kUnknownConsent}})};
}

}  // namespace

void AddConsentRoutes(Router& router, const Services& services) {
  const auto add = [&](std::string method, const std::string& rest, Operation operation,
                       auto handler) {
    router.Add({.method = std::move(method),
                .pattern = "/v1/cases/{id}" + rest,
                .handler = [&services, handler](const Request& r) { return handler(services, r); },
                .operation = std::move(operation)});
  };
  add("POST", "/restriction", RestrictOperation(), Restrict);
  add("POST", "/restriction/lifting", LiftOperation(), LiftRestriction);
  add("GET", "/consents", ListConsentsOperation(), ListConsents);
  add("POST", "/consents", GiveConsentOperation(), GiveConsent);
  add("POST", "/consents/{consent}/revocation", RevokeConsentOperation(), RevokeConsent);
}

}  // namespace docket::http
