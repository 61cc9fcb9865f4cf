#include "persistence/keys/pkcs11_uri.hpp"

#include <gtest/gtest.h>

namespace docket {
namespace {

/// What is said of it; empty: it is taken.
std::string Complaint(const std::string& text) {
  const auto parsed = ParsePkcs11Uri(text);
  return parsed ? "" : parsed.error().code + " " + parsed.error().en;
}
bool Names(const std::string& complaint, const std::string& attribute) {
  return complaint.starts_with("kek_uri_invalid ") && complaint.ends_with("(" + attribute + ")");
}

TEST(Pkcs11UriTest, NamesTokenKeyModuleAndPinFile) {
  EXPECT_EQ(*ParsePkcs11Uri("pkcs11:token=Docket%20HSM;object=kek-1?module-path=/usr/lib/x.so&"
                            "pin-source=file:/etc/docket/pin"),
            (Pkcs11Uri{"Docket HSM", "kek-1", "/usr/lib/x.so", "/etc/docket/pin"}));
  EXPECT_EQ(
      ParsePkcs11Uri("pkcs11:object=%E5%AF%86;token=a?pin-source=file:/p&module-path=/m")->object,
      "密");
}

TEST(Pkcs11UriTest, NamesWhatItDoesNotTakeAndNeverAValue) {
  const std::string path = "pkcs11:token=a;object=b";
  const std::string query = "?module-path=/m&pin-source=file:/p";
  ASSERT_EQ(Complaint(path + query), "");
  EXPECT_TRUE(Names(Complaint(path + ";slot-id=1" + query), "slot-id"));
  EXPECT_TRUE(Names(Complaint(path + query + "&pin-value=12345678"), "pin-value"));
  EXPECT_TRUE(Names(Complaint(path + query + "&12345678"), "="));
  EXPECT_TRUE(Names(Complaint(path + ";token=c" + query), "token")) << "twice";
  EXPECT_TRUE(Names(Complaint("pkcs11:token=;object=b" + query), "token"));
  EXPECT_TRUE(Names(Complaint("pkcs11:token=a" + query), "object"));
  EXPECT_TRUE(Names(Complaint(path + "?pin-source=file:/p"), "module-path"));
  EXPECT_TRUE(Names(Complaint(path + "?module-path=/m"), "pin-source"));
  EXPECT_TRUE(Names(Complaint(path + "?module-path=m.so&pin-source=file:/p"), "module-path"));
  EXPECT_TRUE(Names(Complaint(path + "?module-path=/m&pin-source=/p"), "pin-source"));
  for (const std::string& text :
       {std::string("pkcs11:"), path, path + ";" + query, path + query + "&",
        "pkcs11:token=%;object=b" + query, "pkcs11:token=%4;object=b" + query,
        "pkcs11:token=%00;object=b" + query, "file:" + query,
        path + std::string(kPkcs11UriBytesMax, 'b') + query}) {
    EXPECT_NE(Complaint(text), "") << text;
  }
}

}  // namespace
}  // namespace docket
