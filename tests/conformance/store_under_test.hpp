/// What the conformance suite needs of a store. One text runs on each of them: which one, is
/// decided by what a test program is linked with.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "domain/evidence/frontier.hpp"
#include "persistence/appender.hpp"
#include "persistence/store.hpp"

namespace docket::testing {

/// A writer that stands beside the appenders, so that a test can hold its transaction open.
struct HeldWriter {
  std::shared_ptr<Store> store;  ///< Outlives the writer.
  std::unique_ptr<BatchStore> batches;
};

/// One store with nothing in it, removed with the object.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;

  /// Opens the store as one process does. On SQLite, which one process owns, what is open already
  /// is shared: two nodes are two logs, with an appender each, on one file.
  virtual std::shared_ptr<Store> Open() = 0;
  virtual HeldWriter OpenWriter() = 0;
  /// The Merkle tree that the head of `log` carries, as it is stored.
  virtual Frontier StoredTree(LogId log) = 0;
};

/// Defined once for each store.
std::unique_ptr<StoreUnderTest> NewStoreUnderTest();

}  // namespace docket::testing
