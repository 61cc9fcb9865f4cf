#include "api/cli/document_options.hpp"

namespace docket::cli {

namespace {

constexpr auto kGroup = "文件 Documents";
constexpr std::int64_t kMegabyte = 1 << 20;
constexpr std::int64_t kMegabytesMax = 1 << 20;
constexpr std::int64_t kDocumentLimitMax = 100'000;
constexpr std::int64_t kUploadHoursMax = 24 * 365;

void AddMegabytes(CLI::App& verb, const char* name, std::int64_t& bytes, const char* text) {
  verb.add_option_function<std::int64_t>(
          name, [&bytes](std::int64_t megabytes) { bytes = megabytes * kMegabyte; }, text)
      ->check(CLI::Range(std::int64_t{1}, kMegabytesMax))
      ->group(kGroup);
}

}  // namespace

void AddDocumentOptions(CLI::App& verb, DocumentLimits& limits) {
  AddMegabytes(verb, "--document-megabytes-max", limits.bytes_max,
               "单个文件的大小上限 Size of one document (50)");
  AddMegabytes(verb, "--documents-waiting-megabytes-max", limits.waiting_bytes_max,
               "每账号待用文件总大小上限 Size of what one account has waiting (500)");
  verb.add_option("--documents-waiting-max", limits.waiting_max,
                  "每账号待用文件数上限 Documents that one account has waiting")
      ->check(CLI::Range(std::int64_t{1}, kDocumentLimitMax))
      ->capture_default_str()
      ->group(kGroup);
  verb.add_option_function<std::int64_t>(
          "--documents-waiting-hours",
          [&limits](std::int64_t hours) { limits.kept = std::chrono::hours(hours); },
          "待用文件保留的小时数 Hours that a document waits for an act to name it (72)")
      ->check(CLI::Range(std::int64_t{1}, kUploadHoursMax))
      ->group(kGroup);
}

}  // namespace docket::cli
