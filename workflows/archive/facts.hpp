/// What is known of an archive file, folded from its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/archive/commands.hpp"
#include "workflows/archive/reading_commands.hpp"

namespace docket::archive {

/// 件, known by its number in the file.
struct Item {
  Carrier carrier = Carrier::kElectronic;
  bool confidential = false;
  bool is_bid = false;
  bool is_damaged = false;
  bool is_gone = false;  ///< Disposed of.

  static FieldList Fields() {
    return {Field{"carrier", &Item::carrier, "载体"},
            Field{"confidential", &Item::confidential, "应当保密"},
            Field{"is_bid", &Item::is_bid, "投标文件"},
            Field{"is_damaged", &Item::is_damaged, "受损"},
            Field{"is_gone", &Item::is_gone, "已处置"}};
  }
};

struct Complaint {
  StreamId complaint;
  std::optional<Date> closed_on;  ///< Absent while it is open.

  static FieldList Fields() {
    return {Field{"complaint", &Complaint::complaint, "投诉案卷"},
            Field{"closed_on", &Complaint::closed_on, "处理完成日期"}};
  }
};

struct Hold {
  std::string hold;
  HoldGround ground = HoldGround::kInvestigation;
  UnitId unit;  ///< Which placed it, and alone lifts it.

  static FieldList Fields() {
    return {Field{"hold", &Hold::hold, "保全编号"}, Field{"ground", &Hold::ground, "保全事由"},
            Field{"unit", &Hold::unit, "保全单位"}};
  }
};

struct Consent {
  ConsentState state = ConsentState::kRequested;
  Right right = Right::kQuery;
  ActorId account;                 ///< Who reads.
  std::vector<std::string> items;  ///< Empty: the whole file.
  std::optional<Date> until;       ///< The last day, once granted.
  std::int64_t uses = 0;

  static FieldList Fields() {
    return {
        Field{"state", &Consent::state, "状态"},       Field{"right", &Consent::right, "权限"},
        Field{"account", &Consent::account, "查询人"}, Field{"items", &Consent::items, "件号"},
        Field{"until", &Consent::until, "有效期至"},   Field{"uses", &Consent::uses, "使用次数"}};
  }
};

struct Facts {
  std::string state = "unopened";
  RegionCode region;
  std::optional<Industry> industry;
  UnitId unit;
  UnitId keeper;
  std::optional<ProjectCode> project;
  std::string project_name;
  std::optional<StreamId> source;
  std::string archive_no;
  std::vector<Item> items;  ///< In the order of their numbers, from 1.
  std::vector<Complaint> complaints;
  std::vector<Hold> holds;  ///< Those that stand.
  std::int64_t holds_placed = 0;
  std::vector<Consent> consents;  ///< In the order of their numbers, from 1.
  std::optional<Date> award_notice_on;
  ActorId tenderer;
  std::int64_t downloads = 0;
  std::optional<Part> part;            ///< Under disposal.
  std::optional<Appraisal> appraisal;  ///< Of that part.

  /// nullptr when the file has no item, or no consent, of that number.
  const Item* FindItem(std::string_view number) const;
  const Consent* FindConsent(std::string_view number) const;
  Consent* FindConsent(std::string_view number);
  bool HasOpenComplaint() const;

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"industry", &Facts::industry, "监管行业"},
            Field{"unit", &Facts::unit, "行政监督部门"},
            Field{"keeper", &Facts::keeper, "保管单位"},
            Field{"project", &Facts::project, "招标项目编号"},
            Field{"project_name", &Facts::project_name, "项目名称"},
            Field{"source", &Facts::source, "来源案卷"},
            Field{"archive_no", &Facts::archive_no, "档号"},
            Field{"items", &Facts::items, "资料"},
            Field{"complaints", &Facts::complaints, "投诉"},
            Field{"holds", &Facts::holds, "保全"},
            Field{"holds_placed", &Facts::holds_placed, "保全次数"},
            Field{"consents", &Facts::consents, "查询申请"},
            Field{"award_notice_on", &Facts::award_notice_on, "中标通知书发出日期"},
            Field{"tenderer", &Facts::tenderer, "招标人账号"},
            Field{"downloads", &Facts::downloads, "下载次数"},
            Field{"part", &Facts::part, "处置范围"},
            Field{"appraisal", &Facts::appraisal, "鉴定结论"}};
  }
};

}  // namespace docket::archive
