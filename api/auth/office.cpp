#include "api/auth/office.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "api/auth/sample_office.hpp"
#include "api/demo/world.hpp"
#include "domain/evidence/leaf.hpp"
#include "persistence/credentials/secrets.hpp"
#include "workflows/engine/event_catalogue.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

namespace {

constexpr std::size_t kIdBytesMax = 64;

bool IsAdministrator(Role role) { return SideOf(role) == Side::kAdministration; }

bool IsPlainId(std::string_view id) {
  return id.size() <= kIdBytesMax && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
         });
}

bool IsToken(std::string_view token) {
  return token.size() >= kTokenBytesMin && token.size() <= kTokenBytesMax &&
         std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

/// Collects everything that is wrong with the file, not only the first.
class OfficeCheck {
 public:
  FieldErrors Run(const OfficeFile& file) {
    for (std::size_t i = 0; i < file.units.size(); ++i) {
      CheckUnit(file.units[i], "/units/" + std::to_string(i));
    }
    for (std::size_t i = 0; i < file.accounts.size(); ++i) {
      CheckAccount(file.accounts[i], "/accounts/" + std::to_string(i));
    }
    return std::move(errors_);
  }

 private:
  void Add(std::string pointer, const Refusal& refusal) {
    errors_.push_back({std::move(pointer), std::string(refusal.code), std::string(refusal.zh),
                       std::string(refusal.en)});
  }

  void CheckId(const std::string& id, std::set<std::string>& known, const std::string& at) {
    if (!IsPlainId(id)) {
      Add(at + "/id", {"id_invalid", "编号只能由字母、数字和 . _ - 组成，至多 64 个",
                       "an id is 1 to 64 letters, digits, '.', '_' and '-'"});
    }
    if (!known.insert(id).second) {
      Add(at + "/id", {"id_duplicate", "编号重复", "this id is given twice"});
    }
  }

  void CheckUnit(const Unit& unit, const std::string& at) {
    CheckId(unit.id.value, units_, at);
    if (unit.id == ClockActor().unit) {
      Add(at + "/id", {"id_reserved", "该编号由系统保留", "this id is reserved"});
    }
    if (!unit.region.IsValid()) {
      Add(at + "/region", {"region_invalid", "行政区划代码无效", "not a GB/T 2260 division code"});
    }
  }

  void CheckAccount(const OfficeAccount& account, const std::string& at) {
    CheckId(account.id.value, accounts_, at);
    if (account.id == ClockActor().id) {
      Add(at + "/id", {"id_reserved", "该编号由系统保留", "this id is reserved"});
    }
    if (units_.count(account.unit.value) == 0) {
      Add(at + "/unit", {"unit_unknown", "没有该单位", "no such unit is listed"});
    }
    if (!IsToken(account.token)) {
      Add(at + "/token", {"token_invalid", "令牌应为 16 至 256 个可打印 ASCII 字符",
                          "a token is 16 to 256 printable ASCII characters"});
    } else if (!tokens_.insert(account.token).second) {
      Add(at + "/token", {"token_duplicate", "令牌重复", "another account has this token"});
    }
    CheckRoles(account, at + "/roles");
    for (std::size_t i = 0; i < account.scopes.size(); ++i) {
      CheckScope(account.scopes[i], at + "/scopes/" + std::to_string(i));
    }
  }

  void CheckScope(const Scope& scope, const std::string& at) {
    if (!scope.region.IsValid()) {
      Add(at + "/region", {"region_invalid", "行政区划代码无效", "not a GB/T 2260 division code"});
    }
    if (scope.from && scope.until && *scope.until < *scope.from) {
      Add(at + "/until",
          {"dates_out_of_order", "截止日期早于起始日期", "it ends before it begins"});
    }
    for (const auto& name : scope.workflows) {
      if (FindWorkflow(name) == nullptr) {
        Add(at + "/workflows", {"workflow_unknown", "没有此业务类型", "there is no such workflow"});
      }
    }
    if (!scope.events) return;
    auto wrong = CheckEventFields(*scope.events, at + "/events");
    errors_.insert(errors_.end(), wrong.begin(), wrong.end());
  }

  void CheckRoles(const OfficeAccount& account, const std::string& at) {
    const auto& roles = account.roles;
    if (roles.empty()) Add(at, {"roles_empty", "至少需要一个角色", "an account needs a role"});
    if (std::set<Role>(roles.begin(), roles.end()).size() != roles.size()) {
      Add(at, {"role_duplicate", "角色重复", "a role is given twice"});
    }
    if (std::any_of(roles.begin(), roles.end(),
                    [](Role role) { return SideOf(role) == Side::kSystem; })) {
      Add(at, {"role_reserved", "系统自身的角色不得授予账号",
               "the system's own roles are not for accounts"});
    } else if (roles.size() > 1 && std::any_of(roles.begin(), roles.end(), IsAdministrator)) {
      Add(at,
          {"administrators_exclusive", "三员（系统管理员、系统操作员、系统审计员）不得兼任其他角色",
           "a system administrator, operator or auditor holds no other role"});
    } else if (!roles.empty() && !AreCompatible(roles)) {
      Add(at, {"roles_of_two_sides", "不得兼任决策、执行、监督中两方的角色，或兼任当事人",
               "roles of two sides: decision, execution, supervision, parties"});
    }
    const bool leads_unit =
        std::find(roles.begin(), roles.end(), Role::kUnitAdministrator) != roles.end();
    if (leads_unit && !administered_.insert(account.unit.value).second) {
      Add(at, {"unit_administrator_duplicate", "一个单位只能有一名业务系统管理员",
               "a unit has exactly one administrator"});
    }
  }

  FieldErrors errors_;
  std::set<std::string> units_;
  std::set<std::string> accounts_;
  std::set<std::string> tokens_;
  std::set<std::string> administered_;
};

}  // namespace

Expected<Office> Office::Parse(std::string_view text) {
  const auto json = ParseJson(text);
  if (!json) return tl::unexpected(json.error());
  auto file = Decode<OfficeFile>(*json);
  if (!file) return tl::unexpected(file.error());
  if (auto errors = OfficeCheck().Run(*file); !errors.empty()) {
    return tl::unexpected(InvalidFields(std::move(errors)));
  }
  Office office;
  office.is_sample_ = text == SampleOffice() || text == demo::ProvinceOffice();
  for (auto& unit : file->units) {
    const UnitId id = unit.id;
    office.units_.emplace(id, std::move(unit));
  }
  for (auto& account : file->accounts) {
    office.credentials_.push_back({Sha256Hex(account.token), account.id});
    office.accounts_.emplace(
        account.id, Actor{account.id, account.unit, account.roles, std::move(account.scopes)});
  }
  return office;
}

Expected<Office> Office::Load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!(text << file.rdbuf())) {
    return Refuse(RejectionKind::kInvalid,
                  {"office_unreadable", "机构文件无法读取", "the office file cannot be read"});
  }
  return Parse(text.str());
}

std::optional<Actor> Office::FindActor(const ActorId& id) const {
  const auto found = accounts_.find(id);
  return found == accounts_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Unit> Office::FindUnit(const UnitId& id) const {
  const auto found = units_.find(id);
  return found == units_.end() ? std::nullopt : std::optional(found->second);
}

Expected<Actor> Office::Authenticate(std::string_view token) const {
  const std::string digest = Sha256Hex(token);
  std::size_t found = credentials_.size();
  for (std::size_t i = 0; i < credentials_.size(); ++i) {
    const unsigned equal = EqualInConstantTime(credentials_[i].token_digest, digest) ? 1U : 0U;
    found = equal * i + (1 - equal) * found;
  }
  if (found == credentials_.size()) {
    return Refuse(RejectionKind::kUnauthenticated, kTokenUnknown);
  }
  return accounts_.at(credentials_[found].account);
}

}  // namespace docket
