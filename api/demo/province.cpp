#include "api/demo/province.hpp"

#include <fmt/format.h>

#include "domain/ensure.hpp"
#include "persistence/clock/system_clock.hpp"
#include "persistence/clock/virtual_clock.hpp"

namespace docket::demo {

std::string SeededIds::NewUuid() {
  const auto millis = static_cast<std::uint64_t>(clock_.Now().Micros() / 1'000);
  count_ = millis == millis_ ? count_ + 1 : 0;
  millis_ = millis;
  const std::uint64_t chance = random_.Next();
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", millis >> 16, millis & 0xffff,
                     count_ & 0xfff, 0x8000 | (chance >> 50), chance & 0xffffffffffff);
}

std::optional<Actor> ProvinceDirectory::FindActor(const ActorId& id) const {
  if (auto person = people_.FindActor(id)) return person;
  const auto account = accounts_.Find(id);
  return account && account->IsInService() ? std::optional(account->Actor()) : std::nullopt;
}

Province::Province(std::unique_ptr<Store> store, Instant start, std::uint64_t seed)
    : clock(start),
      world(seed, kProjects),
      store_(std::move(store)),
      keys_(store_->OpenKeys(LostKeys::kRefuse)),
      log(store_->OpenLog(clock)),
      ids_(clock, Random(seed).Fork("ids")),
      calendars_({*log, clock, ids_}),
      accounts_(*log),
      directory_(world, accounts_),
      engine({*log, *keys_, directory_, clock, ids_, calendars_, watched_}),
      views_(store_->Views(), *log),
      projection_(*log),
      projector_(store_->Views(), *log, projection_),
      sweeper_({.views = views_,
                .clock = clock,
                .leases = store_->SingleRunners(),
                .tick_all = [this](const auto& ids) { return engine.TickAll(ids); },
                .catch_up = [this](Position) { return Project(); }},
               // A case rests by the machine's time, which the log must not depend on.
               Sweeper::Options{.rest = std::chrono::seconds(0)}),
      progress_(store_->Side(), std::string(ProcessManager::kLease)),
      links_({engine, *log, *keys_, progress_, store_->SingleRunners(), AllLinks()},
             ProcessManager::Options{}) {}

void Province::Settle() {
  do {
    links_.CatchUp();
    Project();
  } while (sweeper_.SweepUntilQuiet() > 0);
}

std::unique_ptr<CaseModel> Province::Model(const StreamId& id) {
  if (auto known = recent_.Find(id)) return known;
  auto model = engine.Load(id);
  ENSURE(model.has_value(), "{} is a case of the log", id.value);
  return std::move(*model);
}

Expected<void> Province::LeaveAt(Instant instant) {
  const SystemClock machine;
  return VirtualClock(store_->Settings(), machine).MoveTo(instant);
}

bool Province::Project() {
  while (projector_.RunOnce() > 0) {
  }
  return true;
}

}  // namespace docket::demo
