#include "domain/evidence/leaf.hpp"

namespace docket {

namespace {

/// Members of a JSON object in the order given, which must be that of RFC 8785.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) {}
  void Add(std::string_view name, std::string_view text) {
    Name(name);
    AppendCanonicalString(out_, text);
  }
  void Add(std::string_view name, std::int64_t number) {
    Name(name);
    out_ += std::to_string(number);
  }
  void Name(std::string_view name) {
    out_ += out_.empty() ? '{' : ',';
    AppendCanonicalString(out_, name);
    out_ += ':';
  }

 private:
  std::string& out_;
};

constexpr std::string_view kRecordedAt = ",\"recorded_at\":";
/// Names that follow others which are not in the same piece.
constexpr std::string_view kContinued = ",";

}  // namespace

std::string DataDigest(std::string_view salt_hex, std::string_view data) {
  return Sha256().Add(BytesOfHex(salt_hex)).Add(data).Hex();
}

LeafDraft::LeafDraft(LogId log, const NewEvent& event, const StreamId& stream,
                     std::string_view data_digest) {
  // Instants as microseconds: one spelling each.
  Members before(to_position_);
  before.Add("actor", event.actor.value);
  before.Add("causation", event.causation.value);
  before.Add("command_id", event.command_id.value);
  before.Add("confidentiality", NameOf(event.confidentiality));
  before.Add("correlation", event.correlation.value);
  before.Add("data_digest", data_digest);
  before.Add("id", event.id.value);
  before.Add("log", static_cast<std::int64_t>(log));
  before.Add("occurred_at", event.occurred_at.Micros());
  before.Name("position");

  Members between(to_version_);
  between.Add("recorded_by", event.recorded_by.value);
  between.Add("region", event.region.value);
  between.Add("role", NameOf(event.role));
  between.Add("schema_version", event.schema_version);
  between.Add("stream", stream.value);
  between.Add("type", event.type);
  between.Add("unit", event.unit.value);
  between.Add("v", std::int64_t{1});
  between.Name("version");
  to_version_.replace(0, 1, kContinued);

  to_end_ = event.virtual_clock ? ",\"virtual_clock\":true}" : ",\"virtual_clock\":false}";
}

std::string LeafDraft::Header(Position position, Version version, Instant recorded_at) const {
  std::string header;
  header.reserve(to_position_.size() + to_version_.size() + to_end_.size() + 64);
  header += to_position_;
  header += std::to_string(position.value);
  header += kRecordedAt;
  header += std::to_string(recorded_at.Micros());
  header += to_version_;
  header += std::to_string(version.value);
  header += to_end_;
  return header;
}

std::string LeafDraft::Hash(Position position, Version version, Instant recorded_at) const {
  static thread_local Sha256 sha;
  return sha.Add(std::string_view("\0", 1)).Add(Header(position, version, recorded_at)).Hex();
}

std::string LeafHeader(LogId log, const RecordedEvent& event) {
  return LeafDraft(log, event, event.stream, event.data_digest)
      .Header(event.position, event.version, event.recorded_at);
}

std::string LeafHash(LogId log, const RecordedEvent& event) {
  return LeafDraft(log, event, event.stream, event.data_digest)
      .Hash(event.position, event.version, event.recorded_at);
}

}  // namespace docket
