/// Events of an archive file. Stored format: add a version instead of changing one.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/event.hpp"
#include "workflows/archive/facts.hpp"
#include "workflows/engine/claims.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket::archive {

/// Of a key there is one file, for ever: claimed in this registry, never released.
inline constexpr std::string_view kFileRegistry = "archive_file";

struct FileOpened : Open {
  static constexpr std::string_view kType = "archive.opened", kZh = "已立卷";
  static FileOpened From(const Open& c, const Facts&, const Context& context);
  std::vector<Claim> Claims(const Facts&) const;
};
struct ItemCollected : CollectItem {
  static constexpr std::string_view kType = "archive.item_collected", kZh = "资料已收集";
  std::string item;  ///< Its number in the file.
  static ItemCollected From(const CollectItem& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(FieldList{Field{"item", &ItemCollected::item, "件号"}}, CollectItem::Fields());
  }
};
struct FiledAway : FileAway {
  static constexpr std::string_view kType = "archive.archived", kZh = "已归档";
};

struct ComplaintOpened : RecordComplaintOpened {
  static constexpr std::string_view kType = "archive.complaint_opened", kZh = "已登记投诉";
};
struct ComplaintClosed : RecordComplaintClosed {
  static constexpr std::string_view kType = "archive.complaint_closed", kZh = "已登记投诉办结";
};
/// No complaint is open any more: three years run from the latest end (FJ18-16(1)).
struct ComplaintYearsBegun {
  static constexpr std::string_view kType = "archive.complaint_years_begun";
  static constexpr std::string_view kZh = "投诉后保存期已起算";
  Date begun_on;
  static std::optional<ComplaintYearsBegun> From(const RecordComplaintClosed& c, const Facts& facts,
                                                 const Context&);
  static FieldList Fields() {
    return {Field{"begun_on", &ComplaintYearsBegun::begun_on, "起算日期"}};
  }
};

struct HoldPlaced : PlaceHold {
  static constexpr std::string_view kType = "archive.hold_placed", kZh = "档案已保全";
  std::string hold;
  static HoldPlaced From(const PlaceHold& c, const Facts& facts, const Context&);
  static FieldList Fields() {
    return FieldList(FieldList{Field{"hold", &HoldPlaced::hold, "保全编号"}}, PlaceHold::Fields());
  }
};
struct HoldLifted : LiftHold {
  static constexpr std::string_view kType = "archive.hold_lifted", kZh = "保全已解除";
};

struct FixityChecked : CheckFixity {
  static constexpr std::string_view kType = "archive.fixity_checked", kZh = "完整性已检查";
};
/// Emitted where a check found some.
struct DamageFound {
  static constexpr std::string_view kType = "archive.damage_found", kZh = "发现档案受损";
  std::vector<std::string> items;
  static std::optional<DamageFound> From(const CheckFixity& c, const Facts&, const Context&);
  static FieldList Fields() { return {Field{"items", &DamageFound::items, "件号"}}; }
};

struct ConsentRequested : RequestConsent {
  static constexpr std::string_view kType = "archive.consent_requested", kZh = "已申请查询或复制";
  std::string consent;
  static ConsentRequested From(const RequestConsent& c, const Facts& facts, const Context& context);
  static FieldList Fields() {
    return FieldList(FieldList{Field{"consent", &ConsentRequested::consent, "申请编号"}},
                     RequestConsent::Fields());
  }
};
struct ConsentReviewed : ReviewConsent {
  static constexpr std::string_view kType = "archive.consent_reviewed", kZh = "查询申请已审核";
};
struct ConsentGranted : GrantConsent {
  static constexpr std::string_view kType = "archive.consent_granted", kZh = "已同意查询或复制";
};
struct ConsentRefused : RefuseConsent {
  static constexpr std::string_view kType = "archive.consent_refused", kZh = "不予同意查询或复制";
};
struct ConsentUsed : UseConsent {
  static constexpr std::string_view kType = "archive.consent_used", kZh = "已凭同意查阅";
};
struct ConsentRevoked : RevokeConsent {
  static constexpr std::string_view kType = "archive.consent_revoked", kZh = "同意已撤销";
};
struct ConsentExpired : ExpireConsent {
  static constexpr std::string_view kType = "archive.consent_expired", kZh = "同意已到期";
};
struct AwardNoticeRecorded : RecordAwardNotice {
  static constexpr std::string_view kType = "archive.award_notice_recorded";
  static constexpr std::string_view kZh = "已登记中标通知书发出";
};
struct BidsDownloaded : RecordDownload {
  static constexpr std::string_view kType = "archive.bids_downloaded", kZh = "投标文件已下载";
};

struct DisposalWasProposed : ProposeDisposal {
  static constexpr std::string_view kType = "archive.disposal_proposed", kZh = "已提出处置";
};
struct DisposalAppraised : Appraise {
  static constexpr std::string_view kType = "archive.appraised", kZh = "已鉴定";
};
struct FileKept : Appraise {
  static constexpr std::string_view kType = "archive.kept", kZh = "继续保存";
};
struct MediaDestroyed : Destroy {
  static constexpr std::string_view kType = "archive.media_destroyed", kZh = "音视频资料已销毁";
};
struct FileDestroyed : Destroy {
  static constexpr std::string_view kType = "archive.destroyed", kZh = "全卷已销毁";
};
struct FileTransferred : Transfer {
  static constexpr std::string_view kType = "archive.transferred", kZh = "已移交档案馆";
};

using Event = std::variant<FileOpened, ItemCollected, FiledAway, ComplaintOpened, ComplaintClosed,
                           ComplaintYearsBegun, HoldPlaced, HoldLifted, FixityChecked, DamageFound,
                           ConsentRequested, ConsentReviewed, ConsentGranted, ConsentRefused,
                           ConsentUsed, ConsentRevoked, ConsentExpired, AwardNoticeRecorded,
                           BidsDownloaded, DisposalWasProposed, DisposalAppraised, FileKept,
                           MediaDestroyed, FileDestroyed, FileTransferred>;

void Apply(Facts& facts, const FileOpened& e, const RecordedEvent&);
void Apply(Facts& facts, const ItemCollected& e, const RecordedEvent&);
void Apply(Facts& facts, const FiledAway& e, const RecordedEvent&);
void Apply(Facts& facts, const ComplaintOpened& e, const RecordedEvent&);
void Apply(Facts& facts, const ComplaintClosed& e, const RecordedEvent&);
void Apply(Facts& facts, const ComplaintYearsBegun& e, const RecordedEvent&);
void Apply(Facts& facts, const HoldPlaced& e, const RecordedEvent& envelope);
void Apply(Facts& facts, const HoldLifted& e, const RecordedEvent&);
void Apply(Facts& facts, const FixityChecked& e, const RecordedEvent&);
void Apply(Facts& facts, const DamageFound& e, const RecordedEvent&);
void Apply(Facts& facts, const ConsentRequested& e, const RecordedEvent&);
void Apply(Facts& facts, const ConsentReviewed& e, const RecordedEvent&);
void Apply(Facts& facts, const ConsentGranted& e, const RecordedEvent&);
void Apply(Facts& facts, const ConsentRefused& e, const RecordedEvent&);
void Apply(Facts& facts, const ConsentUsed& e, const RecordedEvent&);
void Apply(Facts& facts, const ConsentRevoked& e, const RecordedEvent&);
void Apply(Facts& facts, const ConsentExpired& e, const RecordedEvent&);
void Apply(Facts& facts, const AwardNoticeRecorded& e, const RecordedEvent&);
void Apply(Facts& facts, const BidsDownloaded& e, const RecordedEvent&);
void Apply(Facts& facts, const DisposalWasProposed& e, const RecordedEvent&);
void Apply(Facts& facts, const DisposalAppraised& e, const RecordedEvent&);
void Apply(Facts& facts, const FileKept& e, const RecordedEvent&);
void Apply(Facts& facts, const MediaDestroyed& e, const RecordedEvent&);
void Apply(Facts& facts, const FileDestroyed& e, const RecordedEvent&);
void Apply(Facts& facts, const FileTransferred& e, const RecordedEvent&);

}  // namespace docket::archive
