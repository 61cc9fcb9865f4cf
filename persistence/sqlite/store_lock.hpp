/// Exclusive ownership of a SQLite store by one process.
#pragma once

#include <string>

namespace docket {

/// Holds an advisory lock (flock) on a file that says in words who the owner is. The kernel
/// releases it when the process ends, however it ends.
class StoreLock {
 public:
  struct Options {
    std::string path;
    std::string owner;  ///< For people: the server's URL, or the command that runs.
  };
  /// Throws StoreError naming the owner when another holds the lock.
  explicit StoreLock(const Options& options);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int file_;
};

/// The owner's words in a lock file; empty when there are none.
std::string ReadLockOwner(const std::string& path);

}  // namespace docket
