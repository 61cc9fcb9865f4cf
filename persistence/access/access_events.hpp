/// What the second log holds: who read what, and who was refused (查阅与拒绝记录, FJ18-14, FJ18-18).
///
/// Stored format: add a version instead of changing one. An event stands for `count` uses of the
/// same kind between two instants; the counts of all events together are the uses there were.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/ids.hpp"
#include "domain/json.hpp"

namespace docket {

/// The account's stream is `access-` and its id; uses without an account share this one.
inline const StreamId kNamelessAccess{"access"};

struct AccessWasRead {
  static constexpr std::string_view kType = "access.read", kZh = "查阅案卷";
  /// Method and pattern, as in the list of routes. Absent like the case: too many to be named.
  std::optional<std::string> operation;
  std::optional<StreamId> case_id;
  std::string access;                  ///< `sealed`, `party` or `open`: what was shown.
  bool personal = false;               ///< Personal texts were opened.
  std::optional<std::string> consent;  ///< 同意查询文书: the reference that the reader gave.
  std::int64_t count = 0;
  Instant first_at;
  Instant last_at;

  static constexpr auto Fields() {
    return std::tuple{Field{"operation", &AccessWasRead::operation, "功能"},
                      Field{"case_id", &AccessWasRead::case_id, "案卷"},
                      Field{"access", &AccessWasRead::access, "权限"},
                      Field{"personal", &AccessWasRead::personal, "含个人信息"},
                      Field{"consent", &AccessWasRead::consent, "同意查询文书"},
                      Field{"count", &AccessWasRead::count, "次数"},
                      Field{"first_at", &AccessWasRead::first_at, "首次时间"},
                      Field{"last_at", &AccessWasRead::last_at, "末次时间"}};
  }
};

struct AccessWasDenied {
  static constexpr std::string_view kType = "access.denied", kZh = "拒绝访问";
  std::optional<std::string> operation;  ///< Absent: who asked is not known, or too many.
  std::optional<StreamId> case_id;
  std::optional<std::string> command;
  std::string reason;  ///< Code of the refusal.
  std::int64_t count = 0;
  Instant first_at;
  Instant last_at;

  static constexpr auto Fields() {
    return std::tuple{Field{"operation", &AccessWasDenied::operation, "功能"},
                      Field{"case_id", &AccessWasDenied::case_id, "案卷"},
                      Field{"command", &AccessWasDenied::command, "命令"},
                      Field{"reason", &AccessWasDenied::reason, "原因"},
                      Field{"count", &AccessWasDenied::count, "次数"},
                      Field{"first_at", &AccessWasDenied::first_at, "首次时间"},
                      Field{"last_at", &AccessWasDenied::last_at, "末次时间"}};
  }
};

}  // namespace docket
