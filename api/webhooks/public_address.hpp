/// Which addresses of the network a webhook may be sent to: a subscriber must not make the server
/// talk to what only the server can reach.
#pragma once

#include <Poco/Net/IPAddress.h>

namespace docket {

/// False for loopback, private, link-local, shared (RFC 6598), multicast, documentation and other
/// special addresses, and for IPv6 addresses that stand for such an IPv4 address.
bool IsPublicAddress(const Poco::Net::IPAddress& address);

}  // namespace docket
