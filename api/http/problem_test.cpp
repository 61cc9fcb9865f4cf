// Refusals as problems: the status of every kind and of the codes that differ from their kind.
#include "api/http/problem.hpp"

#include <gtest/gtest.h>

namespace docket::http {
namespace {

int StatusFor(RejectionKind kind, std::string_view code) {
  return ProblemOf(Rejection(kind, {code, "中", "en"}), "r").status;
}

TEST(Problem, EveryKindHasItsStatus) {
  EXPECT_EQ(StatusFor(RejectionKind::kInvalid, "invalid_fields"), 422);
  EXPECT_EQ(StatusFor(RejectionKind::kRefused, "not_in_time"), 409);
  EXPECT_EQ(StatusFor(RejectionKind::kForbidden, "role_not_permitted"), 403);
  EXPECT_EQ(StatusFor(RejectionKind::kUnauthenticated, "token_missing"), 401);
  EXPECT_EQ(StatusFor(RejectionKind::kNotFound, "unknown_case"), 404);
  EXPECT_EQ(StatusFor(RejectionKind::kConflict, "command_id_reused"), 409);
  EXPECT_EQ(StatusFor(RejectionKind::kOverloaded, "overloaded"), 503);
}

TEST(Problem, SomeCodesSayMoreThanTheirKind) {
  EXPECT_EQ(StatusFor(RejectionKind::kConflict, "stale_version"), 412);
  for (const char* code : {"json_malformed", "json_too_deep", "json_duplicate_name",
                           "target_malformed", "invalid_parameter", "body_unreadable"}) {
    EXPECT_EQ(StatusFor(RejectionKind::kInvalid, code), 400) << code;
  }
  EXPECT_EQ(ProblemOf(BodyTooLarge(), "r").status, 413);
  EXPECT_EQ(ProblemOf(MethodNotAllowed(), "r").status, 405);
  EXPECT_EQ(ProblemOf(NoSuchRoute(), "r").status, 404);
  EXPECT_EQ(ProblemOf(InternalError(), "r").status, 500);
  EXPECT_EQ(ProblemOf(StoreUnavailable(), "r").status, 503);
}

TEST(Problem, SaysAllThatTheRefusalSays) {
  Rejection rejection(RejectionKind::kInvalid,
                      {"invalid_fields", "字段填写有误", "invalid", "94号令 18"});
  rejection.fields = {{"/name", "field_missing", "缺少", "required"}};
  const Response response = ProblemOf(rejection, "request-1");
  EXPECT_EQ(response.content_type, "application/problem+json");
  const Json expected = {
      {"type", "urn:docket:problem:invalid_fields"},
      {"title", "字段填写有误"},
      {"status", 422},
      {"detail", "invalid"},
      {"detail_zh", "字段填写有误"},
      {"code", "invalid_fields"},
      {"basis", "94号令 18"},
      {"request_id", "request-1"},
      {"errors",
       {{{"pointer", "/name"}, {"code", "field_missing"}, {"zh", "缺少"}, {"en", "required"}}}}};
  EXPECT_EQ(Json::parse(response.body), expected);
}

TEST(Problem, LeavesOutWhatThereIsNot) {
  const Json body = Json::parse(ProblemOf(NoSuchRoute(), "r").body);
  EXPECT_FALSE(body.contains("basis"));
  EXPECT_FALSE(body.contains("errors"));
}

TEST(Problem, TellsTheClientWhatToDoNext) {
  const Rejection unknown(RejectionKind::kUnauthenticated, {"token_unknown", "", ""});
  EXPECT_EQ(ProblemOf(unknown, "r").Header("www-authenticate"), "Bearer realm=\"docket\"");
  EXPECT_EQ(ProblemOf(StoreOverloaded(), "r").Header("Retry-After"), "1");
  EXPECT_FALSE(ProblemOf(NoSuchRoute(), "r").Header("Retry-After"));
}

}  // namespace
}  // namespace docket::http
