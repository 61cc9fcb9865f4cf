/// Rows of values, as parameters and results of SQLite's statements.
#pragma once

#include "persistence/projections/schema.hpp"
#include "persistence/sqlite/database.hpp"

namespace docket {

void BindAll(Statement& statement, const ViewRow& row);
ViewRow ReadRow(const Statement& statement);

}  // namespace docket
