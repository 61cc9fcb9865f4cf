/// POST /v1/persons/search: where a person appears, found without being readable.
#include "api/http/access_notes.hpp"
#include "api/http/case_reading.hpp"
#include "api/http/problem.hpp"
#include "api/http/services.hpp"
#include "api/render/case_json.hpp"

namespace docket::http {

namespace {

constexpr auto kOperation = "POST /v1/persons/search";
constexpr Refusal kNotSpecific{
    "search_not_specific", "须写明证件号码、电话、电子邮箱、单位名称，或姓名和地址",
    "give a number, a phone, a mail, an organisation's name, or a name with an address"};

Rejection NotSpecific() { return {RejectionKind::kInvalid, kNotSpecific}; }

Json AppearanceJson(const Appearance& found) {
  const std::string workflow(WorkflowOf(found.case_id)->Name());
  const Subject subject = SubjectOf(found.key);
  Json by = Json::array();
  for (const auto kind : found.by) by.push_back(std::string(NameOf(kind)));
  Json json = {{"case_id", found.case_id.value},
               {"workflow", workflow},
               {"state", found.state},
               {"state_zh", StateText(workflow, found.state)},
               {"as", std::string(NameOf(subject))},
               {"as_zh", std::string(ChineseOf(subject))},
               {"matched_by", std::move(by)}};
  if (const auto place = PlaceOf(found.key); !place.empty()) json["place"] = place;
  return json;
}

/// Who appears where is personal data: it is on the disk who asked before the answer goes out.
void RecordSearch(const Services& services, const Request& request,
                  const std::map<StreamId, Reading>& readings) {
  const auto record = [&](const StreamId& case_id, const Reading& reading) {
    auto note = ReadingNote(request, kOperation, case_id, reading);
    note.personal = true;
    services.accesses.Record(note);
  };
  for (const auto& [case_id, reading] : readings) record(case_id, reading);
  if (readings.empty()) record(StreamId(), Reading{});
}

Expected<Response> Search(const Services& services, const Request& request) {
  const auto json = ParseJson(request.body);
  if (!json) return tl::unexpected(json.error());
  const auto details = Decode<PersonalDetails>(*json);
  if (!details) return tl::unexpected(details.error());
  const auto identifiers = IdentifiersOf(*details);
  if (identifiers.empty()) return tl::unexpected(NotSpecific());
  std::map<StreamId, Reading> readings;
  // Who a complainant is, is known to those who work the case: to nobody else it is said that
  // somebody is in it.
  const Reach reach = [&](const StreamId& case_id, const CaseModel& model) {
    const Reading reading = ReadingFor(services, request, case_id, model);
    return reading.access == Access::kOpen && readings.emplace(case_id, reading).second;
  };
  const auto found = FindAppearances(services.engine, services.personal.keys, identifiers, reach);
  Json list = Json::array();
  std::set<StreamId> shown;
  for (const auto& one : found) {
    list.push_back(AppearanceJson(one));
    shown.insert(one.case_id);
  }
  std::erase_if(readings, [&](const auto& reading) { return !shown.contains(reading.first); });
  RecordSearch(services, request, readings);
  return JsonResponse({{"cases", std::move(list)}});
}

Operation SearchOperation() {
  using namespace schema;
  const Json one = Component(
      "Appearance", Object({{"case_id", Titled("案件编号", Text())},
                            {"workflow", Titled("流程", Text())},
                            {"state", Titled("状态", Text())},
                            {"state_zh", Text()},
                            {"as", Titled("身份", Of<Subject>())},
                            {"as_zh", Text()},
                            {"place?", Titled("在事件中的位置", Text())},
                            {"matched_by", Titled("据以识别", ListOf(Of<IdentifierKind>()))}}));
  return {
      .id = "searchPersons",
      .tag = {"persons", {"个人：查找与删除", "Persons: finding and erasing them"}},
      .summary = {"精确查找同一当事人的案件", "Find the cases of one person"},
      .details = {"只列该账号可查看全部内容的案件；每次查找记入查阅记录。全角半角、大小写、"
                  "空格和标点不影响结果。",
                  "Exact, but for width, case, spaces and punctuation. Only cases that are open "
                  "to the account; each search goes into the access log. Never in the URL."},
      .body = Component("PersonalDetails", Schema<PersonalDetails>()),
      .answers = {{.status = status::kOk,
                   .about = {"出现此人的案件", "Where the person appears"},
                   .schema = Component("Appearances", Object({{"cases", ListOf(one)}}))}},
      .problems = {NotSpecific()}};
}

}  // namespace

void AddPersonRoutes(Router& router, const Services& services) {
  router.Add({.method = "POST",
              .pattern = "/v1/persons/search",
              .handler = [&](const Request& r) { return Search(services, r); },
              .operation = SearchOperation()});
}

}  // namespace docket::http
