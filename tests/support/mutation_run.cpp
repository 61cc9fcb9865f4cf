// Switches each row and each guard of a workflow off in turn, at run time, and expects its tests
// to notice: `mutation_run TEST_BINARY`. A mutant that survives is a row or guard that no test
// needs.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> ListMutants(const std::string& binary) {
  ::setenv("DOCKET_LIST_MUTANTS", "1", 1);
  std::vector<std::string> mutants;
  std::FILE* const pipe = ::popen(("'" + binary + "'").c_str(), "r");
  if (pipe == nullptr) return mutants;
  std::string line;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    if (c != '\n') {
      line += static_cast<char>(c);
      continue;
    }
    if (line.rfind("row:", 0) == 0 || line.rfind("guard:", 0) == 0) mutants.push_back(line);
    line.clear();
  }
  ::pclose(pipe);
  ::unsetenv("DOCKET_LIST_MUTANTS");
  return mutants;
}

pid_t Start(const std::string& binary, const std::string& mutant) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  const auto colon = mutant.find(':');
  const bool row = mutant.substr(0, colon) == "row";
  ::setenv(row ? "DOCKET_MASK_ROW" : "DOCKET_MASK_GUARD", mutant.substr(colon + 1).c_str(), 1);
  if (std::freopen("/dev/null", "w", stdout) == nullptr) std::_Exit(126);
  if (std::freopen("/dev/null", "w", stderr) == nullptr) std::_Exit(126);
  ::execl(binary.c_str(), binary.c_str(), "--gtest_fail_fast", static_cast<char*>(nullptr));
  std::_Exit(126);
}

/// True when the tests failed, or died, under the mutant.
bool Killed(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: mutation_run TEST_BINARY\n";
    return 2;
  }
  const std::string binary = argv[1];
  const auto mutants = ListMutants(binary);
  if (mutants.empty()) {
    std::cerr << "no mutants listed by " << binary << "\n";
    return 1;
  }
  const pid_t control = Start(binary, "row:none");
  if (Killed(control)) {
    std::cerr << "the tests fail without a mutant\n";
    return 1;
  }
  std::size_t survivors = 0;
  for (std::size_t i = 0; i < mutants.size(); i += 2) {
    const pid_t first = Start(binary, mutants[i]);
    const pid_t second = i + 1 < mutants.size() ? Start(binary, mutants[i + 1]) : -1;
    if (!Killed(first)) std::cout << "survived: " << mutants[i] << "\n", ++survivors;
    if (second > 0 && !Killed(second)) {
      std::cout << "survived: " << mutants[i + 1] << "\n";
      ++survivors;
    }
  }
  std::cout << mutants.size() << " mutants, " << survivors << " survived\n";
  return survivors == 0 ? 0 : 1;
}
