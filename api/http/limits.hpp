/// Every limit of the HTTP edge, named and in one place.
#pragma once

#include <chrono>
#include <cstddef>

namespace docket::http {

constexpr std::size_t kBodyBytesMax = 1 << 20;
constexpr std::size_t kUriBytesMax = 4096;
constexpr std::size_t kHeaderBytesMax = 16 * 1024;  ///< All names and values together.
constexpr std::size_t kHeaderFieldsMax = 64;
constexpr std::size_t kCommandIdBytesMax = 128;
constexpr std::size_t kReferenceBytesMax = 128;
constexpr std::size_t kListPageMax = 200;
constexpr std::size_t kListPageDefault = 50;
constexpr std::size_t kFeedPageMax = 1000;
constexpr std::size_t kTimelinePageMax = 1000;
constexpr std::size_t kFeedPageDefault = 100;
/// A long poll waits no longer than this.
constexpr std::chrono::seconds kFeedWaitMax{60};
/// Below this an answer fits in a packet or two, and compressing it gains nothing.
constexpr std::size_t kCompressBytesMin = 1024;

/// A connection holds its thread while it is kept alive. Above this share of the pool new answers
/// close their connection, so that idle clients never lock out others.
constexpr int kThreadsMax = 256;
constexpr int kKeepAliveConnectionsMax = 192;
constexpr int kConnectionsQueuedMax = 512;
constexpr int kRequestsPerConnectionMax = 10'000;

/// Connections that are shaking hands for TLS. They hold no thread.
constexpr std::size_t kHandshakesMax = 1024;
constexpr std::chrono::seconds kHandshakeTimeout{10};

constexpr std::chrono::seconds kKeepAliveTimeout{10};
constexpr std::chrono::seconds kReceiveTimeout{10};
/// From the first byte of a request to the last of its headers, and then of its body: what a
/// client gets that sends one byte at a time.
constexpr std::chrono::seconds kHeadersTimeout{15};
constexpr std::chrono::seconds kBodyTimeout{30};
constexpr std::chrono::seconds kAnswerTimeout{120};
constexpr std::chrono::seconds kDrainTimeout{20};
/// From the first byte of a document to its last, in either direction.
constexpr std::chrono::minutes kTransferTimeout{15};
/// Documents that come and go at once: each holds a thread.
constexpr int kTransfersMax = 64;
/// What a connection gets for its first request that was taken just before the server stopped.
constexpr std::chrono::seconds kFirstRequestGrace{1};
constexpr std::chrono::milliseconds kMinPositionWait{2000};

/// Unread rest of a refused body that is still taken in, so that the refusal reaches its sender.
constexpr std::size_t kDiscardBytesMax = 8u << 20;
/// Silence after which such a client is let go.
constexpr std::chrono::seconds kDiscardTimeout{2};

}  // namespace docket::http
