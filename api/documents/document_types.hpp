/// Which documents are taken, judged by their bytes and not by what their sender calls them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/rejection.hpp"

namespace docket {

/// `application/pdf` and the others, in order.
std::vector<std::string> DocumentMediaTypes();

/// Whether `beginning`, the first part of a document, is of that type: `document_type_unsupported`.
/// Nothing is unpacked, and nothing that a browser would run (HTML, SVG, scripts) is of any of the
/// types. Throws std::runtime_error where the library's table of types cannot be read.
Expected<void> CheckDocumentType(std::string_view media_type, std::string_view beginning);

/// With its point: `.pdf`; empty for a type that is not taken.
std::string ExtensionOf(std::string_view media_type);

inline constexpr Refusal kDocumentTypeUnsupported{
    "document_type_unsupported", "不接受此类文件，或内容与所报类型不符",
    "documents of this type are not taken, or the bytes are of another"};

}  // namespace docket
