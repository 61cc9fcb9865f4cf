/// Refusals that the engine itself gives, whatever the workflow.
#pragma once

#include "domain/rejection.hpp"

namespace docket {

inline constexpr Refusal kCommandNotAllowedInState{"command_not_allowed_in_state",
                                                   "当前状态不允许此操作",
                                                   "the case's state does not allow this command"};
inline constexpr Refusal kUnknownCommand{"unknown_command", "没有此操作",
                                         "this workflow has no such command"};
inline constexpr Refusal kUnknownWorkflow{"unknown_workflow", "没有此业务类型",
                                          "there is no such workflow"};
inline constexpr Refusal kUnknownCase{"unknown_case", "没有此案卷", "there is no such case"};
inline constexpr Refusal kUnknownActor{"unknown_actor", "没有此账号", "there is no such account"};
inline constexpr Refusal kRoleNotPermitted{"role_not_permitted", "当前角色无权办理此事项",
                                           "none of the actor's roles may do this"};
inline constexpr Refusal kSeparationOfDuties{
    "separation_of_duties", "职责分离：不得审批本人经办的事项",
    "whoever prepared this may not approve it", "行政处罚法 58；FJ18-14"};
inline constexpr Refusal kRecorderNotPermitted{
    "recorder_not_permitted", "仅同一单位的受理人员可以补录他人的线下办理",
    "only an intake clerk of the same unit may enter another's offline act", "FJ18-6(2)"};
inline constexpr Refusal kBackEntryRequired{
    "back_entry_required", "补录过去的事项须说明原因",
    "an act of the past is entered with the reason why it was offline", "FJ18-6(2)"};
inline constexpr Refusal kOccurredInFuture{"occurred_in_future", "发生时间晚于当前时间",
                                           "the act lies in the future"};
inline constexpr Refusal kOccurredBeforeLastAct{"occurred_before_last_act",
                                                "发生时间早于案卷中上一事项",
                                                "the act lies before the last act of the case"};
inline constexpr Refusal kStaleVersion{"stale_version", "案卷已被他人更新，请刷新后重试",
                                       "somebody has acted on the case since it was read"};
inline constexpr Refusal kCommandIdReused{"command_id_reused", "该请求编号已用于其他内容",
                                          "this command id was already used for other content"};
inline constexpr Refusal kContention{"contention", "案卷正被频繁更新，请稍后重试",
                                     "the case is changing too fast, try again"};
inline constexpr Refusal kSubjectErased{"subject_erased",
                                        "该当事人的个人信息已依法删除，不能再以其名义记载",
                                        "the personal data of this subject were erased; nothing "
                                        "more can be recorded under its key",
                                        "个人信息保护法 47"};
inline constexpr Refusal kTooManyCommands{"too_many_commands", "一次提交的操作过多",
                                          "too many commands in one request"};
inline constexpr Refusal kNoCommand{"no_command", "没有提交操作", "the request has no command"};
inline constexpr Refusal kCommandIdInvalid{"command_id_invalid",
                                           "请求编号应为 1 至 128 个可打印 ASCII 字符",
                                           "a command id is 1 to 128 printable ASCII characters"};

}  // namespace docket
