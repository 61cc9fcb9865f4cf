#include "persistence/postgres/binary_array.hpp"

#include <array>

#include <sodium.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

template <class Number>
std::array<char, sizeof(Number)> BigEndian(Number number) {
  std::array<char, sizeof(Number)> ordered{};
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    ordered[sizeof(Number) - 1 - i] = static_cast<char>((number >> (i * 8)) & 0xFF);
  }
  return ordered;
}

template <class Number>
void AppendBigEndian(std::string& bytes, Number number) {
  const auto ordered = BigEndian(number);
  bytes.append(ordered.data(), ordered.size());
}

struct ArrayHead {
  std::uint32_t type;
  std::uint32_t count;
  bool has_nulls = false;
};

pqxx::binarystring ArrayOf(const ArrayHead& head, const std::string& elements) {
  std::string bytes;
  bytes.reserve(elements.size() + 20);
  AppendBigEndian(bytes, std::uint32_t{head.count == 0 ? 0U : 1U});  // Dimensions.
  AppendBigEndian(bytes, std::uint32_t{head.has_nulls ? 1U : 0U});
  AppendBigEndian(bytes, head.type);
  if (head.count > 0) {
    AppendBigEndian(bytes, head.count);
    AppendBigEndian(bytes, std::uint32_t{1});  // Index of the first element.
    bytes += elements;
  }
  return pqxx::binarystring(bytes);
}

}  // namespace

void BinaryArray::AddText(std::string_view text) {
  AppendBigEndian(elements_, static_cast<std::uint32_t>(text.size()));
  elements_.append(text);
  ++count_;
}

void BinaryArray::AddInt8(std::int64_t number) {
  AppendBigEndian(elements_, std::uint32_t{8});
  AppendBigEndian(elements_, static_cast<std::uint64_t>(number));
  ++count_;
}

void BinaryArray::AddInt2(std::int16_t number) {
  AppendBigEndian(elements_, std::uint32_t{2});
  AppendBigEndian(elements_, static_cast<std::uint16_t>(number));
  ++count_;
}

void BinaryArray::AddNull() {
  AppendBigEndian(elements_, std::uint32_t{0xFFFFFFFF});
  has_nulls_ = true;
  ++count_;
}

pqxx::binarystring BinaryArray::Parameter() const {
  return ArrayOf({type_, count_, has_nulls_}, elements_);
}

void BinaryRows::BeginRow(std::uint32_t columns) {
  row_start_ = rows_.size();
  AppendBigEndian(rows_, std::uint32_t{0});  // The size, known with the last column.
  AppendBigEndian(rows_, columns);
  ++count_;
  EndRow();
}

void BinaryRows::BeginColumn(PostgresType type, std::size_t size) {
  AppendBigEndian(rows_, static_cast<std::uint32_t>(type));
  AppendBigEndian(rows_, static_cast<std::uint32_t>(size));
}

void BinaryRows::EndRow() {
  const auto size = rows_.size() - row_start_ - sizeof(std::uint32_t);
  const auto ordered = BigEndian(static_cast<std::uint32_t>(size));
  rows_.replace(row_start_, ordered.size(), ordered.data(), ordered.size());
}

void BinaryRows::AddText(std::string_view text) {
  BeginColumn(PostgresType::kText, text.size());
  rows_.append(text);
  EndRow();
}

void BinaryRows::AddBytesOfHex(std::string_view hex) {
  const std::size_t size = hex.size() / 2;
  BeginColumn(PostgresType::kBytea, size);
  const std::size_t start = rows_.size();
  rows_.resize(start + size);
  std::size_t decoded = 0;
  const int code = sodium_hex2bin(reinterpret_cast<unsigned char*>(rows_.data()) + start, size,
                                  hex.data(), hex.size(), nullptr, &decoded, nullptr);
  ENSURE(code == 0 && decoded * 2 == hex.size(), "a hash is hex");
  EndRow();
}

void BinaryRows::AddInt8(std::int64_t number) {
  BeginColumn(PostgresType::kInt8, sizeof(number));
  AppendBigEndian(rows_, static_cast<std::uint64_t>(number));
  EndRow();
}

void BinaryRows::AddInt4(std::int32_t number) {
  BeginColumn(PostgresType::kInt4, sizeof(number));
  AppendBigEndian(rows_, static_cast<std::uint32_t>(number));
  EndRow();
}

void BinaryRows::AddBool(bool value) {
  BeginColumn(PostgresType::kBool, 1);
  rows_ += value ? '\1' : '\0';
  EndRow();
}

pqxx::binarystring BinaryRows::Parameter() const { return ArrayOf({type_, count_}, rows_); }

}  // namespace docket
