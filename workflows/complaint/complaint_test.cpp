// The complaint workflow: each row and each refusal, in both profiles.
#include "workflows/complaint/events.hpp"

#include "tests/support/spec.hpp"

namespace docket::complaint {

const Workflow& Definition();

namespace {

using docket::testing::Spec;
using docket::testing::TableCoverage;

const auto* const kCoverage =
    ::testing::AddGlobalTestEnvironment(new TableCoverage(Definition()));

TEST(Smoke, Loads) { EXPECT_EQ(Definition().Name(), "complaint"); }

}  // namespace
}  // namespace docket::complaint
