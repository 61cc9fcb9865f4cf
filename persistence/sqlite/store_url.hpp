/// Where a store lives, as an operator writes it: `sqlite:PATH`.
#pragma once

#include <string>
#include <string_view>

#include "domain/rejection.hpp"

namespace docket {

/// The files of one SQLite store. `sqlite:/var/lib/docket/office.db` keeps its keys and its read
/// models beside it, so that each can be backed up, or left out of a backup, by itself.
struct SqlitePaths {
  std::string log;    ///< `office.db`
  std::string keys;   ///< `office.keys.db`: never in the same backup as the log.
  std::string views;  ///< `office.views.db`: can be rebuilt from the log.
  /// `office.documents.db`: sealed, so that without the keys nobody reads them.
  std::string documents;
  std::string lock;  ///< `office.db.lock`: who owns the store, in words.
  std::string mark;  ///< `office.db.mark`: tells a restored log from the one that was left.
};

/// Refusals (kInvalid): `store_url_scheme`, `store_url_path`.
Expected<SqlitePaths> ParseSqliteUrl(std::string_view url);

}  // namespace docket
