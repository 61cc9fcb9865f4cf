#include "persistence/sqlite/store_lock.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "domain/event_log.hpp"

namespace docket {

StoreLock::StoreLock(const Options& options)
    : file_(open(options.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (file_ < 0) {
    throw StoreError(fmt::format("cannot open {}: {}", options.path, std::strerror(errno)));
  }
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    close(file_);
    if (reason != EWOULDBLOCK) {
      throw StoreError(fmt::format("cannot lock {}: {}", options.path, std::strerror(reason)));
    }
    throw StoreError(fmt::format("the store is in use by {}; send the work there, or stop it first",
                                 ReadLockOwner(options.path)));
  }
  const std::string words = fmt::format("{} (process {})\n", options.owner, getpid());
  const bool written = ftruncate(file_, 0) == 0 && pwrite(file_, words.data(), words.size(), 0) ==
                                                       static_cast<ssize_t>(words.size());
  if (!written) {
    close(file_);
    throw StoreError(fmt::format("cannot write {}", options.path));
  }
}

StoreLock::~StoreLock() {
  // The file stays: removing it would let two owners lock two files of the same name.
  if (ftruncate(file_, 0) != 0) {
    // Only the words are left behind; the lock itself goes with the descriptor.
  }
  close(file_);
}

std::string ReadLockOwner(const std::string& path) {
  std::ifstream file(path);
  std::string words;
  std::getline(file, words);
  return words;
}

}  // namespace docket
