/// What identifies a person, written in one way: two texts are the same person's where these
/// functions give the same.
#pragma once

#include <string>
#include <string_view>

namespace docket {

/// 姓名、名称、地址: as it is searched (full-width forms, case, ① and Ⅱ), without any spaces,
/// punctuation and middle dots: 阿依古丽·买买提 is 阿依古丽买买提.
std::string NormaliseName(std::string_view name);
/// 证件号码、统一社会信用代码: letters and digits, lower case. An identity card of fifteen digits
/// (before 2000) becomes the one of eighteen that replaced it (GB 11643).
std::string NormaliseIdNumber(std::string_view number);
/// Digits alone, without the country's 86 (+86, 0086).
std::string NormalisePhone(std::string_view phone);
/// Full-width forms made half-width, lower case, without spaces.
std::string NormaliseEmail(std::string_view email);

}  // namespace docket
