/// Commands of an archive file: its keeping, its retention and its disposal. Those of reading it
/// are in reading_commands.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/archive/vocabulary.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::archive {

/// 立卷: one file a project, or a matter that belongs to none; a second one is refused.
struct Open {
  static constexpr std::string_view kName = "open", kZh = "立卷";
  RegionCode region;
  std::optional<Industry> industry;
  std::optional<ProjectCode> project;
  std::string project_name;
  std::optional<StreamId> source;  ///< The matter's case; the file's key where there is no project.
  std::optional<UnitId> unit;      ///< Competent department, which decides on reading; a department
                                   ///< that opens the file is it.
  std::optional<UnitId> keeper;    ///< 保管单位; a trading centre that opens the file is it.

  static FieldList Fields() {
    return {Field{"region", &Open::region, "行政区划代码"},
            Field{"industry", &Open::industry, "监管行业"},
            Field{"project", &Open::project, "招标项目编号"},
            Field{"project_name", &Open::project_name, "项目名称"},
            Field{"source", &Open::source, "来源案卷"},
            Field{"unit", &Open::unit, "行政监督部门"},
            Field{"keeper", &Open::keeper, "保管单位"}};
  }
};

/// 收集 of one item, on whichever carrier (FJ18-16). Its number in the file is given to it.
struct CollectItem {
  static constexpr std::string_view kName = "collect_item", kZh = "收集资料";
  Carrier carrier = Carrier::kElectronic;
  PersonalText title;
  std::optional<DocumentRef> document;     ///< Of electronic documents, always.
  std::optional<std::string> shelf_mark;   ///< 存放位置; of paper, always.
  std::optional<Date> recording_ended_on;  ///< Of recordings, always: their years run from it.
  bool confidential = false;               ///< 应当保密 (FJ18-16(2)).
  bool is_bid = false;                     ///< 投标文件: the tenderer's after the award notice.

  /// What a carrier asks for and none of the types says.
  FieldErrors WrongFields() const;
  static FieldList Fields() {
    return {Field{"carrier", &CollectItem::carrier, "载体"},
            Field{"title", &CollectItem::title, "题名", Subject::kParties},
            Field{"document", &CollectItem::document, "电子文档"},
            Field{"shelf_mark", &CollectItem::shelf_mark, "存放位置"},
            Field{"recording_ended_on", &CollectItem::recording_ended_on, "录制结束日期"},
            Field{"confidential", &CollectItem::confidential, "应当保密"},
            Field{"is_bid", &CollectItem::is_bid, "投标文件"}};
  }
};

/// 归档. What comes later is still collected.
struct FileAway {
  static constexpr std::string_view kName = "archive", kZh = "归档";
  std::string archive_no;
  Date project_closed_on;                    ///< Ten years run from it (FJ18-16(1)).
  std::optional<Date> procurement_ended_on;  ///< Fifteen years; absent: with the project.

  static FieldList Fields() {
    return {Field{"archive_no", &FileAway::archive_no, "档号"},
            Field{"project_closed_on", &FileAway::project_closed_on, "项目结束日期"},
            Field{"procurement_ended_on", &FileAway::procurement_ended_on, "采购结束日期"}};
  }
};

/// A complaint about the project holds its recordings (FJ18-16(1)).
struct RecordComplaintOpened {
  static constexpr std::string_view kName = "record_complaint_opened", kZh = "登记投诉";
  StreamId complaint;
  static FieldList Fields() {
    return {Field{"complaint", &RecordComplaintOpened::complaint, "投诉案卷"}};
  }
};

/// 投诉处理完成, in whichever way, also of a complaint that nobody announced before.
struct RecordComplaintClosed {
  static constexpr std::string_view kName = "record_complaint_closed", kZh = "登记投诉办结";
  StreamId complaint;
  Date closed_on;
  static FieldList Fields() {
    return {Field{"complaint", &RecordComplaintClosed::complaint, "投诉案卷"},
            Field{"closed_on", &RecordComplaintClosed::closed_on, "处理完成日期"}};
  }
};

struct PlaceHold {
  static constexpr std::string_view kName = "place_hold", kZh = "保全档案";
  HoldGround ground = HoldGround::kInvestigation;
  std::optional<StreamId> matter;
  PersonalText reason;
  DocumentRef order;
  static FieldList Fields() {
    return {Field{"ground", &PlaceHold::ground, "保全事由"},
            Field{"matter", &PlaceHold::matter, "有关案卷"},
            Field{"reason", &PlaceHold::reason, "理由", Subject::kParties},
            Field{"order", &PlaceHold::order, "保全文书"}};
  }
};
struct LiftHold {
  static constexpr std::string_view kName = "lift_hold", kZh = "解除保全";
  std::string hold;
  PersonalText reason;
  static FieldList Fields() {
    return {Field{"hold", &LiftHold::hold, "保全编号"},
            Field{"reason", &LiftHold::reason, "理由", Subject::kParties}};
  }
};

/// 完整性检查 (FJ18-16(1): 确保档案的完整与安全).
struct CheckFixity {
  static constexpr std::string_view kName = "check_fixity", kZh = "检查档案完整性";
  std::int64_t checked = 0;          ///< Items compared with their digests or looked at.
  std::vector<std::string> damaged;  ///< Numbers of those that are not whole.
  DocumentRef report;
  static FieldList Fields() {
    return {Field{"checked", &CheckFixity::checked, "检查件数"},
            Field{"damaged", &CheckFixity::damaged, "受损件号"},
            Field{"report", &CheckFixity::report, "检查记录"}};
  }
};

/// 提出处置: on the day after the last period at the earliest. Never happens by itself.
struct ProposeDisposal {
  static constexpr std::string_view kName = "propose_disposal", kZh = "提出处置";
  Part part = Part::kFile;
  DocumentRef list;
  static FieldList Fields() {
    return {Field{"part", &ProposeDisposal::part, "处置范围"},
            Field{"list", &ProposeDisposal::list, "处置清册"}};
  }
};
/// 鉴定, by somebody else. `keep` ends the proposal, also after another appraisal.
struct Appraise {
  static constexpr std::string_view kName = "appraise", kZh = "鉴定";
  Appraisal appraisal = Appraisal::kKeep;
  PersonalText opinion;
  static FieldList Fields() {
    return {Field{"appraisal", &Appraise::appraisal, "鉴定结论"},
            Field{"opinion", &Appraise::opinion, "鉴定意见", Subject::kParties}};
  }
};
/// 销毁, by one person under the eyes of another.
struct Destroy {
  static constexpr std::string_view kName = "destroy", kZh = "销毁";
  ActorId supervisor;  ///< 监销人, of the competent department.
  DocumentRef certificate;
  static FieldList Fields() {
    return {Field{"supervisor", &Destroy::supervisor, "监销人"},
            Field{"certificate", &Destroy::certificate, "销毁证明"}};
  }
};
struct Transfer {
  static constexpr std::string_view kName = "transfer", kZh = "移交档案馆";
  std::string receiver;
  DocumentRef receipt;
  static FieldList Fields() {
    return {Field{"receiver", &Transfer::receiver, "接收单位"},
            Field{"receipt", &Transfer::receipt, "移交清单"}};
  }
};

}  // namespace docket::archive
