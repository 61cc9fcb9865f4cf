/// A client's connection as it is handed from the server to whoever answers later.
#pragma once

#include <memory>
#include <utility>

#include "api/feed/owned_file.hpp"
#include "api/tls/tls_session.hpp"

namespace docket {

struct ClientSocket {
  ClientSocket() = default;
  ClientSocket(OwnedFile socket, std::unique_ptr<TlsSession> session = nullptr)
      : file(std::move(socket)), tls(std::move(session)) {}

  OwnedFile file;
  std::unique_ptr<TlsSession> tls;  ///< nullptr: plain.
};

}  // namespace docket
