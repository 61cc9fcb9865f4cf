#include "api/notifications/secret_file.hpp"

#include <fstream>

namespace docket {

Expected<std::string> ReadSecretFile(const std::string& path) {
  std::ifstream file(path);
  std::string secret;
  const bool is_read = file && std::getline(file, secret) && !secret.empty();
  if (is_read && secret.size() <= kSecretBytesMax) return secret;
  return Refuse(RejectionKind::kInvalid,
                {"secret_file_unreadable", "密码文件无法读取或为空",
                 "the file of a secret cannot be read, or is empty or too long"});
}

}  // namespace docket
