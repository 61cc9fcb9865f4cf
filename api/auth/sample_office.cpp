#include "api/auth/sample_office.hpp"

#include "domain/embedded.hpp"

namespace docket {

namespace embedded {
const std::vector<File>& SampleOfficeFile();
}  // namespace embedded

std::string_view SampleOffice() { return embedded::SampleOfficeFile().front().text; }

}  // namespace docket
