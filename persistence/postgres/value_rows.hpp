/// Rows of values, as parameters and results of PostgreSQL's statements.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "persistence/postgres/connection.hpp"
#include "persistence/projections/schema.hpp"

namespace docket {

/// `?` becomes $1, $2 …; no text of ours has a question mark in a literal.
std::string Numbered(std::string_view sql);
pqxx::result RunWithValues(PostgresConnection& connection, const PostgresStatement& statement,
                           const ViewRow& parameters);
std::vector<ViewRow> ReadValueRows(const pqxx::result& result);

}  // namespace docket
