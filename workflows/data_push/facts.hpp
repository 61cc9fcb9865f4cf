/// What is known of a connection, folded from its events.
#pragma once

#include "workflows/data_push/vocabulary.hpp"

namespace docket::data_push {

/// The last batch of a message type: by it the next is late or not, and known or not.
struct LastBatch {
  std::string message_type;
  std::string batch;
  Instant received_at;
  static FieldList Fields() {
    return {Field{"message_type", &LastBatch::message_type, "数据类型"},
            Field{"batch", &LastBatch::batch, "批次编号"},
            Field{"received_at", &LastBatch::received_at, "接收时间"}};
  }
};

struct DefectCount {
  DefectKind kind = DefectKind::kTimeliness;
  std::int64_t count = 0;
  static FieldList Fields() {
    return {Field{"kind", &DefectCount::kind, "缺陷类别"},
            Field{"count", &DefectCount::count, "数量"}};
  }
};

struct Facts {
  std::string state = "unapplied";
  UnitId provider;
  std::string provider_name;
  RegionCode region;
  SystemKind system = SystemKind::kMarketPlatform;
  std::vector<Industry> industries;
  bool retained = false;  ///< A county's platform that was kept by approval.
  std::optional<Certificate> certificate;
  std::vector<InterfaceSubject> subjects;  ///< Confirmed.
  std::vector<SigningKey> keys;            ///< That verify what is pushed.
  std::vector<Frequency> frequencies;
  std::string standard_version;
  std::string former_version;  ///< In order until `grace_until`; empty: none.
  std::optional<Date> grace_until;
  bool adopted = true;  ///< A message of the version in force has come.
  std::optional<Instant> down_since;
  std::int64_t outages = 0;
  std::int64_t minutes_down = 0;
  std::vector<LastBatch> last_batches;
  std::int64_t accepted = 0;
  std::int64_t rejected = 0;
  std::int64_t late = 0;
  std::int64_t quarantined = 0;  ///< Batches that came while the system was not admitted.
  std::vector<DefectCount> defects;
  std::int64_t defects_new = 0;  ///< Since the ladder was last entered.
  std::optional<Step> step;      ///< The last measure.

  static FieldList Fields() {
    return {Field{"state", &Facts::state, "状态"},
            Field{"provider", &Facts::provider, "信息提供单位"},
            Field{"provider_name", &Facts::provider_name, "单位名称"},
            Field{"region", &Facts::region, "行政区划代码"},
            Field{"system", &Facts::system, "系统类别"},
            Field{"industries", &Facts::industries, "交易行业"},
            Field{"retained", &Facts::retained, "经批准保留"},
            Field{"certificate", &Facts::certificate, "检测认证"},
            Field{"subjects", &Facts::subjects, "已确认对接事项"},
            Field{"keys", &Facts::keys, "签名公钥"},
            Field{"frequencies", &Facts::frequencies, "数据交换频率"},
            Field{"standard_version", &Facts::standard_version, "数据规范版本"},
            Field{"former_version", &Facts::former_version, "原规范版本"},
            Field{"grace_until", &Facts::grace_until, "过渡期止"},
            Field{"adopted", &Facts::adopted, "已按现行规范推送"},
            Field{"down_since", &Facts::down_since, "中断时间"},
            Field{"outages", &Facts::outages, "中断次数"},
            Field{"minutes_down", &Facts::minutes_down, "中断时长（分钟）"},
            Field{"last_batches", &Facts::last_batches, "最近批次"},
            Field{"accepted", &Facts::accepted, "归集成功"},
            Field{"rejected", &Facts::rejected, "归集失败"},
            Field{"late", &Facts::late, "其中迟到"},
            Field{"quarantined", &Facts::quarantined, "隔离批次"},
            Field{"defects", &Facts::defects, "缺陷"},
            Field{"defects_new", &Facts::defects_new, "新增缺陷"},
            Field{"step", &Facts::step, "已采取措施"}};
  }
};

/// nullptr when no batch of the type has come.
const LastBatch* LastOf(const Facts& facts, const std::string& message_type);
/// nullptr when there is no key of that number.
const SigningKey* FindKey(const Facts& facts, std::string_view key);
/// True when a certificate is in force on that day for every industry that the system carries, or
/// none is needed.
bool IsCertified(const Facts& facts, Date on);
/// True when all five subjects are confirmed.
bool HasAllSubjects(const Facts& facts);

}  // namespace docket::data_push
