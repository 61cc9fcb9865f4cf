#include "workflows/engine/documents.hpp"

namespace docket {

namespace {

std::optional<DocumentDigest> DigestOf(const JsonView& json) {
  const auto digest = json.Find("digest");
  if (!digest || !digest->Text() || !json.Find("name")) return std::nullopt;
  DocumentDigest read{std::string(*digest->Text())};
  return read.IsWellFormed() ? std::optional(std::move(read)) : std::nullopt;
}

KeyId KeyOfName(const JsonView& json) {
  const auto name = json.Find("name");
  const auto key = name && name->Find("$sealed") ? name->Find("key") : std::nullopt;
  return key && key->Text() ? KeyId(std::string(*key->Text())) : KeyId();
}

void Visit(const JsonView& json, const std::string& pointer,
           const std::function<void(const NamedDocument&)>& visit) {
  if (json.IsObject()) {
    if (auto digest = DigestOf(json)) visit({pointer, std::move(*digest), KeyOfName(json)});
    json.EachMember([&](std::string_view name, const JsonView& member) {
      Visit(member, PointerTo(pointer, name), visit);
    });
  } else if (json.IsArray()) {
    json.EachItem([&](std::size_t index, const JsonView& item) {
      Visit(item, PointerTo(pointer, std::to_string(index)), visit);
    });
  }
}

}  // namespace

void EachDocument(const JsonView& data, const std::function<void(const NamedDocument&)>& visit) {
  Visit(data, "", visit);
}

KeyId KeyOfDocument(const RecordedEvent& event, const NamedDocument& named) {
  if (event.role == Role::kComplainant) return SubjectKey(event.stream, Subject::kComplainant);
  return named.key;
}

bool MayNameDocuments(std::string_view data) {
  return data.find("\"digest\":\"sha256:") != std::string_view::npos;
}

}  // namespace docket
