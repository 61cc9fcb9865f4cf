#include "persistence/projections/catalog.hpp"

#include "persistence/projections/case_projection.hpp"

namespace docket {

namespace {

using Make = std::unique_ptr<Projection> (*)(const EventLog& log, std::size_t remembered_max);

template <class P>
std::unique_ptr<Projection> MakeOne(const EventLog& log, std::size_t remembered_max) {
  return std::make_unique<P>(log, remembered_max);
}

struct Entry {
  std::string_view name;
  Make make;
};

const std::vector<Entry>& Entries() {
  static const std::vector<Entry> entries = {
      {CaseProjection::TheSchema().name, MakeOne<CaseProjection>},
  };
  return entries;
}

}  // namespace

std::vector<std::string_view> ReadModelNames() {
  std::vector<std::string_view> names;
  for (const auto& entry : Entries()) names.push_back(entry.name);
  return names;
}

std::unique_ptr<Projection> MakeReadModel(std::string_view name, const EventLog& log,
                                          std::size_t remembered_max) {
  for (const auto& entry : Entries()) {
    if (entry.name == name) return entry.make(log, remembered_max);
  }
  return nullptr;
}

}  // namespace docket
