#include "persistence/sqlite/store_url.hpp"

namespace docket {

namespace {

constexpr std::string_view kScheme = "sqlite:";
constexpr std::string_view kSuffix = ".db";
constexpr Refusal kWrongScheme{"store_url_scheme", "存储地址应为 sqlite:路径",
                               "a store URL looks like sqlite:PATH"};
constexpr Refusal kWrongPath{"store_url_path",
                             "存储地址的路径无效：须为文件路径，不得为空、目录、内存库或带参数",
                             "the path of the store URL must name a file: not empty, not a "
                             "directory, not :memory:, without parameters"};

}  // namespace

Expected<SqlitePaths> ParseSqliteUrl(std::string_view url) {
  if (url.substr(0, kScheme.size()) != kScheme)
    return Refuse(RejectionKind::kInvalid, kWrongScheme);
  const std::string path(url.substr(kScheme.size()));
  const bool names_a_file = !path.empty() && path.back() != '/' && path.front() != ':' &&
                            path.substr(0, 2) != "//" &&
                            path.find_first_of(std::string_view("?#\0", 3)) == std::string::npos;
  if (!names_a_file) return Refuse(RejectionKind::kInvalid, kWrongPath);
  const bool has_suffix =
      path.size() > kSuffix.size() && path.substr(path.size() - kSuffix.size()) == kSuffix;
  const std::string stem = has_suffix ? path.substr(0, path.size() - kSuffix.size()) : path;
  return SqlitePaths{.log = path,
                     .keys = stem + ".keys.db",
                     .views = stem + ".views.db",
                     .documents = stem + ".documents.db",
                     .lock = path + ".lock",
                     .mark = path + ".mark"};
}

}  // namespace docket
