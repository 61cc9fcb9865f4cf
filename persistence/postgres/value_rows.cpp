#include "persistence/postgres/value_rows.hpp"

#include <fmt/format.h>
#include <pqxx/prepared_statement>

#include "domain/evidence/sha256.hpp"

namespace docket {

namespace {

constexpr pqxx::oid kInt8 = 20;
constexpr pqxx::oid kInt4 = 23;
constexpr pqxx::oid kBytea = 17;
/// How the server writes and reads bytes as text.
constexpr std::string_view kHexMark = "\\x";

}  // namespace

std::string Numbered(std::string_view sql) {
  std::string text;
  int number = 0;
  for (const char c : sql) {
    if (c == '?') text += fmt::format("${}", ++number);
    else text += c;
  }
  return text;
}

pqxx::result RunWithValues(PostgresConnection& connection, const PostgresStatement& statement,
                           const ViewRow& parameters) {
  std::vector<std::string> texts(parameters.size());
  std::vector<const char*> pointers;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const ViewValue& value = parameters[i];
    if (const auto* number = std::get_if<std::int64_t>(&value)) texts[i] = std::to_string(*number);
    else if (const auto* text = std::get_if<std::string>(&value)) texts[i] = *text;
    else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      texts[i] = std::string(kHexMark) + HexOf(bytes->value);
    }
    const bool is_null = std::holds_alternative<std::monostate>(value);
    pointers.push_back(is_null ? nullptr : texts[i].c_str());
  }
  return connection.Run(statement, pqxx::prepare::make_dynamic_params(pointers));
}

std::vector<ViewRow> ReadValueRows(const pqxx::result& result) {
  std::vector<ViewRow> rows;
  rows.reserve(result.size());
  for (const auto& row : result) {
    ViewRow& values = rows.emplace_back();
    values.reserve(row.size());
    for (const auto& field : row) {
      const bool is_number = field.type() == kInt8 || field.type() == kInt4;
      if (field.is_null()) values.emplace_back();
      else if (is_number) values.emplace_back(field.as<std::int64_t>());
      else if (field.type() == kBytea) {
        const std::string_view hex(field.c_str(), field.size());
        values.emplace_back(Bytes{BytesOfHex(hex.substr(kHexMark.size()))});
      } else values.emplace_back(std::string(field.c_str(), field.size()));
    }
  }
  return rows;
}

}  // namespace docket
