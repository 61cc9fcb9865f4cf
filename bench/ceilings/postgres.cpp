#include "bench/ceilings/postgres_connection.hpp"
#include "bench/ceilings/works.hpp"

namespace docket::bench {

namespace {

constexpr const char* kInsert =
    "INSERT INTO events (stream_id, version, type, data)"
    " VALUES ($1::text, $2::bigint, $3::text, $4::bytea)";
constexpr const char* kUnnest =
    "INSERT INTO events (stream_id, version, type, data)"
    " SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bytea[])";
constexpr const char* kCopy =
    "COPY events (stream_id, version, type, data) FROM STDIN (FORMAT binary)";
constexpr std::uint32_t kTextOid = 25;
constexpr std::uint32_t kInt8Oid = 20;
constexpr std::uint32_t kByteaOid = 17;

/// A one-dimensional array in PostgreSQL's binary format.
class BinaryArray {
 public:
  explicit BinaryArray(std::uint32_t type) : type_(type) {}
  void Add(std::string_view value) {
    AppendInt32(values_, static_cast<std::uint32_t>(value.size()));
    values_.append(value);
    ++count_;
  }
  std::string Bytes() const {
    std::string out;
    for (const std::uint32_t number : {1U, 0U, type_, count_, 1U}) AppendInt32(out, number);
    return out + values_;
  }

 private:
  std::uint32_t type_;
  std::uint32_t count_ = 0;
  std::string values_;
};

std::vector<std::string> ArraysOf(StreamChoice& choice, std::size_t rows, const std::string& data) {
  BinaryArray streams(kTextOid);
  BinaryArray versions(kInt8Oid);
  BinaryArray types(kTextOid);
  BinaryArray datas(kByteaOid);
  for (std::size_t i = 0; i < rows; ++i, choice.Next()) {
    streams.Add(choice.Stream());
    versions.Add(Int64(choice.Version()));
    types.Add(kEventType);
    datas.Add(data);
  }
  return {streams.Bytes(), versions.Bytes(), types.Bytes(), datas.Bytes()};
}

/// Binary COPY: a signature, tuples of counted fields, and a trailer.
std::string CopyBytesOf(StreamChoice& choice, std::size_t rows, const std::string& data) {
  std::string out("PGCOPY\n\377\r\n\0", 11);
  AppendInt32(out, 0);
  AppendInt32(out, 0);
  for (std::size_t i = 0; i < rows; ++i, choice.Next()) {
    out.append("\0\4", 2);
    for (const std::string& field :
         {choice.Stream(), Int64(choice.Version()), std::string(kEventType), data}) {
      AppendInt32(out, static_cast<std::uint32_t>(field.size()));
      out.append(field);
    }
  }
  return out.append("\377\377", 2);
}

/// Every connection puts in `rows` a turn; afterwards all of them must be there.
template <class Put>
Json Measure(const Options& options, std::size_t rows, const char* sql, const Put& put) {
  PostgresConnection own(Url(options));
  own.Execute(kCreateEvents);
  const auto connections = Connect(options);
  std::vector<StreamChoice> choices;
  for (std::size_t i = 0; i < connections.size(); ++i) {
    if (sql != nullptr) connections[i]->Prepare("put", sql);
    choices.emplace_back(i);
  }
  const std::string data = EventText();
  const std::int64_t before = own.Number(kCountEvents);
  auto loop = ClosedLoop(
      connections.size(), options.at("seconds").get<double>(),
      [&](std::size_t client, std::size_t) { put(*connections[client], choices[client], data); });
  const auto stored = static_cast<std::size_t>(own.Number(kCountEvents) - before);
  Check(stored == loop.calls * rows, "{} rows acknowledged, {} stored", loop.calls * rows, stored);
  return ToJson(loop, rows);
}

}  // namespace

Json InsertRows(const Options& options) {
  return Measure(options, 1, kInsert,
                 [](PostgresConnection& to, StreamChoice& choice, const std::string& data) {
                   to.Run("put", {choice.Stream(), Int64(choice.Version()), kEventType, data});
                   choice.Next();
                 });
}

Json UnnestRows(const Options& options) {
  const auto rows = options.at("rows").get<std::size_t>();
  return Measure(options, rows, kUnnest,
                 [rows](PostgresConnection& to, StreamChoice& choice, const std::string& data) {
                   to.Run("put", ArraysOf(choice, rows, data));
                 });
}

Json CopyRows(const Options& options) {
  const auto rows = options.at("rows").get<std::size_t>();
  return Measure(options, rows, nullptr,
                 [rows](PostgresConnection& to, StreamChoice& choice, const std::string& data) {
                   to.Copy(kCopy, CopyBytesOf(choice, rows, data));
                 });
}

Json FillPlainLog(const Options& options) {
  constexpr std::size_t kRows = 10'000;
  PostgresConnection to(Url(options));
  to.Execute(kCreateEvents);
  StreamChoice choice(0);
  const std::string data = EventText();
  const auto events = options.at("events").get<std::size_t>();
  for (std::size_t done = 0; done < events; done += kRows) {
    to.Copy(kCopy, CopyBytesOf(choice, kRows, data));
  }
  to.Execute("VACUUM ANALYZE events");
  return {{"count", to.Number(kCountEvents)}};
}

}  // namespace docket::bench
