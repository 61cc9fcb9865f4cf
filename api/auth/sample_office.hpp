/// The sample office that ships with the product (data/sample/office.json). Its tokens are public.
#pragma once

#include <string_view>

namespace docket {

std::string_view SampleOffice();

}  // namespace docket
