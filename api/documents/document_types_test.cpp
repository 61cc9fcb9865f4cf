// What is taken as a document, and what only says that it is one.
#include "api/documents/document_types.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

std::string Pdf() { return "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"; }
std::string Png() {
  return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0", 29);
}
/// One entry that is stored as it is.
std::string Zip(const std::string& entry, const std::string& content) {
  std::string zip("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0", 18);
  const auto number = [](std::size_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>((value >> (8 * i)) & 0xff);
    return text;
  };
  return zip + number(content.size(), 4) + number(content.size(), 4) + number(entry.size(), 2) +
         number(0, 2) + entry + content + "PK\x05\x06" + number(0, 18);
}

std::string Judged(std::string_view type, std::string_view bytes) {
  const auto checked = CheckDocumentType(type, bytes);
  return checked ? "taken" : checked.error().code;
}

TEST(DocumentTypes, TakesWhatIsWhatItSays) {
  EXPECT_EQ(Judged("application/pdf", Pdf()), "taken");
  EXPECT_EQ(Judged("image/png", Png()), "taken");
  EXPECT_EQ(Judged("image/jpeg", "\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01"), "taken");
  EXPECT_EQ(Judged("text/plain", "投诉书\n一、投诉事项\n"), "taken");
  EXPECT_EQ(Judged("application/zip", Zip("附件.txt", "内容")), "taken");
  EXPECT_EQ(Judged("application/ofd", Zip("OFD.xml", "<ofd:OFD/>")), "taken");
}

TEST(DocumentTypes, RefusesWhatIsSomethingElse) {
  const std::string refused = "document_type_unsupported";
  EXPECT_EQ(Judged("application/pdf", Png()), refused);
  EXPECT_EQ(Judged("image/png", Pdf()), refused);
  EXPECT_EQ(Judged("application/ofd", Zip("word.xml", "<a/>")), refused);
  EXPECT_EQ(Judged("application/ofd", "OFD.xml"), refused);
  EXPECT_EQ(Judged("text/plain", "<!DOCTYPE html><html><script>alert(1)</script></html>"), refused);
  EXPECT_EQ(Judged("text/plain",
                   "\x7f"
                   "ELF\x02\x01\x01"),
            refused);
  EXPECT_EQ(Judged("text/html", "<html></html>"), refused);
  EXPECT_EQ(Judged("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"), refused);
  EXPECT_EQ(Judged("application/pdf", ""), refused);
}

TEST(DocumentTypes, EachHasAnExtensionOfItsOwn) {
  std::set<std::string> extensions;
  for (const auto& type : DocumentMediaTypes()) {
    EXPECT_TRUE(extensions.insert(ExtensionOf(type)).second) << type;
    EXPECT_TRUE(ExtensionOf(type).starts_with('.')) << type;
  }
  EXPECT_EQ(ExtensionOf("text/html"), "");
}

}  // namespace
}  // namespace docket
