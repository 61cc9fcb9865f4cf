/// Values made from a JSON Schema: mostly such as a person would enter, sometimes not.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "domain/json.hpp"

namespace docket::testing {

class RandomJson {
 public:
  explicit RandomJson(std::uint64_t seed) : random_(seed) {}

  /// What dates lie around.
  void Today(Date today) { today_ = today; }
  /// Texts that mean something in the case as it stands: names of its parties, its handlers …
  void Words(std::vector<std::string> words) { words_ = std::move(words); }

  /// What a field of that name usually holds.
  void Usual(const std::string& name, Json value) { usual_[name] = std::move(value); }

  /// A whole number in [0, below).
  std::size_t Below(std::size_t below) { return random_() % below; }
  bool Chance(int percent) { return Below(100) < static_cast<std::size_t>(percent); }
  template <class T>
  const T& OneOf(const std::vector<T>& list) {
    return list[Below(list.size())];
  }
  /// A value of the schema, which is that of a field called `name`.
  Json Value(const Json& schema, const std::string& name = "");

 private:
  Json Text(const Json& schema);
  Json Object(const Json& schema);

  std::mt19937_64 random_;
  Date today_;
  std::vector<std::string> words_;
  std::map<std::string, Json> usual_;
};

}  // namespace docket::testing
