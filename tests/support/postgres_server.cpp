#include "tests/support/postgres_server.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <pqxx/connection>
#include <pqxx/nontransaction>

extern char** environ;

namespace docket::testing {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto kStartDeadline = std::chrono::seconds(30);
constexpr auto kPoll = milliseconds(5);
constexpr const char* kServerUser = "postgres";

/// Reads until its input ends, which is when the test process ends in whatever way; then stops the
/// server and removes its folder.
constexpr const char* kKeeper =
    "cat >/dev/null\n"
    "pid=$(head -n 1 \"$1/data/postmaster.pid\" 2>/dev/null)\n"
    "if [ -n \"$pid\" ]; then\n"
    "  kill -CONT \"$pid\" 2>/dev/null; kill -QUIT \"$pid\" 2>/dev/null\n"
    "  n=0; while kill -0 \"$pid\" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.05; n=$((n+1)); done\n"
    "fi\n"
    "rm -rf \"$1\"\n";

/// Where the newest installed PostgreSQL keeps its programs.
std::string ProgramFolder() {
  int newest = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    newest = std::max(newest, std::atoi(entry.path().filename().c_str()));
  }
  if (newest == 0) throw std::runtime_error("no PostgreSQL server is installed");
  return fmt::format("/usr/lib/postgresql/{}/bin/", newest);
}

bool IsRoot() { return geteuid() == 0; }

void GiveToServer(const std::string& path) {
  if (!IsRoot()) return;
  const auto* user = getpwnam(kServerUser);
  if (user == nullptr || chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::runtime_error(fmt::format("cannot give {} to {}", path, kServerUser));
  }
}

/// PostgreSQL refuses to run as root.
std::vector<std::string> AsServer(std::vector<std::string> command) {
  if (!IsRoot()) return command;
  std::vector<std::string> all = {"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres",
                                  "--init-groups"};
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

/// What a process reads and where its words go; -1: nothing, nowhere.
struct Streams {
  int in = -1;
  std::string log;
};

pid_t Spawn(const std::vector<std::string>& command, const Streams& streams) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (streams.in >= 0) posix_spawn_file_actions_adddup2(&actions, streams.in, 0);
  else posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  const std::string log = streams.log.empty() ? "/dev/null" : streams.log;
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // A session of its own: an interrupt at the terminal reaches the tests, not the server.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = 0;
  const int code =
      posix_spawn(&pid, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (code != 0) throw std::runtime_error(fmt::format("cannot run {}", command[0]));
  return pid;
}

std::string ReadFile(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void RunAsServer(const std::vector<std::string>& command, const std::string& log) {
  const pid_t pid = Spawn(AsServer(command), {.log = log});
  int status = 0;
  waitpid(pid, &status, 0);
  if (status == 0) return;
  throw std::runtime_error(fmt::format("{} failed: {}", command[0], ReadFile(log)));
}

int FreePort() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  const bool bound = bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(probe);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

}  // namespace

std::string PostgresServer::NewFolder() {
  std::string folder = (fs::temp_directory_path() / "docket-pg-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary directory");
  GiveToServer(folder);
  return folder;
}

PostgresServer::PostgresServer(PostgresServerOptions options) : folder_(NewFolder()) {
  StartKeeper();
  RunProgram("initdb", {"--no-sync", "--no-instructions", "--auth=trust", "--username=postgres",
                        "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata=" + DataFolder()});
  if (options.tls) MakeCertificate();
  Configure(options);
  Start();
}

PostgresServer::PostgresServer(const FromDataFolder& existing, PostgresServerOptions options)
    : folder_(existing.folder) {
  StartKeeper();
  Configure(options);
  Start();
}

PostgresServer::~PostgresServer() {
  if (pid_ > 0) {
    Thaw();
    kill(pid_, SIGQUIT);
    Reap();
  }
  close(keeper_pipe_);
  waitpid(keeper_, nullptr, 0);
}

void PostgresServer::StartKeeper() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  keeper_pipe_ = ends[1];
  keeper_ = Spawn({"/bin/sh", "-c", kKeeper, "keeper", folder_}, {.in = ends[0], .log = ""});
  close(ends[0]);
}

void PostgresServer::Configure(const PostgresServerOptions& options) {
  port_ = FreePort();
  std::ofstream file(DataFolder() + "/postgresql.conf", std::ios::app);
  file << fmt::format(
      "listen_addresses = '127.0.0.1'\nport = {}\nunix_socket_directories = '{}'\n"
      "max_connections = 200\nrecovery_init_sync_method = syncfs\n",
      port_, folder_);
  if (options.tls) file << "ssl = on\n";
  for (const auto& setting : options.settings) file << setting << '\n';
}

void PostgresServer::MakeCertificate() {
  const std::string key = DataFolder() + "/server.key";
  RunAsServer({"/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
               "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
               "-keyout", key, "-out", CertificateFile()},
              folder_ + "/setup.log");
}

void PostgresServer::Start() {
  if (pid_ > 0) return;
  const auto deadline = steady_clock::now() + kStartDeadline;
  // Right after a kill the shared memory of the old server may still be in use for a moment.
  while (!TryStart()) {
    if (steady_clock::now() > deadline) {
      throw std::runtime_error("PostgreSQL does not start: " + EndOfLog());
    }
    std::this_thread::sleep_for(kPoll);
  }
}

bool PostgresServer::TryStart() {
  const auto deadline = steady_clock::now() + kStartDeadline;
  pid_ = Spawn(AsServer({ProgramFolder() + "postgres", "-D", DataFolder()}),
               {.log = folder_ + "/server.log"});
  for (;;) {
    std::istringstream file(ReadFile(DataFolder() + "/postmaster.pid"));
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    const bool mine = lines.size() >= 8 && lines[0] == std::to_string(pid_);
    if (mine && (lines[7].starts_with("ready") || lines[7].starts_with("standby"))) return true;
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
      pid_ = 0;
      return false;
    }
    if (steady_clock::now() > deadline) {
      throw std::runtime_error("PostgreSQL does not get ready: " + EndOfLog());
    }
    std::this_thread::sleep_for(kPoll);
  }
}

void PostgresServer::Stop(Way way) {
  if (pid_ == 0) return;
  kill(pid_, way == Way::kFast ? SIGINT : SIGQUIT);
  Reap();
}

void PostgresServer::Kill9() {
  for (const pid_t process : Processes()) kill(process, SIGKILL);
  Reap();
}

void PostgresServer::Freeze() {
  for (const pid_t process : Processes()) kill(process, SIGSTOP);
}

void PostgresServer::Thaw() {
  for (const pid_t process : Processes()) kill(process, SIGCONT);
}

std::vector<pid_t> PostgresServer::Processes() const {
  if (pid_ == 0) return {};
  // The parent first: it starts no further process once it has got the signal.
  std::vector<pid_t> all = {pid_};
  std::istringstream children(ReadFile(fmt::format("/proc/{0}/task/{0}/children", pid_)));
  for (pid_t child = 0; children >> child;) all.push_back(child);
  return all;
}

void PostgresServer::Reap() {
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

std::string PostgresServer::EndOfLog() const {
  constexpr std::size_t kShown = 2000;
  const std::string text = ReadFile(folder_ + "/server.log");
  return text.size() > kShown ? text.substr(text.size() - kShown) : text;
}

std::string PostgresServer::CreateDatabase(const std::string& name,
                                           const std::string& template_name) {
  const std::string source =
      template_name.empty() ? "" : fmt::format(" TEMPLATE \"{}\"", template_name);
  Query("postgres", fmt::format("CREATE DATABASE \"{}\"{}", name, source));
  return Url(name);
}

std::string PostgresServer::NewDatabase(const std::string& template_name) {
  static std::atomic<int> count{0};
  return CreateDatabase(fmt::format("test_{}", ++count), template_name);
}

std::string PostgresServer::Url(const std::string& database, const std::string& user) const {
  return fmt::format("postgres://{}@127.0.0.1:{}/{}", user, port_, database);
}

std::string PostgresServer::Query(const std::string& database, const std::string& sql) const {
  pqxx::connection connection(Url(database));
  pqxx::nontransaction work(connection);
  const auto rows = work.exec(sql);
  return rows.empty() || rows.columns() == 0 ? "" : rows[0][0].c_str();
}

void PostgresServer::RunProgram(const std::string& program,
                                const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {ProgramFolder() + program};
  command.insert(command.end(), arguments.begin(), arguments.end());
  RunAsServer(command, folder_ + "/programs.log");
}

PostgresServer& SharedPostgres() {
  static PostgresServer server;
  return server;
}

}  // namespace docket::testing
