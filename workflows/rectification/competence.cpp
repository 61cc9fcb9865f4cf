#include "workflows/rectification/competence.hpp"

#include <algorithm>

namespace docket::rectification {

namespace {

using A = AddresseeKind;
using B = Breach;

// Department, office of any level, office of the province.
constexpr std::array<bool, 3> kAny{true, true, true};
constexpr std::array<bool, 3> kOffices{false, true, true};
constexpr std::array<bool, 3> kProvinceOnly{false, false, true};
constexpr std::array<bool, 3> kDepartments{true, false, false};

// clang-format off
constexpr std::array kTable{
    //         article         issuers        addressee             breach
    //             form, persons, circular, criticism
    Competence{"FJ18-22",      kAny,          A::kDepartment,       B::kNoOnlineSupervision,
               Form::kOrder, true, true, false},
    Competence{"FJ18-23",      kAny,          A::kTradingPlatform,  B::kDataExchange,
               Form::kOrder, true, true, false},
    Competence{"FJ18-23",      kAny,          A::kTradingPlatform,  B::kPublication,
               Form::kOrder, true, true, false},
    Competence{"FJ18-23",      kAny,          A::kTradingPlatform,  B::kFunctionAdjustment,
               Form::kOrder, true, true, false},
    Competence{"FJ18-24",      kProvinceOnly, A::kPlatformOperator, B::kPublication,
               Form::kOrder, true, true, false},
    Competence{"FJ18-24",      kProvinceOnly, A::kPlatformOperator, B::kDataExchange,
               Form::kOrder, true, true, false},
    Competence{"FJ18-24",      kProvinceOnly, A::kPlatformOperator, B::kDataSharing,
               Form::kOrder, true, true, false},
    Competence{"FJ18-24",      kProvinceOnly, A::kPlatformOperator, B::kSupervisionService,
               Form::kOrder, true, true, false},
    Competence{"FJ18-24",      kProvinceOnly, A::kPlatformOperator, B::kSecurityMechanism,
               Form::kOrder, true, true, false},
    Competence{"FJ18-24",      kProvinceOnly, A::kPlatformOperator, B::kSecurityIncident,
               Form::kOrder, true, true, false},
    Competence{"FJ18-25",      kAny,          A::kDepartment,       B::kSecrecyLeak,
               Form::kOrder, true, false, true},
    Competence{"FJ18-25",      kAny,          A::kTradingPlatform,  B::kSecrecyLeak,
               Form::kOrder, true, false, true},
    Competence{"FJ18-25",      kAny,          A::kPlatformOperator, B::kSecrecyLeak,
               Form::kOrder, true, false, true},
    // Urged, not ordered; who refuses without good cause is his managing unit's (HN18-22(1)).
    Competence{"HN18-7",       kOffices,      A::kTradingCentre,    B::kAccuracy,
               Form::kUrging, true, false, false},
    Competence{"HN18-7",       kOffices,      A::kTradingCentre,    B::kPlausibility,
               Form::kUrging, true, false, false},
    Competence{"HN18-7",       kOffices,      A::kTradingCentre,    B::kTimeliness,
               Form::kUrging, true, false, false},
    // What follows is chosen case by case: Measure.
    Competence{"XX17-15",      kAny,          A::kTradingCentre,    B::kInspectionResult},
    Competence{"XX17-3.3",     kAny,          A::kTradingCentre,    B::kEvaluationResult},
    Competence{"行政处罚法 28", kDepartments,  A::kMarketParty,      B::kTenderViolation},
};
// clang-format on

}  // namespace

const Competence* FindCompetence(Issuer issuer, AddresseeKind addressee, Breach breach) {
  const auto* const found = std::find_if(kTable.begin(), kTable.end(), [&](const Competence& line) {
    return line.issuers[static_cast<std::size_t>(issuer)] && line.addressee == addressee &&
           line.breach == breach;
  });
  return found == kTable.end() ? nullptr : &*found;
}

}  // namespace docket::rectification
