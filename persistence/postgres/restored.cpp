#include "persistence/postgres/restored.hpp"

#include "persistence/postgres/epoch_binding.hpp"
#include "persistence/postgres/event_rows.hpp"
#include "persistence/postgres/migrations.hpp"

namespace docket {

namespace {

constexpr const char* kSelectEpochs = "SELECT log, epoch, position FROM docket.heads ORDER BY log";

SeenHeads ReadHeads(PostgresConnection& connection) {
  const auto rows = connection.Execute(kSelectEpochs);
  SeenHeads heads;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Head& head = heads[static_cast<LogId>(NumberAt(rows, i, 0))];
    head.epoch = Epoch(std::string(TextAt(rows, i, 1)));
    head.position = Position{NumberAt(rows, i, 2)};
  }
  return heads;
}

}  // namespace

RestoredLog DeclareRestored(const PostgresUrl& url) {
  PostgresConnection connection(url, {.purpose = "docket restore"});
  CheckPostgresMigrated(connection, PostgresMigrationsOf("log"));
  const SeenHeads before = ReadHeads(connection);
  // That there was more than there is now is what the operator says: the store then does what it
  // does when it notices by itself.
  SeenHeads seen = before;
  for (auto& [log, head] : seen) head.position = head.position.Next();
  BindEpochs(connection, seen);
  const SeenHeads after = ReadHeads(connection);
  const Head& cases = after.at(LogId::kCases);
  return {.epoch = cases.epoch,
          .from_epoch = before.at(LogId::kCases).epoch,
          .position = cases.position};
}

}  // namespace docket
