#include "api/cli/rebuild.hpp"

#include <unistd.h>

#include <chrono>
#include <iostream>

#include "persistence/clock/system_clock.hpp"
#include "persistence/open_store.hpp"
#include "persistence/projections/catalog.hpp"
#include "persistence/projections/rebuild.hpp"

namespace docket::cli {

namespace {

constexpr std::size_t kRememberedMax = 8192;
constexpr std::chrono::seconds kLineEvery{1};
constexpr std::chrono::milliseconds kBarEvery{100};
constexpr std::size_t kBarWidth = 30;

struct RebuildArguments {
  std::string name;
  std::string store;
  bool json = false;
  bool parked = false;
};

/// The store opened for reading: its log is only read, also beside the process that owns it.
struct Opened {
  SystemClock clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<StoreLog> log;
  std::unique_ptr<Projection> projection;
};

Expected<std::unique_ptr<Opened>> Open(const RebuildArguments& arguments) {
  auto store = OpenStore({.url = arguments.store, .access = StoreAccess::kReader});
  if (!store) return tl::unexpected(store.error());
  auto opened = std::make_unique<Opened>();
  opened->store = std::move(*store);
  opened->log = opened->store->OpenLog(opened->clock);
  opened->projection = MakeReadModel(arguments.name, *opened->log, kRememberedMax);
  if (opened->projection == nullptr) {
    Rejection unknown(RejectionKind::kNotFound,
                      {"unknown_read_model", "没有该视图", "there is no such read model"});
    unknown.en += fmt::format("; there are: {}", fmt::join(ReadModelNames(), ", "));
    return tl::unexpected(std::move(unknown));
  }
  return opened;
}

/// A bar that is drawn over itself where a person looks on, else a line a second.
class ProgressReport {
 public:
  explicit ProgressReport(std::ostream& err)
      : err_(err), is_terminal_(&err == &std::cerr && isatty(STDERR_FILENO) == 1) {}
  ~ProgressReport() {
    if (drawn_) err_ << std::endl;
  }
  ProgressReport(const ProgressReport&) = delete;
  ProgressReport& operator=(const ProgressReport&) = delete;

  void operator()(const RebuildProgress& progress) {
    const auto now = std::chrono::steady_clock::now();
    const bool is_last = progress.position == progress.head;
    if (!is_last && now < next_) return;
    const auto line = Line(progress);
    if (is_terminal_) {
      err_ << '\r' << Bar(progress) << line << "   " << std::flush;
      drawn_ = true;
      next_ = now + kBarEvery;
    } else {
      err_ << line << std::endl;
      next_ = now + kLineEvery;
    }
  }

 private:
  static std::int64_t Percent(const RebuildProgress& progress) {
    return progress.position.value * 100 / std::max<std::int64_t>(progress.head.value, 1);
  }
  static std::string Bar(const RebuildProgress& progress) {
    const auto done = kBarWidth * static_cast<std::size_t>(Percent(progress)) / 100;
    return "[" + std::string(done, '#') + std::string(kBarWidth - done, '.') + "] ";
  }
  static std::string Line(const RebuildProgress& progress) {
    const double rate = progress.EventsPerSecond();
    const auto left = static_cast<double>(progress.head.value - progress.position.value);
    return fmt::format("{} / {} ({}%)  {:.0f} events/s  {:.0f} s left", progress.position.value,
                       progress.head.value, Percent(progress), rate, rate > 0 ? left / rate : 0);
  }

  std::ostream& err_;
  const bool is_terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point next_{};
};

Json ParkedJson(const std::vector<ParkedStream>& parked) {
  Json list = Json::array();
  for (const auto& one : parked) {
    list.push_back(
        {{"stream", one.stream.value}, {"position", one.position.value}, {"reason", one.reason}});
  }
  return list;
}

void PrintParked(const std::vector<ParkedStream>& parked, std::ostream& out) {
  for (const auto& one : parked) {
    out << fmt::format("  {}  自第{}号事件 from position {} on: {}\n", one.stream.value,
                       one.position.value, one.position.value, one.reason);
  }
}

void ListParked(Opened& opened, bool json, Terminal& terminal) {
  const auto& schema = opened.projection->Schema();
  const auto live = opened.store->Views().FindLive(schema);
  std::vector<ParkedStream> parked;
  if (live) parked = ReadParked(*opened.store->Views().OpenReader(schema, *live));
  if (json) {
    terminal.out << CanonicalJson({{"projection", schema.name}, {"parked", ParkedJson(parked)}})
                 << '\n';
    return;
  }
  terminal.out << fmt::format("{}: 搁置 {} parked\n", schema.name, parked.size());
  PrintParked(parked, terminal.out);
}

void RebuildOne(Opened& opened, bool json, Terminal& terminal) {
  ProgressReport report(terminal.err);
  const auto result = Rebuild(opened.store->Views(), *opened.log, *opened.projection,
                              {.on_progress = [&](const auto& progress) { report(progress); }});
  if (!result) return PrintRefusal(result.error(), terminal);
  const auto& progress = result->progress;
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(progress.took).count();
  const auto rate = static_cast<std::int64_t>(progress.EventsPerSecond());
  if (json) {
    terminal.out << CanonicalJson({{"projection", result->generation.projection},
                                   {"generation", result->generation.number},
                                   {"version", result->generation.version},
                                   {"began_at", progress.began_at.value},
                                   {"position", progress.position.value},
                                   {"took_ms", millis},
                                   {"events_per_second", rate},
                                   {"parked", ParkedJson(result->parked)}})
                 << '\n';
    return;
  }
  terminal.out << fmt::format(
      "{}: 已重建并切换 rebuilt and switched to generation {}, {} events in {:.1f} s\n",
      result->generation.projection, result->generation.number,
      progress.position.value - progress.began_at.value, static_cast<double>(millis) / 1000);
  PrintParked(result->parked, terminal.out);
}

void Run(const RebuildArguments& arguments, Terminal& terminal) {
  const auto opened = Open(arguments);
  if (!opened) return PrintRefusal(opened.error(), terminal);
  if (arguments.parked) ListParked(**opened, arguments.json, terminal);
  else RebuildOne(**opened, arguments.json, terminal);
}

}  // namespace

void AddRebuildVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand(
      "rebuild", "重建视图，不影响正在提供的服务 Build a read model anew, beside the one served");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<RebuildArguments>();
  verb->add_option("name", arguments->name,
                   fmt::format("视图 Read model: {}", fmt::join(ReadModelNames(), ", ")))
      ->required();
  verb->add_option("--store", arguments->store, "存储 Store")->required();
  verb->add_flag("--json", arguments->json, "输出 JSON Print JSON");
  verb->add_flag("--parked", arguments->parked,
                 "只列出搁置的案卷 Only list the streams that are left out");
  verb->callback([arguments, &terminal] { Run(*arguments, terminal); });
}

}  // namespace docket::cli
