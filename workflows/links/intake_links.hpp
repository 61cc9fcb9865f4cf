/// What pushed data bring about: a missing step is a defect of its provider's connection, a defect
/// raises a warning, and a project that ends is reviewed (FJ18-13(3); HN18-8).
#pragma once

#include "workflows/links/link.hpp"

namespace docket::links {

std::vector<LinkedCommand> DefectOfMissedSteps(const LinkCause& cause);
std::vector<LinkedCommand> ReviewOfProject(const LinkCause& cause);
std::vector<LinkedCommand> WarningOfDefect(const LinkCause& cause);
std::vector<LinkedCommand> WarningOfLateBatch(const LinkCause& cause);
std::vector<LinkedCommand> WarningOfOldStandard(const LinkCause& cause);
std::vector<LinkedCommand> WarningOfReview(const LinkCause& cause);

}  // namespace docket::links
