#include "persistence/sqlite/value_rows.hpp"

namespace docket {

namespace {

void BindOne(Statement& statement, const ViewValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    statement.Bind(*number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement.Bind(*text);
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    statement.Bind(Blob{bytes->value});
  } else {
    statement.Bind(std::nullopt);
  }
}

}  // namespace

void BindAll(Statement& statement, const ViewRow& row) {
  for (const auto& value : row) BindOne(statement, value);
}

ViewRow ReadRow(const Statement& statement) {
  ViewRow row;
  const int columns = statement.Columns();
  row.reserve(static_cast<std::size_t>(columns));
  for (int column = 0; column < columns; ++column) {
    if (statement.IsNull(column)) row.emplace_back();
    else if (statement.IsInteger(column)) row.emplace_back(statement.Integer(column));
    else if (statement.IsBlob(column)) row.emplace_back(Bytes{std::string(statement.View(column))});
    else row.emplace_back(statement.Text(column));
  }
  return row;
}

}  // namespace docket
