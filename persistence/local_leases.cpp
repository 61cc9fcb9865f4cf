#include "persistence/local_leases.hpp"

namespace docket {

class LocalLeases::Held : public Lease {
 public:
  Held(LocalLeases& leases, std::string name, std::int64_t token)
      : leases_(leases), name_(std::move(name)), token_(token) {}
  ~Held() override {
    const std::lock_guard guard(leases_.mutex_);
    leases_.held_.erase(name_);
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  std::int64_t Token() const override { return token_; }
  bool IsHeld() override { return true; }

 private:
  LocalLeases& leases_;
  const std::string name_;
  const std::int64_t token_;
};

std::unique_ptr<Lease> LocalLeases::TryTake(std::string_view name) {
  const std::lock_guard guard(mutex_);
  std::string taken(name);
  if (held_.contains(taken)) return nullptr;
  const std::string setting = "lease_token_" + taken;
  const auto last = settings_.FindSetting(setting);
  const std::int64_t token = (last ? std::stoll(*last) : 0) + 1;
  settings_.Write({setting, std::to_string(token)});
  held_.insert(taken);
  return std::make_unique<Held>(*this, std::move(taken), token);
}

}  // namespace docket
