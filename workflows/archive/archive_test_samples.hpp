/// An archive file in each of its states, for the tests.
#pragma once

#include "tests/support/spec.hpp"
#include "workflows/archive/archive.hpp"

namespace docket::archive {

const Workflow& Definition();

namespace samples {

using docket::testing::Spec;

inline Date On(std::string_view text) { return *Date::Parse(text); }
inline DocumentRef Document(std::string name) {
  return {DocumentDigest("sha256:" + std::string(64, 'a')), PersonalText(std::move(name))};
}

inline const std::vector<std::string> kKeptStates{"collecting", "archived"};
inline const std::vector<std::string> kOpenStates{"collecting", "archived", "disposal_proposed",
                                                  "appraised"};

inline const Open kOpen{RegionCode("330482"),
                        Industry::kConstruction,
                        ProjectCode("A4101001234567890123"),
                        "某道路工程",
                        std::nullopt,
                        UnitId("bureau"),
                        UnitId("centre")};
inline Open OfProcurement() {
  auto open = kOpen;
  open.industry = Industry::kGovernmentProcurement;
  return open;
}

/// Item 1: a bid. Item 2: on paper. Item 3: a recording.
inline const CollectItem kBid{Carrier::kElectronic,
                              PersonalText("甲公司投标文件"),
                              Document("投标文件.pdf"),
                              {},
                              {},
                              true,
                              true};
inline const CollectItem kPaper{
    Carrier::kPaper, PersonalText("开标记录"), {}, "A-03-12", {}, false, false};
inline CollectItem Recording(std::string_view ended_on = "2020-03-20") {
  return {Carrier::kMedia, PersonalText("评标录像"), {}, "V-2020-17", On(ended_on), true, false};
}
inline const FileAway kFileAway{"2020-工程-0031", On("2020-06-30"), std::nullopt};

inline const PlaceHold kHold{HoldGround::kLitigation, StreamId("case-1"),
                             PersonalText("行政诉讼中"), Document("调卷函.pdf")};
inline const RequestConsent kRequest{Right::kQuery, {"1", "3"}, PersonalText("核对评标过程"), {}};
inline const GrantConsent kGrant{"1", {"3"}, On("2020-08-14"), Document("同意函.pdf")};

struct FileTest : ::testing::Test {
  Spec spec{Definition()};

  /// Opened on 2 March 2020, archived on 30 June 2020, proposed in 2036, when every year is over.
  Spec& In(std::string_view state, Part part = Part::kFile,
           Appraisal appraisal = Appraisal::kDestroy, const Open& open = kOpen) {
    spec.Fresh().At("2020-03-02").As("centre").Given(FileOpened{open});
    spec.At("2020-03-23")
        .Given(ItemCollected{kBid, "1"}, ItemCollected{kPaper, "2"},
               ItemCollected{Recording(), "3"});
    if (state == Collecting::kName) return spec;
    spec.At("2020-06-30").Given(FiledAway{kFileAway});
    if (state == Archived::kName) return spec;
    spec.At("2036-01-04").Given(DisposalWasProposed{{part, Document("清册.pdf")}});
    if (state == DisposalProposed::kName) return spec;
    spec.As("han").Given(DisposalAppraised{{appraisal, PersonalText("同意")}});
    EXPECT_EQ(spec.State(), state);
    return spec;
  }
  /// `2030-06-30`, with what has become of the clock unless it runs.
  std::string Clock(std::string_view clock) const {
    const auto* found = spec.Model().Clocks().Find(clock);
    if (found == nullptr) return "none";
    const std::string due = found->due_date ? found->due_date->ToString() : "";
    return found->IsOpen() ? due : due + " " + std::string(NameOf(found->state));
  }
};

}  // namespace samples
}  // namespace docket::archive
