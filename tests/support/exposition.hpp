/// Reads the text format of Prometheus (0.0.4) as strictly as promtool does.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace docket::testing {

/// What a scrape said. A sample's name is that of its line: `x_bucket{le="1"}`, labels as written.
struct Exposition {
  std::map<std::string, double> samples;
  std::map<std::string, std::string> types;  ///< Of each family.
  std::vector<std::string> errors;           ///< What is wrong, with the line.

  /// 0 where there is none.
  double At(const std::string& sample) const;
  /// Of all samples whose name and labels begin so.
  double SumOf(const std::string& beginning) const;
};

Exposition ParseExposition(const std::string& text);

}  // namespace docket::testing
