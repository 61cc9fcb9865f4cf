// What the documentation of an operation must have.
#include "api/http/operation.hpp"

#include <gtest/gtest.h>

namespace docket::http {
namespace {

Operation Whole() {
  return {.id = "getThing",
          .tag = {"things", {"物", "Things"}},
          .summary = {"读取", "Read a thing"},
          .parameters = {InPath("id", AnyText(), {"编号", "Its id"}),
                         InQuery("limit", IntegerWithin({1, 9}), {"条数", "Rows at most"})},
          .answers = {{.status = 200, .about = {"物", "The thing"}, .schema = Json::object()}},
          .problems = {Rejection(RejectionKind::kNotFound, {"unknown_thing", "没有", "none"})}};
}

std::vector<std::string> GapsWith(const std::function<void(Operation&)>& damage) {
  Operation operation = Whole();
  damage(operation);
  return GapsOf(operation, "/v1/things/{id}");
}

using Gaps = std::vector<std::string>;

TEST(OperationText, AWholeOneHasNoGaps) {
  EXPECT_EQ(GapsWith([](Operation&) {}), Gaps{});
}

TEST(OperationText, EachGapIsNamed) {
  EXPECT_EQ(GapsOf(Operation(), "/v1/things"),
            (Gaps{"no id", "no tag", "no summary in both languages", "no answer"}));
  EXPECT_EQ(GapsWith([](Operation& o) { o.summary.zh.clear(); }),
            Gaps{"no summary in both languages"});
  EXPECT_EQ(GapsWith([](Operation& o) { o.parameters[1].about.en.clear(); }),
            Gaps{"parameter limit is not described"});
  EXPECT_EQ(GapsWith([](Operation& o) { o.parameters[1].type = {}; }),
            (Gaps{"parameter limit has no schema", "parameter limit is not checked"}));
  EXPECT_EQ(GapsWith([](Operation& o) { o.parameters.erase(o.parameters.begin()); }),
            Gaps{"its path parameters are not those of /v1/things/{id}"});
  EXPECT_EQ(GapsWith([](Operation& o) { o.answers[0].schema = nullptr; }),
            Gaps{"answer 200 has no schema"});
  EXPECT_EQ(GapsWith([](Operation& o) { o.answers[0].status = 304; }),
            Gaps{"answer 304 can have no body"});
  EXPECT_EQ(GapsWith([](Operation& o) {
              o.answers[0].headers = {{"ETag", {}, {}}};
            }),
            Gaps{"answer 200: header ETag is not described"});
  EXPECT_EQ(GapsWith([](Operation& o) { o.problems[0].zh.clear(); }),
            Gaps{"a problem without code or words: unknown_thing"});
  EXPECT_EQ(GapsWith([](Operation& o) { o.variants = {{.value = "go", .id = "go"}}; }),
            Gaps{"variant go has no summary"});
}

}  // namespace
}  // namespace docket::http
