/// The works of docket_bench. Each takes its options, measures, checks that what was acknowledged
/// is stored, and gives the figures; throws WorkFailed otherwise.
#pragma once

#include "bench/work.hpp"

namespace docket::bench {

/// Option "store": the store's URL.
std::string StoreUrl(const Options& options);

/// Closed-loop appends: "clients" threads in each of "processes", "events" a command, "seconds".
Json Append(const Options& options);
/// At least "events" events, for those who read.
Json FillLog(const Options& options);
/// The whole log in pages of "page" typed envelopes.
Json ReadLog(const Options& options);

/// "cases" complaints, each walked as far as some twenty events.
Json FillCases(const Options& options);
/// Opens cases of FillCases, one client: each for the first time, then a few again and again.
Json OpenCase(const Options& options);
/// The read model `cases` built anew beside the one that is served, and put in its place.
Json RebuildCases(const Options& options);

/// "future" handovers far ahead, and "cohorts" times "due" of them, a cohort a day.
Json FillDeadlines(const Options& options);
/// Lets the day of cohort "round" begin and has the sweeper record what fell due.
Json Fire(const Options& options);
/// From due to durably recorded, for "timers" deadlines, one at a time.
Json Late(const Options& options);

/// Commands against a server at "address" on "connections" keep-alive connections, "seconds".
Json Http(const Options& options);
/// Streams of the feed at "address", the server of process "pid": "active" ones that are told of
/// everything and "idle" ones that ask for what does not happen, while complaints are lodged at
/// "rate" a second for "seconds". From sending a complaint to its being told.
Json Subscribers(const Options& options);

}  // namespace docket::bench
