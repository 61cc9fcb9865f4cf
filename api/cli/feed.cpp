#include "api/cli/feed.hpp"

#include <cstdlib>
#include <random>
#include <thread>

#include "api/cli/feed_client.hpp"
#include "api/render/asyncapi.hpp"
#include "persistence/redis/backoff.hpp"
#include "persistence/secret_file.hpp"

namespace docket::cli {

namespace {

constexpr std::chrono::seconds kFollowWait{30};
constexpr const char* kTokenVariable = "DOCKET_TOKEN";

struct FeedArguments {
  std::string server = "http://127.0.0.1:8080";
  std::string token_file;
  std::string checkpoint;
  bool follow = false;
  bool omitted = false;
  bool asyncapi = false;
  std::string workflow;
  std::string type;
  std::string region;
  std::string industry;
};

Expected<std::string> TokenOf(const FeedArguments& arguments) {
  std::string token;
  if (!arguments.token_file.empty()) {
    auto read = ReadSecretFile(arguments.token_file);
    if (!read) return read;
    token = std::move(*read);
  } else if (const char* given = std::getenv(kTokenVariable)) {
    token = given;
  }
  while (!token.empty() && std::isspace(static_cast<unsigned char>(token.back())) != 0) {
    token.pop_back();
  }
  if (!token.empty()) return token;
  return Refuse(RejectionKind::kInvalid,
                {"token_missing", "缺少访问令牌，请用 --token-file 或环境变量 DOCKET_TOKEN",
                 "no token: use --token-file, or DOCKET_TOKEN in the environment"});
}

std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '.' || c == '_' || c == '-') escaped += c;
    else escaped += fmt::format("%{:02X}", byte);
  }
  return escaped;
}

std::string FiltersOf(const FeedArguments& arguments) {
  std::string filters;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) filters += fmt::format("&{}={}", name, Escaped(value));
  };
  add("workflow", arguments.workflow);
  add("type", arguments.type);
  add("region", arguments.region);
  add("industry", arguments.industry);
  return filters;
}

/// Events, and between them what was omitted, in the order of positions.
void PrintPage(const Json& page, bool with_omitted, std::ostream& out) {
  std::size_t run = 0;
  const auto& omitted = page["omitted"];
  const auto print_runs_before = [&](std::int64_t position) {
    while (run < omitted.size() && omitted[run]["first"].get<std::int64_t>() < position) {
      if (with_omitted) out << CanonicalJson({{"omitted", omitted[run]}}) << '\n';
      ++run;
    }
  };
  for (const auto& event : page["events"]) {
    print_runs_before(std::stoll(event["position"].get<std::string>()));
    out << CanonicalJson(event) << '\n';
  }
  print_runs_before(INT64_MAX);
}

/// Says once that the server is away, and sleeps longer each time.
class Patience {
 public:
  explicit Patience(std::ostream& err) : err_(err), random_(std::random_device()()) {}
  void Lost(const ServerAway& reason) {
    if (++failures_ == 1) {
      err_ << "docket: 等待服务器 waiting for the server: " << reason.what() << std::endl;
    }
    const double lot = std::uniform_real_distribution<double>(0, 1)(random_);
    std::this_thread::sleep_for(DelayAfter(failures_, lot, {}));
  }
  void Found() {
    if (std::exchange(failures_, 0) > 0) err_ << "docket: 已恢复 going on" << std::endl;
  }

 private:
  std::ostream& err_;
  std::mt19937 random_;
  int failures_ = 0;
};

void Follow(const FeedArguments& arguments, const FeedClient& client, Terminal& terminal) {
  const CheckpointFile file(arguments.checkpoint);
  FeedCheckpoint checkpoint = file.Read().value_or(FeedCheckpoint());
  Patience patience(terminal.err);
  for (;;) {
    try {
      const auto page = client.Read(checkpoint);
      if (!page) return PrintRefusal(page.error(), terminal);
      patience.Found();
      PrintPage(*page, arguments.omitted, terminal.out);
      // Whoever reads this has it before it counts as read.
      if (!terminal.out.flush()) return;
      const FeedCheckpoint next{Epoch((*page)["epoch"].get<std::string>()),
                                Position((*page)["next"].get<std::int64_t>())};
      if (next != checkpoint) file.Write(next);
      checkpoint = next;
      if (!arguments.follow && (*page)["head"] == (*page)["next"]) return;
    } catch (const ServerAway& reason) {
      if (!arguments.follow) throw;
      patience.Lost(reason);
    }
  }
}

void Run(const FeedArguments& arguments, Terminal& terminal) {
  if (arguments.asyncapi) {
    terminal.out << AsyncApiDocument().dump(2) << '\n';
    return;
  }
  const auto server = ServerAddress::Parse(arguments.server);
  if (!server) return PrintRefusal(server.error(), terminal);
  const auto token = TokenOf(arguments);
  if (!token) return PrintRefusal(token.error(), terminal);
  const FeedClient client({.server = *server,
                           .token = *token,
                           .filters = FiltersOf(arguments),
                           .wait = arguments.follow ? kFollowWait : std::chrono::seconds(0)});
  Follow(arguments, client, terminal);
}

}  // namespace

void AddFeedVerb(CLI::App& app, Terminal& terminal) {
  auto* verb = app.add_subcommand(
      "feed", "读取服务器的事件流，每行一个 JSON The feed of a server as JSON lines");
  // Shared, because the app keeps both the options' addresses and the callback that reads them.
  const auto arguments = std::make_shared<FeedArguments>();
  verb->add_option("--server", arguments->server, "服务器 Server, http://HOST:PORT");
  verb->add_option("--token-file", arguments->token_file,
                   "令牌文件 File with the token; else DOCKET_TOKEN in the environment");
  verb->add_flag("--follow", arguments->follow, "持续跟随 Go on with what happens");
  verb->add_option("--checkpoint", arguments->checkpoint,
                   "断点文件，从此续读 File from which to go on; written after the output");
  verb->add_flag("--omitted", arguments->omitted,
                 "同时输出略去的位置 Also print runs of positions that were left out");
  verb->add_flag("--asyncapi", arguments->asyncapi,
                 "只输出 AsyncAPI 文档 Only print the AsyncAPI document of all that is sent");
  verb->add_option("--workflow", arguments->workflow, "业务 Only cases of this workflow");
  verb->add_option("--type", arguments->type, "事件类型前缀 Only types that begin so");
  verb->add_option("--region", arguments->region, "行政区划 Only this division and those below");
  verb->add_option("--industry", arguments->industry, "行业 Only cases of this industry");
  verb->callback([arguments, &terminal] { Run(*arguments, terminal); });
}

}  // namespace docket::cli
