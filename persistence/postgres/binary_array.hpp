/// Arrays as parameters, in the binary format of PostgreSQL: no quoting, nothing parsed twice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <pqxx/binarystring>

namespace docket {

/// One dimension. Every element must be of the array's type, or null.
class BinaryArray {
 public:
  /// The object ids of the built-in types, which never change.
  enum class Type : std::uint32_t {
    kBool = 16,
    kBytea = 17,
    kInt8 = 20,
    kInt2 = 21,
    kInt4 = 23,
    kText = 25
  };

  explicit BinaryArray(Type type);
  void AddText(std::string_view text) { AddBytes(text); }
  void AddBytes(std::string_view bytes);
  /// Bytes given in hex. ENSURE: an even number of hex digits.
  void AddHex(std::string_view hex);
  void AddInt8(std::int64_t number);
  void AddInt4(std::int32_t number);
  void AddInt2(std::int16_t number);
  void AddBool(bool value);
  void AddNull();
  /// A parameter for PostgresConnection::Run.
  pqxx::binarystring Parameter() const;

 private:
  std::string elements_;
  std::uint32_t type_;
  std::uint32_t count_ = 0;
  bool has_nulls_ = false;
};

}  // namespace docket
