/// Arrays as parameters, in the binary format of PostgreSQL: no quoting, nothing parsed twice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <pqxx/binarystring>

namespace docket {

/// The object ids of built-in types, which never change.
enum class PostgresType : std::uint32_t {
  kBool = 16,
  kBytea = 17,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
};

/// One dimension. Every element must be of the array's type, or null.
class BinaryArray {
 public:
  explicit BinaryArray(PostgresType type) : type_(static_cast<std::uint32_t>(type)) {}
  void AddText(std::string_view text);
  void AddInt8(std::int64_t number);
  void AddInt2(std::int16_t number);
  void AddNull();
  /// A parameter for PostgresConnection::Run.
  pqxx::binarystring Parameter() const;

 private:
  std::string elements_;
  std::uint32_t type_;
  std::uint32_t count_ = 0;
  bool has_nulls_ = false;
};

/// An array of rows of a composite type, whose columns follow in its order. No nulls.
class BinaryRows {
 public:
  /// The composite type's object id, which the database gave it.
  explicit BinaryRows(std::uint32_t type) : type_(type) {}
  void BeginRow(std::uint32_t columns);
  void AddText(std::string_view text);
  /// bytea, given in hex. ENSURE: an even number of hex digits.
  void AddBytesOfHex(std::string_view hex);
  void AddInt8(std::int64_t number);
  void AddInt4(std::int32_t number);
  void AddBool(bool value);
  pqxx::binarystring Parameter() const;

 private:
  void BeginColumn(PostgresType type, std::size_t size);
  void EndRow();

  std::string rows_;
  std::size_t row_start_ = 0;  ///< Of the size of the row in hand.
  std::uint32_t type_;
  std::uint32_t count_ = 0;
};

}  // namespace docket
