/// What became of one message that was given to a mail server or a gateway.
#pragma once

#include <string>

namespace docket {

struct SendResult {
  bool is_sent = false;
  bool is_final = false;  ///< Refused for good: sending it again is of no use.
  bool is_down = false;   ///< Nobody answered: others need not be tried now.
  std::string receipt{};  ///< What the other side calls it.
  std::string reason{};   ///< A code of our own: answers of others may quote the address.
};

inline SendResult Unsent(std::string reason) {
  SendResult result;
  result.reason = std::move(reason);
  return result;
}

}  // namespace docket
