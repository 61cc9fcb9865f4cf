/// Makes documents the cases' that name them, in one process of all that share a store, by reading
/// the log from a checkpoint of its own; takes away what was erased, and what nobody has named.
#pragma once

#include "persistence/documents/document_seal.hpp"
#include "persistence/documents/document_store.hpp"
#include "persistence/runners/leased_loop.hpp"

namespace docket {

/// Thread-safe. Works from Start to Stop. A process may die anywhere: what was begun is done again.
class DocumentKeeper {
 public:
  struct Options {
    std::size_t page_events = 500;
    std::chrono::milliseconds poll{1'000};
    Report report = ReportToStderr;
  };
  /// All outlive it.
  struct Ports {
    DocumentStore& store;
    KeyStore& keys;
    const StoreLog& log;
    const Clock& clock;  ///< Of the machine.
    Leases& leases;
  };
  static constexpr std::string_view kLease = "documents";

  DocumentKeeper(const Ports& ports, Options options);
  ~DocumentKeeper() { Stop(); }
  DocumentKeeper(const DocumentKeeper&) = delete;
  DocumentKeeper& operator=(const DocumentKeeper&) = delete;

  void Start() { loop_.Start(); }
  /// Something was appended or received. Cheap.
  void Wake() { loop_.Wake(); }
  void Stop() { loop_.Stop(); }
  std::int64_t Failures() const { return loop_.Failures(); }

 private:
  /// Texts under this key are gone.
  struct GoneKey {
    StreamId case_id;
    KeyId key;
  };

  void Round(const Lease& lease);
  /// True: all that the log holds was read.
  bool ReadLog(const Lease& lease);
  /// From where on, by what is known of history now.
  void Begin(const Lease& lease);
  /// True: the event named something, or took something away.
  bool Note(const RecordedEvent& event, std::vector<GoneKey>& gone);
  void LinkAll();
  void Link(const DocumentStore::Match& match);
  void TakeAway(const GoneKey& gone);
  /// The claim on it has ended.
  void LetGo(const std::string& id);
  void Sweep();
  void RemoveUnused();

  const Ports ports_;
  const Options options_;
  // The thread's own.
  LogPlace progress_;
  std::int64_t progress_token_ = -1;  ///< Of the lease under which `progress_` was read.
  std::int64_t tidied_token_ = -1;    ///< The same, of RemoveUnused.
  Position written_;                  ///< How far the store knows it.
  LeasedLoop loop_;                   ///< Last: its thread uses everything above.
};

}  // namespace docket
