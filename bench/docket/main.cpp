#include "bench/docket/works.hpp"

int main(int count, char** arguments) {
  using namespace docket::bench;
  return RunWork(count, arguments,
                 {{"append", Append},
                  {"fill_log", FillLog},
                  {"read_log", ReadLog},
                  {"fill_cases", FillCases},
                  {"open_case", OpenCase},
                  {"rebuild", RebuildCases},
                  {"fill_deadlines", FillDeadlines},
                  {"fire", Fire},
                  {"late", Late},
                  {"http", Http},
                  {"subscribers", Subscribers}});
}
