// Durable appends a second through the whole log, beside the ceiling of SQLite itself: the same
// rows with the same pragmas, put in by one prepared statement a table and nothing else. Both are
// measured in one run on one machine; a figure without its ceiling says little.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "persistence/clock/system_clock.hpp"
#include "persistence/sqlite/event_rows.hpp"
#include "tests/support/log_fixture.hpp"

namespace docket {
namespace {

constexpr int kRepeats = 3;
constexpr std::size_t kDataBytes = 400;

constexpr const char* kInsertStream = "INSERT INTO streams (log, stream, version) VALUES (1, ?, 1)";
constexpr const char* kInsertCommand =
    "INSERT INTO commands (log, actor, command_id, mac_key, content_mac, epoch, first_position,"
    " last_position, recorded_at, stream, version) VALUES (1, ?, ?, 'key', ?, ?, ?, ?, ?, ?, 1)";
constexpr const char* kUpdateHead = "UPDATE heads SET position = ?, recorded_at = ? WHERE log = 1";

const std::string kMac(64, 'a');

double Rate(std::size_t count, const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return static_cast<double>(count) / took.count();
}

std::string Data() { return fmt::format(R"({{"text":"{}"}})", std::string(kDataBytes - 11, 'x')); }

/// Every append opens a stream of its own and carries a command id, as lodging a case does.
AppendRequest RequestOf(const std::string& id) {
  auto event = testing::MakeEvent(Data());
  event.command_id = CommandId(id);
  return testing::Request({{StreamId("complaint-" + id), ExpectedVersion::NoStream(), {event}}}, id,
                          kMac);
}

double MeasureLog(std::size_t count, std::size_t threads) {
  const testing::TemporaryDirectory directory;
  const SystemClock clock;
  testing::OpenStore open(*ParseSqliteUrl("sqlite:" + directory.File("bench.db")), clock);
  const auto work = [&](std::size_t thread) {
    for (std::size_t i = thread; i < count; i += threads) {
      open.log.Append(RequestOf(std::to_string(i)));
    }
  };
  return Rate(count, [&] {
    std::vector<std::thread> writers;
    for (std::size_t i = 0; i < threads; ++i) writers.emplace_back(work, i);
    for (auto& writer : writers) writer.join();
  });
}

/// The rows that MeasureLog leaves behind, made beforehand.
std::vector<RecordedEvent> MakeRows(std::size_t count) {
  std::vector<RecordedEvent> rows(count);
  for (std::size_t i = 0; i < count; ++i) {
    static_cast<NewEvent&>(rows[i]) = testing::MakeEvent(Data());
    rows[i].position = Position{static_cast<std::int64_t>(i) + 1};
    rows[i].stream = StreamId("complaint-" + std::to_string(i));
    rows[i].version = Version{1};
    rows[i].command_id = CommandId(std::to_string(i));
    rows[i].salt = std::string(32, 'b');
    rows[i].data_digest = rows[i].leaf_hash = kMac;
  }
  return rows;
}

void InsertRow(Database& database, const RecordedEvent& row) {
  auto insert = database.Prepare(EventSqlOf(LogId::kCases).insert);
  BindEvent(insert, row);
  insert.Run();
  database.Prepare(kInsertStream).Bind(row.stream.value).Run();
  database.Prepare(kInsertCommand)
      .Bind(row.actor.value, row.command_id.value, kMac, kMac, row.position.value,
            row.position.value, row.recorded_at.Micros(), row.stream.value)
      .Run();
}

double MeasureCeiling(std::size_t count, std::size_t rows_per_commit) {
  const testing::TemporaryDirectory directory;
  const SqliteStore store({.paths = *ParseSqliteUrl("sqlite:" + directory.File("bench.db"))});
  const auto database = store.OpenLogWriter();
  const auto rows = MakeRows(count);
  return Rate(count, [&] {
    for (std::size_t i = 0; i < count; i += rows_per_commit) {
      Transaction transaction(*database);
      const std::size_t end = std::min(count, i + rows_per_commit);
      for (std::size_t j = i; j < end; ++j) InsertRow(*database, rows[j]);
      database->Prepare(kUpdateHead)
          .Bind(rows[end - 1].position.value, rows[end - 1].recorded_at.Micros())
          .Run();
      transaction.Commit();
    }
  });
}

struct Measure {
  const char* name;
  std::function<double()> run;
  std::vector<double> rates;

  double Median() {
    std::sort(rates.begin(), rates.end());
    return rates[rates.size() / 2];
  }
};

int Run(bool quick, const std::string& json_file) {
  const std::size_t few = quick ? 1'000 : 10'000;
  const std::size_t many = quick ? 10'000 : 100'000;
  std::vector<Measure> measures = {
      {"append_1_thread", [=] { return MeasureLog(few, 1); }, {}},
      {"ceiling_1_row_per_commit", [=] { return MeasureCeiling(few, 1); }, {}},
      {"append_64_threads", [=] { return MeasureLog(many, 64); }, {}},
      {"ceiling_100_rows_per_commit", [=] { return MeasureCeiling(many, 100); }, {}},
  };
  // Interleaved, so that a slow minute of the machine falls on all of them.
  for (int i = 0; i < kRepeats; ++i) {
    for (auto& measure : measures) measure.rates.push_back(measure.run());
  }
  Json report = Json::object();
  for (auto& measure : measures) {
    const double median = measure.Median();
    fmt::print("{:30} {:>9.0f} events/s  (spread {:.0f} to {:.0f})\n", measure.name, median,
               measure.rates.front(), measure.rates.back());
    report[measure.name] = static_cast<std::int64_t>(median);
  }
  for (std::size_t i = 0; i < measures.size(); i += 2) {
    const double ratio = measures[i].Median() / measures[i + 1].Median();
    fmt::print("{:30} {:>8.0f}% of {}\n", measures[i].name, ratio * 100, measures[i + 1].name);
    report[std::string(measures[i].name) + "_percent_of_ceiling"] =
        static_cast<std::int64_t>(ratio * 100);
  }
  if (json_file.empty()) return 0;
  std::ofstream file(json_file);
  file << report.dump(2) << "\n";
  return file ? 0 : 3;
}

}  // namespace
}  // namespace docket

int main(int count, char** arguments) {
  bool quick = false;
  std::string json_file;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--quick") {
      quick = true;
    } else if (argument == "--json" && i + 1 < count) {
      json_file = arguments[++i];
    } else {
      fmt::print(stderr,
                 "usage: docket_bench [--quick] [--json FILE]\n"
                 "  --quick      a tenth of the events\n"
                 "  --json FILE  write the medians to FILE\n");
      return 2;
    }
  }
  return docket::Run(quick, json_file);
}
