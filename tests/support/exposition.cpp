#include "tests/support/exposition.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

namespace docket::testing {

namespace {

/// One family at a time: its help, its type, then all of its samples.
class Parser {
 public:
  Exposition Parse(const std::string& text) {
    if (text.empty() || text.back() != '\n') Fail("the last line has no end");
    std::istringstream lines(text);
    while (std::getline(lines, line_)) ReadLine();
    for (const auto& [series, last] : histograms_) {
      if (!last.has_infinity) exposition_.errors.push_back(series + " has no bucket +Inf");
      const auto count = counts_.find(series);
      if (count == counts_.end() || count->second != last.count) {
        exposition_.errors.push_back("the count of " + series + " is not that of its bucket +Inf");
      }
    }
    return std::move(exposition_);
  }

 private:
  struct Buckets {
    double bound = -std::numeric_limits<double>::infinity();
    double count = 0;
    bool has_infinity = false;
  };

  void Fail(const std::string& what) { exposition_.errors.push_back(what + ": " + line_); }

  void ReadLine() {
    static const std::regex help("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    static const std::regex type(
        "# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    static const std::regex sample(
        "([a-zA-Z_:][a-zA-Z0-9_:]*)"
        "(\\{[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\""
        "(?:,[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\")*\\})? (\\S+)");
    std::smatch match;
    if (std::regex_match(line_, match, help)) {
      BeginFamily(match[1]);
    } else if (std::regex_match(line_, match, type)) {
      SetType(match[1], match[2]);
    } else if (std::regex_match(line_, match, sample)) {
      AddSample(match[1], match[2], match[3]);
    } else {
      Fail("neither help, type nor sample");
    }
  }

  void BeginFamily(const std::string& name) {
    if (!begun_.insert(name).second) Fail("a family stands in two places");
    family_ = name;
  }

  void SetType(const std::string& name, const std::string& type) {
    if (name != family_) Fail("a type without its help before it");
    if (!exposition_.types.emplace(name, type).second) Fail("a type is said twice");
    if (type == "counter" && !name.ends_with("_total")) Fail("a counter ends in _total");
  }

  void AddSample(const std::string& name, const std::string& labels, const std::string& value) {
    char* end = nullptr;
    const double number = std::strtod(value.c_str(), &end);
    if (end == value.c_str() || *end != '\0' || std::isnan(number)) Fail("no number");
    const auto type = exposition_.types.find(family_);
    if (type == exposition_.types.end()) return Fail("a sample without a type");
    const std::string part = name.starts_with(family_) ? name.substr(family_.size()) : "?";
    const bool of_histogram = part == "_bucket" || part == "_sum" || part == "_count";
    if (type->second == "histogram" ? !of_histogram : !part.empty()) Fail("of another family");
    if (!exposition_.samples.emplace(name + labels, number).second) Fail("a sample stands twice");
    if (type->second == "counter" && number < 0) Fail("a counter below zero");
    if (part == "_bucket") AddBucket(labels, number);
    if (part == "_count") counts_[family_ + labels] = number;
  }

  void AddBucket(const std::string& labels, double count) {
    static const std::regex bound(",?le=\"([^\"]+)\"");
    std::smatch match;
    if (!std::regex_search(labels, match, bound)) return Fail("a bucket without le");
    std::string rest = std::regex_replace(labels, bound, "");
    if (rest == "{}") rest.clear();
    Buckets& buckets = histograms_[family_ + rest];
    const std::string text = match[1];
    const double upper = text == "+Inf" ? std::numeric_limits<double>::infinity()
                                        : std::strtod(text.c_str(), nullptr);
    if (upper <= buckets.bound) Fail("buckets do not ascend");
    if (count < buckets.count) Fail("buckets are not cumulative");
    buckets = {upper, count, std::isinf(upper)};
  }

  Exposition exposition_;
  std::string line_;
  std::string family_;
  std::set<std::string> begun_;
  std::map<std::string, Buckets> histograms_;
  std::map<std::string, double> counts_;
};

}  // namespace

double Exposition::At(const std::string& sample) const {
  const auto found = samples.find(sample);
  return found == samples.end() ? 0 : found->second;
}

double Exposition::SumOf(const std::string& beginning) const {
  double sum = 0;
  for (const auto& [name, value] : samples) {
    if (name.starts_with(beginning)) sum += value;
  }
  return sum;
}

Exposition ParseExposition(const std::string& text) { return Parser().Parse(text); }

}  // namespace docket::testing
