#include "api/demo/words.hpp"

#include <array>

#include "domain/ensure.hpp"

namespace docket::demo {

namespace {

using Words = std::vector<std::string_view>;

const Words kFamilyNames{"林", "陈", "吴", "苏", "江", "叶", "方", "柳", "温", "谢", "邱", "简"};
const Words kGivenNames{"墨川", "若汀", "景澜", "知秋", "一舟", "语乔", "望舒", "青禾",
                        "砚之", "南星", "怀瑾", "听雨", "云起", "白露", "子衿", "明远"};
const Words kPlaces{"岚州", "云浦", "东屏", "沙溪", "澜江"};
const Words kBrands{"鼎信", "瑞恒", "中岳", "宏泽", "华桥", "远大", "安拓", "启航", "汇川", "恒基"};
const Words kTrades{"建设",     "路桥工程", "水利工程", "市政园林",
                    "信息技术", "医疗器械", "办公设备", "工程咨询"};
const Words kSites{"北岸", "青川", "望江", "松湖", "梧桐", "新港", "石桥", "凤凰", "竹溪", "大屿"};

const Words& WorksOf(Industry industry) {
  static const Words kConstruction{"学校教学楼工程", "保障房项目（一期）", "污水管网改造工程",
                                   "社区医院迁建工程"};
  static const Words kTransport{"大桥加固工程", "省道改线工程", "公交枢纽站工程"};
  static const Words kWater{"水库除险加固工程", "河道整治工程", "防洪堤提升工程"};
  static const Words kOther{"产业园配套工程", "光伏并网工程", "冷链物流园工程"};
  static const Words kProcurement{"教学设备采购", "CT 设备采购", "物业服务采购",
                                  "信息系统运维采购"};
  static const Words kLand{"地块使用权出让", "采石场采矿权出让"};
  static const Words kRights{"国有厂房租赁", "股权转让项目"};
  switch (industry) {
    case Industry::kConstruction: return kConstruction;
    case Industry::kTransport: return kTransport;
    case Industry::kWater: return kWater;
    case Industry::kGovernmentProcurement: return kProcurement;
    case Industry::kLandAndMineral: return kLand;
    case Industry::kPropertyRights: return kRights;
    case Industry::kOtherEngineering: break;
  }
  return kOther;
}

std::string Drawn(Random& random, std::string_view alphabet, std::size_t length) {
  std::string text;
  while (text.size() < length) text += alphabet[random.Below(alphabet.size())];
  return text;
}

}  // namespace

std::string PersonName(Random& random) {
  std::string name(random.Pick(kFamilyNames));
  return name.append(random.Pick(kGivenNames));
}

std::string CompanyName(Random& random) {
  std::string name(random.Pick(kPlaces));
  name.append(random.Pick(kBrands));
  return name.append(random.Pick(kTrades)).append("有限公司");
}

CreditCode CreditCodeOf(Random& random) {
  const std::string body = "91350000MA" + Drawn(random, "0123456789ABCDEFGHJKLMNPQRTUWXY", 7);
  for (const char check : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    CreditCode code(body + check);
    if (code.IsWellFormed()) return code;
  }
  ENSURE(false, "one of all check characters fits");
}

ProjectCode ProjectCodeOf(Random& random) {
  return ProjectCode("M35" + Drawn(random, "0123456789", 17));
}

std::string ProjectName(Random& random, Industry industry) {
  std::string name(random.Pick(kPlaces));
  name.append(random.Pick(kSites));
  return name.append(random.Pick(WorksOf(industry)));
}

std::string PhoneNumber(Random& random) { return "10000" + Drawn(random, "0123456789", 6); }

std::string IdentityNumber(Random& random) {
  constexpr std::array kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  std::string number = "35000019000101" + Drawn(random, "0123456789", 3);
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (number[i] - '0') * kWeights[i];
  return number + "10X98765432"[sum % 11];
}

Json PartyOf(Random& random) {
  if (random.Chance(30)) {
    return {{"kind", "person"},
            {"name", PersonName(random)},
            {"id_number", IdentityNumber(random)},
            {"phone", PhoneNumber(random)}};
  }
  return {{"kind", "legal_person"},
          {"name", CompanyName(random)},
          {"id_number", CreditCodeOf(random).value},
          {"representative", PersonName(random)},
          {"contact", PersonName(random)},
          {"phone", PhoneNumber(random)}};
}

std::string Digest(Random& random) { return "sha256:" + Drawn(random, "0123456789abcdef", 64); }

Json Document(Random& random, std::string_view name) {
  return {{"digest", Digest(random)}, {"name", name}};
}

}  // namespace docket::demo
