#include "persistence/sqlite/key_binding.hpp"

#include <filesystem>

#include "persistence/sqlite/key_store.hpp"

namespace docket {

namespace {

// Every command leaves a digest under a key: without one no key is needed yet.
constexpr const char* kSelectAnyCommand = "SELECT 1 FROM commands LIMIT 1";

bool NeedsKeys(const SqliteStore& store) {
  const auto reader = store.OpenLogReader();
  return reader->Prepare(kSelectAnyCommand).Step();
}

}  // namespace

void BindKeys(SqliteStore& store, LostKeys lost) {
  const std::string& path = store.Paths().keys;
  const bool needed = NeedsKeys(store);
  const bool missing = !std::filesystem::exists(path) || std::filesystem::file_size(path) == 0;
  const KeyBinding binding{
      .needed = needed, .missing = missing, .keys = path, .log = store.Paths().log};
  RefuseMissingKeys(binding, lost);
  BindKeyStore(binding, OpenSqliteKeyTable(store.Paths())->Id(), store);
}

}  // namespace docket
