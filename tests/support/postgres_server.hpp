/// A PostgreSQL server of a test's own: a cluster in a temporary directory, on a free loopback
/// port. It is stopped and removed with the object, and also when the process dies.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace docket::testing {

struct PostgresServerOptions {
  /// Lines for postgresql.conf, `name = value`. fsync stays on unless a line says otherwise.
  std::vector<std::string> settings = {};
  /// Encrypted connections, with a certificate of its own for localhost and 127.0.0.1.
  bool tls = false;
};

/// Started when constructed. The superuser is `postgres`; every role may log in without a
/// password. Thread-safe as far as CreateDatabase, NewDatabase and Url go. What fails throws
/// std::runtime_error with the end of the server's own log.
class PostgresServer {
 public:
  explicit PostgresServer(PostgresServerOptions options = {});
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  /// On the same data and port; returns once connections are accepted.
  void Start();
  enum class Way {
    kFast,       ///< Open transactions are rolled back, a checkpoint is written.
    kImmediate,  ///< As if it crashed; the next start recovers.
  };
  void Stop(Way way = Way::kFast);
  /// SIGKILL for the server and every process of it, at once.
  void Kill9();
  /// SIGSTOP and SIGCONT for the same processes: a server that is there and does not answer.
  void Freeze();
  void Thaw();
  bool IsRunning() const { return pid_ > 0; }

  /// `template_name` empty: the server's own template. Returns the URL.
  std::string CreateDatabase(const std::string& name, const std::string& template_name = "");
  /// A database with a name of its own.
  std::string NewDatabase(const std::string& template_name = "");
  std::string Url(const std::string& database = "postgres",
                  const std::string& user = "postgres") const;
  /// One statement as superuser, outside a transaction; the first column of the first row, or "".
  std::string Query(const std::string& database, const std::string& sql) const;

  int Port() const { return port_; }
  pid_t Pid() const { return pid_; }
  /// The folder that is removed at the end; everything in it belongs to the server's user.
  const std::string& Folder() const { return folder_; }
  std::string DataFolder() const { return folder_ + "/data"; }
  /// The certificate that clients trust, with `tls`.
  std::string CertificateFile() const { return DataFolder() + "/server.crt"; }
  /// Runs a program of this PostgreSQL (`pg_basebackup`) as the server's user, waits, and throws
  /// when it fails.
  void RunProgram(const std::string& program, const std::vector<std::string>& arguments) const;
  /// Makes a server of a data folder that exists (a base backup, a replica); it is started on a
  /// port of its own and removed at the end.
  struct FromDataFolder {
    std::string folder;  ///< Its `data` is the cluster. Made with NewFolder.
  };
  PostgresServer(const FromDataFolder& existing, PostgresServerOptions options);
  /// A new folder that the server's user owns.
  static std::string NewFolder();

 private:
  void StartKeeper();
  void Configure(const PostgresServerOptions& options);
  void MakeCertificate();
  bool TryStart();
  std::vector<pid_t> Processes() const;
  std::string EndOfLog() const;
  void Reap();

  std::string folder_;
  int port_ = 0;
  pid_t pid_ = 0;
  int keeper_pipe_ = -1;
  pid_t keeper_ = 0;
};

/// One server for all tests of a process, started when first asked for.
PostgresServer& SharedPostgres();

}  // namespace docket::testing
