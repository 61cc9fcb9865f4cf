/// Words of the catalogue of public resource trading (公共资源交易目录): classes of trades, of their
/// owners, and an entry with its threshold.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/json.hpp"
#include "domain/trade.hpp"
#include "workflows/engine/case_engine.hpp"

namespace docket::catalogue {

/// HN17-1.1 and XX17-18.
enum class TradeClass : std::uint8_t {
  kWorks,               ///< 施工
  kGoods,               ///< 与工程建设有关的重要设备、材料
  kServices,            ///< 勘察、设计、监理
  kCentralProcurement,  ///< 政府集中采购目录内的项目
  kProcurement,         ///< 限额标准以上的政府采购
  kEnterpriseWorks,     ///< 国有企业采购的工程和货物
  kEnterpriseServices,  ///< 国有企业采购的服务
  kStateProperty,       ///< 国有产（股）权
  kLandUse,             ///< 土地使用权
  kMineralRights,       ///< 矿业权
  kMedicalProcurement,  ///< 医药、疫苗、医疗设备和耗材
  kForestRights,        ///< 林权
  kConfiscatedGoods,    ///< 罚没物品
  kEmissionRights,      ///< 排污权
  kConcession,          ///< 特许经营权
  kOther,               ///< 其他涉及公共利益、公共安全的项目
};

/// Class of whoever owns the project (HN18-2).
enum class OwnerClass : std::uint8_t {
  kAdministrative,  ///< 行政类
  kInstitution,     ///< 事业类
  kEnterprise,      ///< 国企类
  kOtherPublic,     ///< 其他公共类
  kPrivate,         ///< 民间投资
};

/// 目录条目: in effect from its day until its last; a newer one of the class goes before it.
struct CatalogueEntry {
  TradeClass trade = TradeClass::kWorks;
  std::vector<OwnerClass> owners;               ///< Empty: every class but private.
  std::optional<std::int64_t> threshold_yuan;   ///< 以上, itself included; absent: any amount.
  std::optional<std::int64_t> investment_yuan;  ///< Total investment that suffices by itself.
  bool mandatory = true;                        ///< 应进必进; else the trade may join.
  Date effective_from;
  std::optional<Date> effective_until;  ///< The last day.
  std::string basis;

  static FieldList Fields() {
    return {Field{"trade", &CatalogueEntry::trade, "交易类别"},
            Field{"owners", &CatalogueEntry::owners, "项目类别"},
            Field{"threshold_yuan", &CatalogueEntry::threshold_yuan, "限额（元）"},
            Field{"investment_yuan", &CatalogueEntry::investment_yuan, "总投资额（元）"},
            Field{"mandatory", &CatalogueEntry::mandatory, "应当进场"},
            Field{"effective_from", &CatalogueEntry::effective_from, "施行日期"},
            Field{"effective_until", &CatalogueEntry::effective_until, "失效日期"},
            Field{"basis", &CatalogueEntry::basis, "依据"}};
  }
};

/// A project as the catalogue judges it.
struct Trade {
  TradeClass trade = TradeClass::kWorks;
  OwnerClass owner = OwnerClass::kAdministrative;
  Date on;                                      ///< 进入交易程序 that day.
  std::int64_t estimate_yuan = 0;               ///< 单项合同估算价
  std::optional<std::int64_t> investment_yuan;  ///< 项目总投资额

  static FieldList Fields() {
    return {Field{"trade", &Trade::trade, "交易类别"}, Field{"owner", &Trade::owner, "项目类别"},
            Field{"on", &Trade::on, "日期"},
            Field{"estimate_yuan", &Trade::estimate_yuan, "单项合同估算价（元）"},
            Field{"investment_yuan", &Trade::investment_yuan, "总投资额（元）"}};
  }
};

}  // namespace docket::catalogue

namespace docket {

template <>
struct EnumTable<catalogue::TradeClass> {
  using E = catalogue::TradeClass;
  static constexpr std::array kNames{
      EnumName<E>{E::kWorks, "works", "施工"},
      EnumName<E>{E::kGoods, "goods", "工程货物"},
      EnumName<E>{E::kServices, "services", "工程服务"},
      EnumName<E>{E::kCentralProcurement, "central_procurement", "集中采购目录内项目"},
      EnumName<E>{E::kProcurement, "procurement", "政府采购"},
      EnumName<E>{E::kEnterpriseWorks, "enterprise_works", "国有企业工程和货物采购"},
      EnumName<E>{E::kEnterpriseServices, "enterprise_services", "国有企业服务采购"},
      EnumName<E>{E::kStateProperty, "state_property", "国有产（股）权"},
      EnumName<E>{E::kLandUse, "land_use", "土地使用权"},
      EnumName<E>{E::kMineralRights, "mineral_rights", "矿业权"},
      EnumName<E>{E::kMedicalProcurement, "medical_procurement", "医药采购"},
      EnumName<E>{E::kForestRights, "forest_rights", "林权"},
      EnumName<E>{E::kConfiscatedGoods, "confiscated_goods", "罚没物品"},
      EnumName<E>{E::kEmissionRights, "emission_rights", "排污权"},
      EnumName<E>{E::kConcession, "concession", "特许经营权"},
      EnumName<E>{E::kOther, "other", "其他公共资源"}};
};
template <>
struct EnumTable<catalogue::OwnerClass> {
  using E = catalogue::OwnerClass;
  static constexpr std::array kNames{EnumName<E>{E::kAdministrative, "administrative", "行政类"},
                                     EnumName<E>{E::kInstitution, "institution", "事业类"},
                                     EnumName<E>{E::kEnterprise, "enterprise", "国企类"},
                                     EnumName<E>{E::kOtherPublic, "other_public", "其他公共类"},
                                     EnumName<E>{E::kPrivate, "private", "民间投资"}};
};

}  // namespace docket
