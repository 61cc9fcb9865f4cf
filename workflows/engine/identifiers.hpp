/// Which fields identify a person, and how they are compared: the one table of it (识别信息).
///
/// A person is a JSON object of personal fields: a party of a case, the holder of an account. Its
/// fields are known by name, so that a workflow marks nothing twice: `id_number` or `identity`,
/// `phone`, `email`, `address`, and `name` or `holder`; `kind` other than `person` makes it an
/// organisation. A name alone identifies nobody, so it counts together with another of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/json.hpp"
#include "domain/personal.hpp"
#include "workflows/engine/workflow.hpp"

namespace docket {

template <>
struct EnumTable<IdentifierKind> {
  static constexpr std::array kNames{
      EnumName<IdentifierKind>{IdentifierKind::kIdNumber, "id_number", "证件号码"},
      EnumName<IdentifierKind>{IdentifierKind::kNameAndPhone, "name_and_phone", "姓名和电话"},
      EnumName<IdentifierKind>{IdentifierKind::kNameAndEmail, "name_and_email", "姓名和邮箱"},
      EnumName<IdentifierKind>{IdentifierKind::kNameAndAddress, "name_and_address", "姓名和地址"},
      EnumName<IdentifierKind>{IdentifierKind::kPhone, "phone", "电话"},
      EnumName<IdentifierKind>{IdentifierKind::kEmail, "email", "电子邮箱"},
      EnumName<IdentifierKind>{IdentifierKind::kOrganisation, "organisation", "单位名称"},
  };
};

/// True where it is one person's alone, so that others' data are not taken for theirs.
constexpr bool IsStrong(IdentifierKind kind) { return kind <= IdentifierKind::kNameAndAddress; }

/// What somebody says of the person they ask for, or a party of itself.
struct PersonalDetails {
  std::optional<std::string> name = {};
  std::optional<std::string> id_number = {};
  std::optional<std::string> phone = {};
  std::optional<std::string> email = {};
  std::optional<std::string> address = {};
  std::optional<bool> organisation = {};  ///< Absent: a natural person.

  static FieldList Fields() {
    return {Field{"name", &PersonalDetails::name, "姓名或名称"},
            Field{"id_number", &PersonalDetails::id_number, "证件号码"},
            Field{"phone", &PersonalDetails::phone, "联系电话"},
            Field{"email", &PersonalDetails::email, "电子邮箱"},
            Field{"address", &PersonalDetails::address, "地址"},
            Field{"organisation", &PersonalDetails::organisation, "系单位"}};
  }
};

/// Everything that identifies the person; empty where nothing does.
std::vector<Identifier> IdentifiersOf(const PersonalDetails& details);
/// Of a person as an object in clear; sealed and unknown members say nothing.
PersonalDetails DetailsOf(const Json& person);

/// By what the persons of an event, whose texts are still clear, are found again.
std::vector<PersonMark> MarksOf(const EventDraft& draft, const StreamId& case_id,
                                const EventId& event);

}  // namespace docket
