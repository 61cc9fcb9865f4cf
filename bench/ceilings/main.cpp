#include "bench/ceilings/works.hpp"

int main(int count, char** arguments) {
  using namespace docket::bench;
  return RunWork(count, arguments,
                 {{"insert", InsertRows},
                  {"unnest", UnnestRows},
                  {"copy", CopyRows},
                  {"fill_log", FillPlainLog},
                  {"scan", Scan},
                  {"fill_deadlines", FillTimers},
                  {"fire", FireTimers},
                  {"sqlite_insert", SqliteInsert}});
}
