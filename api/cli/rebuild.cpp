#include "api/cli/rebuild.hpp"

#include <chrono>
#include <optional>

#include "api/cli/progress.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/open_store.hpp"
#include "persistence/projections/catalog.hpp"
#include "persistence/projections/rebuild.hpp"

namespace docket::cli {

namespace {

constexpr std::size_t kRememberedMax = 8192;

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

void Show(Progress& bar, const std::string& name, const RebuildProgress& progress) {
  const double rate = progress.EventsPerSecond();
  const auto left = static_cast<double>(progress.head.value - progress.position.value);
  bar.Show(name, progress.position.value, progress.head.value,
           fmt::format("{:.0f} events/s  {:.0f} s left", rate, rate > 0 ? left / rate : 0));
}

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
  std::optional<Progress> bar(std::in_place, terminal.err);
  const auto& name = opened.projection->Schema().name;
  const auto result =
      Rebuild(opened.store->Views(), *opened.log, *opened.projection,
              {.on_progress = [&](const auto& progress) { Show(*bar, name, progress); }});
  bar.reset();
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
