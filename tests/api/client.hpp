/// A small HTTP client for tests: one account, JSON in and out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/http/message.hpp"
#include "domain/json.hpp"
#include "tests/api/certificates.hpp"

namespace docket::test {

struct Reply {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string text;
  Json body;  ///< Null when the text is no JSON.

  std::string Code() const { return body.is_object() ? body.value("code", "") : ""; }
  /// `pointer code` of each field that is wrong.
  std::vector<std::string> Errors() const;
};

/// A `Content-Type` without a value is left out.
using Headers = std::vector<http::NamedValue>;

class Client {
 public:
  /// `account` is an id of the sample office; empty: no token is sent.
  Client(std::uint16_t port, std::string account);

  /// The same with a token of its own instead of a sample account's.
  Client Bearing(const std::string& token) const {
    Client other = *this;
    other.token_ = token;
    return other;
  }

  /// The same by TLS; nullptr: plain.
  Client Over(const Poco::Net::Context::Ptr& tls) const {
    Client other = *this;
    other.tls_ = tls;
    return other;
  }

  Reply Get(const std::string& target, const Headers& headers = {}) const;
  Reply Post(const std::string& target, const Json& body, const Headers& headers = {}) const;
  Reply Delete(const std::string& target) const { return Send("DELETE", target, "", {}); }
  /// Sends the text as it is.
  Reply PostText(const std::string& target, const std::string& text,
                 const Headers& headers = {}) const;
  Reply Send(const std::string& method, const std::string& target, const std::string& text,
             const Headers& headers) const;

 private:
  std::uint16_t port_;
  std::string account_;
  std::string token_;
  Poco::Net::Context::Ptr tls_;
};

}  // namespace docket::test
