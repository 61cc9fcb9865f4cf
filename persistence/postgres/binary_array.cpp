#include "persistence/postgres/binary_array.hpp"

#include <array>

#include <sodium.h>

#include "domain/ensure.hpp"

namespace docket {

namespace {

template <class Number>
void AppendBigEndian(std::string& bytes, Number number) {
  std::array<char, sizeof(Number)> ordered{};
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    ordered[sizeof(Number) - 1 - i] = static_cast<char>((number >> (i * 8)) & 0xFF);
  }
  bytes.append(ordered.data(), ordered.size());
}

}  // namespace

BinaryArray::BinaryArray(Type type) : type_(static_cast<std::uint32_t>(type)) {}

void BinaryArray::AddBytes(std::string_view bytes) {
  AppendBigEndian(elements_, static_cast<std::uint32_t>(bytes.size()));
  elements_.append(bytes);
  ++count_;
}

void BinaryArray::AddHex(std::string_view hex) {
  const std::size_t size = hex.size() / 2;
  AppendBigEndian(elements_, static_cast<std::uint32_t>(size));
  const std::size_t start = elements_.size();
  elements_.resize(start + size);
  std::size_t decoded = 0;
  const int code = sodium_hex2bin(reinterpret_cast<unsigned char*>(elements_.data()) + start, size,
                                  hex.data(), hex.size(), nullptr, &decoded, nullptr);
  ENSURE(code == 0 && decoded * 2 == hex.size(), "a hash is hex");
  ++count_;
}

void BinaryArray::AddInt8(std::int64_t number) {
  AppendBigEndian(elements_, std::uint32_t{8});
  AppendBigEndian(elements_, static_cast<std::uint64_t>(number));
  ++count_;
}

void BinaryArray::AddInt4(std::int32_t number) {
  AppendBigEndian(elements_, std::uint32_t{4});
  AppendBigEndian(elements_, static_cast<std::uint32_t>(number));
  ++count_;
}

void BinaryArray::AddInt2(std::int16_t number) {
  AppendBigEndian(elements_, std::uint32_t{2});
  AppendBigEndian(elements_, static_cast<std::uint16_t>(number));
  ++count_;
}

void BinaryArray::AddBool(bool value) {
  AppendBigEndian(elements_, std::uint32_t{1});
  elements_ += value ? '\1' : '\0';
  ++count_;
}

void BinaryArray::AddNull() {
  AppendBigEndian(elements_, std::uint32_t{0xFFFFFFFF});
  has_nulls_ = true;
  ++count_;
}

pqxx::binarystring BinaryArray::Parameter() const {
  std::string bytes;
  bytes.reserve(elements_.size() + 20);
  AppendBigEndian(bytes, std::uint32_t{count_ == 0 ? 0U : 1U});  // Dimensions.
  AppendBigEndian(bytes, std::uint32_t{has_nulls_ ? 1U : 0U});
  AppendBigEndian(bytes, type_);
  if (count_ > 0) {
    AppendBigEndian(bytes, count_);
    AppendBigEndian(bytes, std::uint32_t{1});  // Index of the first element.
    bytes += elements_;
  }
  return pqxx::binarystring(bytes);
}

}  // namespace docket
