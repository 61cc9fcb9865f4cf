/// A token in software (SoftHSM) of a test's own, made as an operator would make a real one.
#pragma once

#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "persistence/keys/pkcs11_module.hpp"
#include "tests/support/temporary_directory.hpp"

namespace docket::testing {

constexpr const char* kSoftHsmModule = "/usr/lib/softhsm/libsofthsm2.so";

/// Answers of the module that are not CKR_OK are thrown. One at a time in a process.
class SoftHsm {
 public:
  static constexpr const char* kPin = "4711-korrekt";

  explicit SoftHsm(const std::string& mechanisms = "ALL") {
    const std::string tokens = directory_.File("tokens");
    std::filesystem::create_directory(tokens);
    const std::string file = directory_.File("softhsm2.conf");
    std::ofstream(file) << "directories.tokendir = " << tokens
                        << "\nobjectstore.backend = file\nlog.level = ERROR\nslots.mechanisms = "
                        << mechanisms << '\n';
    setenv("SOFTHSM2_CONF", file.c_str(), 1);
    WritePin(kPin);
  }
  SoftHsm(const SoftHsm&) = delete;
  SoftHsm& operator=(const SoftHsm&) = delete;
  ~SoftHsm() { unsetenv("SOFTHSM2_CONF"); }

  std::string PinFile() const { return directory_.File("pin"); }
  void WritePin(const std::string& pin, mode_t mode = 0600) const {
    // Under another name first, so that it is another file.
    const std::string made = PinFile() + ".new";
    std::ofstream(made) << pin << '\n';
    chmod(made.c_str(), mode);
    std::filesystem::rename(made, PinFile());
  }
  std::string Uri(const std::string& object, const std::string& token = "docket") const {
    return fmt::format("pkcs11:token={};object={}?module-path={}&pin-source=file:{}", token, object,
                       kSoftHsmModule, PinFile());
  }

  void AddToken(const std::string& label = "docket") const {
    const auto module = Module();
    const auto& api = module->Api();
    std::string filled = label;
    filled.resize(kLabelBytes, ' ');
    const CK_SLOT_ID slot = Slots(api).back();
    Check(api.C_InitToken(slot, Bytes(kOfficerPin), kOfficerPin.size(), Bytes(filled)));
    const Session session(api, SlotOf(api, label));
    Check(api.C_Login(session.handle, CKU_SO, Bytes(kOfficerPin), kOfficerPin.size()));
    const std::string pin(kPin);
    Check(api.C_InitPIN(session.handle, Bytes(pin), pin.size()));
  }

  struct Key {
    std::string token = "docket";
    CK_ULONG bytes = 32;
    CK_BBOOL extractable = CK_FALSE;
    CK_BBOOL decrypts = CK_TRUE;
  };
  void AddKey(const std::string& label) const { AddKey(label, Key()); }
  void AddKey(const std::string& label, Key key) const {
    const auto module = Module();
    const auto& api = module->Api();
    const Session session(api, SlotOf(api, key.token));
    LogIn(api, session);
    CK_BBOOL yes = CK_TRUE;
    std::array attributes{CK_ATTRIBUTE{CKA_TOKEN, &yes, sizeof(yes)},
                          CK_ATTRIBUTE{CKA_PRIVATE, &yes, sizeof(yes)},
                          CK_ATTRIBUTE{CKA_SENSITIVE, &yes, sizeof(yes)},
                          CK_ATTRIBUTE{CKA_ENCRYPT, &yes, sizeof(yes)},
                          CK_ATTRIBUTE{CKA_DECRYPT, &key.decrypts, sizeof(key.decrypts)},
                          CK_ATTRIBUTE{CKA_EXTRACTABLE, &key.extractable, sizeof(CK_BBOOL)},
                          CK_ATTRIBUTE{CKA_VALUE_LEN, &key.bytes, sizeof(key.bytes)},
                          CK_ATTRIBUTE{CKA_LABEL, Bytes(label), label.size()}};
    CK_MECHANISM generate{CKM_AES_KEY_GEN, nullptr, 0};
    CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
    Check(
        api.C_GenerateKey(session.handle, &generate, attributes.data(), attributes.size(), &made));
  }

  /// The token's user has another PIN from now on.
  void ChangePin(const std::string& pin) const {
    const auto module = Module();
    const auto& api = module->Api();
    const Session session(api, SlotOf(api, "docket"));
    LogIn(api, session);
    const std::string old(kPin);
    Check(api.C_SetPIN(session.handle, Bytes(old), old.size(), Bytes(pin), pin.size()));
  }

  /// As when the token is taken out and put back: nobody's session outlives it.
  void LoseSessions() const {
    const auto module = Module();
    const auto& api = module->Api();
    Check(api.C_CloseAllSessions(SlotOf(api, "docket")));
  }

  /// The token is not there until it is moved back.
  void MoveAway() const {
    std::filesystem::rename(directory_.File("tokens"), directory_.File("away"));
    std::filesystem::create_directory(directory_.File("tokens"));
  }
  void MoveBack() const {
    std::filesystem::remove_all(directory_.File("tokens"));
    std::filesystem::rename(directory_.File("away"), directory_.File("tokens"));
  }

 private:
  static constexpr std::size_t kLabelBytes = 32;
  inline static const std::string kOfficerPin = "security-officer";

  struct Session {
    Session(const CK_FUNCTION_LIST& functions, CK_SLOT_ID slot) : api(functions) {
      Check(
          api.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &handle));
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() { api.C_CloseSession(handle); }
    const CK_FUNCTION_LIST& api;
    CK_SESSION_HANDLE handle = CK_INVALID_HANDLE;
  };

  static void Check(CK_RV code) {
    if (code != CKR_OK) throw std::runtime_error(fmt::format("SoftHSM answers 0x{:x}", code));
  }
  static unsigned char* Bytes(const std::string& text) {
    return const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(text.data()));
  }
  static std::unique_ptr<Pkcs11Module> Module() {
    auto module = Pkcs11Module::Load(kSoftHsmModule);
    if (!module) throw std::runtime_error("SoftHSM is not installed: see script/bootstrap");
    return std::move(*module);
  }
  static void LogIn(const CK_FUNCTION_LIST& api, const Session& session) {
    const std::string pin(kPin);
    const CK_RV code = api.C_Login(session.handle, CKU_USER, Bytes(pin), pin.size());
    if (code != CKR_USER_ALREADY_LOGGED_IN) Check(code);
  }
  /// The last is empty: there a token can be made.
  static std::vector<CK_SLOT_ID> Slots(const CK_FUNCTION_LIST& api) {
    CK_ULONG count = 0;
    Check(api.C_GetSlotList(CK_FALSE, nullptr, &count));
    std::vector<CK_SLOT_ID> slots(count);
    Check(api.C_GetSlotList(CK_FALSE, slots.data(), &count));
    return slots;
  }
  static CK_SLOT_ID SlotOf(const CK_FUNCTION_LIST& api, const std::string& label) {
    for (const CK_SLOT_ID slot : Slots(api)) {
      CK_TOKEN_INFO info{};
      Check(api.C_GetTokenInfo(slot, &info));
      const std::string filled(reinterpret_cast<const char*>(&info.label), sizeof(info.label));
      if (filled.substr(0, filled.find_last_not_of(' ') + 1) == label) return slot;
    }
    throw std::runtime_error("no token " + label);
  }

  TemporaryDirectory directory_;
};

}  // namespace docket::testing
