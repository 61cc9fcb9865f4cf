#include "persistence/keys/key_rotation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace docket {

namespace {

/// Ids of the KEKs in use, with a blank between them.
constexpr const char* kKeksSetting = "keks";
constexpr std::size_t kPage = 1'000;

constexpr Refusal kKekUnknown{"kek_unknown",
                              "有密钥由 --kek 未列出的密钥加密密钥保护，请将其补入文件",
                              "a key is wrapped under a key-encryption key that --kek does not "
                              "name; add it as a further line of its file"};

void NoteKeks(KeyTable& table, const std::set<KekId>& keks) {
  table.Write({kKeksSetting, fmt::format("{}", fmt::join(keks, " "))});
}

template <class Visit>
void EachPage(const KeyTable& table, std::size_t page_keys, const Visit& visit) {
  KeyId after;
  for (;;) {
    const auto rows = table.ReadAfter(after, page_keys);
    if (rows.empty()) return;
    after = rows.back().key;
    visit(rows);
  }
}

/// One pass over all keys. Throws StoreError.
RotationProgress RewrapAll(KeyTable& table, KeyEncryption& keks, const RotationOptions& options,
                           RotationProgress so_far) {
  RotationProgress progress = so_far;
  EachPage(table, options.batch_keys_max, [&](const std::vector<KeyTable::NamedRow>& rows) {
    const KekId current = keks.CurrentId();
    std::vector<KeyTable::Rewrap> rewraps;
    for (const auto& [key, row] : rows) {
      const auto under = WrappedUnder(row.secret);
      if (row.destroyed || under == current) continue;
      const std::string secret = under ? keks.Unwrap(key, row.secret) : row.secret;
      rewraps.push_back({key, row.secret, keks.Wrap(key, secret)});
    }
    if (!rewraps.empty()) table.Replace(rewraps);
    progress.done += static_cast<std::int64_t>(rows.size());
    progress.rewrapped += static_cast<std::int64_t>(rewraps.size());
    options.on_progress(progress);
  });
  return progress;
}

}  // namespace

KeySurvey SurveyKeys(const KeyTable& table) {
  KeySurvey survey;
  EachPage(table, kPage, [&](const std::vector<KeyTable::NamedRow>& rows) {
    for (const auto& [key, row] : rows) {
      ++(row.destroyed ? survey.destroyed : survey.alive);
      if (row.destroyed) continue;
      const auto under = WrappedUnder(row.secret);
      ++(under ? survey.wrapped[*under] : survey.unwrapped);
    }
  });
  return survey;
}

std::set<KekId> KeksInUse(const KeyTable& table) {
  std::set<KekId> keks;
  std::string text = table.FindSetting(kKeksSetting).value_or("");
  for (std::size_t from = 0; from < text.size();) {
    const auto end = std::min(text.find(' ', from), text.size());
    keks.insert(text.substr(from, end - from));
    from = end + 1;
  }
  return keks;
}

void AdmitKeks(KeyTable& table, KeyEncryption* keks) {
  auto in_use = KeksInUse(table);
  if (keks == nullptr) {
    if (in_use.empty()) return;
    throw StoreError(
        "the key store is wrapped under a key-encryption key: say where it is with --kek");
  }
  for (const auto& id : in_use) {
    if (keks->Knows(id)) continue;
    throw StoreError(fmt::format(
        "the key store is wrapped under the key-encryption key {}, which --kek does not "
        "name: add it as a further line of its file",
        id));
  }
  if (in_use.insert(keks->CurrentId()).second) NoteKeks(table, in_use);
}

Expected<RotationProgress> RotateKeys(KeyTable& table, KeyEncryption& keks,
                                      const RotationOptions& options) {
  const KeySurvey before = SurveyKeys(table);
  for (const auto& [id, count] : before.wrapped) {
    if (!keks.Knows(id)) return Refuse(RejectionKind::kRefused, kKekUnknown);
  }
  const KekId current = keks.CurrentId();
  auto in_use = KeksInUse(table);
  if (in_use.insert(current).second) NoteKeks(table, in_use);
  // A process that has not yet read its file again may still wrap a new key under the old KEK.
  RotationProgress progress;
  for (std::int64_t before_pass = -1; before_pass != progress.rewrapped;) {
    before_pass = progress.rewrapped;
    progress = RewrapAll(table, keks, options, progress);
  }
  NoteKeks(table, {current});
  return progress;
}

}  // namespace docket
