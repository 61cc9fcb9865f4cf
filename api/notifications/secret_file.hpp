/// A secret that an operator keeps in a file: passwords have no place on a command line.
#pragma once

#include <string>

#include "domain/rejection.hpp"

namespace docket {

constexpr std::size_t kSecretBytesMax = 4096;
/// The file's first line. Refused: `secret_file_unreadable`, also when it is empty or too long.
Expected<std::string> ReadSecretFile(const std::string& path);

}  // namespace docket
