#include "api/http/operation.hpp"

#include <algorithm>
#include <set>

namespace docket::http {

namespace {

bool IsMissing(const Words& words) { return words.zh.empty() || words.en.empty(); }

/// The names in braces.
std::set<std::string> PlaceholdersOf(const std::string& pattern) {
  std::set<std::string> names;
  for (auto at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1)) {
    names.insert(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
  }
  return names;
}

void CheckParameters(const Operation& operation, const std::string& pattern,
                     std::vector<std::string>& gaps) {
  std::set<std::string> in_path;
  std::set<std::string> seen;
  for (const auto& parameter : operation.parameters) {
    const std::string name = "parameter " + parameter.name;
    if (IsMissing(parameter.about)) gaps.push_back(name + " is not described");
    if (!parameter.type.schema.is_object()) gaps.push_back(name + " has no schema");
    if (!parameter.type.check) gaps.push_back(name + " is not checked");
    if (!seen.insert(parameter.name).second) gaps.push_back(name + " is declared twice");
    if (parameter.place == Place::kPath) in_path.insert(parameter.name);
  }
  if (in_path != PlaceholdersOf(pattern)) {
    gaps.push_back("its path parameters are not those of " + pattern);
  }
}

void CheckAnswers(const Operation& operation, std::vector<std::string>& gaps) {
  if (operation.answers.empty()) gaps.push_back("no answer");
  for (const auto& answer : operation.answers) {
    const std::string name = "answer " + std::to_string(answer.status);
    if (answer.status < 200 || answer.status > 399) gaps.push_back(name + " is no success");
    if (IsMissing(answer.about)) gaps.push_back(name + " is not described");
    const bool bodiless = answer.status == 204 || answer.status == 304;
    if (bodiless != answer.schema.is_null()) {
      gaps.push_back(name + (bodiless ? " can have no body" : " has no schema"));
    }
    for (const auto& header : answer.headers) {
      if (!IsMissing(header.about) && header.schema.is_object()) continue;
      gaps.push_back(name + ": header " + header.name + " is not described");
    }
  }
}

void CheckProblems(const std::vector<Rejection>& problems, std::vector<std::string>& gaps) {
  for (const auto& problem : problems) {
    if (!problem.code.empty() && !problem.zh.empty() && !problem.en.empty()) continue;
    gaps.push_back("a problem without code or words: " + problem.code);
  }
}

}  // namespace

Parameter InPath(std::string name, ValueType type, Words about) {
  return {Place::kPath, std::move(name), std::move(type), std::move(about)};
}

Parameter InQuery(std::string name, ValueType type, Words about) {
  return {Place::kQuery, std::move(name), std::move(type), std::move(about)};
}

Parameter InHeader(std::string name, ValueType type, Words about) {
  return {Place::kHeader, std::move(name), std::move(type), std::move(about)};
}

std::vector<std::string> GapsOf(const Operation& operation, const std::string& pattern) {
  std::vector<std::string> gaps;
  if (operation.id.empty()) gaps.push_back("no id");
  if (operation.tag.name.empty() || IsMissing(operation.tag.about)) gaps.push_back("no tag");
  if (IsMissing(operation.summary)) gaps.push_back("no summary in both languages");
  CheckParameters(operation, pattern, gaps);
  CheckAnswers(operation, gaps);
  CheckProblems(operation.problems, gaps);
  for (const auto& variant : operation.variants) {
    if (variant.value.empty() || variant.id.empty()) gaps.push_back("a variant without a name");
    if (IsMissing(variant.summary)) gaps.push_back("variant " + variant.value + " has no summary");
    CheckProblems(variant.problems, gaps);
  }
  return gaps;
}

}  // namespace docket::http
