/// Words of credit entries (信用信息): kinds of either polarity, whom they are about, and the
/// decision that they rest on.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::credit {

/// FJ18-15 and FJ16-4, 7; the ban is that of 政府采购法实施条例 73.
enum class EntryKind : std::uint8_t {
  kDishonesty,       ///< 失信
  kMisconduct,       ///< 不良行为
  kViolation,        ///< 违法违规
  kReward,           ///< 信用奖励
  kBan,              ///< 禁止参加采购活动
  kExpertRecord,     ///< 专家履职记录
  kExpertBlacklist,  ///< 专家黑名单
};

/// What is recorded of an expert (FJ16-4).
enum class ExpertAspect : std::uint8_t { kAttitude, kDiscipline, kCompetence, kConfidentiality };

enum class SubjectKind : std::uint8_t { kOrganisation, kPerson };

/// Whom an entry is about: an organisation by its credit code (FJ16-3(1)), a person by an identity
/// document.
struct CreditSubject {
  SubjectKind kind = SubjectKind::kOrganisation;
  PersonalText name;
  std::optional<CreditCode> credit_code;
  std::optional<PersonalText> id_number;

  static FieldList Fields() {
    return {
        Field{"kind", &CreditSubject::kind, "类别"},
        Field{"name", &CreditSubject::name, "姓名或名称"},
        Field{"credit_code", &CreditSubject::credit_code, "统一社会信用代码"},
        Field{"id_number", &CreditSubject::id_number, "证件号码"},
    };
  }
};

/// The decision that the entry rests on.
struct SourceDecision {
  std::string document_number;
  std::string issuer;
  Date decided_on;
  DocumentRef document;

  static FieldList Fields() {
    return {Field{"document_number", &SourceDecision::document_number, "决定文号"},
            Field{"issuer", &SourceDecision::issuer, "决定机关"},
            Field{"decided_on", &SourceDecision::decided_on, "决定日期"},
            Field{"document", &SourceDecision::document, "决定书"}};
  }
};

}  // namespace docket::credit

namespace docket {

template <>
struct EnumTable<credit::EntryKind> {
  using E = credit::EntryKind;
  static constexpr std::array kNames{
      EnumName<E>{E::kDishonesty, "dishonesty", "失信"},
      EnumName<E>{E::kMisconduct, "misconduct", "不良行为"},
      EnumName<E>{E::kViolation, "violation", "违法违规"},
      EnumName<E>{E::kReward, "reward", "信用奖励"},
      EnumName<E>{E::kBan, "ban", "禁止参加采购活动"},
      EnumName<E>{E::kExpertRecord, "expert_record", "专家履职记录"},
      EnumName<E>{E::kExpertBlacklist, "expert_blacklist", "专家黑名单"}};
};
template <>
struct EnumTable<credit::ExpertAspect> {
  using E = credit::ExpertAspect;
  static constexpr std::array kNames{
      EnumName<E>{E::kAttitude, "attitude", "工作态度"},
      EnumName<E>{E::kDiscipline, "discipline", "评标纪律"},
      EnumName<E>{E::kCompetence, "competence", "专业水平"},
      EnumName<E>{E::kConfidentiality, "confidentiality", "保密情况"}};
};
template <>
struct EnumTable<credit::SubjectKind> {
  using E = credit::SubjectKind;
  static constexpr std::array kNames{EnumName<E>{E::kOrganisation, "organisation", "单位"},
                                     EnumName<E>{E::kPerson, "person", "自然人"}};
};

}  // namespace docket
