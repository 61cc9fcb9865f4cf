// The contract: every route says what it is.
#include <gtest/gtest.h>

#include "tests/api/test_server.hpp"

namespace docket::test {
namespace {

TEST(Contract, EveryRouteSaysWhatItIs) {
  const TestServer server;
  std::set<std::string> ids;
  for (const auto* route : server.Routes()) {
    const std::string name = route->method + " " + route->pattern;
    for (const auto& gap : http::GapsOf(route->operation, route->pattern)) {
      ADD_FAILURE() << name << ": " << gap;
    }
    EXPECT_TRUE(ids.insert(route->operation.id).second) << name << ": the id is another's";
    EXPECT_TRUE(route->method != "GET" || route->operation.body.is_null()) << name;
  }
  EXPECT_GT(ids.size(), 10U);
}

}  // namespace
}  // namespace docket::test
