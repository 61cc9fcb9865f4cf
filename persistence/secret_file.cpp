#include "persistence/secret_file.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

namespace docket {

namespace {

constexpr Refusal kUnreadable{"secret_file_unreadable", "密码文件无法读取、为空或过长",
                              "the file of a secret cannot be read, or is empty or too long"};
constexpr Refusal kExposed{"secret_file_exposed",
                           "密码文件须归本用户所有且他人不可读（权限 600 或 400）",
                           "the file of a secret must belong to this user and be readable by "
                           "nobody else (mode 600 or 400)"};

}  // namespace

tl::expected<SecretFile, SecretFile::Fault> SecretFile::Open(const std::string& path) {
  SecretFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number_ < 0 || fstat(file.number_, &file.status_) != 0 ||
      !S_ISREG(file.status_.st_mode)) {
    return tl::unexpected(Fault::kUnreadable);
  }
  constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
  if ((file.status_.st_mode & kOthers) != 0 || file.status_.st_uid != geteuid()) {
    return tl::unexpected(Fault::kExposed);
  }
  return file;
}

SecretFile::SecretFile(SecretFile&& other) noexcept
    : number_(std::exchange(other.number_, -1)), status_(other.status_) {}

SecretFile::~SecretFile() {
  if (number_ >= 0) close(number_);
}

SecretFile::Stamp SecretFile::StampOf(const struct stat& status) {
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  return {static_cast<std::int64_t>(status.st_ino), static_cast<std::int64_t>(status.st_size),
          status.st_mtim.tv_sec * kNanosPerSecond + status.st_mtim.tv_nsec};
}

SecretText::~SecretText() { sodium_memzero(bytes_.data(), bytes_.size()); }

bool SecretText::Read(const SecretFile& file) {
  while (size_ < bytes_.size()) {
    const auto got = read(file.Number(), bytes_.data() + size_, bytes_.size() - size_);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    size_ += static_cast<std::size_t>(got);
  }
  return true;
}

Expected<std::string> ReadSecretFile(const std::string& path) {
  const auto file = SecretFile::Open(path);
  if (!file) {
    const bool is_exposed = file.error() == SecretFile::Fault::kExposed;
    return Refuse(RejectionKind::kInvalid, is_exposed ? kExposed : kUnreadable);
  }
  // A byte more than it may have, and its end of line.
  SecretText text(kSecretBytesMax + 2);
  if (!text.Read(*file)) return Refuse(RejectionKind::kInvalid, kUnreadable);
  const std::string_view line = text.FirstLine();
  if (line.empty() || line.size() > kSecretBytesMax) {
    return Refuse(RejectionKind::kInvalid, kUnreadable);
  }
  return std::string(line);
}

}  // namespace docket
