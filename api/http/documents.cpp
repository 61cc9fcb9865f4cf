/// /v1/documents and /v1/cases/{id}/documents: documents on their way in, and in the cases.
#include <algorithm>
#include <array>
#include <atomic>

#include <Poco/URI.h>

#include "api/documents/document_types.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/limits.hpp"
#include "api/http/parameters.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/document_json.hpp"
#include "domain/evidence/sha256.hpp"

namespace docket::http {

namespace {

const Tag kDocumentsTag{"documents", {"文书、材料", "Documents: uploads, and what cases name"}};
constexpr auto kDigestHeader = "Content-Digest";
constexpr auto kBytesType = "application/octet-stream";
constexpr Refusal kTransfersBusy{"transfers_busy", "同时传输的文件过多，请稍后再试",
                                 "too many documents are on their way; try again"};
constexpr Refusal kDocumentNotReadable{"document_not_readable", "该账号无权查阅此文件",
                                       "the account may not read this document", "FJ18-18"};

/// A place among those that may be on their way; free again when the last copy goes.
class Transfer {
 public:
  static std::shared_ptr<Transfer> Begin() {
    std::shared_ptr<Transfer> transfer(new Transfer);
    return Count().load() > kTransfersMax ? nullptr : transfer;
  }
  ~Transfer() { --Count(); }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

 private:
  Transfer() { ++Count(); }
  static std::atomic<int>& Count() {
    static std::atomic<int> count{0};
    return count;
  }
};

/// `sha-256=:…:` (RFC 9530) as events write it.
std::optional<DocumentDigest> DigestOfHeader(const std::optional<std::string>& header) {
  if (!header) return std::nullopt;
  return DocumentDigest("sha256:" + HexOf(*BytesOfContentDigest(*header)));
}

ValueType ContentDigestText() {
  return {{{"type", "string"},
           {"pattern", "^sha-256=:[A-Za-z0-9+/]{43}=:$"},
           {"examples", {"sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"}}},
          [](const std::string& text) -> std::optional<FieldError> {
            if (BytesOfContentDigest(text)) return std::nullopt;
            return FieldError{"", "content_digest_invalid", "应为 sha-256=:Base64:（RFC 9530）",
                              "expected sha-256=:BASE64: (RFC 9530)"};
          }};
}

ValueType DigestText() {
  return {{{"type", "string"}, {"pattern", DocumentDigest::kPattern}},
          [](const std::string& text) -> std::optional<FieldError> {
            if (DocumentDigest(text).IsWellFormed()) return std::nullopt;
            const Refusal& refusal = DocumentDigest::kMalformed;
            return FieldError{"", std::string(refusal.code), std::string(refusal.zh),
                              std::string(refusal.en)};
          }};
}

Expected<Response> Upload(const Services& services, const Request& request) {
  const auto transfer = Transfer::Begin();
  if (!transfer) return Refuse(RejectionKind::kOverloaded, kTransfersBusy);
  std::string type = MediaTypeOf(request.Header("Content-Type").value_or(""));
  const Arrival arrival{.owner = request.actor.id,
                        .media_type = type,
                        .bytes = static_cast<std::int64_t>(request.body_bytes),
                        .digest = DigestOfHeader(request.Header(kDigestHeader))};
  const auto received = services.papers.documents.Receive(
      arrival, request.read_body,
      [&](std::string_view beginning) { return CheckDocumentType(type, beginning); });
  if (!received) return tl::unexpected(received.error());
  services.papers.keeper.Wake();
  Response response = JsonResponse(WaitingJson(*received));
  response.status = status::kCreated;
  return response;
}

Expected<Response> ListWaiting(const Services& services, const Request& request) {
  Json list = Json::array();
  for (const auto& document : services.papers.documents.ListWaiting(request.actor.id)) {
    list.push_back(WaitingJson(document));
  }
  return JsonResponse({{"documents", std::move(list)}});
}

Expected<Response> Discard(const Services& services, const Request& request) {
  const auto discarded =
      services.papers.documents.Discard(request.actor.id, DocumentDigest(request.Path("digest")));
  if (!discarded) return tl::unexpected(discarded.error());
  services.papers.keeper.Wake();
  Response response;
  response.status = status::kNoContent;
  return response;
}

/// What the reader's access opens of the case's documents, oldest first.
Expected<std::vector<CasePaper>> PapersFor(const Services& services, const Request& request,
                                           const ReadCase& read) {
  const auto events =
      services.engine.Timeline(StreamId(request.Path("id")), {}, RevealTo(read.access));
  if (!events) return tl::unexpected(events.error());
  return PapersOf(*events, [&](const CaseEngine::ReadEvent& event) {
    return IsToldOf(read.access, event.event, event.data);
  });
}

Documents::CaseDocument NamedIn(const StreamId& case_id, const CasePaper& paper) {
  return {case_id, paper.digest, paper.named};
}

Expected<Response> ListOfCase(const Services& services, const Request& request) {
  const auto read = EnterCase({services, request, "GET /v1/cases/{id}/documents"});
  if (!read) return tl::unexpected(read.error());
  const auto papers = PapersFor(services, request, *read);
  if (!papers) return tl::unexpected(papers.error());
  const StreamId case_id(request.Path("id"));
  Json list = Json::array();
  for (const auto& paper : *papers) {
    const auto kept = services.papers.documents.Look(NamedIn(case_id, paper));
    list.push_back(PaperJson(paper, kept, read->erased));
  }
  return JsonResponse({{"case_id", case_id.value}, {"documents", std::move(list)}});
}

/// A name for the file, where the reader may know it; else one that says nothing.
std::string Disposition(const CasePaper& paper, const StoredDocument& document) {
  const std::string digits = paper.digest.value.substr(paper.digest.value.find(':') + 1);
  const std::string plain = digits.substr(0, 16) + ExtensionOf(document.media_type);
  if (!paper.name.is_string()) return "attachment; filename=\"" + plain + "\"";
  std::string encoded;
  Poco::URI::encode(paper.name.get<std::string>(), "!*'();:@&=+$,/?#[]\"%\\ ", encoded);
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

Response BytesResponse(const CasePaper& paper, DocumentReader reader,
                       std::shared_ptr<Transfer> transfer) {
  Response response;
  response.status = status::kOk;
  // Whatever it is, nothing shows it but a program that its reader chooses.
  response.content_type = kBytesType;
  response.Set("Content-Disposition", Disposition(paper, reader.About()));
  response.Set(kDigestHeader, ContentDigestOf(paper.digest));
  response.Set("Docket-Media-Type", reader.About().media_type);
  const std::int64_t bytes = reader.About().bytes;
  const auto shared = std::make_shared<DocumentReader>(std::move(reader));
  response.parts = BodyParts{
      .bytes = bytes, .next = [shared, transfer = std::move(transfer)] { return shared->Next(); }};
  return response;
}

Expected<Response> Download(const Services& services, const Request& request) {
  auto transfer = Transfer::Begin();
  if (!transfer) return Refuse(RejectionKind::kOverloaded, kTransfersBusy);
  const auto read = EnterCase({services, request, "GET /v1/cases/{id}/documents/{digest}",
                               /*shows_texts=*/true, /*takes_copy=*/true});
  if (!read) return tl::unexpected(read.error());
  if (!OpensPersonalTexts(read->access)) {
    return Refuse(RejectionKind::kForbidden, kDocumentNotReadable);
  }
  const auto papers = PapersFor(services, request, *read);
  if (!papers) return tl::unexpected(papers.error());
  const DocumentDigest digest(request.Path("digest"));
  const auto named = std::find_if(papers->begin(), papers->end(),
                                  [&](const CasePaper& paper) { return paper.digest == digest; });
  if (named == papers->end()) return Refuse(RejectionKind::kNotFound, kUnknownDocument);
  auto reader = services.papers.documents.Open(NamedIn(StreamId(request.Path("id")), *named));
  if (!reader) return tl::unexpected(reader.error());
  return BytesResponse(*named, std::move(*reader), std::move(transfer));
}

Rejection Of(RejectionKind kind, const Refusal& refusal) { return {kind, refusal}; }

Operation UploadOperation() {
  return {.id = "uploadDocument",
          .tag = kDocumentsTag,
          .summary = {"上传文件", "Upload a document"},
          .details = {"上传的文件在规定时间内由上传人办理的事项以摘要值引用，即成为案卷材料；"
                      "逾期未引用的自动删除。类型按内容判断。",
                      "The bytes of one document, as they are. An act of the same account that "
                      "names the digest makes it the case's; what no act names by `kept_until` "
                      "is removed. What it is, its bytes say. Sent again it is kept once."},
          .parameters = {InHeader(kDigestHeader, ContentDigestText(),
                                  {"内容摘要，不符则拒收", "Digest to hold it to, RFC 9530"})},
          .body_types = DocumentMediaTypes(),
          .answers = {{.status = status::kCreated,
                       .about = {"已收到", "It is kept"},
                       .schema = WaitingSchema()}},
          .problems = {Of(RejectionKind::kInvalid, kDocumentEmpty),
                       Of(RejectionKind::kInvalid, kDocumentTooLarge),
                       Of(RejectionKind::kInvalid, kDigestMismatch),
                       Of(RejectionKind::kInvalid, kDocumentTypeUnsupported),
                       Of(RejectionKind::kRefused, kDocumentsWaiting),
                       Of(RejectionKind::kOverloaded, kTransfersBusy)}};
}

Operation ListWaitingOperation() {
  return {.id = "listWaitingDocuments",
          .tag = kDocumentsTag,
          .summary = {"本账号的待用文件", "List the account's own uploads that wait"},
          .answers = {{.status = status::kOk,
                       .about = {"待用文件", "What no act has named yet, oldest first"},
                       .schema = schema::Component(
                           "WaitingDocuments",
                           schema::Object({{"documents", schema::ListOf(WaitingSchema())}}))}}};
}

Operation DiscardOperation() {
  return {
      .id = "discardDocument",
      .tag = kDocumentsTag,
      .summary = {"删除待用文件", "Discard an upload that waits"},
      .details = {"已成为案卷材料的不受影响。", "What is a case's already stays with the case."},
      .parameters = {InPath("digest", DigestText(), {"摘要值", "Its digest"})},
      .answers = {{.status = status::kNoContent, .about = {"已删除", "It is gone"}}},
      .problems = {Of(RejectionKind::kNotFound, kUnknownDocument)}};
}

Operation ListOfCaseOperation() {
  return {.id = "listDocuments",
          .tag = kDocumentsTag,
          .summary = {"案卷材料目录", "List a case's documents"},
          .details = {"按首次引用的先后，只列该账号可知的事件所引用的。",
                      "In the order in which they were first named, as far as the account is told "
                      "of the events that name them."},
          .parameters = {CaseIdInPath(), ConsentInHeader()},
          .answers = {{.status = status::kOk,
                       .about = {"目录", "The list"},
                       .schema = schema::Component(
                           "CaseDocuments",
                           schema::Object({{"case_id", schema::Text()},
                                           {"documents", schema::ListOf(PaperSchema())}}))}},
          .problems = ReadingRejections()};
}

Operation DownloadOperation() {
  const Json text = schema::Text();
  return {
      .id = "downloadDocument",
      .tag = kDocumentsTag,
      .summary = {"下载案卷材料", "Download a case's document"},
      .details = {"下载在应答前记入查阅记录。", "The reading is recorded before the answer."},
      .parameters = {CaseIdInPath(), InPath("digest", DigestText(), {"摘要值", "Its digest"}),
                     ConsentInHeader()},
      .answers = {{.status = status::kOk,
                   .about = {"文件内容", "Its bytes"},
                   .schema = Json::object(),
                   .headers = {{"Content-Disposition", text, {"文件名", "Always an attachment"}},
                               {kDigestHeader, text, {"内容摘要", "Digest, RFC 9530"}},
                               {"Docket-Media-Type", text, {"类型", "What it is"}}},
                   .media_type = kBytesType}},
      .problems = {UnknownCase(), CaseNotReadable(), ConsentNeeded(), ConsentNotInForce(),
                   Of(RejectionKind::kForbidden, kDocumentNotReadable),
                   Of(RejectionKind::kNotFound, kUnknownDocument),
                   Of(RejectionKind::kNotFound, kDocumentNotKept),
                   Of(RejectionKind::kNotFound, kDocumentErased),
                   Of(RejectionKind::kOverloaded, kTransfersBusy)}};
}

}  // namespace

void AddDocumentRoutes(Router& router, const Services& services) {
  router.Add({.method = "POST",
              .pattern = "/v1/documents",
              .handler = [&](const Request& r) { return Upload(services, r); },
              .operation = UploadOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/documents",
              .handler = [&](const Request& r) { return ListWaiting(services, r); },
              .operation = ListWaitingOperation()});
  router.Add({.method = "DELETE",
              .pattern = "/v1/documents/{digest}",
              .handler = [&](const Request& r) { return Discard(services, r); },
              .operation = DiscardOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/cases/{id}/documents",
              .handler = [&](const Request& r) { return ListOfCase(services, r); },
              .operation = ListOfCaseOperation()});
  router.Add({.method = "GET",
              .pattern = "/v1/cases/{id}/documents/{digest}",
              .handler = [&](const Request& r) { return Download(services, r); },
              .operation = DownloadOperation()});
}

}  // namespace docket::http
