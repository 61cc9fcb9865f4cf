/// Names and papers for made-up cases: believable, and nobody's.
#pragma once

#include <string>
#include <string_view>

#include "api/demo/random.hpp"
#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"

namespace docket::demo {

std::string PersonName(Random& random);
/// `岚州鼎信建设有限公司`.
std::string CompanyName(Random& random);
/// With its check character.
CreditCode CreditCodeOf(Random& random);
/// 20 capitals and digits.
ProjectCode ProjectCodeOf(Random& random);
std::string ProjectName(Random& random, Industry industry);
/// A mobile number of a range that is not assigned.
std::string PhoneNumber(Random& random);
/// Eighteen digits with their check digit, of the date of birth 1900-01-01 to tell it is nobody's.
std::string IdentityNumber(Random& random);
/// `{digest, name}` of a document that was never written.
Json Document(Random& random, std::string_view name);
/// A party with all that it names itself by (complaint::Party); a person or a company.
Json PartyOf(Random& random);
/// `sha256:…`.
std::string Digest(Random& random);

}  // namespace docket::demo
