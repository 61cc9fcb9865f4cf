#include "persistence/postgres/epoch_binding.hpp"

#include <fmt/format.h>

#include "persistence/postgres/binary_array.hpp"
#include "persistence/postgres/event_rows.hpp"

namespace docket {

namespace {

constexpr const char* kIsStandby = "SELECT pg_is_in_recovery()";
constexpr const char* kSelectBound =
    "SELECT h.log, h.epoch, h.position, e.store = docket.store_identity()"
    "  FROM docket.heads AS h JOIN docket.epochs AS e ON e.number = h.epoch_number";
constexpr PostgresStatement kBind{"bind_epochs",
                                  "SELECT docket.bind_epochs($1::int2[], $2::int8[], $3::text[])"};

bool IsBound(const pqxx::result& rows, const SeenHeads& seen) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (TextAt(rows, i, 3) != "t") return false;
    const auto known = seen.find(static_cast<LogId>(NumberAt(rows, i, 0)));
    if (known == seen.end() || known->second.epoch.value != TextAt(rows, i, 1)) continue;
    if (known->second.position.value > NumberAt(rows, i, 2)) return false;
  }
  return true;
}

}  // namespace

void BindEpochs(PostgresConnection& connection, const SeenHeads& seen) {
  if (TextAt(connection.Execute(kIsStandby), 0, 0) == "t") {
    throw ConnectionLost(
        fmt::format("{} is a standby, which takes no writes; the URL must name "
                    "the primary",
                    connection.Url().Shown()));
  }
  if (IsBound(connection.Execute(kSelectBound), seen)) return;
  BinaryArray logs(BinaryArray::Type::kInt2);
  BinaryArray positions(BinaryArray::Type::kInt8);
  BinaryArray epochs(BinaryArray::Type::kText);
  for (const auto& [log, head] : seen) {
    logs.AddInt2(static_cast<std::int16_t>(log));
    positions.AddInt8(head.position.value);
    epochs.AddText(head.epoch.value);
  }
  connection.Run(kBind, logs.Parameter(), positions.Parameter(), epochs.Parameter());
}

}  // namespace docket
