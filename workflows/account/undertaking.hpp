/// 保密承诺书, signed by every holder at the first login and again when its text changes (HN18-14;
/// FJ18-10). The version is stored with each signature: a changed text gets a new one.
#pragma once

#include <string_view>

namespace docket::account {

inline constexpr std::string_view kUndertakingVersion = "1";
inline constexpr std::string_view kUndertaking =
    "本人承诺：一、账号仅由本人使用，不转交、不出借他人；二、不录制、转储、泄露、传播、交换系统中的"
    "数据；三、妥善保管密码和数字证书，定期更新密码；四、对工作中知悉的信息保密，离岗后仍然如此；"
    "五、调动时按规定办理账号和未结事项交接。违反承诺的，依法依规承担责任。";

}  // namespace docket::account
