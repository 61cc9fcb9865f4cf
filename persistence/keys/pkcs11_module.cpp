#include "persistence/keys/pkcs11_module.hpp"

#include <map>
#include <mutex>

#include <dlfcn.h>

namespace docket {

namespace {

constexpr Refusal kUnusable{"kek_module_unusable", "无法使用令牌的 PKCS#11 模块",
                            "the token's PKCS#11 module cannot be used"};

struct Start {
  int uses = 0;
  bool is_ours = false;  ///< Else somebody else in this process started it, and ends it.
};
std::mutex starts_mutex;

/// Under starts_mutex.
std::map<CK_FUNCTION_LIST*, Start>& Starts() {
  static std::map<CK_FUNCTION_LIST*, Start> starts;
  return starts;
}

CK_FUNCTION_LIST* FunctionsOf(const std::string& path) {
  // Never unloaded: such libraries leave threads and handlers behind.
  void* const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) return nullptr;
  const auto list = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
  CK_FUNCTION_LIST* functions = nullptr;
  if (list != nullptr && list(&functions) != CKR_OK) functions = nullptr;
  dlclose(library);
  return functions;
}

}  // namespace

Expected<std::unique_ptr<Pkcs11Module>> Pkcs11Module::Load(const std::string& path) {
  const std::lock_guard guard(starts_mutex);
  CK_FUNCTION_LIST* const functions = FunctionsOf(path);
  if (functions == nullptr) return Refuse(RejectionKind::kInvalid, kUnusable);
  Start& start = Starts()[functions];
  if (start.uses == 0) {
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;
    const CK_RV answer = functions->C_Initialize(&arguments);
    start.is_ours = answer == CKR_OK;
    if (answer != CKR_OK && answer != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
      return Refuse(RejectionKind::kInvalid, kUnusable);
    }
  }
  ++start.uses;
  return std::unique_ptr<Pkcs11Module>(new Pkcs11Module(functions));
}

Pkcs11Module::~Pkcs11Module() {
  const std::lock_guard guard(starts_mutex);
  Start& start = Starts()[api_];
  if (--start.uses == 0 && start.is_ours) api_->C_Finalize(nullptr);
}

}  // namespace docket
