/// Files that an operator keeps secrets in, which have no place on a command line: readable by this
/// user alone, or not read at all.
#pragma once

#include <cstdint>
#include <string>

#include <sys/stat.h>
#include <tl/expected.hpp>

#include "domain/rejection.hpp"

namespace docket {

/// A regular file that belongs to this user and that nobody else may read or write; open.
class SecretFile {
 public:
  enum class Fault : std::uint8_t { kUnreadable, kExposed };

  static tl::expected<SecretFile, Fault> Open(const std::string& path);
  SecretFile(SecretFile&& other) noexcept;
  SecretFile& operator=(SecretFile&&) = delete;
  ~SecretFile();

  int Number() const { return number_; }
  /// As it was when it was opened.
  const struct stat& Status() const { return status_; }

 private:
  explicit SecretFile(int number) : number_(number) {}

  int number_;
  struct stat status_ {};
};

constexpr std::size_t kSecretBytesMax = 4096;
/// The file's first line. Refused: `secret_file_exposed` where others may read it;
/// `secret_file_unreadable`, also when it is empty or too long.
Expected<std::string> ReadSecretFile(const std::string& path);

}  // namespace docket
