#include "api/render/feed_json.hpp"

#include "api/render/schema.hpp"
#include "domain/cloud_event.hpp"

namespace docket {

namespace {

Json SchemaOf(const CloudAttribute& attribute) {
  if (attribute.name == "data") return schema::AnyObject();
  switch (attribute.kind) {
    case CloudAttribute::Kind::kInteger: return schema::Integer();
    case CloudAttribute::Kind::kBoolean: return schema::Boolean();
    case CloudAttribute::Kind::kInstant: return schema::InstantText();
    case CloudAttribute::Kind::kText: return schema::Text();
  }
  return schema::Text();
}

}  // namespace

Json CloudEventSchema() {
  std::vector<schema::Member> members;
  for (const auto& attribute : CloudAttributes()) {
    Json described = schema::Titled(std::string(attribute.zh), SchemaOf(attribute));
    described["description"] = attribute.en;
    members.push_back(
        {std::string(attribute.name) + (attribute.required ? "" : "?"), std::move(described)});
  }
  return schema::Component("CloudEvent", schema::Object(members));
}

Json OmittedRunSchema() {
  using namespace schema;
  return Component("OmittedRun",
                   Object({{"first", Titled("首个位置", Integer())},
                           {"last", Titled("末个位置", Integer())},
                           {"subtrees", Titled("覆盖这些位置的默克尔子树摘要", ListOf(Text()))}}));
}

Json FeedPageSchema() {
  using namespace schema;
  return Component("FeedPage",
                   Object({{"events", Titled("事件", ListOf(CloudEventSchema()))},
                           {"omitted", Titled("略去的位置", ListOf(OmittedRunSchema()))},
                           {"next", Titled("下一页的 after", Integer())},
                           {"epoch", Titled("历史编号", Text())},
                           {"head", Titled("事件库末位", Integer())}}));
}

}  // namespace docket
