// Documents over HTTP: sent, named by an act, read by whom it concerns, and by nobody else.
#include <Poco/Exception.h>
#include <Poco/Net/StreamSocket.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/render/document_json.hpp"
#include "domain/evidence/sha256.hpp"
#include "tests/api/erasure_fixture.hpp"
#include "tests/api/process.hpp"

namespace docket::test {
namespace {

using namespace std::chrono_literals;

const std::string kMark = "只在文件正文中出现的一句话";

std::string Pdf(std::size_t bytes = 0) {
  std::string pdf = "%PDF-1.7\n% " + kMark + "\n";
  while (pdf.size() < bytes) pdf += Sha256Hex(std::to_string(pdf.size())) + "\n";
  return pdf;
}
std::string DigestOf(const std::string& bytes) { return "sha256:" + Sha256Hex(bytes); }

Headers Typed(const std::string& type) { return {{"Content-Type", type}}; }

TestServer::Options Small() {
  TestServer::Options options;
  options.adjust = [](ApplicationOptions& application) {
    application.documents.bytes_max = 4 << 20;
    application.documents.waiting_max = 4;
  };
  return options;
}

class DocumentsOverHttp : public ::testing::Test {
 protected:
  DocumentsOverHttp() { server_.App().StartKeepingDocuments(); }

  Reply Send(const std::string& bytes, const std::string& type = "application/pdf",
             const std::string& account = "portal-0001") {
    return server_.As(account).PostText("/v1/documents", bytes, Typed(type));
  }
  /// Lodges with this one document as evidence; the case's path.
  std::string LodgeWith(const std::string& digest, const std::string& account = "portal-0001") {
    Json body = LodgeBody();
    body["data"]["evidence"] = {{{"digest", digest}, {"name", "质疑 答复\"1\".pdf"}}};
    const Reply reply = server_.As(account).Post("/v1/cases", body);
    EXPECT_EQ(reply.status, 201) << reply.text;
    return "/v1/cases/" + reply.body.value("case_id", "");
  }
  Reply Download(const std::string& path, const std::string& bytes, const std::string& account) {
    return server_.As(account).Get(path + "/documents/" + DigestOf(bytes));
  }
  Json ListedFor(const std::string& path, const std::string& account) {
    const Reply reply = server_.As(account).Get(path + "/documents");
    EXPECT_EQ(reply.status, 200) << reply.text;
    return reply.body.value("documents", Json::array());
  }
  void AwaitStanding(const std::string& path, const std::string& standing) {
    const auto give_up = std::chrono::steady_clock::now() + 30s;
    std::string now;
    while (now != standing && std::chrono::steady_clock::now() < give_up) {
      now = ListedFor(path, "head-0001").at(0).value("standing", "");
    }
    EXPECT_EQ(now, standing);
  }
  /// Until nothing is kept, or for a while.
  bool AwaitNothingKept() {
    auto& rows = server_.App().DocumentRows();
    const auto give_up = std::chrono::steady_clock::now() + 30s;
    while (!rows.ListAfter("", 1).empty() && std::chrono::steady_clock::now() < give_up) {
      server_.App().Keeper().Wake();
      std::this_thread::yield();
    }
    return rows.ListAfter("", 1).empty() && rows.ListStrayParts(1).empty();
  }

  TestServer server_{Small()};
};

TEST_F(DocumentsOverHttp, IsSentNamedAndReadByWhomItConcerns) {
  const std::string bytes = Pdf(3 << 20);
  const Reply sent = Send(bytes);
  ASSERT_EQ(sent.status, 201) << sent.text;
  EXPECT_EQ(sent.body["digest"], DigestOf(bytes));
  EXPECT_EQ(sent.body["bytes"], bytes.size());
  const std::string path = LodgeWith(DigestOf(bytes));
  for (const char* account : {"portal-0001", "intake-0001", "head-0001"}) {
    const Reply read = Download(path, bytes, account);
    ASSERT_EQ(read.status, 200) << account << ": " << read.text;
    EXPECT_TRUE(read.text == bytes) << account;
  }
  AwaitStanding(path, "kept");
  EXPECT_TRUE(Download(path, bytes, "head-0001").text == bytes);
  const Json listed = ListedFor(path, "head-0001").at(0);
  EXPECT_EQ(listed["name"], "质疑 答复\"1\".pdf");
  EXPECT_EQ(listed["event"], "complaint.lodged");
  EXPECT_EQ(listed["media_type"], "application/pdf");
  EXPECT_EQ(listed["bytes"], bytes.size());
}

TEST_F(DocumentsOverHttp, NothingShowsWhatIsDownloaded) {
  const std::string bytes = Pdf();
  ASSERT_EQ(Send(bytes).status, 201);
  const std::string path = LodgeWith(DigestOf(bytes));
  const Reply read = Download(path, bytes, "head-0001");
  ASSERT_EQ(read.status, 200) << read.text;
  auto headers = read.headers;
  EXPECT_EQ(headers["content-type"], "application/octet-stream");
  EXPECT_EQ(headers["x-content-type-options"], "nosniff");
  EXPECT_EQ(headers["cache-control"], "no-store");
  EXPECT_EQ(headers["docket-media-type"], "application/pdf");
  EXPECT_EQ(headers["content-digest"], ContentDigestOf(DocumentDigest(DigestOf(bytes))));
  const std::string plain = Sha256Hex(bytes).substr(0, 16) + ".pdf";
  EXPECT_EQ(headers["content-disposition"],
            "attachment; filename=\"" + plain +
                "\"; filename*=UTF-8''"
                "%E8%B4%A8%E7%96%91%20%E7%AD%94%E5%A4%8D%221%22.pdf");
  const Reply head =
      server_.As("head-0001").Send("HEAD", path + "/documents/" + DigestOf(bytes), "", {});
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.text, "");
}

TEST_F(DocumentsOverHttp, IsNothingToWhomTheCaseIsNotOpen) {
  const std::string bytes = Pdf();
  ASSERT_EQ(Send(bytes).status, 201);
  const std::string path = LodgeWith(DigestOf(bytes));
  EXPECT_EQ(Download(path, bytes, "intake-0101").Code(), "case_not_readable");
  EXPECT_EQ(server_.As("intake-0101").Get(path + "/documents").Code(), "case_not_readable");
  const Json listed = ListedFor(path, "discipline-0001").at(0);
  EXPECT_EQ(listed["name"], Json({{"sealed", true}}));
  EXPECT_EQ(Download(path, bytes, "discipline-0001").Code(), "document_not_readable");
  EXPECT_EQ(Download(path, "another", "head-0001").Code(), "unknown_document");
}

TEST_F(DocumentsOverHttp, ADigestAloneOpensNothing) {
  const std::string bytes = Pdf();
  ASSERT_EQ(Send(bytes, "application/pdf", "intake-0001").status, 201);
  const std::string path = LodgeWith(DigestOf(bytes));
  EXPECT_EQ(Download(path, bytes, "portal-0001").Code(), "document_not_kept");
  EXPECT_EQ(ListedFor(path, "portal-0001").at(0)["standing"], "absent");
  // Sent after it was named, by the account that named it.
  ASSERT_EQ(Send(bytes).status, 201);
  AwaitStanding(path, "kept");
  EXPECT_EQ(Download(path, bytes, "portal-0001").text, bytes);
}

TEST_F(DocumentsOverHttp, WhatIsNotTakenIsRefusedAndLeavesNothing) {
  const auto code = [](const Reply& reply) {
    return std::to_string(reply.status) + " " + reply.Code();
  };
  EXPECT_EQ(code(Send("<html><script>1</script></html>", "text/html")),
            "415 document_type_unsupported");
  EXPECT_EQ(code(Send("<html><script>1</script></html>", "text/plain")),
            "415 document_type_unsupported");
  EXPECT_EQ(code(Send("plain", "application/pdf")), "415 document_type_unsupported");
  EXPECT_EQ(code(Send("", "application/pdf")), "422 document_empty");
  EXPECT_EQ(code(Send(Pdf((4 << 20) + 1))), "413 document_too_large");
  const auto with_digest = [&](const std::string& digest) {
    return server_.As("portal-0001")
        .PostText("/v1/documents", Pdf(),
                  {{"Content-Type", "application/pdf"}, {"Content-Digest", digest}});
  };
  EXPECT_EQ(code(with_digest("sha-256=:" + std::string(43, 'A') + "=:")), "422 digest_mismatch");
  EXPECT_EQ(code(with_digest("md5=:AA==:")), "400 invalid_parameter");
  EXPECT_EQ(code(server_.Nobody().PostText("/v1/documents", Pdf(), Typed("application/pdf"))),
            "401 token_missing");
  EXPECT_TRUE(server_.App().DocumentRows().ListAfter("", 1).empty());
  EXPECT_EQ(with_digest(ContentDigestOf(DocumentDigest(DigestOf(Pdf())))).status, 201);
}

TEST_F(DocumentsOverHttp, WhatWaitsIsListedBoundedAndDiscarded) {
  for (const char* text : {"一", "二", "三", "四"}) {
    ASSERT_EQ(Send(text, "text/plain").status, 201);
  }
  EXPECT_EQ(Send("五", "text/plain").Code(), "documents_waiting");
  const Client portal = server_.As("portal-0001");
  const Json waiting = portal.Get("/v1/documents").body["documents"];
  ASSERT_EQ(waiting.size(), 4U);
  EXPECT_EQ(waiting[0]["digest"], DigestOf("一"));
  EXPECT_EQ(server_.As("intake-0001").Get("/v1/documents").body["documents"].size(), 0U);
  EXPECT_EQ(server_.As("intake-0001").Delete("/v1/documents/" + DigestOf("一")).Code(),
            "unknown_document");
  for (const char* text : {"一", "二", "三", "四"}) {
    EXPECT_EQ(portal.Delete("/v1/documents/" + DigestOf(text)).status, 204);
  }
  EXPECT_TRUE(AwaitNothingKept());
}

TEST_F(DocumentsOverHttp, AnUploadThatBreaksOffLeavesNothing) {
  const std::string head = fmt::format(
      "POST /v1/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer demo-portal-0001-change-me"
      "\r\nContent-Type: application/pdf\r\nContent-Length: {}\r\n\r\n",
      2 << 20);
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server_.Port()));
  const std::string bytes = head + Pdf(1 << 20);
  socket.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
  socket.shutdownSend();
  std::string answer(4096, '\0');
  answer.resize(static_cast<std::size_t>(
      std::max(0, socket.receiveBytes(answer.data(), static_cast<int>(answer.size())))));
  EXPECT_NE(answer.find("body_unreadable"), std::string::npos) << answer;
  EXPECT_TRUE(server_.App().DocumentRows().ListAfter("", 1).empty());
}

TEST_F(DocumentsOverHttp, AReadingIsOnTheDiskBeforeTheAnswer) {
  const std::string bytes = Pdf();
  ASSERT_EQ(Send(bytes).status, 201);
  const std::string path = LodgeWith(DigestOf(bytes));
  const auto before = server_.App().Log().ReadHead(LogId::kAccess).position;
  ASSERT_EQ(Download(path, bytes, "head-0001").status, 200);
  EXPECT_GT(server_.App().Log().ReadHead(LogId::kAccess).position, before);
  const Reply log = server_.As("auditor-0001").Get("/v1/access-log?account=head-0001");
  EXPECT_NE(log.text.find("GET /v1/cases/{id}/documents/{digest}"), std::string::npos) << log.text;
}

TEST_F(DocumentsOverHttp, NoByteOfItIsReadableWhereItIsKept) {
  const std::string bytes = Pdf(600'000);
  ASSERT_EQ(Send(bytes).status, 201);
  const std::string path = LodgeWith(DigestOf(bytes));
  AwaitStanding(path, "kept");
  ASSERT_EQ(Download(path, bytes, "head-0001").status, 200);
  EXPECT_EQ(server_.Log().find(kMark), std::string::npos);
  EXPECT_EQ(FilesWith(server_.StoreFolder(), {kMark, "质疑 答复"}), std::vector<std::string>());
}

TEST_F(DocumentsOverHttp, ADamagedOneBreaksOffAndSaysSoInTheLog) {
  const std::string bytes = Pdf(600'000);
  ASSERT_EQ(Send(bytes).status, 201);
  const std::string path = LodgeWith(DigestOf(bytes));
  AwaitStanding(path, "kept");
  const auto document = server_.App().DocumentRows().ListAfter("", 1).at(0);
  server_.App().DocumentTables().Run(
      "UPDATE document_parts SET sealed = ? WHERE document = ? AND number = 1",
      {docket::Bytes{"altered"}, document.id});
  bool broken = false;
  try {
    const Reply read = Download(path, bytes, "head-0001");
    broken = read.text.size() < bytes.size();
  } catch (const Poco::Exception&) {
    broken = true;
  }
  EXPECT_TRUE(broken);
  EXPECT_NE(server_.Log().find("answer broken off"), std::string::npos) << server_.Log();
  const auto checked = RunDocket({"documents", "check", "--store", server_.StoreUrl(), "--json"});
  EXPECT_EQ(checked.exit_code, 1) << checked.said;
  EXPECT_NE(checked.said.find("its bytes have changed"), std::string::npos) << checked.said;
  EXPECT_NE(checked.said.find("documents_damaged"), std::string::npos) << checked.said;
}

TEST_F(DocumentsOverHttp, ABackupHasThemAndARestoredStoreGivesThemOut) {
  if (OnPostgres()) GTEST_SKIP() << "backed up by the server's own tools";
  const std::string bytes = Pdf(600'000);
  ASSERT_EQ(Send(bytes).status, 201);
  const std::string path = LodgeWith(DigestOf(bytes));
  AwaitStanding(path, "kept");
  const TemporaryFolder folder;
  const auto file = [&](const char* name) { return (folder.Path() / name).string(); };
  const auto backup =
      RunDocket({"backup", "--store", server_.StoreUrl(), "--to", file("log.copy"),
                 "--documents-to", file("documents.copy"), "--keys-to", file("keys.copy")});
  ASSERT_EQ(backup.exit_code, 0) << backup.said;
  EXPECT_EQ(FilesWith(folder.Path(), {kMark}), std::vector<std::string>());
  const std::string restored = "sqlite:" + file("restored.db");
  const auto done =
      RunDocket({"restore", "--store", restored, "--from", file("log.copy"), "--documents-from",
                 file("documents.copy"), "--keys-from", file("keys.copy")});
  ASSERT_EQ(done.exit_code, 0) << done.said;
  TestServer::Options options;
  options.store_url = restored;
  options.now = "";
  const TestServer again(options);
  EXPECT_TRUE(again.As("head-0001").Get(path + "/documents/" + DigestOf(bytes)).text == bytes);
}

TEST_F(DocumentsOverHttp, IsErasedWithWhoHandedItIn) {
  const std::string bytes = Pdf();
  ASSERT_EQ(Send(bytes).status, 201);
  const std::string path = LodgeWith(DigestOf(bytes));
  const std::string case_path = path + "/commands/";
  const Client portal = server_.As("portal-0001");
  ASSERT_EQ(portal.Post(case_path + "cancel", {{"data", {{"reason", "不再投诉"}}}}).status, 200);
  ASSERT_EQ(server_.As("intake-0001")
                .Post(case_path + "archive", {{"data", {{"archive_no", "2024-1"}}}})
                .status,
            200);
  AwaitStanding(path, "kept");
  PassRetention(server_);
  const Reply plan = server_.As("head-0001").Post("/v1/erasures", EraseBody(true));
  EXPECT_EQ(plan.body.at("cases").at(0).at("documents"), Json::array({DigestOf(bytes)}));
  const Json body = EraseBody(false);
  const Reply ordered = server_.As("head-0001").Post("/v1/erasures", body);
  ASSERT_EQ(ordered.status, 201) << ordered.text;
  AwaitErased(server_, ordered.body.value("id", ""));
  EXPECT_EQ(Download(path, bytes, "head-0001").Code(), "document_erased");
  AwaitStanding(path, "erased");
  EXPECT_TRUE(AwaitNothingKept()) << "the sealed bytes are gone, too";
}

}  // namespace
}  // namespace docket::test
