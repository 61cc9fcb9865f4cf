/// Why a text is refused before anything in it is looked at.
#pragma once

#include "domain/rejection.hpp"

namespace docket {

inline constexpr Refusal kJsonTooLarge{"json_too_large", "JSON 超过大小上限",
                                       "the JSON is too large"};
inline constexpr Refusal kJsonTooDeep{"json_too_deep", "JSON 嵌套过深",
                                      "the JSON nests too deeply"};
inline constexpr Refusal kJsonMalformed{"json_malformed", "JSON 格式错误", "the JSON is malformed"};
inline constexpr Refusal kJsonNumberOutOfRange{"json_malformed", "JSON 中的数字超出范围",
                                               "a number in the JSON is out of range"};
inline constexpr Refusal kJsonDuplicateName{"json_duplicate_name", "JSON 中存在重复的字段名",
                                            "a name appears twice in one JSON object"};

}  // namespace docket
