#include "api/documents/document_types.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include <magic.h>

namespace docket {

namespace {

/// A type, what the library makes of its bytes, and what has to stand in them besides.
struct DocumentType {
  std::string_view media_type;
  std::string_view extension;
  std::array<std::string_view, 3> detected;
  std::string_view holds{};
};

constexpr std::string_view kZip = "application/zip";
constexpr std::string_view kBytes = "application/octet-stream";
constexpr std::string_view kCompound = "application/CDFV2";
constexpr std::string_view kWord =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view kSheet =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

constexpr std::array kTypes{
    DocumentType{"application/pdf", ".pdf", {"application/pdf"}},
    // GB/T 33190: a zip with this entry.
    DocumentType{"application/ofd", ".ofd", {kZip, kBytes}, "OFD.xml"},
    DocumentType{kWord, ".docx", {kWord, kZip, kBytes}, "word/"},
    DocumentType{kSheet, ".xlsx", {kSheet, kZip, kBytes}, "xl/"},
    DocumentType{"application/msword", ".doc", {"application/msword", kCompound}},
    DocumentType{"application/vnd.ms-excel", ".xls", {"application/vnd.ms-excel", kCompound}},
    DocumentType{"application/zip", ".zip", {kZip}},
    DocumentType{"image/png", ".png", {"image/png"}},
    DocumentType{"image/jpeg", ".jpg", {"image/jpeg"}},
    DocumentType{"image/tiff", ".tif", {"image/tiff"}},
    DocumentType{"text/plain", ".txt", {"text/plain"}},
    DocumentType{"audio/mpeg", ".mp3", {"audio/mpeg"}},
    DocumentType{"audio/wav", ".wav", {"audio/x-wav", "audio/wav"}},
    DocumentType{"video/mp4", ".mp4", {"video/mp4"}},
};

const DocumentType* Find(std::string_view media_type) {
  const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const DocumentType& type) {
    return type.media_type == media_type;
  });
  return found == kTypes.end() ? nullptr : &*found;
}

struct Close {
  void operator()(magic_set* cookie) const { magic_close(cookie); }
};

/// The library's own state belongs to one thread.
magic_t Library() {
  thread_local std::unique_ptr<magic_set, Close> cookie;
  if (cookie) return cookie.get();
  std::unique_ptr<magic_set, Close> opened(
      magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR));
  if (!opened || magic_load(opened.get(), nullptr) != 0) {
    throw std::runtime_error("the table of types of documents cannot be read");
  }
  cookie = std::move(opened);
  return cookie.get();
}

}  // namespace

std::vector<std::string> DocumentMediaTypes() {
  std::vector<std::string> types;
  for (const auto& type : kTypes) types.emplace_back(type.media_type);
  return types;
}

Expected<void> CheckDocumentType(std::string_view media_type, std::string_view beginning) {
  const auto* type = Find(media_type);
  if (type != nullptr) {
    const char* detected = magic_buffer(Library(), beginning.data(), beginning.size());
    const auto& of = type->detected;
    const bool fits = detected != nullptr && std::find(of.begin(), of.end(), detected) != of.end();
    const bool is_zip = beginning.starts_with("PK\x03\x04");
    const bool holds =
        type->holds.empty() || (is_zip && beginning.find(type->holds) != std::string_view::npos);
    if (fits && holds) return {};
  }
  return Refuse(RejectionKind::kInvalid, kDocumentTypeUnsupported);
}

std::string ExtensionOf(std::string_view media_type) {
  const auto* type = Find(media_type);
  return type == nullptr ? "" : std::string(type->extension);
}

}  // namespace docket
