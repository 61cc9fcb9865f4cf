#include "api/render/access_json.hpp"

#include <algorithm>

#include "api/render/schema.hpp"
#include "persistence/access/access_events.hpp"

namespace docket {

namespace {

std::string_view ChineseNameOf(std::string_view type) {
  const auto* found = std::find_if(kAccessEventNames.begin(), kAccessEventNames.end(),
                                   [&](const AccessEventName& name) { return name.type == type; });
  return found == kAccessEventNames.end() ? std::string_view() : found->zh;
}

}  // namespace

Json AccessEventJson(const RecordedEvent& event) {
  Json json = {
      {"position", event.position.value},     {"type", event.type},
      {"zh", ChineseNameOf(event.type)},      {"recorded_at", event.recorded_at.ToString()},
      {"virtual_clock", event.virtual_clock}, {"leaf_hash", event.leaf_hash}};
  // Without an account there is no unit, no role, and no single request either.
  if (!event.actor.empty()) {
    json["account"] = event.actor.value;
    json["unit"] = event.unit.value;
    json["role"] = Encode(event.role);
    json["request_id"] = event.correlation.value;
  }
  json.update(Json::parse(event.data));
  return json;
}

Json AccessEventSchema() {
  using namespace schema;
  return Component("AccessEvent", Object({{"position", Titled("位置", Integer())},
                                          {"type", Titled("类型", Text())},
                                          {"zh", Text()},
                                          {"recorded_at", Titled("记录时间", InstantText())},
                                          {"virtual_clock", Boolean()},
                                          {"leaf_hash", Text()},
                                          {"account?", Titled("账号", Text())},
                                          {"unit?", Titled("单位", Text())},
                                          {"role?", Titled("角色", Of<Role>())},
                                          {"request_id?", Titled("首次请求编号", Text())},
                                          {"operation?", Titled("功能", Text())},
                                          {"case_id?", Titled("案件编号", Text())},
                                          {"command?", Titled("命令", Text())},
                                          {"reason?", Titled("原因", Text())},
                                          {"method?", Titled("登录方式", Of<LoginMethod>())},
                                          {"credential?", Titled("登录凭证编号", Text())},
                                          {"ended_by?", Titled("结束会话的账号", Text())},
                                          {"address?", Titled("客户端地址", Text())},
                                          {"access?", Titled("查阅权限", Text())},
                                          {"personal?", Titled("含个人信息", Boolean())},
                                          {"consent?", Titled("同意查询文书", Text())},
                                          {"count", Titled("次数", Integer())},
                                          {"first_at", Titled("首次时间", InstantText())},
                                          {"last_at", Titled("末次时间", InstantText())}}));
}

}  // namespace docket
