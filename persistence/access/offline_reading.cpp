#include "persistence/access/offline_reading.hpp"

#include "persistence/access/access_recorder.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/ids/uuid7.hpp"
#include "persistence/open_store.hpp"
#include "persistence/postgres/postgres_url.hpp"
#include "persistence/sqlite/sqlite_store.hpp"

namespace docket {

std::optional<std::string> RecordOffline(const std::string& store_url, const AccessNote& note) {
  try {
    const auto paths =
        IsPostgresUrl(store_url) ? std::nullopt : std::optional(ParseSqliteUrl(store_url).value());
    if (paths && !IsWhereItWasLeft(*paths)) return "the store is a copy";
    const auto store = OpenStore({.url = store_url, .owner = "docket case"});
    if (!store) return store.error().en;
    const SystemClock clock;
    RandomIds ids;
    const auto log = (*store)->OpenLog(clock);
    AccessRecorder recorder({*log, clock, ids});
    recorder.Record(note);
    recorder.Write(/*all=*/true);
    return std::nullopt;
  } catch (const StoreError& error) {
    return error.what();
  }
}

}  // namespace docket
