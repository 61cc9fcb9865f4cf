/// Files that an operator keeps secrets in, which have no place on a command line: readable by this
/// user alone, or not read at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>
#include <tl/expected.hpp>

#include "domain/rejection.hpp"

namespace docket {

/// A regular file that belongs to this user and that nobody else may read or write; open.
class SecretFile {
 public:
  /// What tells one content of a file from another without reading it.
  struct Stamp {
    std::int64_t inode = 0;
    std::int64_t bytes = 0;
    std::int64_t modified_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  static Stamp StampOf(const struct stat& status);

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

/// What a file of secrets holds, wiped from memory when it goes.
class SecretText {
 public:
  explicit SecretText(std::size_t bytes_max) : bytes_(bytes_max) {}
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText();
  /// False: it cannot be read. What is beyond `bytes_max` is left out.
  bool Read(const SecretFile& file);
  std::string_view All() const { return {bytes_.data(), size_}; }
  std::string_view FirstLine() const { return All().substr(0, All().find('\n')); }

 private:
  std::vector<char> bytes_;
  std::size_t size_ = 0;
};

constexpr std::size_t kSecretBytesMax = 4096;
/// The file's first line. Refused: `secret_file_exposed` where others may read it;
/// `secret_file_unreadable`, also when it is empty or too long.
Expected<std::string> ReadSecretFile(const std::string& path);

}  // namespace docket
