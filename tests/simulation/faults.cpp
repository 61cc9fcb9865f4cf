#include "tests/simulation/faults.hpp"

#include <array>

namespace docket::simulation {

namespace {

/// Who expects nothing of a stream cannot be too late.
bool MayConflict(const AppendRequest& request) {
  using Kind = ExpectedVersion::Kind;
  return !request.writes.empty() && (request.writes.front().expected.kind == Kind::kExact ||
                                     request.writes.front().expected.kind == Kind::kNoStream);
}

}  // namespace

void Faults::Die() {
  ++deaths_;
  throw Died();
}

Fault Faults::Choose(const AppendRequest& request, std::size_t together) {
  if (options_.at != 0 && appends_ == options_.at) return options_.fault;
  if (options_.everywhere && request.command) {
    switch (++attempts_[{request.command->actor, request.command->id}]) {
      case 1: return Fault::kDieBefore;
      case 2: return Fault::kDieAfter;
      default: return Fault::kNone;
    }
  }
  if (options_.percent == 0 || !random_.Chance(options_.percent)) return Fault::kNone;
  if (together > 1 && random_.Chance(10)) return Fault::kDieBetween;
  constexpr std::array kFaults{Fault::kDieBefore, Fault::kDieAfter, Fault::kConflict};
  return random_.Pick(kFaults);
}

Fault Faults::AtAppend(const AppendRequest& request, std::size_t together) {
  ++appends_;
  const Fault fault = Choose(request, together);
  changed_order_ = changed_order_ || fault == Fault::kDieBetween;
  if (fault != Fault::kConflict) return fault;
  if (together > 1 || !MayConflict(request)) return Fault::kNone;
  ++conflicts_;
  return fault;
}

void Faults::AtStep() {
  if (options_.percent != 0 && random_.Chance(options_.percent)) Die();
}

AppendResult FaultyLog::Append(AppendRequest request) {
  const Fault fault = faults_.AtAppend(request);
  if (fault == Fault::kDieBefore) faults_.Die();
  if (fault == Fault::kConflict) {
    const auto& write = request.writes.front();
    return VersionConflict{write.stream, write.expected, write.expected.version.Next()};
  }
  auto result = log_.Append(std::move(request));
  if (fault == Fault::kDieAfter) faults_.Die();
  return result;
}

std::vector<AppendResult> FaultyLog::AppendAll(std::vector<AppendRequest> requests) {
  if (requests.empty()) return {};
  if (requests.size() == 1) return {Append(std::move(requests.front()))};
  const Fault fault = faults_.AtAppend(requests.front(), requests.size());
  if (fault == Fault::kDieBefore) faults_.Die();
  if (fault == Fault::kDieBetween) {
    requests.resize(requests.size() / 2);
    log_.AppendAll(std::move(requests));
    faults_.Die();
  }
  auto results = log_.AppendAll(std::move(requests));
  if (fault == Fault::kDieAfter) faults_.Die();
  return results;
}

}  // namespace docket::simulation
