#include "persistence/sqlite/key_binding.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "persistence/sqlite/key_store.hpp"

namespace docket {

namespace {

constexpr const char* kKeyStoreSetting = "key_store";
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
  if (needed && missing && lost == LostKeys::kRefuse) {
    throw StoreError(
        fmt::format("the key store {} is missing; restore it, or start with --accept-lost-keys to "
                    "go on with every personal text unreadable",
                    path));
  }
  SqliteKeys keys(store.Paths());
  const std::string id = keys.Id();
  const auto known = store.FindSetting(kKeyStoreSetting);
  if (known == id) return;
  if (needed && !missing && known) {
    throw StoreError(fmt::format("the key store {} belongs to another log; restore the one of {}",
                                 path, store.Paths().log));
  }
  store.Write({kKeyStoreSetting, id});
}

}  // namespace docket
