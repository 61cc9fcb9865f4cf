/// Why a person cannot be told apart.
#pragma once

#include "domain/rejection.hpp"

namespace docket {

inline constexpr Refusal kUnknownParty{"unknown_party", "案卷中没有此当事人，或其信息已删除",
                                       "the case has no such party, or it is erased", "",
                                       "/at/party"};
inline constexpr Refusal kPersonNotIdentified{
    "person_not_identified", "须写明当事人所在案卷，或证件号码，或姓名连同电话、邮箱、地址之一",
    "name a place where the person appears, or a number, or a name with a phone, mail or address",
    "个人信息保护法 50"};

}  // namespace docket
