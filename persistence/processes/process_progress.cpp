#include "persistence/processes/process_progress.hpp"

namespace docket {

namespace {

constexpr std::string_view kSelectPlace =
    "SELECT epoch, position FROM process_progress WHERE name = ?";
constexpr std::string_view kMovePlace =
    "INSERT INTO process_progress (name, epoch, position, token) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, position = excluded.position,"
    " token = excluded.token WHERE process_progress.token <= excluded.token";
constexpr std::string_view kBeginPlace =
    "INSERT INTO process_progress (name, epoch, position, token) VALUES (?, ?, ?, 0)"
    " ON CONFLICT (name) DO NOTHING";

}  // namespace

std::optional<LogPlace> ProcessProgress::Read() const {
  const auto rows = tables_.Query(kSelectPlace, {name_});
  if (rows.empty()) return std::nullopt;
  return LogPlace{Epoch(std::get<std::string>(rows.front().at(0))),
                  Position(std::get<std::int64_t>(rows.front().at(1)))};
}

void ProcessProgress::BeginAt(const LogPlace& place) {
  tables_.Run(kBeginPlace, {name_, place.epoch.value, place.position.value});
}

bool ProcessProgress::MoveTo(const LogPlace& place, std::int64_t token) {
  return tables_.Run(kMovePlace, {name_, place.epoch.value, place.position.value, token}) == 1;
}

}  // namespace docket
