#include "api/render/document_json.hpp"

#include <algorithm>
#include <sstream>

#include <Poco/Base64Decoder.h>
#include <Poco/Base64Encoder.h>

#include "api/auth/access.hpp"
#include "domain/evidence/sha256.hpp"
#include "workflows/engine/documents.hpp"

namespace docket {

namespace {

constexpr std::string_view kBefore = "sha-256=:";
constexpr std::size_t kBase64Length = 44;

/// As it was opened for the reader.
Json NameAt(const Json& data, const std::string& pointer) {
  const Json::json_pointer place(pointer + "/name");
  return data.contains(place) ? data.at(place) : Json({{"sealed", true}});
}

std::string HexDigits(const DocumentDigest& digest) {
  return digest.value.substr(digest.value.find(':') + 1);
}

}  // namespace

std::vector<CasePaper> PapersOf(const std::vector<CaseEngine::ReadEvent>& events,
                                const std::function<bool(const CaseEngine::ReadEvent&)>& is_told) {
  std::vector<CasePaper> papers;
  for (const auto& read : events) {
    if (!is_told(read) || !MayNameDocuments(read.event.data)) continue;
    // As it is stored: an opened name does not say under which key it was.
    const StoredJson stored(read.event.data);
    if (!stored.View()) continue;
    EachDocument(*stored.View(), [&](const NamedDocument& named) {
      auto known = std::find_if(papers.begin(), papers.end(), [&](const CasePaper& paper) {
        return paper.digest == named.digest;
      });
      if (known == papers.end()) {
        papers.push_back({.digest = named.digest,
                          .name = NameAt(read.data, named.pointer),
                          .type = read.event.type,
                          .version = read.event.version,
                          .recorded_at = read.event.recorded_at,
                          .named = {}});
        known = papers.end() - 1;
      }
      known->named.push_back({read.event.recorded_by, KeyOfDocument(read.event, named)});
    });
  }
  return papers;
}

Json PaperJson(const CasePaper& paper, const Documents::Kept& kept,
               const personal::ErasedKeys& erased) {
  Json json = {{"digest", paper.digest.value},
               {"name", WithoutSealedValues(paper.name, erased)},
               {"event", paper.type},
               {"version", paper.version.value},
               {"recorded_at", paper.recorded_at.ToString()},
               {"standing", NameOf(kept.standing)},
               {"standing_zh", ChineseOf(kept.standing)}};
  if (kept.document) {
    json["media_type"] = kept.document->media_type;
    json["bytes"] = kept.document->bytes;
  }
  return json;
}

Json PaperSchema() {
  using namespace schema;
  Json hidden = AnyObject();
  Json name = {{"anyOf", {Text(), std::move(hidden)}}};
  Json standing = {{"type", "string"}, {"enum", {"absent", "kept", "erased"}}};
  return Component("CaseDocument", Object({{"digest", Titled("摘要值", Text())},
                                           {"name", Titled("文件名", std::move(name))},
                                           {"event", Titled("首次引用的事件", Text())},
                                           {"version", Titled("该事件的版本", Integer())},
                                           {"recorded_at", Titled("记录时间", InstantText())},
                                           {"standing", Titled("保存情况", std::move(standing))},
                                           {"standing_zh", Text()},
                                           {"media_type?", Titled("类型", Text())},
                                           {"bytes?", Titled("字节数", Integer())}}));
}

Json WaitingJson(const StoredDocument& document) {
  return {{"digest", document.digest.value},
          {"media_type", document.media_type},
          {"bytes", document.bytes},
          {"received_at", document.received_at.ToString()},
          {"kept_until", document.kept_until.ToString()}};
}

Json WaitingSchema() {
  using namespace schema;
  return Component("WaitingDocument",
                   Object({{"digest", Titled("摘要值", Text())},
                           {"media_type", Titled("类型", Text())},
                           {"bytes", Titled("字节数", Integer())},
                           {"received_at", Titled("收到时间", InstantText())},
                           {"kept_until", Titled("未被引用则保留至", InstantText())}}));
}

std::optional<std::string> BytesOfContentDigest(const std::string& header) {
  const bool formed = header.size() == kBefore.size() + kBase64Length + 1 &&
                      header.starts_with(kBefore) && header.ends_with("=:");
  if (!formed) return std::nullopt;
  const std::string base64 = header.substr(kBefore.size(), kBase64Length);
  const bool in_alphabet = std::all_of(base64.begin(), base64.end() - 1, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
  });
  if (!in_alphabet) return std::nullopt;
  std::istringstream text(base64);
  Poco::Base64Decoder decoder(text);
  std::string bytes(std::istreambuf_iterator<char>(decoder), {});
  return bytes.size() == Sha256::kBytes ? std::optional(std::move(bytes)) : std::nullopt;
}

std::string ContentDigestOf(const DocumentDigest& digest) {
  std::ostringstream text;
  Poco::Base64Encoder encoder(text);
  encoder.rdbuf()->setLineLength(0);
  encoder << BytesOfHex(HexDigits(digest));
  encoder.close();
  return std::string(kBefore) + text.str() + ":";
}

}  // namespace docket
