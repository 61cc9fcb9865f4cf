/// The ceilings: what PostgreSQL and SQLite do with the same event and nothing in between. The
/// options are those of the measures in bench/measures.py.
#pragma once

#include "bench/work.hpp"

namespace docket::bench {

/// One row a statement, each its own transaction: "connections", "seconds".
Json InsertRows(const Options& options);
/// "rows" a statement through unnest.
Json UnnestRows(const Options& options);
/// "rows" a COPY.
Json CopyRows(const Options& options);
/// At least "events" rows, for Scan.
Json FillPlainLog(const Options& options);
/// The whole table by position, "page" rows a statement, binary results.
Json Scan(const Options& options);
/// "future" timers that are not due.
Json FillTimers(const Options& options);
/// Makes "due" timers and lets "connections" fire them, "batch" a statement: the timer goes and
/// its event is there, in one.
Json FireTimers(const Options& options);

/// "rows" a commit by one writer in "folder", "checkpoint" pages of WAL between checkpoints.
Json SqliteInsert(const Options& options);

}  // namespace docket::bench
